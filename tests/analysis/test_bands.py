from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bands import Band, for_every_option, for_majority, narrowest, partitions
from analysis.settings import Rules

RULES = Rules()
BASES = st.integers(10, 5_000)

#: What the words mean, written down a second time: above (or from) the first share, up to (or below) the second.
MEANING = {
    "fewer than 1 in 10": lambda share: share < Fraction(1, 10),
    "between 1 in 10 and a quarter": lambda share: Fraction(1, 10) <= share <= Fraction(1, 4),
    "fewer than a quarter": lambda share: share < Fraction(1, 4),
    "between a quarter and a half": lambda share: Fraction(1, 4) <= share <= Fraction(1, 2),
    "between a half and three quarters": lambda share: Fraction(1, 2) <= share <= Fraction(3, 4),
    "more than three quarters": lambda share: share > Fraction(3, 4),
    "between three quarters and 9 in 10": lambda share: Fraction(3, 4) <= share <= Fraction(9, 10),
    "more than 9 in 10": lambda share: share > Fraction(9, 10),
    "fewer than a third": lambda share: share < Fraction(1, 3),
    "between a third and two thirds": lambda share: Fraction(1, 3) <= share <= Fraction(2, 3),
    "more than two thirds": lambda share: share > Fraction(2, 3),
    "half or fewer": lambda share: share <= Fraction(1, 2),
    "more than half": lambda share: share > Fraction(1, 2),
}


@given(BASES)
def test_every_band_holds_three_counts_or_more(base: int) -> None:
    for bands in partitions(base, RULES):
        assert all(band.most - band.least + 1 >= 3 for band in bands)


@given(BASES)
def test_every_count_lies_in_exactly_one_band(base: int) -> None:
    for bands in partitions(base, RULES):
        assert [band.least for band in bands] == [0, *[band.most + 1 for band in bands[:-1]]]
        assert bands[-1].most == base


@given(BASES)
def test_the_words_of_a_band_are_true_of_every_count_in_it(base: int) -> None:
    for bands in partitions(base, RULES):
        for band in bands:
            assert MEANING[band.words](Fraction(band.least, base))
            assert MEANING[band.words](Fraction(band.most, base))


def test_bands_grow_finer_with_the_base() -> None:
    assert [len(next(partitions(base, RULES))) for base in (10, 19, 20, 49, 50, 400)] == [3, 3, 4, 4, 6, 6]


@given(BASES, st.integers(2, 4))
def test_some_band_may_stand_beside_every_option(base: int, options: int) -> None:
    assert for_every_option(base, options, RULES, many=False)


def test_three_options_of_twelve_are_not_shown_in_thirds_since_four_each_would_follow() -> None:
    assert len(for_every_option(12, 3, RULES, many=False)) == 2


@given(BASES)
def test_a_majority_of_at_least_base_minus_nine_keeps_three_counts(base: int) -> None:
    least = max(base - 9, base // 2 + 1)
    for band in for_majority(base, least, RULES):
        possible = range(max(band.least, least), band.most + 1)
        assert len(possible) == 0 or len(possible) >= 3


def test_the_narrowest_band_holds_everything_that_is_possible() -> None:
    assert narrowest(100, 80, 88, RULES) == Band(76, 90, "between three quarters and 9 in 10")
    assert narrowest(100, 60, 95, RULES) == Band(51, 100, "more than half")
    assert narrowest(100, 10, 95, RULES) is None


def test_words_name_no_figure_that_could_be_taken_for_an_exact_one() -> None:
    assert not any(re.search("%|about", words) for words in MEANING)


@pytest.mark.parametrize("options", [2, 3, 4, 5])
@pytest.mark.parametrize("base", range(10, 70))
def test_bands_side_by_side_never_leave_1_to_4_alone(base: int, options: int) -> None:
    for bands in combinations_with_replacement(for_every_option(base, options, Rules(), many=False), options):
        if sum(band.least for band in bands) <= base <= sum(band.most for band in bands):
            for place, band in enumerate(bands):
                others = [*bands[:place], *bands[place + 1 :]]
                least = max(band.least, base - sum(other.most for other in others))
                most = min(band.most, base - sum(other.least for other in others))
                assert least == 0 or most > 4
