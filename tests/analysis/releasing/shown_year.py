"""A year of a small survey, shown again and again: for tests of what several outputs tell together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.findings import GroupFinding, QuestionFinding, SurveyFindings
from analysis.period import Period
from analysis.releasing.asked import Asked
from analysis.releasing.layers import Counted, Row
from analysis.releasing.ledger import Entry, groups_from_json, groups_to_json
from analysis.releasing.release import again, release
from analysis.settings import Rules
from surveys.schema import Option, QuestionType, Survey
from tests.analysis.published import question, survey

#: April 2022 to March 2023.
MONTHS = [*(f"2022-{month:02d}" for month in range(4, 13)), *(f"2023-{month:02d}" for month in range(1, 4))]
AFTER = "2023-04"
YEAR = Period.year("2022-23")


def _splitting(key: str, *values: str) -> object:
    options = tuple(Option(value, value.capitalize()) for value in values)
    return question(key, type=QuestionType.ONE, breakdown=True, options=options, headline=None, positive=())


ENDING = _splitting("ending", "planned", "sudden")
HOME = _splitting("home", "foster", "other")


def small_survey(*, sensitive: bool = False) -> Survey:
    """One question, and two that may split it."""
    return survey(ENDING, HOME, question("safe", sensitive=sensitive))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Child:
    """One response: the month it is counted in, and what was chosen; empty is skipped."""

    month: str
    safe: str = "yes"
    ending: str = "planned"
    home: str = "foster"


def rows(children: Iterable[Child]) -> list[Row]:
    """What counting makes of them."""
    counts: Counter[tuple[str, str, str, str, str]] = Counter()
    for child in children:
        answers = {"safe": child.safe, "ending": child.ending, "home": child.home}
        groups = [("", ""), *((key, answers[key]) for key in ("ending", "home") if answers[key])]
        for breakdown, group in groups:
            counts[child.month, breakdown, group, "*", "responses"] += 1
            for key, value in answers.items():
                for option in ("answered", value) if value else ("skipped",):
                    counts[child.month, breakdown, group, key, option] += 1
    return [(*place, number) for place, number in counts.items()]


@dataclass
class ShownYear:
    """A ledger, and the children counted so far."""

    asked: Survey = field(default_factory=small_survey)
    rules: Rules = field(default_factory=Rules)
    children: list[Child] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    before: dict[tuple[str, int], list[Row]] = field(default_factory=dict)

    def count(self, *children: Child) -> None:
        """Count more children."""
        self.children.extend(children)

    def add(self, month: str, yes: int = 0, no: int = 0, skipped: int = 0, **given: str) -> None:
        """Count children who answered alike."""
        for safe, number in (("yes", yes), ("no", no), ("", skipped)):
            self.count(*[Child(month, safe, **given)] * number)

    def show(self, period: Period, by: str | None = None, this_month: str = AFTER) -> SurveyFindings:
        """Show an output, as ``feedback_app.showing`` does: the same again is answered from the ledger."""
        now = [child for child in self.children if child.month < this_month]
        sizes = Counter(child.month for child in now)
        held = {m: n for m, n in sorted(sizes.items()) if period.first <= m <= period.last}
        asked = Asked(period, this_month, by, self.rules)
        last = asked.last(held)
        same = [e for e in self.entries if (e.first, e.last, e.by) == (period.first, last, by or "")]
        if same and same[-1].basis.counted == held and same[-1].basis.is_year == asked.is_ended_year:
            return again(self.asked, period, same[-1])
        counted = Counted(rows(now), {k: v for k, v in self.before.items() if sizes.get(k[0]) != k[1]})
        found = release(self.asked, asked, counted, self.entries)
        assert groups_from_json(groups_to_json(found.entry.groups)) == found.entry.groups
        self.entries.append(found.entry)
        for month, size in found.entry.layers:
            self.before[month, size] = rows(child for child in now if child.month == month)
        return found.findings

    def safe(
        self, period: Period, by: str | None = None, this_month: str = AFTER, group: str = ""
    ) -> QuestionFinding:
        """The question, as shown."""
        found = self.show(period, by, this_month)
        return of(found.everyone if not group else next(g for g in found.groups if g.group == group))


def of(group: GroupFinding, key: str = "safe") -> QuestionFinding:
    """One question of a group."""
    return next(question for question in group.questions if question.key == key)


def quarter(number: int) -> Period:
    """A quarter of the year."""
    return Period.year("2022-23", number)


def month(number: int) -> Period:
    """A month of the year; 0 is April."""
    return Period(MONTHS[number], MONTHS[number])


def shares(finding: QuestionFinding) -> list[str]:
    """What a reader sees of each option."""
    return [option.shown for option in finding.options]


__all__: Sequence[str] = (
    "AFTER",
    "MONTHS",
    "YEAR",
    "Child",
    "ShownYear",
    "month",
    "of",
    "quarter",
    "rows",
    "shares",
)
