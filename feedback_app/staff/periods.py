"""Choosing a period: the years, quarters and months that have results."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.period import Period, year_of
from feedback_app.staff.words import month


@dataclass(frozen=True, slots=True)
class Choice:
    """One period that can be chosen; ``value`` is what stands in the address."""

    value: str
    text: str


def years(months: Sequence[str]) -> list[str]:
    """The report years in which something was counted, newest first."""
    return sorted({year_of(each) for each in months}, reverse=True)


def choices(months: Sequence[str]) -> dict[str, list[Choice]]:
    """What can be chosen, by heading: years, quarters and months in which something was counted, newest first."""
    quarters = sorted({(year_of(each), quarter_of(each)) for each in months}, reverse=True)
    return {
        "Years": [Choice(year, f"{year} (April to March)") for year in years(months)],
        "Quarters": [
            Choice(f"{year}.{number}", f"{year} Q{number}: {_quarter(Period.year(year, number))}")
            for year, number in quarters
        ],
        "Months": [Choice(f"m{each}", month(each)) for each in sorted(months, reverse=True)],
    }


def _quarter(period: Period) -> str:
    """``October to December 2022``."""
    return f"{month(period.first)[:-5]} to {month(period.last)}"


def quarter_of(each: str) -> int:
    """The quarter of the report year a month lies in; 1 is April to June."""
    return ((int(each[5:]) - 4) % 12) // 3 + 1


def read(value: str) -> Period:
    """The period that an address names: ``2022-23``, ``2022-23.1`` or, a month, ``m2022-04``.

    A month has its letter because ``2011-12`` alone could be December or a year.

    Raises:
        PeriodError: it names none.
    """
    if match := re.fullmatch(r"(\d{4}-\d{2})\.([1-4])", value, re.ASCII):
        return Period.year(match[1], int(match[2]))
    if value.startswith("m"):
        return Period.between(value[1:], value[1:])
    return Period.year(value)
