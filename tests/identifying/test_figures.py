"""The bars: on the labelled comments made for the project and on those of a writer nothing was learnt from."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

import pytest

from analysis.words.identifying import WEIGHTS, spans
from analysis.words.knowledge import CHILDREN
from tests.identifying.crossing import crossed
from tests.identifying.examples import Example, given, learnt, ours, unseen
from tests.identifying.learning import LEAST, learn
from tests.identifying.scoring import Figures, figures

SETS: dict[str, Callable[[], tuple[Example, ...]]] = {"given": given, "unseen": unseen}


@cache
def _found(name: str) -> Figures:
    found = figures(SETS[name]())
    print(f"{name}: {found}")  # noqa: T201
    return found


@pytest.mark.parametrize("name", SETS)
def test_of_a_hundred_persons_ninety_five_are_covered(name: str) -> None:
    assert _found(name).all["person"] > 50
    assert _found(name).persons >= 0.95


@pytest.mark.parametrize("name", SETS)
def test_of_a_hundred_details_of_all_kinds_ninety_are_covered(name: str) -> None:
    assert _found(name).all_but_details >= 0.90


@pytest.mark.parametrize("name", SETS)
def test_of_comments_without_details_few_are_marked(name: str) -> None:
    assert _found(name).clean > 80
    assert _found(name).clean_share <= 0.15


@pytest.mark.parametrize("name", SETS)
def test_little_is_marked_outside_details(name: str) -> None:
    assert _found(name).outside_share <= 0.15


@pytest.mark.parametrize("name", SETS)
def test_of_what_is_covered_nine_in_ten_are_of_the_kind_that_is_told(name: str) -> None:
    found = _found(name)
    covered = sum(count for kind, count in found.covered.items() if kind != "detail")
    assert found.of_right_kind >= 0.9 * covered


@pytest.mark.slow
def test_of_persons_by_writers_nothing_was_learnt_from_nineteen_in_twenty_are_covered() -> None:
    """Two of them wrote names that are words, and words that are names, wherever they could: those cost marks."""
    found = [each for _, each in crossed()]
    persons = sum(each.all["person"] for each in found)
    assert persons > 600
    assert sum(each.covered["person"] for each in found) / persons >= 0.95
    assert sum(each.clean_marked for each in found) / sum(each.clean for each in found) <= 0.28


@pytest.mark.slow
def test_what_is_learnt_from_the_examples_is_what_is_used() -> None:
    """Whoever adds examples learns again: ``python -m tests.identifying --learn``. Machines may differ in the last digit."""
    again = learn(learnt())
    assert again.children == CHILDREN
    assert again.weights.start == pytest.approx(WEIGHTS.start, abs=0.03)
    both = again.weights.each.keys() & WEIGHTS.each.keys()
    assert max(abs(again.weights.each[one] - WEIGHTS.each[one]) for one in both) <= 0.03
    apart = again.weights.each.keys() ^ WEIGHTS.each.keys()
    assert all(abs({**again.weights.each, **WEIGHTS.each}[one]) <= LEAST + 0.02 for one in apart)


def test_a_thousand_comments_take_far_less_than_five_seconds() -> None:
    comments = [one.words for one in ours()][:1000]
    before = time.process_time()
    for words in comments:
        spans(words)
    assert time.process_time() - before < 5


def test_figures_count_what_is_covered_and_what_is_marked_besides() -> None:
    examples = [
        Example.of_marked("me and [person:Zanele] go to [school:Ash School]", "neutral", ""),
        Example.of_marked("we had pizza", "neutral", ""),
    ]
    found = figures(examples, lambda words: [one for one in spans("Zanele") if "pizza" not in words])
    assert found.all == {"person": 1, "school": 1}
    assert (found.clean, found.clean_marked, found.outside) == (
        2 - 1,
        0,
        len("me and  go to ") + len("we had pizza"),
    )


def test_marks_are_read_where_they_stand() -> None:
    one = Example.of_marked("me and [person:Zanele]s dog", "neutral", "")
    assert (one.words, one.spans) == ("me and Zaneles dog", ((7, 13, "person"),))
