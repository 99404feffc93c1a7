"""Web pages: nothing that runs, is fetched, or is there and not shown."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from analysis.report.linting import pictures, text
from analysis.report.linting.found import Found

_RUNS: Final = frozenset(("script", "noscript", "applet", "template", "slot"))
_OUTSIDE: Final = frozenset(
    ("iframe", "frame", "object", "embed", "link", "base", "form", "portal", "audio", "video", "source")
)
_ADDRESSES: Final = frozenset(
    ("href", "src", "srcset", "action", "formaction", "poster", "cite", "data", "background", "ping")
)
_SHOWN_ATTRIBUTES: Final = frozenset(("aria-label", "alt", "title"))
_METAS: Final = frozenset(("viewport",))
_UNSHOWN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?!\.)|font-size\s*:\s*0|color\s*:\s*(?:#fff(?:fff)?\b|white|transparent)",
    re.IGNORECASE,
)
_FETCHES: Final = re.compile(r"@import|url\(|expression\(|src\s*:", re.IGNORECASE)
_WRITES: Final = re.compile(r"(?<![-\w])content\s*:", re.IGNORECASE)
_BLOCKS: Final = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 caption figcaption blockquote tr br section header footer pre".split()
)
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())


def of_web_page(content: bytes, known: text.Answers) -> Iterator[Found]:
    """Everything that an .html file carries, fetches or runs beyond what it shows."""
    try:
        page = content.decode("utf-8")
    except UnicodeDecodeError:
        yield Found("unreadable", "the file")
        return
    read = _Reader()
    read.feed(page)
    read.close()
    yield from read.found
    shown = "".join(read.shown)
    yield from text.of_lines(shown, known, "the text")
    yield from text.of_words_instead(
        "\n".join(read.instead), shown, known, "words in the place of pictures and tables"
    )
    for number, rows in enumerate(read.tables, 1):
        yield from text.of_table(rows[0] if rows else (), rows[1:], known, f"table {number}")


class _Reader(HTMLParser):
    """Reads a page as a browser would, and notes what no reader of it sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self.shown: list[str] = []
        self.instead: list[str] = []
        self.tables: list[list[list[str]]] = []
        self._in: list[str] = []
        self._seen_doctype = False

    def handle_decl(self, decl: str) -> None:
        """Only the one declaration every page has."""
        if decl.casefold() != "doctype html" or self._seen_doctype:
            self.found.append(Found("unknown", "a declaration"))
        self._seen_doctype = True

    def unknown_decl(self, data: str) -> None:
        """A section that a browser takes for a comment."""
        self.found.append(Found("comment", "the page"))

    def handle_comment(self, data: str) -> None:
        """No reader sees it."""
        self.found.append(Found("comment", "the page"))

    def handle_pi(self, data: str) -> None:
        """No reader sees it."""
        self.found.append(Found("comment", "the page"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element, with what it is given."""
        if tag in _RUNS:
            self.found.append(Found("macro", tag))
        if tag in _OUTSIDE:
            self.found.append(Found("external", tag))
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._meta(given)
        for name, value in given.items():
            self.found.extend(_of_attribute(tag, name, value))
        self.instead.extend(given.get(name, "") for name in sorted(_SHOWN_ATTRIBUTES))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
        if tag in _BLOCKS:
            self.shown.append("\n")
        if tag not in _VOID:
            self._in.append(tag)

    def _meta(self, given: dict[str, str]) -> None:
        if "http-equiv" in given:
            self.found.append(Found("external", "meta"))
        elif "charset" not in given and given.get("name") not in _METAS:
            name = given.get("name", "").casefold()
            self.found.append(
                Found("name" if name in ("author", "generator", "publisher") else "leftover", "meta")
            )

    def handle_endtag(self, tag: str) -> None:
        """The end of an element, and of all that were left open in it."""
        if tag in self._in:
            while self._in.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Text: shown, unless it is a style's."""
        if "style" in self._in:
            if _FETCHES.search(data):
                self.found.append(Found("external", "style"))
            if _WRITES.search(data):
                self.found.append(Found("leftover", "style"))
            if "/*" in data:
                self.found.append(Found("comment", "style"))
            return
        self.shown.append(data)
        if ("td" in self._in or "th" in self._in) and self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def _of_attribute(tag: str, name: str, value: str) -> Iterator[Found]:
    if name.startswith("on"):
        yield Found("macro", f"{tag}, {name}")
    elif name in _ADDRESSES:
        yield from _of_address(tag, name, value)
    elif name == "style":
        if _FETCHES.search(value):
            yield Found("external", f"{tag}, style")
        if _UNSHOWN.search(value):
            yield Found("hidden", f"{tag}, style")
    elif name == "hidden" or (tag == "input" and value.casefold() == "hidden"):
        yield Found("hidden", tag)
    elif name.startswith("data-") or name == "value":
        yield Found("leftover", f"{tag}, {name}")
    if name not in _SHOWN_ATTRIBUTES and name not in _ADDRESSES and text.holds_path(value):
        yield Found("path", f"{tag}, {name}")


def _of_address(tag: str, name: str, value: str) -> Iterator[Found]:
    """A place in the same page, or a picture that is in it; nothing else."""
    address = re.sub(r"[\x00-\x20]", "", value)
    if address.startswith("#"):
        return
    if tag == "img" and address.startswith("data:image/png;base64,"):
        try:
            yield from pictures.of_picture(base64.b64decode(address.partition(",")[2], validate=True), tag)
        except binascii.Error:
            yield Found("unreadable", tag)
        return
    if address.casefold().startswith(("javascript:", "vbscript:")):
        yield Found("macro", f"{tag}, {name}")
    elif address.casefold().startswith("data:"):
        yield Found("embedded", f"{tag}, {name}")
    elif text.holds_path(f" {value}"):
        yield Found("path", f"{tag}, {name}")
    else:
        yield Found("external", f"{tag}, {name}")
