"""The published figures of 2022/23 as tallies, and small surveys to try rules on."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from surveys.schema import Counts, Option, Question, QuestionType, Survey, Welcome, Wording
from tests.analysis.alone import Tally

FOLDER = Path(__file__).parent.parent / "data" / "published_2022_23"
YES_NO = (Option("yes", "Yes"), Option("no", "No"), Option("not_sure", "Not sure"))

Row = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Expected:
    """What the county published of one survey."""

    children: int
    percent: Mapping[str, Mapping[str, int]]


def expected(survey: str) -> Expected:
    return Expected(**json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))[survey])


@cache
def published(survey: str) -> tuple[Tally, ...]:
    with (FOLDER / f"{survey}.csv").open(encoding="utf-8", newline="") as file:
        rows = [{key: value for key, value in row.items() if key != "month"} for row in csv.DictReader(file)]
    return tuple(tallies(rows, routed={"talked_before_why": ("talked_before", "no")}))


def tallies(
    rows: Iterable[Row], by: str | None = None, routed: Mapping[str, tuple[str, str]] | None = None
) -> list[Tally]:
    """What counting makes of rows: ``""`` is asked and skipped, an absent key is not asked."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        for group in {"", str(row.get(by, "")) if by else ""}:
            counts[group, "*", "responses"] += 1
            for key, value in row.items():
                needs, is_value = (routed or {}).get(key, ("", ""))
                if needs and row[needs] != is_value:
                    continue
                for option in _chosen(value):
                    counts[group, key, option] += 1
    return [Tally(*place, count) for place, count in counts.items()]


def _chosen(value: str | Sequence[str]) -> list[str]:
    if not value:
        return ["skipped"]
    if value == "prefer_not_to_say":
        return ["prefer_not_to_say"]
    return ["answered", *([value] if isinstance(value, str) else value)]


def question(key: str, **given: object) -> Question:
    """A yes/no question whose headline counts "yes", unless said otherwise."""
    settings = {
        "type": QuestionType.YES_NO,
        "text": f"Is {key} so?",
        "title": key.replace("_", " ").capitalize(),
        "options": YES_NO,
        "headline": f"said that {key} is so",
        "positive": ("yes",),
    }
    return Question(key=key, **{**settings, **given})  # type: ignore[arg-type]  # names are Question's own


def survey(*questions: Question, key: str = "wellbeing", counts: Counts = Counts.CHILDREN) -> Survey:
    welcome = {Wording.STANDARD: Welcome("Hello", "About this")}
    return Survey(key, 1, counts, key.replace("_", " ").capitalize(), welcome, 3, questions)


@cache
def surveys() -> dict[str, Survey]:
    """Surveys with the questions that were published, as small as they may be."""
    ways = tuple(
        Option(value, value.replace("_", " ").capitalize())
        for value in ("attended", "separate_talk", "chose_not_to", "not_invited")
    )
    reasons = tuple(
        Option(value, value) for value in ("did_not_want_to", "was_not_asked", "could_not", "other")
    )
    of_reviews = [question(key) for key in expected("iro_review").percent if key != "how_attended"]
    how = question("how_attended", type=QuestionType.ONE, options=ways, headline=None, positive=())
    why = question("talked_before_why", type=QuestionType.ONE, options=reasons, headline=None, positive=())
    of_wellbeing = [question(key, sensitive=True) for key in expected("wellbeing").percent]
    helps = question("what_helps", type=QuestionType.WORDS, options=(), headline=None, positive=())
    return {
        "iro_review": survey(of_reviews[0], why, *of_reviews[1:], how, key="iro_review"),
        "wellbeing": survey(*of_wellbeing, helps),
    }
