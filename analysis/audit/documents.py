"""Word documents and pages as a plain row of parts: paragraphs, tables, pictures in words."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree, html

from analysis.audit.facts import AuditError


class Style(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    PERIOD = "period"
    SURVEY = "survey"
    HEADING = "heading"
    TEXT = "text"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``mark`` is the survey's key where the format says it."""

    text: str
    style: Style
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, and its rows with the header first."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, in words."""

    in_words: str


Part = Text | Grid | Picture

_WORD_STYLES: Final = {
    "Title": Style.TITLE,
    "Subtitle": Style.PERIOD,
    "Heading 1": Style.SURVEY,
    "Heading 2": Style.HEADING,
    "Quote": Style.QUOTE,
    "Asked": Style.QUOTE,
}


def word_parts(name: str, content: bytes) -> Iterator[Part]:
    """The parts of a Word document.

    Raises:
        AuditError: it is none, or damaged.
    """
    try:
        document = Document(BytesIO(content))
        yield from _word(document)
    except (ValueError, KeyError, zipfile.BadZipFile, etree.LxmlError, OSError) as error:
        raise AuditError(f"{name}: this Word document is damaged") from error


def _word(document: Any) -> Iterator[Part]:
    caption = ""
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield Grid(caption, tuple(tuple(cell.text for cell in row.cells) for row in item.rows))
        elif isinstance(item, Paragraph):
            style = item.style.name if item.style else ""
            if style == "Caption":
                caption = item.text.partition(": ")[2]
            elif item.text.strip():
                yield Text(item.text.strip(), _WORD_STYLES.get(style or "", Style.TEXT))
            for drawn in item._p.iter(qn("wp:docPr")):  # noqa: SLF001  # python-docx has no alternative text
                yield Picture(drawn.get("descr", ""))


_PAGE_STYLES: Final = {"h1": Style.TITLE, "h2": Style.SURVEY, "h3": Style.HEADING, "blockquote": Style.QUOTE}
_PARAGRAPHS: Final = frozenset({*_PAGE_STYLES, "p", "li"})


def page_parts(name: str, content: bytes) -> Iterator[Part]:
    """The parts of a page.

    Raises:
        AuditError: it is none.
    """
    try:
        body = html.document_fromstring(content.decode("utf-8")).find("body")
    except (etree.LxmlError, ValueError) as error:
        raise AuditError(f"{name}: this page is damaged") from error
    if body is None:
        raise AuditError(f"{name}: this page has no text")
    yield from _page(body)


def _page(element: Any) -> Iterator[Part]:
    for child in element:
        if child.tag == "table":
            yield Grid("".join(child.findtext("caption", "")), tuple(_page_rows(child)))
        elif child.tag in _PARAGRAPHS:
            yield from _page_text(child)
        elif child.get("role") == "img":
            yield Picture(child.get("aria-label", ""))
            yield from (Picture(_page_bar(bar)) for bar in child.iter("div") if bar.get("class") == "bar")
        elif child.tag != "nav":
            yield from _page(child)


def _page_rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iter("tr"):
        yield tuple(cell.text_content() for cell in row if cell.tag in {"th", "td"})


def _page_text(element: Any) -> Iterator[Part]:
    kind = element.get("class", "")
    style = {"period": Style.PERIOD, "asked": Style.QUOTE}.get(
        kind, _PAGE_STYLES.get(element.tag, Style.TEXT)
    )
    text = " ".join(element.text_content().split())
    if text:
        yield Text(text, style, element.get("id", ""))


def _page_bar(bar: Any) -> str:
    spans = {span.get("class"): span.text_content() for span in bar.iter("span")}
    return f"Bar: {spans.get('label', '')}, {spans.get('percent', '')}."
