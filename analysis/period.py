"""The only times that can be asked about: one month, or whole quarters of one year (April to March)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class PeriodError(ValueError):
    """A time that cannot be asked about; the message is one sentence for the person who asked."""


def month_of(day: dt.date) -> str:
    """The month a day lies in, as ``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"


def read_month(text: str) -> str:
    """``YYYY-MM`` checked: a real month from 2000 on.

    Raises:
        PeriodError: it is not one.
    """
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if not match or not 1 <= int(match[2]) <= 12:
        raise PeriodError(f"{text!r} is not a month; expected YYYY-MM, such as 2026-09")
    if int(match[1]) < 2000:
        raise PeriodError(f"{text!r} is before 2000; expected a month from 2000-01 on")
    return text


def month_after(month: str, months: int = 1) -> str:
    """The month ``months`` later (earlier where negative)."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def year_of(month: str) -> str:
    """The report year (April to March) a month lies in, such as ``2022-23``."""
    start = int(month[:4]) - (int(month[5:]) < 4)
    return f"{start}-{(start + 1) % 100:02d}"


def _named(month: str) -> str:
    return f"{MONTH_NAMES[int(month[5:]) - 1]} {month[:4]}"


@dataclass(frozen=True, slots=True)
class Period:
    """One month, or one to four whole quarters of one year.

    Attributes:
        first: first month, ``YYYY-MM``.
        last: last month, ``YYYY-MM``, included.
    """

    first: str
    last: str

    @classmethod
    def between(cls, first: str, last: str) -> Period:
        """The period from one month to another, both included.

        Raises:
            PeriodError: not a month, or neither one month nor whole quarters of one year.
        """
        read_month(first), read_month(last)
        if first == last:
            return cls(first, last)
        whole = int(first[5:]) % 3 == 1 and int(last[5:]) % 3 == 0
        if first > last or not whole or year_of(first) != year_of(last):
            raise PeriodError(
                f"{first} to {last} is neither one month nor whole quarters of one year (April to March)"
            )
        return cls(first, last)

    @classmethod
    def year(cls, year: str, quarter: int | None = None) -> Period:
        """A whole report year such as ``2022-23``, or one quarter of it (1 is April to June).

        Raises:
            PeriodError: not a year, or not a quarter.
        """
        match = re.fullmatch(r"(2[0-9]{3})-([0-9]{2})", year)
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise PeriodError(f"{year!r} is not a report year; expected one such as 2022-23")
        if quarter is None:
            return cls(f"{match[1]}-04", f"{int(match[1]) + 1}-03")
        if quarter not in (1, 2, 3, 4):
            raise PeriodError(
                f"{quarter} is not a quarter; expected 1 (April to June) to 4 (January to March)"
            )
        first = month_after(f"{match[1]}-04", 3 * (quarter - 1))
        return cls(first, month_after(first, 2))

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year, April to March."""
        return self.first.endswith("-04") and self.last == month_after(self.first, 11)

    @property
    def report_year(self) -> str:
        """The report year it lies in, such as ``2022-23``."""
        return year_of(self.first)

    @property
    def label(self) -> str:
        """How a reader says it: ``April 2022 to March 2023``."""
        return (
            _named(self.first) if self.first == self.last else f"{_named(self.first)} to {_named(self.last)}"
        )
