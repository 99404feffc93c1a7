"""One output by itself, as it may be shown where nothing of its year has been shown before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analysis.asked import Asked
from analysis.breakdowns import EVERY_SURVEY
from analysis.findings import FindingsError, SurveyFindings, Tally
from analysis.layers import Counted
from analysis.period import Period, month_of
from analysis.release import release
from analysis.settings import Rules
from surveys.schema import Survey

__all__ = ["EVERY_SURVEY", "FindingsError", "findings"]


def findings(
    survey: Survey,
    tallies: Sequence[Tally],
    period: Period,
    by: str | None = None,
    rules: Rules | None = None,
    this_month: str | None = None,
) -> SurveyFindings:
    """What may be shown of a survey over a period.

    Args:
        survey: its newest version; options that only older versions had are shown after its own.
        tallies: summed over the period; without ``by``, group ``""`` alone is read.
        period: decides whether sensitive questions are exact: they are for a whole year that has ended. The same year
            shown while it grows, at two times, would give away what came between.
        by: a question that the survey declares as a breakdown, or ``how`` or ``round``.
        rules: the thresholds; the defaults where None.
        this_month: the month it is, ``YYYY-MM``; by the computer's clock where None.

    Raises:
        FindingsError: ``by`` does not split this survey, or the tallies do not add up.
    """
    rows = [
        (period.first, by if t.group and by else "", t.group, t.question, t.option, t.count)
        for t in tallies
        if by is not None or not t.group
    ]
    now = this_month or month_of(dt.datetime.now(dt.UTC).date())
    return release(survey, Asked(period, now, by, rules or Rules()), Counted(rows, {}), ()).findings
