"""Auditing a year's release: three surveys, four quarters and the year, each by itself and by two breakdowns."""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import click

from analysis.data_formats import as_json
from analysis.period import Period
from analysis.releasing.asked import Asked
from analysis.releasing.layers import Counted, Row
from analysis.releasing.ledger import Entry
from analysis.releasing.release import release
from analysis.report import FORMATS, ReportInput, SurveyInput, write
from surveys.reading import BUILT_IN, load_catalogue
from surveys.routing import asked as asked_in
from surveys.schema import Answer, Question, QuestionType, Survey
from tests.bench.arithmetic import Bar, median
from tests.bench.problems import BenchError
from tests.bench.servers import ROOT, heard_command

MOST_SECONDS = 10

_YEAR = "2022-23"
_AFTER = "2023-06"
_PERIODS = (Period.year(_YEAR), *(Period.year(_YEAR, quarter) for quarter in (1, 2, 3, 4)))
_MONTHS = ("2022-05", "2022-08", "2022-11", "2023-02")
#: Children in care of a county, as its report counts them: who answered in each quarter.
_A_QUARTER = 60
_BREAKDOWNS = ("placement_type", "ending", "how", "round")


def measure(folder: Path, *, quick: bool) -> list[Bar]:
    """Make a year's release, audit it as anybody would, and say how long that took.

    Raises:
        BenchError: the audit did not pass, or did not work.
    """
    files = list(_release(folder))
    seconds = [_audited(files) for _ in range(1 if quick else 3)]
    click.echo(f"\n{len(files)} files of {_YEAR}: " + ", ".join(f"{taken:.1f} s" for taken in seconds))
    return [
        Bar("audit of a year: 3 surveys, 4 quarters, 2 breakdowns", median(seconds), MOST_SECONDS, unit=" s")
    ]


def _audited(files: list[Path]) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        heard_command("audit-release", *map(str, files)),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"heard audit-release: {(done.stderr or done.stdout).strip().splitlines()[-1]}")
    return time.perf_counter() - start


def _release(folder: Path) -> Iterator[Path]:
    """The year's report in every format, and every output of it as JSON."""
    chance = random.Random(4)
    parts = []
    for survey in load_catalogue([BUILT_IN]).current():
        rows = list(_rows(survey, chance))
        ledger: list[Entry] = []
        for by in (None, *_splits(survey)):
            for period in _PERIODS:
                given = release(survey, Asked(period, _AFTER, by), Counted(rows, {}), ledger)
                ledger.append(given.entry)
                file = folder / f"{survey.key}-{period.first}-{period.last}-{by or 'everyone'}.json"
                file.write_text(as_json(given.findings), encoding="utf-8")
                yield file
                if by is None and period.is_year:
                    parts.append(SurveyInput(survey, given.findings))
    report = ReportInput(_PERIODS[0], "Bench County Council", dt.date(2023, 6, 1), tuple(parts))
    for form in FORMATS:
        file = folder / f"report.{form}"
        file.write_bytes(write(report, form))
        yield file


def _splits(survey: Survey) -> tuple[str, ...]:
    declared = {question.key for question in survey.breakdowns}
    return tuple(by for by in _BREAKDOWNS if by in declared | {"how", "round"})[:2]


def _rows(survey: Survey, chance: random.Random) -> Iterator[Row]:
    counts: dict[tuple[str, str, str, str, str], int] = {}
    for month in _MONTHS:
        for number in range(_A_QUARTER):
            answers = _answers(survey, chance)
            own = {"how": "conversation" if number % 3 else "self", "round": f"round {month}"}
            for by in ("", *_splits(survey)):
                group = str(own.get(by) or answers.get(by) or "") if by else ""
                if by and not group:
                    continue
                for key, value in (("*", "responses"), *_counted(answers)):
                    place = (month, by, group, key, value)
                    counts[place] = counts.get(place, 0) + 1
    yield from ((*place, count) for place, count in counts.items())


def _counted(answers: dict[str, Answer]) -> Iterator[tuple[str, str]]:
    for key, answer in answers.items():
        if not answer:
            yield key, "skipped"
        else:
            yield key, "answered"
            yield from ((key, value) for value in ([answer] if isinstance(answer, str) else answer))


def _answers(survey: Survey, chance: random.Random) -> dict[str, Answer]:
    """One response: most say what is good, few say otherwise or skip, as children's answers are printed."""
    wording = survey.wordings[0 if chance.random() < 0.85 else -1]
    answers: dict[str, Answer] = {q.key: _answer(q, chance) for q in survey.choice_questions}
    return {q.key: answers[q.key] for q in asked_in(survey, wording, answers) if q.key in answers}


def _answer(question: Question, chance: random.Random) -> Answer:
    if chance.random() < 0.03:
        return None
    values = question.values
    weights = [6.0 if value in question.positive else 1.0 for value in values]
    chosen = chance.choices(values, weights)[0]
    return (chosen,) if question.type is QuestionType.MANY else chosen
