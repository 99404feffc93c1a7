"""Breakdowns, as an attacker sees them: everyone minus the groups shown must not lay anything bare."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import Shown, Split, control, control_groups, groups_shown, is_plain
from analysis.settings import Rules

RULES = Rules()
COUNTS = st.tuples(st.integers(0, 30), st.integers(0, 12), st.integers(0, 6))


def split(counts: Sequence[int], *, sensitive: bool) -> Split:
    return Split(tuple(counts), sum(counts), 0, many=False, sensitive=sensitive)


def in_total(parts: Sequence[Split]) -> Split:
    counts = [sum(part.counts[i] for part in parts) for i in range(3)]
    return split(counts, sensitive=parts[0].sensitive)


def left_over(everyone: Split, groups: dict[str, Split], shown: dict[str, Shown]) -> Split:
    return everyone.minus([groups[g] for g in groups if shown[g].base is not None])


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(0, 12))
def test_those_in_no_group_shown_are_none_or_ten(sizes: list[int], unassigned: int) -> None:
    named = {str(number): size for number, size in enumerate(sizes)}
    everyone = sum(sizes) + unassigned
    shown = groups_shown(named, everyone, RULES)
    rest = everyone - sum(named[g] for g in shown)
    assert all(named[g] >= 10 for g in shown)
    assert not shown or rest == 0 or rest >= 10


@given(st.lists(COUNTS, min_size=2, max_size=6), st.booleans())
def test_what_is_left_of_everyone_shows_no_small_number(
    parts: list[tuple[int, int, int]], sensitive: bool
) -> None:
    *members, outside = (split(counts, sensitive=sensitive) for counts in parts)
    groups = {str(number): member for number, member in enumerate(members)}
    everyone = in_total([*members, outside])
    shown = control_groups(everyone, groups, RULES, is_year=True)
    rest = left_over(everyone, groups, shown)
    if any(found.base is not None for found in shown.values()):
        assert rest.base == 0 or is_plain(rest, RULES)


@given(st.lists(COUNTS, min_size=2, max_size=6))
def test_a_group_is_split_only_where_everyone_is_exact(parts: list[tuple[int, int, int]]) -> None:
    members = [split(counts, sensitive=True) for counts in parts]
    groups = {str(number): member for number, member in enumerate(members)}
    everyone = in_total(members)
    shown = control_groups(everyone, groups, RULES, is_year=True)
    if any(found.base is not None for found in shown.values()):
        assert all(cell.exact is not None for cell in control(everyone, RULES, is_year=True).cells)


@given(st.lists(COUNTS, min_size=1, max_size=6), st.booleans())
def test_the_only_group_that_is_withheld_is_never_the_remainder(
    parts: list[tuple[int, int, int]], sensitive: bool
) -> None:
    members = [split(counts, sensitive=sensitive) for counts in parts]
    groups = {str(number): member for number, member in enumerate(members)}
    shown = control_groups(in_total(members), groups, RULES, is_year=True)
    withheld = [groups[g] for g in groups if shown[g].base is None and groups[g].base]
    is_any_shown = any(found.base is not None for found in shown.values())
    assert not (is_any_shown and len(withheld) == 1) or is_plain(withheld[0], RULES)
