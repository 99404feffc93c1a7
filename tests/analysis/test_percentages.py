from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.findings import Tally
from analysis.percentages import COLUMNS, percent, percentages, responses


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


def test_a_row_is_an_option_with_its_base_and_skips() -> None:
    frame = percentages(
        [
            Tally("", "*", "responses", 20),
            Tally("", "safe", "yes", 9),
            Tally("", "safe", "no", 7),
            Tally("", "safe", "answered", 16),
            Tally("", "safe", "skipped", 3),
            Tally("", "safe", "prefer_not_to_say", 1),
        ]
    )
    assert tuple(frame.columns) == COLUMNS
    assert frame.to_dict("records") == [
        {
            "group": "",
            "question": "safe",
            "option": "yes",
            "count": 9,
            "base": 16,
            "skipped": 4,
            "percent": 56,
        },
        {
            "group": "",
            "question": "safe",
            "option": "no",
            "count": 7,
            "base": 16,
            "skipped": 4,
            "percent": 44,
        },
    ]


def test_no_tallies_give_no_rows() -> None:
    assert percentages([]).empty


def test_responses_are_counted_by_group() -> None:
    tallies = [
        Tally("", "*", "responses", 20),
        Tally("planned", "*", "responses", 11),
        Tally("", "safe", "yes", 9),
    ]
    assert responses(tallies) == {"": 20, "planned": 11}
