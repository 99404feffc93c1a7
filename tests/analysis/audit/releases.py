"""Random young people, random surveys, and releases made of them as Heard makes them."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from analysis.data_formats import as_csv, as_json
from analysis.findings import SurveyFindings
from analysis.period import Period, month_after
from analysis.releasing.asked import Asked
from analysis.releasing.layers import Counted, Row
from analysis.releasing.ledger import Entry
from analysis.releasing.release import release
from analysis.report import FORMATS, ReportInput, SurveyInput, write
from analysis.settings import Rules
from surveys.schema import Condition, Option, Question, QuestionType, Survey
from tests.analysis.published import YES_NO, question, survey

YEAR = Period.year("2022-23")
AFTER = "2023-06"
MONTHS = tuple(month_after("2022-04", number) for number in range(12))
QUARTERS = tuple(Period.year("2022-23", number) for number in (1, 2, 3, 4))
EVERY_PERIOD = (
    YEAR,
    *QUARTERS,
    *(Period(month, month) for month in MONTHS),
    Period("2022-04", "2022-09"),
    Period("2022-10", "2023-03"),
    Period("2022-04", "2022-12"),
    Period("2022-07", "2023-03"),
    Period("2022-07", "2022-12"),
)

File = tuple[str, bytes]
Answers = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Answered:
    """One response: an absent key was not asked, an empty answer was skipped."""

    month: str
    how: str
    answers: Answers
    round: str = "spring"

    def group(self, by: str) -> str:
        """The group it is in, empty where it is in none."""
        return {"how": self.how, "round": self.round}.get(by) or str(self.answers.get(by, ""))


@dataclass(frozen=True)
class World:
    """A survey, and everybody who answered it."""

    survey: Survey
    responses: tuple[Answered, ...]

    @property
    def breakdowns(self) -> tuple[str, ...]:
        return (*(q.key for q in self.survey.breakdowns), "how", "round")

    def rows(self, bys: Sequence[str] | None = None) -> list[Row]:
        """The tallies of every month, for everyone and each breakdown."""
        counts: Counter[tuple[str, str, str, str, str]] = Counter()
        for one in self.responses:
            for by in ("", *(self.breakdowns if bys is None else bys)):
                group = one.group(by) if by else ""
                if by and not group:
                    continue
                counts[one.month, by, group, "*", "responses"] += 1
                for key, value in one.answers.items():
                    for option in _counted_as(value):
                        counts[one.month, by, group, key, option] += 1
        return [(*place, count) for place, count in counts.items()]


def _counted_as(value: str | tuple[str, ...]) -> Iterator[str]:
    if not value:
        yield "skipped"
    else:
        yield "answered"
        yield from [value] if isinstance(value, str) else value


@dataclass
class Publisher:
    """Publishes one output after another, as ``heard results`` and ``heard report`` do."""

    world: World
    rules: Rules = field(default_factory=Rules)
    keeps_ledger: bool = True
    ledger: list[Entry] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    def findings(self, period: Period, by: str | None = None, this_month: str = AFTER) -> SurveyFindings:
        """What is shown, noted in the ledger; what is asked again is shown again."""
        rows = [row for row in self.world.rows() if row[0] < this_month]
        given = release(
            self.world.survey,
            Asked(period, this_month, by, self.rules),
            Counted(rows, {}),
            self.ledger if self.keeps_ledger else (),
        )
        self.ledger.append(given.entry)
        return given.findings

    def data(
        self, period: Period, by: str | None = None, form: str = "json", this_month: str = AFTER
    ) -> SurveyFindings:
        found = self.findings(period, by, this_month)
        until = self.ledger[-1].last
        text = {"json": as_json, "csv": as_csv}[form](found)
        if until != period.last:
            text = json.dumps(json.loads(text) | {"until": until})
        self.files.append((f"{len(self.files)}.{form}", text.encode()))
        return found

    def report(self, period: Period, breakdowns: Sequence[str], form: str, this_month: str = AFTER) -> None:
        found = self.findings(period, None, this_month)
        split = tuple(self.findings(period, by, this_month) for by in breakdowns)
        part = SurveyInput(self.world.survey, found, (), split)
        given = ReportInput(period, "Northshire", dt.date(2023, 6, 1), (part,), rules=self.rules)
        self.files.append((f"{len(self.files)}.{form}", write(given, form)))


_WORDS = ("alpha", "beta", "gamma", "delta", "epsilon")


@st.composite
def questions(draw: st.DrawFn, key: str) -> Question:
    kind = draw(
        st.sampled_from([QuestionType.YES_NO, QuestionType.ONE, QuestionType.FACES, QuestionType.MANY])
    )
    options: tuple[Option, ...] = YES_NO
    if kind is not QuestionType.YES_NO:
        number = draw(st.integers(2, 5))
        options = tuple(Option(word, word.capitalize()) for word in _WORDS[:number])
    positive = tuple(option.value for option in options[: draw(st.integers(1, 2))])
    if kind is QuestionType.MANY:
        positive = positive[:1]
    sensitive = draw(st.booleans())
    return question(key, type=kind, options=options, positive=positive, sensitive=sensitive)


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    some = [draw(questions(f"q{number}")) for number in range(draw(st.integers(1, 3)))]
    splits = [
        question(
            key,
            type=QuestionType.ONE,
            options=tuple(Option(word, f"{word} {key}") for word in _WORDS[: draw(st.integers(2, 4))]),
            breakdown=True,
            sensitive=draw(st.integers(0, 5)) == 0,
            headline=None,
            positive=(),
        )
        for key in ("place", "ending")[: draw(st.integers(0, 2))]
    ]
    if draw(st.booleans()):
        upon = draw(st.lists(st.sampled_from(some[0].values), min_size=1, max_size=2, unique=True))
        rule = Condition("q0", tuple(upon))
        some.append(question("why", show_if=rule, headline=None, positive=()))
    return survey(*some, *splits, key="random")


@st.composite
def worlds(draw: st.DrawFn, months: Sequence[str] = MONTHS, most: int = 60) -> World:
    """Everybody who answered: months of none, few and many, answers that most or nearly all share."""
    about = draw(surveys())
    sizes = {m: draw(st.one_of(st.just(0), st.integers(10, 14), st.integers(10, most))) for m in months}
    chance = random.Random(draw(st.integers(0, 2**32)))
    lean = draw(st.sampled_from([0.3, 1.0, 4.0]))
    skips = draw(st.sampled_from([0.0, 0.02, 0.15]))
    weights = {q.key: [chance.expovariate(1) ** lean + 1e-9 for _ in q.options] for q in about.questions}
    by_conversation = draw(st.sampled_from([0.0, 0.1, 0.5]))
    months_a_round = draw(st.sampled_from([1, 2, len(sizes)]))
    responses = tuple(
        Answered(
            month,
            "conversation" if chance.random() < by_conversation else "self",
            answers,
            f"round {number // months_a_round}",
        )
        for number, (month, size) in enumerate(sizes.items())
        for answers in (_answers(about, chance, weights, skips) for _ in range(size))
    )
    return World(about, responses)


def _is_any_of(answer: str | tuple[str, ...] | None, some: Sequence[str]) -> bool:
    given = answer if isinstance(answer, tuple) else (answer,)
    return any(one in some for one in given)


def _answers(
    about: Survey, chance: random.Random, weights: Mapping[str, Sequence[float]], skips: float
) -> dict[str, str | tuple[str, ...]]:
    given: dict[str, str | tuple[str, ...]] = {}
    for one in about.questions:
        rule = one.show_if
        if isinstance(rule, Condition) and not _is_any_of(given.get(rule.question), rule.is_any_of):
            continue
        if chance.random() < skips:
            given[one.key] = ""
        elif one.type is QuestionType.MANY:
            total = max(weights[one.key])
            chosen = [
                o.value
                for o, w in zip(one.options, weights[one.key], strict=True)
                if chance.random() < w / total
            ]
            given[one.key] = tuple(chosen)
        else:
            given[one.key] = chance.choices([o.value for o in one.options], weights[one.key])[0]
    return given


__all__ = ["EVERY_PERIOD", "FORMATS", "MONTHS", "QUARTERS", "YEAR", "Publisher", "World", "worlds"]
