"""Rows into the ballot box. What a past month holds is counted at once, by the same rule as everything else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from analysis.period import PeriodError, read_month
from feedback_app.importing.mapping import ColumnMap
from feedback_app.importing.problem import ImportProblem, quoted
from feedback_app.importing.table import DateText, Table, read_table
from feedback_app.store import Store, ballot_box, counting
from feedback_app.store.ballot_box import Submission, is_answered
from feedback_app.store.dialect import insert_rows
from feedback_app.store.models import ImportedFile
from surveys.routing import settle
from surveys.schema import PREFER_NOT_TO_SAY, WORDS_LIMIT, Answer, Question, QuestionType, Survey, Wording

MONTH = "month"
#: How a file writes the several answers of a ``many`` question.
SEPARATOR = ";"

#: month, wording, answers
Row = tuple[str, Wording, dict[str, Answer]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file's rows.

    Attributes:
        responses: how many were stored, each as a response.
        empty: how many answer no question: nobody was heard there, so they are left out.
    """

    responses: int
    empty: int


Progress = Callable[[Iterable[Row], int], Iterable[Row]]


def _silent(rows: Iterable[Row], _number: int) -> Iterable[Row]:
    return rows


def import_responses(
    store: Store,
    path: Path,
    survey: Survey,
    columns: ColumnMap | None = None,
    progress: Progress = _silent,
    number: int = 1,
) -> Imported:
    """Import a file: all of it, or nothing.

    Args:
        number: 2 where the same rows were imported before and these are other children's, 3 for yet others, and so on.
        progress: wraps the rows (and how many there are) while they are sealed.

    Raises:
        ImportProblem: the first thing that is wrong, with its place.
    """
    table = read_table(path)
    columns = columns or ColumnMap()
    keys = _keys(table, survey, columns)
    every = list(_rows(store, table, survey, keys, columns))
    rows = [row for row in every if _is_answered(survey, row)]
    if not rows:
        raise ImportProblem(
            table.file, "has no row in which a question is answered; expected a row for each response"
        )
    note = partial(_note, file=table.file, digest=_digests(store, survey, rows), number=number)
    _store(store, survey, keys, progress(rows, len(rows)), note)
    counting.count(store)
    return Imported(len(rows), len(every) - len(rows))


def _is_answered(survey: Survey, row: Row) -> bool:
    """Whether a row answers any question, by a choice or by words that somebody can see."""
    _, wording, answers = row
    return is_answered(settle(survey, wording, answers))


def _keys(table: Table, survey: Survey, columns: ColumnMap) -> tuple[str, ...]:
    """What each column is: month, a question's key, or an empty text where it is left out."""
    known = {MONTH, *(question.key for question in survey.questions)}
    for column in columns.columns:
        if column not in table.header:
            raise ImportProblem(table.file, "is named in the mapping but is not in the file", 1, column)
    if unknown := sorted(set(columns.values) - known):
        raise ImportProblem(
            table.file, f"the mapping has [values.{unknown[0]}], which is no question of {survey.key}"
        )
    keys = tuple(columns.column(column) for column in table.header)
    for column, key in zip(table.header, keys, strict=True):
        if key and key not in known:
            expected = (
                f"expected {MONTH} or a question of {survey.key} ({', '.join(sorted(known - {MONTH}))})"
            )
            raise ImportProblem(table.file, f"is not known; {expected}", 1, column)
        if key and keys.count(key) > 1:
            raise ImportProblem(
                table.file, f"is {key}, and so is another column; expected one of them", 1, column
            )
    if MONTH not in keys:
        raise ImportProblem(table.file, "is missing; expected the month (YYYY-MM) of each response", 1, MONTH)
    if not set(keys) - {MONTH, ""}:
        raise ImportProblem(table.file, f"has no column for any question of {survey.key}", 1)
    return keys


def _rows(
    store: Store, table: Table, survey: Survey, keys: tuple[str, ...], columns: ColumnMap
) -> Iterator[Row]:
    questions = {question.key: question for question in survey.questions}
    for number, cells in table.rows:
        month = ""
        answers: dict[str, Answer] = {}
        for column, key, cell in zip(table.header, keys, cells, strict=True):
            try:
                if key == MONTH:
                    month = _month(store, columns.value(MONTH, cell))
                elif key and cell:
                    answers[key] = _answer(questions[key], columns, cell)
            except ValueError as error:
                raise ImportProblem(table.file, str(error), number, column) from None
        wording = _wording(survey, answers)
        for key in sorted(set(answers) - set(settle(survey, wording, answers))):
            column = table.header[keys.index(key)]
            raise ImportProblem(
                table.file,
                "is answered, but with the other answers of this row it is not asked",
                number,
                column,
            )
        yield month, wording, answers


