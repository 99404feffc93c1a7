"""Working days in England: neither a weekend, nor a bank holiday, nor one of the days on which a council says it is closed.

Bank holidays are worked out. One that is proclaimed for a single year, such as a coronation, is not known here: a council
names it among its closed days.

Source: Banking and Financial Dealings Act 1971, schedule 1, and the proclamations made under it for New Year's Day and the
first Monday in May; gov.uk/bank-holidays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dateutil.easter import easter

_ONE_DAY: Final = dt.timedelta(days=1)
_MONDAY: Final = 0
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A council's working days.

    Attributes:
        closed: days on which it is closed beside weekends and bank holidays.
    """

    closed: frozenset[dt.date] = frozenset()

    def has(self, day: dt.date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() < _SATURDAY and day not in self.closed and day not in bank_holidays(day.year)

    def after(self, day: dt.date, number: int) -> dt.date:
        """The working day that is so many working days after a day, which need not be one itself and does not count."""
        return self._step(day, number, _ONE_DAY)

    def before(self, day: dt.date, number: int) -> dt.date:
        """The working day that is so many working days before a day; the day itself where the number is 0."""
        return self._step(day, number, -_ONE_DAY)

    def _step(self, day: dt.date, number: int, step: dt.timedelta) -> dt.date:
        while number > 0:
            day += step
            number -= self.has(day)
        return day


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[dt.date]:
    """The bank holidays of England and Wales in a year, each on the weekday on which it is kept."""
    fixed = [dt.date(year, 1, 1), dt.date(year, 12, 25), dt.date(year, 12, 26)]
    kept = {
        easter(year) - 2 * _ONE_DAY,
        easter(year) + _ONE_DAY,
        _first_monday(dt.date(year, 5, 1)),
        _first_monday(dt.date(year, 5, 25)),
        _first_monday(dt.date(year, 8, 25)),
        *(day for day in fixed if day.weekday() < _SATURDAY),
    }
    for day in fixed:
        if day.weekday() >= _SATURDAY:
            kept.add(next(later for later in _weekdays_after(day) if later not in kept))
    return frozenset(kept)


def _first_monday(start: dt.date) -> dt.date:
    """The first Monday from a day on; from the 25th of a month with 31 days, its last."""
    return start + (_MONDAY - start.weekday()) % 7 * _ONE_DAY


def _weekdays_after(day: dt.date) -> Iterator[dt.date]:
    while True:
        day += _ONE_DAY
        if day.weekday() < _SATURDAY:
            yield day
