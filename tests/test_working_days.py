"""Working days of England."""

from __future__ import annotations

import datetime as dt

import pytest

from feedback_app.working_days import WorkingDays, bank_holidays

#: As published at gov.uk/bank-holidays for England and Wales, by month and day.
PUBLISHED = {
    2024: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
    2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2028: ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"],
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_that_were_published(year: int) -> None:
    assert bank_holidays(year) == {day(f"{year}-{each}") for each in PUBLISHED[year]}


def test_christmas_on_a_sunday_is_kept_after_boxing_day() -> None:
    assert {day("2022-12-26"), day("2022-12-27")} < bank_holidays(2022)


def test_a_year_has_eight_bank_holidays_all_on_weekdays() -> None:
    for year in range(2000, 2100):
        holidays = bank_holidays(year)
        assert len(holidays) == 8
        assert all(each.weekday() < 5 for each in holidays)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-11-18", 2, "2026-11-20"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-20", 2, "2026-11-24"),
        ("2026-11-21", 2, "2026-11-24"),
        ("2026-11-22", 2, "2026-11-24"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2027-12-24", 2, "2027-12-30"),
        ("2026-12-31", 1, "2027-01-04"),
        ("2026-11-18", 0, "2026-11-18"),
    ],
)
def test_working_days_are_counted_over_weekends_and_holidays(start: str, number: int, end: str) -> None:
    assert WorkingDays().after(day(start), number) == day(end)


def test_working_days_are_counted_back_as_well() -> None:
    assert WorkingDays().before(day("2026-11-24"), 1) == day("2026-11-23")
    assert WorkingDays().before(day("2026-11-23"), 1) == day("2026-11-20")
    assert WorkingDays().before(day("2026-12-29"), 1) == day("2026-12-24")


def test_a_day_on_which_the_council_is_closed_is_none() -> None:
    closed = WorkingDays(frozenset({day("2026-12-29"), day("2026-12-30")}))
    assert not closed.has(day("2026-12-29"))
    assert closed.after(day("2026-12-24"), 1) == day("2026-12-31")
