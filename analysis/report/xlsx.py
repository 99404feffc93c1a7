"""The report as a spreadsheet: the same figures, a row an option, without anything hidden.

Text is written as text everywhere, so that words starting with ``=`` stay words.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any, Final

import xlsxwriter

from analysis.findings import GroupFinding
from analysis.report.content import Content, Section

_FIGURES: Final = ("Question", "As asked", "Answer", "Shown", "Percent", "Answered", "Skipped", "Remark")
_WIDE_LINE: Final = "\uff3f"
#: Over the column of quotes.
SAID: Final = "What was said"
_WIDTHS: Final = (38, 60, 42, 20, 11, 13, 11, 48)
#: The columns that hold numbers.
_NUMBERS: Final = (4, 5, 6)
#: Excel allows no more characters than this in the name of a sheet, and none of these. It counts what is beyond the
#: first plane, such as emoji, twice.
_SHEET_NAME_LENGTH: Final = 31
_NOT_IN_SHEET_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

#: Spreadsheets do not all fit a row to text that wraps: points of a line by style, and how full a line gets.
_LINE_POINTS: Final = {"title": 22, "part": 17}
_FILL: Final = 1.2
#: The most that Excel takes: characters in a cell (counted as above, with room to spare), points in a row's height.
_CELL_LENGTH: Final = 32_000
_PROPERTY_LENGTH: Final = 255
_ROW_POINTS: Final = 409

Cell = str | int | None


class _Sheet:
    """One sheet, filled from the top; what stands in the columns ``numbers`` keeps to their end, in words too."""

    def __init__(self, book: _Book, name: str, widths: Sequence[int], numbers: Sequence[int]) -> None:
        self._book = book
        self._sheet = book.file.add_worksheet(name)
        self._widths = widths
        self._numbers = numbers
        self._next = 0
        self._sheet.set_paper(9)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def write(self, cells: Sequence[Cell], style: str = "cell") -> None:
        """One row, as high as its longest text needs; None leaves a cell empty. A text too long for a cell goes on below."""
        texts = [_pieces(cell) if isinstance(cell, str) else [cell] for cell in cells]
        for some in zip_longest(*texts):
            self._write(some, style)

    def _write(self, cells: Sequence[Cell], style: str) -> None:
        lines = max(self._lines(cell, column) for column, cell in enumerate(cells))
        self._sheet.set_row(self._next, min(_LINE_POINTS.get(style, 14) * lines + 4, _ROW_POINTS))
        for column, cell in enumerate(cells):
            look = self._book.styles[f"{style} number" if column in self._numbers else style]
            if isinstance(cell, str):
                self._sheet.write_string(self._next, column, _unescaped(cell), look)
            elif cell is None:
                self._sheet.write_blank(self._next, column, None, look)
            else:
                self._sheet.write_number(self._next, column, cell, look)
        self._next += 1

    def _lines(self, cell: Cell, column: int) -> int:
        width = int(self._widths[min(column, len(self._widths) - 1)] * _FILL)
        if isinstance(cell, str) and len(cell) > width * _ROW_POINTS:
            return _ROW_POINTS
        return sum(len(textwrap.wrap(line, width)) or 1 for line in str(cell).splitlines() or [""])

    def note(self, text: str) -> None:
        """A sentence under the rows, across all columns."""
        self._sheet.merge_range(
            self._next, 0, self._next, len(self._widths) - 1, "", self._book.styles["plain"]
        )
        self._sheet.write_string(self._next, 0, _unescaped(text), self._book.styles["plain"])
        self._next += 1

    def head(self, names: Sequence[str]) -> None:
        """The header row, which stays in sight and is repeated on every page."""
        self._sheet.freeze_panes(self._next + 1, 1)
        self._sheet.repeat_rows(self._next)
        self.write(names, "head")


class _Book:
    """The workbook and its styles."""

    def __init__(self, file: BytesIO, content: Content) -> None:
        no_guessing = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.file: Any = xlsxwriter.Workbook(file, {"in_memory": True, **no_guessing})
        shape = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        head = {**shape, "bold": True, "bg_color": "#E6EFF1", "bottom": 2, "bottom_color": "#0F4C58"}
        cell = {**shape, "bottom": 4, "bottom_color": "#C5D3D7"}
        at_end = {"align": "right", "indent": 1, "text_wrap": False}
        self.styles = {
            "cell": self.file.add_format(cell),
            "cell number": self.file.add_format({**cell, **at_end}),
            "plain": self.file.add_format(shape),
            "head": self.file.add_format(head),
            "head number": self.file.add_format({**head, **at_end}),
            "title": self.file.add_format(
                {**shape, "bold": True, "font_size": 16, "font_color": "#0F4C58", "text_wrap": False}
            ),
            "part": self.file.add_format({**shape, "bold": True, "font_size": 12, "font_color": "#0F4C58"}),
        }
        self._names: set[str] = set()
        who = _unescaped(" ".join(content.council.split()))[:_PROPERTY_LENGTH] or "Heard"
        made = dt.datetime.combine(content.made_on, dt.time())
        self.file.set_properties(
            {
                "title": f"{content.title}, {content.period}",
                "author": who,
                "created": made,
            }
        )

    def sheet(self, name: str, widths: Sequence[int], numbers: Sequence[int] = ()) -> _Sheet:
        """A new sheet, named as nearly so as Excel allows."""
        allowed = " ".join(name.translate(_NOT_IN_SHEET_NAMES).split())
        plain = _pieces(allowed, _SHEET_NAME_LENGTH)[0].rstrip() or "Survey"
        number = 1
        while plain.lower() in {*self._names, "history"}:
            number += 1
            plain = f"{_pieces(plain, _SHEET_NAME_LENGTH - 3)[0].rstrip()} {number}"
        self._names.add(plain.lower())
        return _Sheet(self, plain, widths, numbers)


def _unescaped(text: str) -> str:
    """Text that arrives as it is written.

    Of two of Excel's escapes in a row the library tells Excel of the first alone, so the line between them is made another one;
    and what looks like its own markup it would pass on as such.
    """
    text = re.sub(r"(?<=_x[0-9A-Fa-f]{4})_(?=x[0-9A-Fa-f]{4}_)", _WIDE_LINE, text)
    return f" {text}" if text.startswith("<r>") else text


def _pieces(text: str, most: int = _CELL_LENGTH) -> list[str]:
    """A text in pieces that Excel takes, none cut within a character; one empty piece of an empty text."""
    if len(text) * 2 <= most:
        return [text]
    pieces, start, size = [], 0, 0
    for place, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1
        if size + width > most:
            pieces.append(text[start:place])
            start, size = place, 0
        size += width
    return [*pieces, text[start:]]


def write(content: Content) -> bytes:
    """The report as an .xlsx file: a first sheet that says what it is, one a survey, quotes, and the method."""
    file = BytesIO()
    book = _Book(file, content)
    _about(book, content)
    for section in content.sections:
        _section(book, section)
    _quotes(book, content)
    _method(book, content)
    book.file.close()
    return file.getvalue()


def _about(book: _Book, content: Content) -> None:
    sheet = book.sheet("About", (110,))
    sheet.write([content.title], "title")
    for text in (content.council, content.period):
        if text:
            sheet.write([text], "part")
    if content.is_demonstration:
        sheet.write(["Demonstration: these are not real answers."], "part")
    for text in (*content.about, *content.absent):
        sheet.write([text], "plain")
    for section in content.sections:
        sheet.write([section.title], "part")
        sheet.write([section.opening], "plain")
        for headline in section.headlines:
            sheet.write([f"{headline.figure} {headline.rest} ({headline.base})"], "plain")
    sheet.write([f"Made on {content.made_on_words}."], "plain")


def _section(book: _Book, section: Section) -> None:
    sheet = book.sheet(section.title, _WIDTHS, _NUMBERS)
    sheet.head(_FIGURES)
    for row in _rows(section.findings.everyone):
        sheet.write(row)
    for table in section.breakdowns:
        split = book.sheet(f"{section.title[:12]} {table.title}", (34, *[20] * (len(table.header) - 1)))
        split.head(table.header)
        for cells in table.rows:
            split.write(cells)
        for note in table.notes:
            split.note(note)


def _rows(group: GroupFinding) -> Iterator[tuple[Cell, ...]]:
    for question in group.questions:
        for option in question.options:
            yield (
                question.title,
                question.text,
                option.text,
                option.shown,
                option.percent,
                question.base if question.base is not None else "withheld",
                question.skipped if question.skipped is not None else "withheld",
                question.why or "",
            )


def _quotes(book: _Book, content: Content) -> None:
    rows = [(s.title, q.question, words) for s in content.sections for q in s.quotes for words in q.words]
    if rows:
        sheet = book.sheet("In their own words", (28, 46, 80))
        sheet.head(("Survey", "As asked", SAID))
        for row in rows:
            sheet.write(row)


def _method(book: _Book, content: Content) -> None:
    sheet = book.sheet("How these figures were made", (28, 100))
    for row in content.method:
        sheet.write(row)
