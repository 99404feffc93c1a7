"""One output by itself, as it may be shown where nothing of its year has been shown before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.findings import SurveyFindings
from analysis.period import Period
from analysis.releasing.asked import Asked
from analysis.releasing.counted import Counted
from analysis.releasing.release import release
from analysis.settings import Rules
from surveys.schema import Survey

#: A month in which the year of the published figures has ended.
AFTER = "2023-04"


@dataclass(frozen=True)
class Tally:
    """How often one option was chosen, summed over a period; the parts are those of a row that counting makes."""

    group: str
    question: str
    option: str
    count: int


def counted(tallies: Iterable[Tally], period: Period, by: str | None = None) -> Counted:
    """Tallies as if all of them came of the first month; without ``by``, those of everyone alone."""
    rows = [
        (period.first, by if t.group and by else "", t.group, t.question, t.option, t.count)
        for t in tallies
        if by is not None or not t.group
    ]
    return Counted(rows, {})


def findings(
    survey: Survey,
    tallies: Sequence[Tally],
    period: Period,
    by: str | None = None,
    rules: Rules | None = None,
    this_month: str = AFTER,
) -> SurveyFindings:
    """What may be shown of a survey over a period."""
    asked = Asked(period, this_month, by, rules or Rules())
    return release(survey, asked, counted(tallies, period, by), ()).findings
