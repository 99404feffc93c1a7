"""Thousands of random releases, made as Heard makes them: an outsider can work out nothing.

How many: ``HEARD_TEST_RELEASES`` (``make audit`` sets it) or so few that the suite stays quick. Each world is a random survey
(yes and no, one, several, faces; sensitive and not; up to two breakdowns) and random answers, nearly all alike or none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.audit.auditing import audit
from analysis.period import Period
from analysis.report import FORMATS
from analysis.settings import Rules
from tests.analysis.audit.releases import EVERY_PERIOD, MONTHS, QUARTERS, YEAR, Publisher, World, worlds

pytestmark = pytest.mark.slow

RELEASES = int(os.environ.get("HEARD_TEST_RELEASES", "0"))


def examples(quick: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """So many examples, always the same; or as many as were asked for, each time others."""
    return settings(
        max_examples=RELEASES or quick, derandomize=not RELEASES, suppress_health_check=list(HealthCheck)
    )


def assert_nothing_can_be_inferred(publisher: Publisher) -> None:
    found = audit(publisher.files, [publisher.world.survey])
    assert found.failures == ()


@examples(40)
@given(worlds(months=MONTHS[:1]), st.sampled_from(["json", "csv"]))
def test_a_year_with_all_its_breakdowns(world: World, form: str) -> None:
    publisher = Publisher(world)
    for by in (None, *world.breakdowns):
        publisher.data(YEAR, by, form)
    assert_nothing_can_be_inferred(publisher)


@examples(15)
@given(worlds(months=MONTHS[:1]), st.sampled_from(FORMATS))
def test_a_report_with_its_breakdowns_in_every_format(world: World, form: str) -> None:
    publisher = Publisher(world)
    publisher.report(YEAR, world.breakdowns, form)
    assert_nothing_can_be_inferred(publisher)


@examples(25)
@given(
    worlds(months=MONTHS[::3]),
    st.lists(st.tuples(st.sampled_from([YEAR, *QUARTERS]), st.integers(0, 3)), min_size=1, max_size=8),
)
def test_quarters_breakdowns_and_the_year_in_any_order(
    world: World, asked: Sequence[tuple[Period, int]]
) -> None:
    publisher = Publisher(world)
    splits = (None, *world.breakdowns)
    for period, number in asked:
        publisher.data(period, splits[number % len(splits)])
    assert_nothing_can_be_inferred(publisher)


@examples(15)
@given(worlds(most=25), st.lists(st.sampled_from(EVERY_PERIOD), min_size=1, max_size=10))
def test_months_and_whatever_they_add_up_to_in_any_order(world: World, asked: Sequence[Period]) -> None:
    publisher = Publisher(world)
    for period in asked:
        publisher.data(period)
    assert_nothing_can_be_inferred(publisher)


@examples(10)
@given(
    worlds(months=MONTHS[::3]),
    st.lists(st.tuples(st.sampled_from(range(4)), st.booleans(), st.integers(0, 3)), min_size=1, max_size=6),
)
def test_a_year_that_is_watched_while_it_runs(world: World, asked: Sequence[tuple[int, bool, int]]) -> None:
    """Each time, a quarter that has ended or the year so far is shown; at its end, the year."""
    publisher = Publisher(world)
    splits = (None, *world.breakdowns)
    for quarter, is_year, number in sorted(asked):
        after = ("2022-07", "2022-10", "2023-01", "2023-04")[quarter]
        period = YEAR if is_year else QUARTERS[quarter]
        publisher.data(period, splits[number % len(splits)], this_month=after)
    publisher.data(YEAR)
    assert_nothing_can_be_inferred(publisher)


@examples(10)
@given(worlds(months=MONTHS[:1]), st.integers(10, 25), st.integers(4, 9))
def test_a_council_s_stricter_rules(world: World, base: int, small: int) -> None:
    publisher = Publisher(world, Rules(minimum_base=base, small_count=small, minimum_hidden_together=base))
    for by in (None, *world.breakdowns):
        publisher.data(YEAR, by)
    assert_nothing_can_be_inferred(publisher)
