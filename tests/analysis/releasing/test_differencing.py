"""An attacker with every output of a year, shown in whatever order: exact arithmetic over all that was shown as it is.

Everybody lies in one cell: the months they were counted in (and the showing before which), and their groups. What was
shown exactly is a sum of cells. A solver looks for the smallest group of people whose answers are such sums, added and
subtracted however often. It must never be smaller than ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure import Split
from analysis.period import Period
from analysis.releasing.differencing import (
    blocks,
    classes,
    follows,
    has_small_sum,
    may_differ_by_few,
    may_lie_within,
)
from tests.analysis.releasing.shown_year import MONTHS, Child, ShownYear, month, quarter

pytestmark = pytest.mark.slow

#: month, edition of the month, ending, home
Cell = tuple[str, int, str, str]
PERIODS = (
    *(month(n) for n in range(6)),
    quarter(1),
    quarter(2),
    Period(MONTHS[0], MONTHS[5]),
    Period.year("2022-23"),
)
SIZES = st.sampled_from((0, 0, 1, 3, 6, 9, 10, 12, 20))


@st.composite
def children(draw: st.DrawFn, month_: str) -> list[Child]:
    """What is counted in a month: nobody, or ten or more."""
    found = []
    for ending in ("planned", "sudden", ""):
        for home in ("foster", "other"):
            found += [Child(month_, "yes", ending, home)] * draw(SIZES)
    missing = draw(st.integers(10, 14)) - len(found)
    if found and missing > 0:
        found += [Child(month_, "", "planned", "foster")] * missing
    return found


@dataclass(frozen=True)
class Showing:
    """An output that is asked for in some month."""

    period: Period
    by: str | None
    now: str


def showings(splits: tuple[str | None, ...]) -> st.SearchStrategy[Showing]:
    months = st.sampled_from((*MONTHS[2:7], "2023-04"))
    return st.builds(Showing, st.sampled_from(PERIODS), st.sampled_from(splits), months)


IMPORTS = st.sampled_from(MONTHS[:6]).flatmap(children)


@st.composite
def years(draw: st.DrawFn, *splits: str | None) -> ShownYear:
    """A year in which figures were shown, and responses came in, in any order that time allows."""
    year = ShownYear()
    for name in MONTHS[:6]:
        year.count(*draw(children(name)))
    shown = showings(splits)
    now = MONTHS[2]
    for step in draw(st.lists(st.one_of(shown, shown, shown, IMPORTS), min_size=2, max_size=9)):
        if isinstance(step, Showing):
            now = max(now, step.now)
            if step.period.first < now:
                year.show(step.period, step.by, now)
        else:
            year.count(*(child for child in step if child.month < now))
    return year


def cells_of(year: ShownYear) -> Counter[Cell]:
    """How many answered the question in each cell; a month's editions are told apart."""
    states = sorted({layer for entry in year.entries for layer in entry.layers})
    seen: Counter[str] = Counter()
    cells: Counter[Cell] = Counter()
    for child in year.children:
        seen[child.month] += 1
        edition = sum(1 for name, size in states if name == child.month and size < seen[child.month])
        cells[child.month, edition, child.ending, child.home] += bool(child.safe)
    return +cells


def all_crossings(cells: Mapping[Cell, int]) -> dict[Cell, int]:
    """The same for somebody who knows which groups there were in a month, and not who was in both of two."""
    endings = {cell[:3] for cell in cells}
    homes = {(*cell[:2], cell[3]) for cell in cells}
    return {
        (*ending, home[2]): cells.get((*ending, home[2]), 0)
        for ending in endings
        for home in homes
        if ending[:2] == home[:2]
    }


def outputs(year: ShownYear) -> list[Callable[[Cell], bool]]:
    """Everything that was shown as it is, as the cells that it counts."""
    states = sorted({layer for entry in year.entries for layer in entry.layers})
    found: list[Callable[[Cell], bool]] = []
    for entry in year.entries:
        editions = {
            name: sum(1 for other, size in states if other == name and size < held)
            for name, held in entry.layers
        }
        for name, group in entry.groups.items():
            figure = group.figures["safe"]
            if figure.shown.base is not None and not figure.is_kept:
                found.append(_counts(editions, entry.by, name))
    return found


def _counts(editions: Mapping[str, int], by: str, group: str) -> Callable[[Cell], bool]:
    def counts(cell: Cell) -> bool:
        name, edition, ending, home = cell
        is_member = not group or {"ending": ending, "home": home}[by] == group
        return is_member and edition <= editions.get(name, -1)

    return counts


