"""Files into a table of text: CSV (UTF-8) or a spreadsheet of one sheet."""

from __future__ import annotations

import csv
import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from feedback_app.importing.problem import ImportProblem, quoted
from feedback_app.importing.spreadsheet import DateText, spreadsheet_records

__all__ = ["DateText", "Table", "read_table"]

#: A year of a large council's responses is well under a tenth of this.
MOST_BYTES: Final = 20_000_000
#: Far over the questions of any survey.
MOST_COLUMNS: Final = 500
#: Far over the longest answer; the csv module refuses more, too.
MOST_CHARACTERS: Final = 100_000
_EMPTY: Final = "is empty; expected a header and a row for each response"


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
    kind = path.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise ImportProblem(name, "is neither a .csv nor an .xlsx file")
    content = _content(path)
    if not content.strip():
        raise ImportProblem(name, _EMPTY)
    return _table(name, _csv_records(name, content) if kind == ".csv" else spreadsheet_records(name, content))


def _content(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ImportProblem(path.name, "is not a file; expected a .csv or .xlsx file")
        if status.st_size > MOST_BYTES:
            expected = f"expected at most {MOST_BYTES // 1_000_000} MB, so split it by month"
            raise ImportProblem(path.name, f"is {status.st_size / 1e6:.0f} MB; {expected}")
        return path.read_bytes()
    except FileNotFoundError:
        raise ImportProblem(path.name, "there is no such file") from None
    except OSError as error:
        raise ImportProblem(path.name, f"cannot be read ({error.strerror})") from None


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
        rows.append((number, tuple(_stripped(cell) for cell in cells)))
    if not rows and not header:
        raise ImportProblem(name, _EMPTY)
    if not rows:
        raise ImportProblem(name, "has a header and nothing under it; expected a row for each response")
    return Table(name, header, tuple(rows))


def _stripped(cell: str) -> str:
    return cell if isinstance(cell, DateText) else cell.strip()


def _check_header(name: str, header: tuple[str, ...]) -> None:
    if len(header) > MOST_COLUMNS:
        raise ImportProblem(name, f"has {len(header)} columns; expected at most {MOST_COLUMNS}", 1)
    seen: set[str] = set()
    for place, column in enumerate(header, 1):
        if not column:
            raise ImportProblem(name, f"column {place} has no name; expected month or a question's key", 1)
        if column in seen:
            raise ImportProblem(name, "is there twice; expected each column once", 1, column)
        seen.add(column)


def _csv_records(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _csv_text(name, content)
    first_line = re.split(r"[\r\n]", text, maxsplit=1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=first_line.count), strict=True
    )
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        raise ImportProblem(name, _csv_sentence(str(error)), number + 1) from None


def _csv_text(name: str, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportProblem(name, "is UTF-16; expected a file saved as CSV UTF-8", 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ImportProblem(
            name, f"byte {content[error.start]:#04x} is not UTF-8; expected a file saved as CSV UTF-8", row
        ) from None
    if (null := text.find("\0")) >= 0:
        raise ImportProblem(name, "holds a null byte; expected plain text", text.count("\n", 0, null) + 1)
    return text


def _csv_sentence(error: str) -> str:
    """The csv module's message in the words of somebody who looks at a spreadsheet."""
    if "unexpected end of data" in error:
        return 'a quotation mark (") is opened and never closed; expected one at each end of the cell'
    if "field larger" in error:
        return f"a cell holds more than {MOST_CHARACTERS:,} characters; expected an answer (is a quotation mark not closed?)"
    return f"cannot be read as CSV ({quoted(error)})"
