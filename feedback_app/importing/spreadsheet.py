"""A spreadsheet of one sheet into rows of text. Nothing in it is worked out, and a small file cannot fill the memory."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from feedback_app.importing.problem import ImportProblem, quoted

#: What a spreadsheet may unpack to.
MOST_UNPACKED_BYTES: Final = 40_000_000

#: A cell's kind and value, as openpyxl has them.
Cell = tuple[str, Any]


class DateText(str):
    """A cell that holds a date, as the month it lies in (``YYYY-MM``): spreadsheets make dates of months, and of "1/2"."""

    __slots__ = ()


def spreadsheet_records(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row's number, and its cells as text; rows that are empty to the end are empty lists.

    Args:
        name: the file's, for messages.

    Raises:
        ImportProblem: it is no spreadsheet, holds several sheets, or a cell that is neither text nor a date.
    """
    _check_package(name, content)
    header: list[str] = []
    for number, cells in enumerate(_cells(name, content), 1):
        texts = [_text(name, number, _column(header, place), *cell) for place, cell in enumerate(cells)]
        header = header or texts
        texts += [""] * (len(header) - len(texts)) if cells else []
        yield number, texts


def _check_package(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
            is_spreadsheet = "[Content_Types].xml" in package.namelist()
    except Exception:  # noqa: BLE001 - noise that begins like a package can make its reader raise anything
        unpacked, is_spreadsheet = 0, False
    if not is_spreadsheet:
        raise ImportProblem(
            name, "is not a spreadsheet, whatever its name says; expected an Excel file (.xlsx)"
        )
    if unpacked > MOST_UNPACKED_BYTES:
        expected = f"expected at most {MOST_UNPACKED_BYTES // 1_000_000} MB"
        raise ImportProblem(name, f"unpacks to {unpacked / 1e6:.0f} MB; {expected}")


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except ImportProblem:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged spreadsheet can make its reader raise anything
        raise ImportProblem(name, f"cannot be read as a spreadsheet ({type(error).__name__})") from None


def _cells(name: str, content: bytes) -> Iterator[list[Cell]]:
    """Each row's cells up to the last that holds something."""
    from openpyxl import load_workbook

    with _readable(name):
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = book.worksheets
        if len(sheets) != 1 or len(book.sheetnames) != 1:
            raise ImportProblem(
                name, f"has {len(book.sheetnames)} sheets; expected one, so that nothing is left unseen"
            )
        sheets[0].reset_dimensions()
        rows = iter(sheets[0].iter_rows())
    while True:
        with _readable(name):
            row = next(rows, None)
            if row is None:
                return
            cells = [(cell.data_type, cell.value) for cell in row]
        while cells and cells[-1][1] in (None, ""):
            cells.pop()
        yield cells


def _column(header: list[str], place: int) -> str:
    return header[place] if place < len(header) else str(place + 1)


def _text(name: str, row: int, column: str, kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == "f":
        raise ImportProblem(name, "is a formula; expected its value (paste as values)", row, column)
    if kind == "e":
        raise ImportProblem(name, f"holds the error {quoted(str(value))}; expected text", row, column)
    if isinstance(value, dt.date):
        return DateText(f"{value.year:04d}-{value.month:02d}")
    if isinstance(value, str):
        return value
    raise ImportProblem(
        name,
        f"holds {quoted(str(value))} as a number; expected text (format the column as text)",
        row,
        column,
    )
