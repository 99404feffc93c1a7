"""An attacker who knows the rules: of every possible set of answers, those that would look the same are put together.

What is withheld is safe only where those sets differ enough in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from analysis.disclosure import Shown, Split, control, together
from analysis.settings import Rules

pytestmark = pytest.mark.slow

RULES = Rules()
Counts = tuple[int, ...]


def every_split(base: int, options: int) -> Iterator[Counts]:
    if options == 1:
        yield (base,)
        return
    for first in range(base + 1):
        for rest in every_split(base - first, options - 1):
            yield (first, *rest)


def every_choice_of_many(base: int, options: int) -> Iterator[Counts]:
    """Several options may be chosen: each count up to the base, and everybody chose something."""
    for counts in every_split((base + 1) * options, options + 1):
        chosen = counts[:-1]
        if max(chosen) <= base <= sum(chosen):
            yield chosen


def sets_that_look_the_same(splits: Iterator[Split], show: Callable[[Split], object]) -> list[list[Counts]]:
    alike: dict[object, list[Counts]] = defaultdict(list)
    for split in splits:
        alike[show(split)].append(split.counts)
    return list(alike.values())


def sensitive(counts: Counts, base: int, *, many: bool = False) -> Split:
    return Split(counts, base, 0, many, sensitive=True)


def yearly(split: Split) -> Shown:
    return control(split, RULES, is_year=True)


def monthly(split: Split) -> Shown:
    return control(split, RULES, is_year=False)


def assert_nothing_is_laid_bare(alike: list[Counts], shown: Shown) -> None:
    for i, cell in enumerate(shown.cells):
        possible = {counts[i] for counts in alike}
        if cell.exact is not None:
            assert possible == {cell.exact}
        else:
            assert max(possible) - min(possible) >= 2, (alike, shown)


@pytest.mark.parametrize(
    ("options", "bases"),
    [(2, range(10, 120)), (3, range(10, 72)), (4, range(10, 30)), (5, range(10, 26)), (6, range(18, 24))],
)
def test_no_count_of_a_yearly_sensitive_question_can_be_worked_out(options: int, bases: range) -> None:
    for base in bases:
        splits = (sensitive(counts, base) for counts in every_split(base, options))
        for alike in sets_that_look_the_same(splits, yearly):
            assert_nothing_is_laid_bare(alike, yearly(sensitive(alike[0], base)))


@pytest.mark.parametrize(
    ("options", "bases"),
    [(2, range(10, 120)), (3, range(10, 72)), (4, range(10, 30)), (5, range(10, 22))],
)
def test_no_count_of_a_monthly_sensitive_question_can_be_worked_out(options: int, bases: range) -> None:
    for base in bases:
        splits = (sensitive(counts, base) for counts in every_split(base, options))
        for alike in sets_that_look_the_same(splits, monthly):
            shown = monthly(sensitive(alike[0], base))
            assert all(cell.exact is None for cell in shown.cells)
            assert_nothing_is_laid_bare(alike, shown)


@pytest.mark.parametrize("show", [yearly, monthly])
@pytest.mark.parametrize(("options", "bases"), [(2, range(10, 40)), (3, range(10, 17))])
def test_no_count_can_be_worked_out_where_several_options_may_be_chosen(
    options: int, bases: range, show: Callable[[Split], Shown]
) -> None:
    for base in bases:
        splits = (sensitive(c, base, many=True) for c in every_choice_of_many(base, options))
        for alike in sets_that_look_the_same(splits, show):
            assert_nothing_is_laid_bare(alike, show(sensitive(alike[0], base, many=True)))


def test_a_yearly_small_count_is_never_shown() -> None:
    for base in range(10, 60):
        for counts in every_split(base, 3):
            shown = yearly(sensitive(counts, base))
            assert not any(cell.exact in range(1, 5) for cell in shown.cells)
            assert not any(cell.exact == base for cell in shown.cells)


def test_everybody_saying_yes_looks_like_nearly_everybody_saying_yes() -> None:
    assert yearly(sensitive((191, 0, 0), 191)) == yearly(sensitive((188, 3, 0), 191))
    assert yearly(sensitive((191, 0, 0), 191)) == yearly(sensitive((186, 2, 3), 191))


@pytest.mark.parametrize("show", [yearly, monthly])
def test_a_headline_tells_nothing_that_the_options_do_not(show: Callable[[Split], Shown]) -> None:
    for base in (10, 23, 51):
        splits = (sensitive(counts, base) for counts in every_split(base, 4))
        for alike in sets_that_look_the_same(splits, show):
            headline = together(show(sensitive(alike[0], base)), (0, 1), RULES, many=False)
            for counts in alike if headline else []:
                assert headline is not None
                assert headline.least <= counts[0] + counts[1] <= headline.most
