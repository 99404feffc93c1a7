"""What somebody wants to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.period import Period, month_after
from analysis.settings import Rules


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to be shown.

    Attributes:
        period: one month, or whole quarters of one year.
        this_month: the month it is, ``YYYY-MM``.
        by: a question that the survey declares as a breakdown, or ``how`` or ``round``; None for everyone alone.
        rules: the thresholds.
    """

    period: Period
    this_month: str
    by: str | None = None
    rules: Rules = field(default_factory=Rules)

    @property
    def is_ended_year(self) -> bool:
        """Whether it is a whole year that has ended."""
        return self.period.is_year and self.period.last < self.this_month

    @property
    def year(self) -> Period:
        """The year that it is, or is a part of."""
        return Period.year(self.period.report_year)

    @property
    def year_that_ended(self) -> Period | None:
        """The year that it is a part of, where that has ended."""
        return self.year if self.year.last < self.this_month and not self.period.is_year else None

    def last(self, months: Iterable[str]) -> str:
        """The last month that had ended, or holds anything: what comes after it is not in the output.

        Args:
            months: those that hold anything.
        """
        held = [month for month in months if self.period.first <= month <= self.period.last]
        ended = month_after(self.this_month, -1)
        return min(self.period.last, max([self.period.first, ended, *held]))
