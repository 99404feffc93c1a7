"""Files into a table of text: CSV (UTF-8) or a spreadsheet of one sheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from feedback_app.importing.problem import ImportProblem, quoted

#: A year of a large council's responses is well under a tenth of this.
MOST_BYTES: Final = 20_000_000
#: What a spreadsheet may unpack to, so that a small file cannot fill the memory.
MOST_UNPACKED_BYTES: Final = 200_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows under it.

    Attributes:
        rows: the row's number as a spreadsheet shows it (the header is 1), and a text for each column.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(path: Path) -> Table:
    """A file as a table: every row has the header's length, no column is there twice, no cell is a formula.

    Raises:
        ImportProblem: it is not such a file.
    """
    name = path.name
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise ImportProblem(name, "is neither a .csv nor an .xlsx file")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ImportProblem(
                name,
                f"is {size / 1e6:.0f} MB; expected at most {MOST_BYTES // 1_000_000} MB, so split it by month",
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise ImportProblem(name, "there is no such file") from None
    except OSError as error:
        raise ImportProblem(name, f"cannot be read ({error.strerror})") from None
    if not content.strip():
        raise ImportProblem(name, "is empty; expected a header and a row for each response")
    records = _csv_records(name, content) if path.suffix.lower() == ".csv" else _xlsx_records(name, content)
    return _table(name, records)


def _table(name: str, records: Iterator[tuple[int, list[str]]]) -> Table:
    _, first = next(records, (1, []))
    header = tuple(cell.strip() for cell in first)
    _check_header(name, header)
    rows = []
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise ImportProblem(
                name, f"has {len(cells)} cells; expected {len(header)}, as in the header", number
            )
        rows.append((number, tuple(cell.strip() for cell in cells)))
    if not rows:
        raise ImportProblem(name, "has a header and nothing under it; expected a row for each response")
    return Table(name, header, tuple(rows))


def _check_header(name: str, header: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for place, column in enumerate(header, 1):
        if not column:
            raise ImportProblem(name, f"column {place} has no name; expected month or a question's key", 1)
        if column in seen:
            raise ImportProblem(name, "is there twice; expected each column once", 1, column)
        seen.add(column)


def _csv_records(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ImportProblem(
            name, f"byte {content[error.start]:#04x} is not UTF-8; expected a file saved as CSV UTF-8", row
        ) from None
    if (null := text.find("\0")) >= 0:
        raise ImportProblem(name, "holds a null byte; expected plain text", text.count("\n", 0, null) + 1)
    first_line = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=first_line.count), strict=True
    )
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        raise ImportProblem(name, f"cannot be read as CSV ({error})", number + 1) from None


def _xlsx_records(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    _check_package(name, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = book.worksheets
        if len(sheets) != 1 or len(book.sheetnames) != 1:
            raise ImportProblem(
                name, f"has {len(book.sheetnames)} sheets; expected one, so that nothing is left unseen"
            )
        sheets[0].reset_dimensions()
        rows = [[(cell.data_type, cell.value) for cell in row] for row in sheets[0].iter_rows()]
    except ImportProblem:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged spreadsheet can make its reader raise anything
        raise ImportProblem(name, f"cannot be read as a spreadsheet ({type(error).__name__})") from None
    width = _width(rows[0]) if rows else 0
    for number, row in enumerate(rows, 1):
        cells = row[: max(width, _width(row))]
        cells += [("n", None)] * (width - len(cells))
        yield (
            number,
            [_cell_text(name, number, place, kind, value) for place, (kind, value) in enumerate(cells, 1)],
        )


def _check_package(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
            is_spreadsheet = "[Content_Types].xml" in package.namelist()
    except zipfile.BadZipFile:
        unpacked, is_spreadsheet = 0, False
    if not is_spreadsheet:
        raise ImportProblem(
            name, "is not a spreadsheet, whatever its name says; expected an Excel file (.xlsx)"
        )
    if unpacked > MOST_UNPACKED_BYTES:
        raise ImportProblem(name, f"unpacks to {unpacked / 1e6:.0f} MB; expected at most 200 MB")


def _width(row: Iterable[tuple[str, Any]]) -> int:
    return max((place for place, (_, value) in enumerate(row, 1) if value not in (None, "")), default=0)


def _cell_text(name: str, row: int, place: int, kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == "f":
        raise ImportProblem(name, f"cell {place} is a formula; expected its value (paste as values)", row)
    if isinstance(value, dt.date | dt.datetime):
        return f"{value.year:04d}-{value.month:02d}"
    if isinstance(value, str):
        return value
    raise ImportProblem(name, f"cell {place} holds {quoted(str(value))}, which is not text", row)
