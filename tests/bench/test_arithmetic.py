"""The bench's sums, on values whose answers are known."""

from __future__ import annotations

import random

import pytest

from tests.bench.arithmetic import Bar, Spread, median, quantile


def test_quantiles_are_values_that_were_measured() -> None:
    hundred = [float(number) for number in range(1, 101)]
    assert [quantile(hundred, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50, 95, 99, 100]


def test_a_quantile_of_few_values_is_not_below_what_its_share_needs() -> None:
    assert quantile([1.0, 2.0, 3.0], 0.99) == 3.0


def test_one_value_is_every_quantile() -> None:
    assert Spread.of([7.0]) == Spread(1, 7.0, 7.0, 7.0, 7.0)


def test_a_spread_does_not_mind_the_order() -> None:
    values = [float(number) for number in range(1, 1001)]
    random.Random(1).shuffle(values)
    assert Spread.of(values) == Spread(1000, 500, 950, 990, 1000)


def test_nothing_has_no_spread() -> None:
    with pytest.raises(ValueError, match="no values"):
        Spread.of([])


def test_the_median_of_an_even_number_lies_between() -> None:
    assert median([4.0, 1.0, 3.0, 2.0]) == 2.5


@pytest.mark.parametrize(("measured", "is_met"), [(0.69, False), (0.7, True), (0.9, True)])
def test_throughput_must_reach_its_bar(measured: float, is_met: bool) -> None:
    assert Bar("share", measured, 0.7, is_least=True).is_met is is_met


@pytest.mark.parametrize(("measured", "is_met"), [(3.9, True), (4.0, True), (4.1, False)])
def test_time_must_stay_within_its_bar(measured: float, is_met: bool) -> None:
    assert Bar("spread", measured, 4).is_met is is_met


def test_a_bar_says_whether_it_is_met_and_by_what() -> None:
    assert Bar("page", 100.0, 60, unit=" kB").text() == "not met  page: 100.00 kB (at most 60 kB)"
