"""A report as a spreadsheet, read back: every sheet, those included that a reader does not see."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from analysis.audit.documents import Grid, Style, Text
from analysis.audit.facts import AuditError, Facts, Figure, FileSays, Kind
from analysis.audit.report_text import ReportReader, option_of
from surveys.schema import Question, Survey

_FIGURES: Final = ("Question", "As asked", "Answer", "Shown", "Percent", "Answered", "Skipped")
_NO_FIGURES: Final = ("In their own words", "How these figures were made")

Cells = tuple[str, ...]


def read_workbook(name: str, content: bytes, surveys: Mapping[str, Survey]) -> FileSays:
    """What a report's spreadsheet says.

    Raises:
        AuditError: it is none of Heard's, or damaged.
    """
    reader = ReportReader(name, surveys)
    try:
        book = openpyxl.load_workbook(BytesIO(content), data_only=True)
        sheets = [(sheet.title, list(_rows(sheet))) for sheet in book.worksheets]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        raise AuditError(f"{name}: this spreadsheet is damaged") from error
    if not sheets or sheets[0][0] != "About":
        raise AuditError(
            f"{name}: this is not a report that Heard wrote: its first sheet is not called “About”"
        )
    titles = {survey.title for survey in surveys.values()}
    for title, rows in sheets:
        if title == "About":
            for text, *_ in rows:
                reader.text(Text(text, Style.SURVEY if text in titles else Style.TEXT))
        elif title not in _NO_FIGURES:
            _sheet(reader, title, rows, surveys)
    return reader.read(())


def _rows(sheet: object) -> Iterator[Cells]:
    for row in sheet.iter_rows(values_only=True):  # type: ignore[attr-defined]  # charts' sheets have none
        cells = tuple("" if cell is None else str(cell) for cell in row)
        if any(cells):
            yield cells


def _sheet(reader: ReportReader, title: str, rows: Sequence[Cells], surveys: Mapping[str, Survey]) -> None:
    header = rows[0] if rows else ()
    if header[: len(_FIGURES)] == _FIGURES:
        _figures(reader, title, rows[1:], surveys)
    elif header[:2] == ("Question", "Everyone"):
        width = len([cell for cell in header if cell])
        split = title.partition("Split by  ")[2] or title.partition("Split by")[2].strip()
        table = tuple(row[:width] for row in rows if all(row[:width]))
        reader.grid(Grid(split, table))
    else:
        reader.facts.not_read(f"the sheet “{title}”")


def _figures(reader: ReportReader, title: str, rows: Sequence[Cells], surveys: Mapping[str, Survey]) -> None:
    survey = _survey(reader, title, rows, surveys)
    reader.begin(survey.key)
    place, facts = reader.place(), reader.facts
    for question, some in _by_question(facts, survey, rows).values():
        values = []
        for _, _, answer, shown, percent, base, skipped, *why in some:
            values.append(option_of(answer, [question]))
            if percent and shown != f"{percent}%":
                raise AuditError(f"{facts.file}: the percentage {percent} stands beside {shown!r}")
            facts.share(Figure(place, Kind.OPTION, question.key, (values[-1],)), shown)
            facts.number(Figure(place, Kind.BASE, question.key), base, why[0] if why else None)
            facts.number(Figure(place, Kind.SKIPPED, question.key), skipped)
        facts.lists(place, question.key, tuple(values))


def _survey(reader: ReportReader, title: str, rows: Sequence[Cells], surveys: Mapping[str, Survey]) -> Survey:
    """The survey whose questions a sheet holds; of several, the one whose name the sheet's begins like."""
    asked = {(row[0], row[1]) for row in rows}
    found = [s for s in surveys.values() if asked <= {(q.title, q.text) for q in s.choice_questions}]
    named = [survey for survey in found if survey.title[:10] == title[:10]] or found
    if not named:
        raise AuditError(
            f"{reader.facts.file}: no survey here has the questions of the sheet “{title}”;"
            " a council's own surveys are read from the folder HEARD_SURVEYS"
        )
    return named[0]


def _by_question(
    facts: Facts, survey: Survey, rows: Sequence[Cells]
) -> dict[str, tuple[Question, list[Cells]]]:
    """The rows of each question; two that read alike are told apart by an answer that comes again."""
    alike: dict[tuple[str, str], list[Question]] = {}
    for question in survey.choice_questions:
        alike.setdefault((question.title, question.text), []).append(question)
    found: dict[str, tuple[Question, list[Cells]]] = {}
    for row in rows:
        for question in alike[row[0], row[1]]:
            some = found.setdefault(question.key, (question, []))[1]
            if all(row[2] != other[2] for other in some):
                some.append(row)
                break
        else:
            raise AuditError(f"{facts.file}: the answer “{row[2]}” to “{row[0]}” stands there twice")
    return found