def _month(store: Store, text: str) -> str:
    if not text:
        raise ValueError("is empty; expected the month as YYYY-MM")
    try:
        month = read_month(text)
    except PeriodError as error:
        raise ValueError(str(error)) from None
    if month > store.this_month():
        raise ValueError(f"{quoted(text)} is still to come; expected a month up to {store.this_month()}")
    return month


def _answer(question: Question, columns: ColumnMap, cell: str) -> Answer:
    if isinstance(cell, DateText):
        raise ValueError("holds a date; expected an answer as text (format the column as text)")
    if question.type is QuestionType.WORDS:
        if len(cell) > WORDS_LIMIT:
            raise ValueError(f"holds {len(cell)} characters; expected at most {WORDS_LIMIT}")
        return cell
    if question.type is not QuestionType.MANY:
        return _option(question, columns.value(question.key, cell))
    parts = [columns.value(question.key, part.strip()) for part in cell.split(SEPARATOR)]
    chosen = tuple(_option(question, part) for part in parts if part)
    if len(set(chosen)) != len(chosen):
        raise ValueError("names an answer twice; expected each once")
    if PREFER_NOT_TO_SAY in chosen:
        if len(chosen) > 1:
            raise ValueError(f"holds {PREFER_NOT_TO_SAY} beside another answer; expected one or the other")
        return PREFER_NOT_TO_SAY
    return chosen


def _option(question: Question, text: str) -> str:
    allowed = (*question.values, PREFER_NOT_TO_SAY) if question.sensitive else question.values
    if text not in allowed:
        raise ValueError(f"{quoted(text)} is not one of its answers; expected {', '.join(allowed)}")
    return text


def _wording(survey: Survey, answers: dict[str, Answer]) -> Wording:
    """Easy where a question was answered that only easy asks."""
    only_easy = {q.key for q in survey.questions if q.wordings == {Wording.EASY}}
    return Wording.EASY if only_easy & answers.keys() else Wording.STANDARD


def _store(
    store: Store,
    survey: Survey,
    keys: tuple[str, ...],
    rows: Iterable[Row],
    note: Callable[[Connection], None],
) -> None:
    now = store.this_month()
    only = frozenset(keys) - {MONTH, ""}
    responses: list[dict[str, Any]] = []
    comments: list[dict[str, Any]] = []
    words: list[tuple[str, str]] = []
    for month, wording, answers in rows:
        submission = Submission(survey, None, wording, "import", answers, receipt="", only=only)
        response, its_comments, its_words = ballot_box.sealed_rows(store, submission, month, now)
        responses.append(response)
        comments += its_comments
        words += its_words
    with store.transaction() as connection:
        note(connection)
        ballot_box.put_in(
            connection, responses, comments, ballot_box.reading_rows(store, words, store.today())
        )


def _digests(store: Store, survey: Survey, rows: list[Row]) -> Callable[[int], bytes]:
    """What is kept of a file, to know it again: for the first time that its rows are imported, the second, and so on."""
    # The same responses in another order, or saved as another kind of file, are the same file.
    texts = sorted(json.dumps(row, sort_keys=True) for row in rows)

    def digest(number: int) -> bytes:
        nth = [] if number == 1 else [str(number)]
        return store.secrets.keyed_hash("import", survey.key, *texts, *nth)

    return digest


def _note(connection: Connection, file: str, digest: Callable[[int], bytes], number: int) -> None:
    """Note that these rows were imported, as the first, second, … of their kind.

    Raises:
        ImportProblem: they were already, or those before them were not.
    """

    def is_noted(number: int) -> bool:
        query = select(ImportedFile.digest).where(ImportedFile.digest == digest(number))
        return connection.execute(query).first() is not None

    if number > 1 and not is_noted(number - 1):
        raise ImportProblem(file, f"is not there as --number {number - 1} yet; expected a smaller --number")
    if insert_rows(connection, ImportedFile, [{"digest": digest(number)}], or_ignore=True).number:
        return
    free = next(n for n in count(number + 1) if not is_noted(n))
    raise ImportProblem(
        file,
        "has been imported already; nothing was stored a second time"
        f" (if these are other children who answered alike, add --number {free})",
    )
