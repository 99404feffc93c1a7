"""What can be worked out: by hand, and beside trying every possible answer."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import OptimizeResult, milp

from analysis.inference import Contradiction, Range, Statement, System, Terms, branching, solving

Row = tuple[tuple[int, ...], int | None, int | None]

#: Brute force tries every number up to this for each unknown.
MOST = 4


def ranges(
    statements: Iterable[Statement],
    targets: Sequence[Terms],
    *,
    enough: Callable[[Range], bool] | None = None,
) -> list[Range]:
    """The narrowest range of each target by some statements."""
    return System(statements).ranges(targets, enough=enough)


def says(least: int | None, most: int | None, **terms: int) -> Statement:
    return Statement(terms, least, most)


def test_a_total_bounds_its_parts() -> None:
    assert ranges([says(20, 20, a=1, b=1, c=1)], [{"a": 1}]) == [Range(0, 20)]


def test_the_total_minus_the_rest_is_the_part_that_was_withheld() -> None:
    known = [says(20, 20, a=1, b=1, c=1), says(12, 12, a=1), says(5, 6, b=1)]
    assert ranges(known, [{"c": 1}]) == [Range(2, 3)]


def test_a_part_is_given_away_by_two_tables_together() -> None:
    """Rows and columns of a two by two table, of which one cell is shown."""
    known = [
        says(10, 10, a=1, b=1),
        says(7, 7, c=1, d=1),
        says(8, 8, a=1, c=1),
        says(9, 9, b=1, d=1),
        says(6, 6, a=1),
    ]
    assert ranges(known, [{"b": 1}, {"c": 1}, {"d": 1}]) == [Range(4, 4), Range(2, 2), Range(5, 5)]


def test_no_number_is_below_zero() -> None:
    assert ranges([says(3, 3, a=1, b=-1)], [{"a": 1}, {"b": 1}]) == [Range(3, None), Range(0, None)]


def test_what_nobody_speaks_of_may_be_any_number() -> None:
    assert ranges([says(3, 3, a=1)], [{"z": 1}, {"a": 1, "z": -1}]) == [Range(0, None), Range(None, 3)]


def test_a_target_over_blocks_that_share_nothing_is_the_sum_of_its_parts() -> None:
    known = [says(10, 10, a=1, b=1), says(7, 7, c=1, d=1), says(4, 4, e=1)]
    assert ranges(known, [{"a": 1, "c": 1, "e": 1}]) == [Range(4, 21)]


def test_a_bound_that_is_not_whole_is_rounded_inwards() -> None:
    assert ranges([says(5, 7, a=2)], [{"a": 1}]) == [Range(3, 3)]
    assert ranges([says(5, 7, a=2, b=2)], [{"a": 1, "b": 1}]) == [Range(3, 3)]


def test_whole_numbers_say_more_than_the_linear_optimum() -> None:
    """Three pairs that share one each: linearly each could be a half, wholly one of them is all."""
    pairs = [says(None, 1, a=1, b=1), says(None, 1, b=1, c=1), says(None, 1, a=1, c=1)]
    assert ranges(pairs, [{"a": 1, "b": 1, "c": 1}]) == [Range(0, 1)]


def test_bounds_that_exclude_each_other_are_refused() -> None:
    with pytest.raises(Contradiction) as refused:
        ranges([says(5, 5, a=1, b=1), says(3, None, a=1), says(3, None, b=1)], [{"a": 1}])
    assert refused.value.statements == (says(5, 5, a=1, b=1),)


def test_sums_that_only_the_solver_finds_impossible_are_refused() -> None:
    ring = [says(1, 1, a=1, b=1), says(1, 1, b=1, c=1), says(1, 1, a=1, c=1)]
    with pytest.raises(Contradiction):
        System(ring).check()


def test_a_contradiction_that_has_nothing_to_do_with_a_target_waits_until_it_is_looked_for() -> None:
    ring = [says(1, 1, a=1, b=1), says(1, 1, b=1, c=1), says(1, 1, a=1, c=1)]
    system = System([*ring, says(3, 4, z=1)])
    assert system.ranges([{"z": 1}]) == [Range(3, 4)]
    with pytest.raises(Contradiction):
        system.check()


def test_enough_is_known_to_be_possible_and_no_more() -> None:
    (found,) = ranges([says(100, 100, a=1, b=1)], [{"a": 1}], enough=lambda found: found.values >= 3)
    assert 0 <= (found.least or 0) <= (found.most or 0) - 2 <= 98


def test_where_there_is_not_enough_the_range_is_the_narrowest() -> None:
    known = [says(2, 2, a=1, b=1), says(50, 50, c=1, d=1)]
    assert ranges(known, [{"a": 1}], enough=lambda found: found.values >= 4) == [Range(0, 2)]


def test_nothing_said_and_nothing_asked_is_nothing() -> None:
    assert ranges([], []) == []
    assert ranges([], [{}]) == [Range(0, 0)]


@st.composite
def systems(
    draw: st.DrawFn, times: Sequence[int], *, interval: bool = False
) -> tuple[list[Row], tuple[int, ...]]:
    """Statements that hold for numbers that are drawn beforehand, and those numbers."""
    true = draw(st.lists(st.integers(0, MOST), min_size=2, max_size=4).map(tuple))
    rows: list[Row] = [(tuple(int(i == j) for j in range(len(true))), 0, MOST) for i in range(len(true))]
    for _ in range(draw(st.integers(1, 5))):
        if interval:
            first = draw(st.integers(0, len(true) - 1))
            last = draw(st.integers(first, len(true) - 1))
            row = tuple(int(first <= i <= last) for i in range(len(true)))
        else:
            row = tuple(draw(st.sampled_from(times)) for _ in true)
        total = sum(n * x for n, x in zip(row, true, strict=True))
        least = draw(st.one_of(st.none(), st.integers(total - 2, total)))
        most = draw(st.one_of(st.none(), st.integers(total, total + 2)))
        rows.append((row, least, most))
    return rows, true


def statement(row: Row) -> Statement:
    return Statement(tuple(enumerate(row[0])), row[1], row[2])


def every_solution(rows: Sequence[Row]) -> list[tuple[int, ...]]:
    def fits(x: tuple[int, ...]) -> bool:
        totals = [(sum(n * v for n, v in zip(row, x, strict=True)), least, most) for row, least, most in rows]
        return all((least is None or least <= t) and (most is None or t <= most) for t, least, most in totals)

    return [x for x in itertools.product(range(MOST + 1), repeat=len(rows[0][0])) if fits(x)]


def brute_force(rows: Sequence[Row], target: Sequence[int]) -> Range:
    values = [sum(n * v for n, v in zip(target, x, strict=True)) for x in every_solution(rows)]
    return Range(min(values), max(values))


def every_target(unknowns: int) -> list[tuple[int, ...]]:
    return [t for t in itertools.product((0, 1), repeat=unknowns) if any(t)]


@given(systems((0, 0, 1)))
def test_ranges_are_those_of_every_solution_where_sums_are_plain(
    system: tuple[list[Row], tuple[int, ...]],
) -> None:
    rows, true = system
    targets = every_target(len(true))
    found = ranges([statement(row) for row in rows], [tuple(enumerate(target)) for target in targets])
    assert found == [brute_force(rows, target) for target in targets]


@given(systems((-2, -1, 0, 1, 1, 3)))
def test_ranges_are_those_of_every_solution_where_sums_count_twice_or_take_away(
    system: tuple[list[Row], tuple[int, ...]],
) -> None:
    rows, true = system
    targets = every_target(len(true))
    found = ranges([statement(row) for row in rows], [tuple(enumerate(target)) for target in targets])
    assert found == [brute_force(rows, target) for target in targets]


@given(systems((1,), interval=True))
def test_ranges_are_those_of_every_solution_where_months_add_up(
    system: tuple[list[Row], tuple[int, ...]],
) -> None:
    rows, true = system
    targets = every_target(len(true))
    found = ranges([statement(row) for row in rows], [tuple(enumerate(target)) for target in targets])
    assert found == [brute_force(rows, target) for target in targets]


@given(systems((-1, 0, 1, 1, 2)), st.integers(1, 4))
def test_what_is_called_possible_is_possible(system: tuple[list[Row], tuple[int, ...]], wanted: int) -> None:
    rows, true = system
    targets = every_target(len(true))
    found = ranges(
        [statement(row) for row in rows],
        [tuple(enumerate(target)) for target in targets],
        enough=lambda some: some.values >= wanted,
    )
    for target, some in zip(targets, found, strict=True):
        whole = brute_force(rows, target)
        assert some == whole if some.values < wanted else some.is_within(whole.least or 0, whole.most or 0)


#: The ways to a whole solution: rounding, a whole-number programme after a first try, and that alone, where SciPy has moved
#: what asks a programme again.
WAYS = pytest.mark.parametrize(
    "way",
    [
        lambda: patch.object(branching, "_MOST_TRIED", 10_000),
        lambda: patch.object(branching, "_MOST_TRIED", 1),
        lambda: patch.object(solving, "AVAILABLE", new=False),
    ],
    ids=["rounding alone", "rounding once", "milp alone"],
)


@WAYS
@settings(max_examples=15)
@given(system=systems((-2, -1, 0, 1, 1, 3)))
def test_every_way_to_a_whole_solution_finds_the_same(
    way: Callable[[], AbstractContextManager[object]], system: tuple[list[Row], tuple[int, ...]]
) -> None:
    rows, true = system
    targets = every_target(len(true))
    with way():
        found = ranges([statement(row) for row in rows], [tuple(enumerate(target)) for target in targets])
    assert found == [brute_force(rows, target) for target in targets]


@WAYS
def test_every_way_refuses_what_no_whole_numbers_fit(
    way: Callable[[], AbstractContextManager[object]],
) -> None:
    ring = [says(1, 1, a=1, b=1), says(1, 1, b=1, c=1), says(1, 1, a=1, c=1)]
    with way(), pytest.raises(Contradiction):
        System(ring).check()


def test_what_the_solver_calls_impossible_is_tried_again_before_it_is_believed() -> None:
    """HiGHS has said so of programmes that have solutions, after it had made them simpler."""

    def simplifying(*given: Any, options: dict[str, Any], **others: Any) -> Any:
        if options.get("presolve", True):
            return OptimizeResult(status=2, x=None)
        return milp(*given, options=options, **others)

    ring = [says(1, 1, a=1, b=1), says(1, 2, b=1, c=1), says(1, 1, a=1, c=1)]
    with patch.object(solving, "AVAILABLE", new=False), patch.object(solving, "milp", simplifying):
        System(ring).check()


@given(systems((-1, 0, 1, 1, 2)), st.data())
def test_a_system_without_some_statements_is_one_made_of_the_others(
    system: tuple[list[Row], tuple[int, ...]], data: st.DataObject
) -> None:
    rows, true = system
    every = [Statement(tuple(enumerate(row)), least, most, n) for n, (row, least, most) in enumerate(rows)]
    kept = data.draw(st.sets(st.sampled_from(range(len(every)))))
    targets = [tuple(enumerate(target)) for target in every_target(len(true))]
    whole = System([*every, *every])
    whole.check()
    part = whole.without(lambda one: one.said_by not in kept)
    assert part.ranges(targets) == ranges([every[number] for number in sorted(kept)], targets)
