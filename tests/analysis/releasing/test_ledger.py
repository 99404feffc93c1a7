"""Several outputs of one year, worked by hand: who gives way, and what is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from analysis.disclosure import Why
from analysis.period import Period
from analysis.settings import Rules
from tests.analysis.releasing.shown_year import (
    MONTHS,
    YEAR,
    Child,
    ShownYear,
    month,
    of,
    quarter,
    shares,
    small_survey,
)


@pytest.fixture
def year() -> ShownYear:
    return ShownYear()


def test_three_quarters_and_their_year_do_not_lay_bare_the_fourth(year: ShownYear) -> None:
    for number in (0, 3, 6):
        year.add(MONTHS[number], yes=20, no=10)
    for number in (1, 2, 3):
        assert year.safe(quarter(number), this_month=MONTHS[3 * number]).base == 30
    year.add(MONTHS[9], yes=3, no=1, skipped=20)
    found = year.safe(YEAR)
    assert (found.base, found.skipped) == (None, None)
    assert shares(found) == [
        "between a half and three quarters",
        "between a quarter and a half",
        "fewer than 1 in 10",
    ]
    assert found.why == Why.IN_WORDS


def test_a_year_in_words_still_has_its_headline(year: ShownYear) -> None:
    for number in (0, 3, 6):
        year.add(MONTHS[number], yes=29, no=1)
        year.safe(quarter(number // 3 + 1), this_month=MONTHS[number + 3])
    year.add(MONTHS[9], yes=4, skipped=20)
    assert year.safe(YEAR).sentence == "More than 9 in 10 said that safe is so"


def test_once_the_year_has_ended_the_quarter_gives_way(year: ShownYear) -> None:
    for number in (0, 3, 6):
        year.add(MONTHS[number], yes=20, no=10)
    year.add(MONTHS[9], yes=3, no=1, skipped=20)
    shown = [year.safe(quarter(number)) for number in (1, 2, 3)]
    assert [found.base for found in shown] == [30, 30, None]
    assert shown[2].why == Why.NARROWER
    assert year.safe(YEAR).base == 94


def test_a_month_that_leaves_nothing_small_is_shown(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=10, no=5)
    year.add(MONTHS[1], yes=10)
    assert [year.safe(period).base for period in (month(0), month(1), quarter(1), YEAR)] == [15, 10, 25, 25]


def test_a_month_that_nobody_answered_takes_nothing_away(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=10, no=5)
    year.add(MONTHS[1], skipped=12)
    assert [year.safe(period).base for period in (month(0), quarter(1), YEAR)] == [15, 15, 15]


def test_the_same_year_in_june_and_in_july_does_not_lay_bare_june(year: ShownYear) -> None:
    year.add("2022-04", yes=20)
    year.add("2022-06", yes=4, skipped=10)
    assert year.safe(YEAR, this_month="2022-06").base == 20
    july = year.safe(YEAR, this_month="2022-07")
    assert (july.base, july.why) == (None, Why.DIFFERENCE)
    year.add("2022-07", yes=8, skipped=10)
    assert year.safe(YEAR, this_month="2022-08").base == 32


def test_what_was_shown_is_shown_the_same_again(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=10, no=5)
    year.add(MONTHS[1], yes=9, skipped=3)
    first = year.show(month(0), this_month=MONTHS[2])
    year.show(quarter(1))
    assert year.show(month(0)) == first
    assert len(year.entries) == 2


def test_a_breakdown_of_a_quarter_and_of_its_year_lay_bare_no_group(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=20, ending="planned")
    year.add(MONTHS[0], yes=20, ending="sudden")
    year.add(MONTHS[3], yes=30, ending="planned")
    year.add(MONTHS[3], yes=4, ending="sudden")
    year.add(MONTHS[3], yes=8, ending="")
    assert year.safe(quarter(1), "ending", MONTHS[3], group="sudden").base == 20
    sudden = year.safe(YEAR, "ending", group="sudden")
    assert (sudden.base, sudden.why) == (None, Why.GROUPS)
    assert year.show(YEAR, "ending").everyone.responses == 82


def a_year_by_quarters(
    year: ShownYear, planned: Mapping[str, Any], sudden: Mapping[str, Any]
) -> list[int | None]:
    """Everyone's quarters are shown one after the other, then the year's breakdown; the bases of its groups."""
    for number in range(4):
        year.add(MONTHS[3 * number], ending="planned", **planned)
        year.add(MONTHS[3 * number], ending="sudden", **sudden)
        year.show(quarter(number + 1), this_month=MONTHS[3 * number + 3] if number < 3 else "2023-04")
    return [year.safe(YEAR, "ending", group=name).base for name in ("planned", "sudden")]


def test_quarters_of_everyone_do_not_stop_a_years_breakdown(year: ShownYear) -> None:
    assert a_year_by_quarters(year, {"yes": 18, "no": 2}, {"yes": 10, "no": 2}) == [80, 48]


def test_a_years_breakdown_gives_way_where_quarters_of_everyone_tell_the_rest_of_it(year: ShownYear) -> None:
    """Nobody planned said "no", so whoever did in a quarter is one of its six whose ending was sudden."""
    assert a_year_by_quarters(year, {"yes": 20}, {"yes": 5, "no": 1}) == [None, None]


def test_a_group_of_one_quarter_alone_is_not_taken_from_that_quarter(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=5, ending="planned")
    year.add(MONTHS[0], yes=20, ending="sudden")
    year.add(MONTHS[3], yes=30, ending="planned")
    assert year.safe(quarter(1), this_month=MONTHS[3]).base == 25
    assert year.safe(YEAR, "ending", group="sudden").base is None


def test_groups_that_may_lie_within_each_other_are_not_both_shown(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=20, ending="planned", home="foster")
    year.add(MONTHS[0], yes=3, ending="planned", home="other")
    year.add(MONTHS[0], yes=40, ending="sudden", home="other")
    assert year.safe(YEAR, "ending", group="planned").base == 23
    foster = year.safe(YEAR, "home", group="foster")
    assert (foster.base, foster.why) == (None, Why.BREAKDOWNS)


def test_a_few_that_an_import_adds_leave_the_figure_as_it_was(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=30)
    assert year.safe(YEAR).base == 30
    year.add(MONTHS[0], no=4, skipped=8)
    kept = year.safe(YEAR)
    assert (kept.base, shares(kept)[0], kept.why) == (30, "100%", Why.CHANGED)
    assert year.show(YEAR).everyone.responses == 42
    year.add(MONTHS[0], no=8, skipped=8)
    assert year.safe(YEAR).base == 42


def test_ten_that_an_import_adds_are_shown(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=30)
    year.show(YEAR)
    year.add(MONTHS[0], no=10)
    assert (year.safe(YEAR).base, year.safe(YEAR).why) == (40, None)


def test_what_came_in_later_is_not_found_by_another_period(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=30)
    year.add(MONTHS[3], yes=30)
    year.show(YEAR)
    year.add(MONTHS[0], no=4, skipped=8)
    assert year.safe(quarter(1)).base is None
    assert [year.safe(month(3)).base, year.safe(quarter(2)).base] == [30, 30]


def test_rules_made_stricter_hold_for_what_was_shown_before(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=15)
    assert year.safe(YEAR).base == 15
    stricter = ShownYear(year.asked, Rules(minimum_base=20), year.children, year.entries, year.before)
    assert stricter.safe(Period.year("2022-23", 1)).base is None


@pytest.mark.parametrize("outputs", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_bands_of_quarters_and_an_exact_year_pin_no_count(outputs: tuple[int, ...]) -> None:
    year = ShownYear(small_survey(sensitive=True))
    for number in range(4):
        year.add(MONTHS[3 * number], yes=54, no=6)
    for number in outputs:
        year.safe(quarter(number))
    found = year.safe(YEAR)
    assert shares(found)[:2] == ["90%", "10%"]


def test_the_last_quarter_is_told_in_wider_bands_where_all_four_would_lay_the_year_bare() -> None:
    """20 of the year said no, and at most 5 of each quarter: with the same band for the fourth it would be 5 of each."""
    year = ShownYear(small_survey(sensitive=True))
    bands = []
    for number in range(4):
        year.add(MONTHS[3 * number], yes=55, no=5)
        shown = year.safe(quarter(number + 1), this_month=(*MONTHS, "2023-04")[3 * number + 3])
        bands.append(shares(shown)[0])
    assert bands == ["more than 9 in 10"] * 3 + ["more than half"]
    assert shares(year.safe(YEAR)) == ["92%", "8%", "0%"]


def test_a_sensitive_years_exact_figures_give_way_where_all_its_quarters_were_shown_before_it_ended() -> None:
    year = ShownYear(small_survey(sensitive=True))
    for number in range(4):
        year.add(MONTHS[3 * number], yes=55, no=5)
        shown = year.safe(quarter(number + 1), this_month=MONTHS[min(3 * number + 3, 11)])
        assert shares(shown)[0] == "more than 9 in 10"
    found = year.safe(YEAR)
    assert (found.base, found.why) == (240, Why.IN_WORDS)
    assert shares(found) == ["more than 9 in 10", "fewer than 1 in 10", "fewer than 1 in 10"]


def test_what_two_outputs_leave_is_shown_though_it_tells_that_one_skipped() -> None:
    """Of eleven ten answered, as the half year without its first quarter tells: to say no more of it would hide nothing."""
    year = ShownYear(small_survey())
    year.add(MONTHS[0], yes=40, no=8, skipped=4)
    year.add(MONTHS[3], yes=6, no=4, skipped=1)
    year.add(MONTHS[6], yes=18, skipped=1)
    shown = [Period(MONTHS[0], MONTHS[5]), quarter(1), Period(MONTHS[3], MONTHS[8]), quarter(2)]
    assert [year.safe(period).base for period in shown] == [58, 48, 28, 10]


def test_those_in_no_group_are_held_against_another_breakdown_too(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=30, ending="planned", home="foster")
    year.add(MONTHS[0], yes=40, ending="sudden", home="")
    year.add(MONTHS[0], yes=6, ending="", home="")
    year.add(MONTHS[0], yes=10, ending="planned", home="other")
    assert year.safe(YEAR, "home", group="foster").base == 30
    sudden = year.safe(YEAR, "ending", group="sudden")
    assert (sudden.base, sudden.why) == (None, Why.BREAKDOWNS)


def test_a_sensitive_group_that_was_in_one_quarter_alone_does_not_narrow_its_band() -> None:
    year = ShownYear(small_survey(sensitive=True))
    year.add(MONTHS[0], yes=52, no=6, ending="sudden")
    year.add(MONTHS[0], yes=12, ending="planned")
    assert shares(year.safe(quarter(1), this_month=MONTHS[3]))[1] == "fewer than 1 in 10"
    year.add(MONTHS[6], yes=50, no=10, ending="planned")
    year.count(*[Child(MONTHS[6], "not_sure")] * 10)
    found = year.show(YEAR, "ending")
    assert [option.percent for option in of(found.everyone).options] == [81, 11, 7]
    assert all(of(group).base is None for group in found.groups)
    assert Why.DIFFERENCE in {of(group).why for group in found.groups}


def test_the_table_of_two_breakdowns_is_shown_from_one_side(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=40, ending="planned", home="foster")
    year.add(MONTHS[0], yes=30, ending="planned", home="other")
    year.add(MONTHS[0], yes=30, ending="sudden", home="foster")
    year.add(MONTHS[0], yes=20, ending="sudden", home="other")
    first = year.show(YEAR, "ending")
    assert {of(group, "home").base for group in first.groups} == {70, 50}
    second = year.show(quarter(1), "home")
    assert {of(group, "ending").why for group in second.groups} == {Why.BREAKDOWNS}
    assert {of(group).base for group in second.groups} == {70, 50}


def test_fewer_than_ten_is_not_said_where_a_longer_time_tells_who_skipped(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=11)
    year.add(MONTHS[1], yes=9, skipped=1)
    assert year.safe(quarter(1)).base == 20
    assert year.safe(month(1)).why in {Why.DIFFERENCE, Why.NARROWER}


def test_a_longer_time_gives_way_to_fewer_than_ten(year: ShownYear) -> None:
    year.add(MONTHS[0], yes=11)
    year.add(MONTHS[1], yes=9, skipped=1)
    assert year.safe(month(1), this_month=MONTHS[2]).why == "fewer than 10 answered"
    assert year.safe(quarter(1), this_month=MONTHS[3]).base is None


def test_a_withheld_group_does_not_follow_from_its_year_and_the_other_groups(year: ShownYear) -> None:
    for number in range(4):
        year.add(MONTHS[3 * number], yes=20, ending="planned")
        year.add(MONTHS[3 * number], yes=4, no=1, ending="sudden")
        year.add(MONTHS[3 * number], yes=8, no=2, ending="")
    assert year.safe(YEAR, "ending", group="sudden").base == 20
    assert year.safe(quarter(1)).base == 35
    found = [year.safe(quarter(1), "ending", group=name).base for name in ("planned", "sudden")]
    assert found == [20, None]
