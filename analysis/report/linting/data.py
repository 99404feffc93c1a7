"""Figures as data, CSV and JSON: no row a response, no formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Final

from analysis.report.linting import text
from analysis.report.linting.found import Found

#: A cell that begins with one of these is a formula to a spreadsheet.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_FEWEST: Final = 3


def of_csv(content: bytes, known: text.Answers) -> Iterator[Found]:
    """What a .csv file carries beyond figures."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        yield Found("unreadable", "the file")
        return
    for number, row in enumerate(rows, 1):
        if any(cell.startswith(FORMULA_STARTS) and not _is_number(cell) for cell in row):
            yield Found("formula", f"row {number}")
        if any(text.holds_path(cell) for cell in row):
            yield Found("path", f"row {number}")
    yield from text.of_lines("\n".join(" ".join(row) for row in rows), known, "the cells")
    yield from text.of_table(rows[0] if rows else (), rows[1:], known, "the table")


def _is_number(cell: str) -> bool:
    return (
        cell[1:].replace(".", "", 1).isascii() and cell[1:].replace(".", "", 1).isdigit() and cell[0] == "-"
    )


def of_json(content: bytes, known: text.Answers) -> Iterator[Found]:
    """What a .json file carries beyond figures."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        yield Found("unreadable", "the file")
        return
    yield from _of_value(data, known, "the top")


def _of_value(value: Any, known: text.Answers, where: str) -> Iterator[Found]:
    if isinstance(value, str):
        if text.holds_identifier(value):
            yield Found("identifier", where)
        if text.holds_path(value):
            yield Found("path", where)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _of_value(part, known, str(key)[:40])
    elif isinstance(value, list):
        yield from _of_list(value, known, where)
        for part in value:
            yield from _of_value(part, known, where)


def _of_list(value: list[Any], known: text.Answers, where: str) -> Iterator[Found]:
    """A list of objects is a table: their keys are its columns."""
    lists = [list(map(str, part)) for part in value if isinstance(part, list)]
    if len(lists) >= _FEWEST:
        yield from text.of_table(lists[0], lists[1:], known, where)
    objects = [part for part in value if isinstance(part, dict)]
    if len(objects) < _FEWEST:
        return
    columns = sorted({str(key) for part in objects for key in part})
    rows = [
        [str(part.get(key)) if isinstance(part.get(key), str | int) else "" for key in columns]
        for part in objects
    ]
    # A list within a row, such as the options of a question, is a table of its own.
    if not any(isinstance(part, list | dict) for row in objects for part in row.values()):
        yield from text.of_table(columns, rows, known, where)
    elif "answers" in columns:
        yield Found("answers", where)
