"""Tables of answers as files: what a council exports from elsewhere, to be imported."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

PUBLISHED = Path(__file__).parent.parent / "data" / "published_2022_23"
#: What a wrong file is made from: every answer in it is right.
HEADER = ("month", "talked_before", "talked_before_why", "how_attended", "best_thing")
ROW = ("2026-09", "no", "could_not", "attended", "the biscuits")


def text(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Rows as CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def rows_of(count: int, month: str = "2026-09", **answers: str) -> list[tuple[str, ...]]:
    """A header and so many rows alike."""
    return [("month", *answers), *[(month, *answers.values())] * count]


def write_csv(folder: Path, rows: Sequence[Sequence[str]], name: str = "answers.csv") -> Path:
    """Rows as a CSV file."""
    file = folder / name
    file.write_text(text(rows), encoding="utf-8", newline="")
    return file


def write_xlsx(folder: Path, rows: Sequence[Sequence[Any]], name: str = "answers.xlsx") -> Path:
    """Rows as a spreadsheet; a text that begins with ``=`` becomes a formula, as in Excel."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    file = folder / name
    book.save(file)
    return file


def read_csv(file: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.reader(source))
