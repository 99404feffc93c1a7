"""Spreadsheets: what they carry beyond what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from analysis.report.linting import archives, charts, pictures, text
from analysis.report.linting.archives import name_in
from analysis.report.linting.found import Found
from analysis.report.xlsx import SAID

_KNOWN: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(?:workbook|sharedStrings|styles|theme/theme\d+|worksheets/sheet\d+)\.xml"
    r"|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/drawings/drawing\d+\.xml|xl/drawings/_rels/drawing\d+\.xml\.rels"
    r"|xl/charts/chart\d+\.xml|xl/media/image\d+\.png"
)
#: Elements of which none may be there, and what each is.
_NEVER: Final[Mapping[str, str]] = {
    "f": "formula",
    "formula": "formula",
    "formula1": "formula",
    "externalReference": "external",
    "hyperlink": "external",
    "hlinkClick": "external",
    "webPublishItem": "external",
    "legacyDrawing": "comment",
    "oleObject": "embedded",
    "control": "macro",
    "pivotCache": "pivot_cache",
    "fileSharing": "name",
    "dataValidation": "leftover",
    "extLst": "unknown",
    "customSheetView": "hidden",
    "customWorkbookView": "name",
    "scenario": "hidden",
    "phoneticPr": "leftover",
    "rPh": "leftover",
}
#: The names of cells that say which rows are printed at the top of each page.
_TITLES: Final = re.compile(r"(?:'(?:[^']|'')+'|[^'!]+)!\$\d+:\$\d+")
#: A heading or foot of a page that says where the file is, or its name.
_PLACE_OF_FILE: Final = re.compile(r"&[ZF]")
_ON: Final = ("1", "true")


def of_sheets(content: bytes, known: text.Answers) -> Iterator[Found]:
    """Everything that an .xlsx file carries and does not show."""
    parts, found = archives.parts_of(content)
    yield from found
    yield from archives.of_names(parts, lambda name: _KNOWN.fullmatch(name) is not None)
    trees: dict[str, Any] = {}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            trees[name] = archives.xml_of(part)
            if trees[name] is None:
                yield Found("unreadable", name)
        elif name.startswith("xl/media/"):
            yield from pictures.of_picture(part, name)
    strings = [_text(item) for item in _elements(trees.get("xl/sharedStrings.xml"), "si")]
    tables = {name: _rows(root, strings) for name, root in _sheets(trees).items()}
    shown = "\n".join(cell for rows in tables.values() for row in rows for cell in row)
    for name, root in trees.items():
        if root is not None:
            yield from archives.of_any_part(name, root)
            yield from _of_part(name, root, shown)
    for name, root in _sheets(trees).items():
        if any(_is_finer(cell) for cell in _elements(root, "c")):
            yield Found("leftover", f"{name}, a number finer than it is shown")
    yield from archives.of_properties(parts, shown)
    yield from _of_strings(trees, strings)
    if text.holds_identifier(shown):
        yield Found("identifier", "the cells")
    for name, rows in tables.items():
        header = rows[0] if rows else []
        # What was said may be a list of answers; so may not any other cell.
        told = [[cell for n, cell in enumerate(row) if _named(header, n) != SAID] for row in rows]
        yield from text.of_lines("\n".join(cell for row in told for cell in row), known, name)
        # Beside it stands, again and again, what was asked: told by how it repeats, whatever it says.
        yield from text.of_table(header, told[1:], frozenset() if SAID in header else known, name)


def _sheets(trees: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: root
        for name, root in trees.items()
        if name.startswith("xl/worksheets/sheet") and root is not None
    }


def _is_finer(cell: Any) -> bool:
    """Whether a cell holds a number that is not whole: a format would hide the rest, and counts can be worked out of it."""
    value = next((part.text or "" for part in _elements(cell, "v")), "")
    return cell.get("t", "n") == "n" and bool(value) and not value.isdigit()


def _named(header: list[str], place: int) -> str:
    return header[place] if place < len(header) else ""


def _elements(root: Any, local: str) -> Iterator[Any]:
    return (element for element in (root.iter() if root is not None else ()) if name_in(element) == local)


def _text(item: Any) -> str:
    return "".join(part.text or "" for part in _elements(item, "t")).replace("_x005F_", "_")


def _rows(root: Any, strings: list[str]) -> list[list[str]]:
    rows = ([_value(cell, strings) for cell in _elements(row, "c")] for row in _elements(root, "row"))
    return [row for row in rows if any(row)]


def _value(cell: Any, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = next((part.text or "" for part in _elements(cell, "v")), "")
    if cell.get("t") == "s" and value.isdigit() and int(value) < len(strings):
        return strings[int(value)]
    return value


def _of_part(name: str, root: Any, shown: str) -> Iterator[Found]:
    if name.startswith("xl/charts/"):
        yield from charts.of_chart(name, root, shown)
        return
    for element in root.iter():
        local = name_in(element)
        if local in _NEVER:
            yield Found(_NEVER[local], f"{name}, {local}")
        elif local == "definedName" and not _is_of_titles(element):
            yield Found("defined_name", name)
        elif _is_hidden(element, local):
            yield Found("hidden", f"{name}, {local}")
        elif re.fullmatch(r"(?:odd|even|first)(?:Header|Footer)", local) and _PLACE_OF_FILE.search(
            element.text or ""
        ):
            yield Found("path", f"{name}, {local}")


def _is_of_titles(element: Any) -> bool:
    is_whole_rows = _TITLES.fullmatch(element.text or "") is not None
    return element.get("name") == "_xlnm.Print_Titles" and is_whole_rows and element.get("hidden") not in _ON


def _is_hidden(element: Any, local: str) -> bool:
    """A sheet, row or column out of sight, or text in a format or colour in which nothing shows."""

    def given(name: str, default: str = "") -> str:
        return str(element.get(name, default))

    if local in ("row", "col"):
        size = given("ht" if local == "row" else "width")
        return given("hidden") in _ON or given("collapsed") in _ON or (bool(size) and float(size) < 1)
    if local == "color":
        is_font = name_in(element.getparent()) in ("font", "rPr")
        return is_font and (given("rgb").upper().endswith("FFFFFF") or given("theme") == "0")
    return (
        given("state", "visible") not in ("visible", "frozen", "frozenSplit", "split")
        or given("visibility", "visible") != "visible"
        or given("zeroHeight") in _ON
        or given("hidden") in _ON
        or given("showZeros") in ("0", "false")
        or ";;;" in given("formatCode")
    )


def _of_strings(trees: Mapping[str, Any], strings: list[str]) -> Iterator[Found]:
    """Texts that no cell shows: what was in a cell before."""
    used = {
        next((int(part.text or -1) for part in _elements(cell, "v")), -1)
        for root in _sheets(trees).values()
        for cell in _elements(root, "c")
        if cell.get("t") == "s"
    }
    if set(range(len(strings))) - used:
        yield Found("leftover", "xl/sharedStrings.xml")
