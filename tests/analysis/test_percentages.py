from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.percentages import percent


@pytest.mark.parametrize(
    ("count", "base", "expected"),
    [
        (1, 8, 13),
        (1, 200, 1),
        (178, 191, 93),
        (185, 191, 97),
        (5, 1000, 1),
        (4, 1000, 0),
        (0, 7, 0),
        (7, 7, 100),
    ],
)
def test_a_half_is_rounded_up(count: int, base: int, expected: int) -> None:
    assert percent(count, base) == expected


@given(st.integers(1, 10**6).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_a_percentage_is_what_exact_arithmetic_gives(pair: tuple[int, int]) -> None:
    count, base = pair
    share = Decimal(100 * count) / Decimal(base)
    assert percent(count, base) == int(share.quantize(Decimal(1), ROUND_HALF_UP))