def smallest_group(cells: Mapping[Cell, int], told: list[Callable[[Cell], bool]]) -> int | None:
    """The fewest people, but at least one, who are a sum of what was told; None where nothing is."""
    names = list(cells)
    matrix = np.array([[counts(cell) for counts in told] for cell in names], dtype=float)
    sizes = np.array([cells[name] for name in names], dtype=float)
    if not matrix.size:
        return None
    number = len(names)
    same = LinearConstraint(np.hstack([np.eye(number), -matrix]), 0, 0)
    some = LinearConstraint(np.hstack([sizes, np.zeros(matrix.shape[1])]), 1, np.inf)
    found = milp(
        np.hstack([sizes, np.zeros(matrix.shape[1])]),
        integrality=np.hstack([np.ones(number), np.zeros(matrix.shape[1])]),
        bounds=Bounds(
            np.hstack([np.zeros(number), np.full(matrix.shape[1], -20)]),
            np.hstack([np.ones(number), np.full(matrix.shape[1], 20)]),
        ),
        constraints=[same, some],
    )
    return None if found.x is None else round(found.fun)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(years(None, "ending"))
def test_no_group_of_under_ten_is_a_sum_of_what_was_shown(year: ShownYear) -> None:
    smallest = smallest_group(cells_of(year), outputs(year))
    assert smallest is None or smallest >= 10


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(years(None, "ending", "home"))
def test_two_breakdowns_of_a_year_meet_in_everyone_alone(year: ShownYear) -> None:
    smallest = smallest_group(all_crossings(cells_of(year)), outputs(year))
    assert smallest is None or smallest >= 10


def test_the_attacker_finds_what_is_there() -> None:
    cells = {("2022-04", 0, "planned", "foster"): 30, ("2022-05", 0, "planned", "foster"): 4}
    told: list[Callable[[Cell], bool]] = [lambda _: True, lambda cell: cell[0] == "2022-04"]
    assert smallest_group(cells, told) == 4
    assert smallest_group(cells, told[:1]) == 34


A, B, C = ("2022-04", 20), ("2022-05", 20), ("2022-06", 20)


def test_months_in_the_same_outputs_are_one_class() -> None:
    found = classes([frozenset({A, B, C}), frozenset({A})])
    assert set(found) == {frozenset({A}), frozenset({B, C})}


def test_what_follows_is_a_sum_and_difference_of_what_was_told() -> None:
    def times(numbers: str) -> frozenset[tuple[str, int]]:
        return frozenset((MONTHS[int(number)], 0) for number in numbers)

    told = [times(some) for some in ("012345", "012", "345678", "8")]
    assert all(follows(times(some), told) for some in ("345", "67", "678", "01234567"))
    assert not any(follows(times(some), told) for some in ("6", "5", "45", "0"))
    assert not follows(times("0"), [])


def test_blocks_tell_groups_and_those_in_none_apart() -> None:
    found = blocks([(frozenset({A}), ""), (frozenset({A}), "sudden")], ["sudden", "planned"])
    assert {frozenset(cell[1] for cell in block) for block in found} == {
        frozenset({"sudden"}),
        frozenset({"", "planned"}),
    }


def small(
    everyone: Mapping[tuple[str, int], int], groups: Mapping[str, Mapping[tuple[str, int], int]]
) -> bool:
    """Whether each month's everyone and the groups of all of them add up to fewer than ten."""
    whole = frozenset(everyone)
    return has_small_sum(
        lambda layer: everyone[layer],
        lambda group, layer: groups[group].get(layer, 0),
        [whole, *(frozenset({layer}) for layer in everyone)],
        [(group, whole) for group in groups],
        10,
    )


def test_a_group_that_is_all_but_a_few_of_a_month_and_nowhere_else_is_found() -> None:
    assert small({A: 25, B: 30}, {"sudden": {A: 20}})
    assert not small({A: 35, B: 30}, {"sudden": {A: 20}})


def test_a_group_that_is_in_every_month_gives_no_month_away() -> None:
    assert not small({A: 25, B: 30}, {"sudden": {A: 20, B: 5}})


def test_groups_that_are_one_month_each_are_found_together() -> None:
    assert small({A: 24, B: 30, C: 12}, {"sudden": {A: 20}, "planned": {B: 30}})


def split(*counts: int) -> Split:
    return Split(counts, sum(counts), 0, many=False, sensitive=False)


def test_a_group_that_no_count_speaks_against_may_lie_within_another() -> None:
    assert may_lie_within(split(20, 3), split(22, 4), 10)
    assert not may_lie_within(split(20, 5), split(22, 4), 10)
    assert not may_lie_within(split(20, 3), split(32, 4), 10)


def test_two_groups_that_leave_a_few_between_them_may_be_told_apart() -> None:
    assert may_differ_by_few(split(20, 3), split(30, 10), split(55, 14), 10)
    assert not may_differ_by_few(split(20, 3), split(30, 10), split(70, 20), 10)
