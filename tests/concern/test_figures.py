"""The bars: on the labelled comments made for the project, and on ours, of which a third was never worked with."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import pytest

from tests.concern.crossing import crossed
from tests.concern.examples import BATCHES, ENGLISH, Example, given, ours
from tests.concern.learning import FRESH, LEAST, WEIGHTS, learn
from tests.concern.scoring import Figures, figures, signs_of


def _of_ours(is_wanted: Callable[[Example], bool]) -> Figures:
    return figures(one for one in ours() if is_wanted(one))


def test_fourteen_in_sixteen_worrying_comments_made_for_the_project_are_first() -> None:
    found = figures(given())
    assert (found.worrying, found.others) == (16, 144)
    assert found.worrying_first >= 14
    assert found.false_percent <= 15


def test_of_english_comments_held_out_nine_in_ten_worrying_ones_are_first() -> None:
    """Not of those written after all rules, most of them so that one has to know the child; the next tests have them."""
    found = _of_ours(
        lambda one: one.language == ENGLISH and one.held_out and one.kind not in {"written anew", *FRESH}
    )
    assert found.worrying > 200
    assert found.found_percent >= 90


def test_of_comments_no_rule_was_ever_mended_for_seven_in_ten_are_first() -> None:
    assert _of_ours(lambda one: one.kind == "written anew" and one.held_out).found_percent >= 70


def test_of_fresh_comments_held_out_more_than_eight_in_ten_are_first() -> None:
    found = _of_ours(lambda one: one.kind in BATCHES and one.held_out)
    assert found.worrying > 200
    assert found.found_percent >= 82
    assert found.false_percent <= 16


@pytest.mark.slow
def test_of_comments_by_somebody_nothing_was_learnt_from_more_than_eight_in_ten_are_first() -> None:
    found = [each for _, each in crossed()]
    worrying, others = sum(each.worrying for each in found), sum(each.others for each in found)
    assert (worrying, others) > (1000, 1500)
    assert sum(each.worrying_first for each in found) / worrying >= 0.86
    assert sum(each.others_first for each in found) / others <= 0.14


def test_few_ordinary_comments_held_out_are_first_though_they_brush_the_same_words() -> None:
    found = _of_ours(lambda one: one.language == ENGLISH and one.held_out)
    assert found.others > 250
    assert found.false_percent <= 20


def test_of_everyday_comments_hardly_one_in_ten_is_first() -> None:
    assert _of_ours(lambda one: one.kind == "everyday").false_percent <= 10


def test_comments_written_after_the_rules_are_told_as_well() -> None:
    found = _of_ours(lambda one: one.kind == "written afterwards")
    assert found.worrying_first >= 54
    assert found.others_first <= 20


@pytest.mark.parametrize(
    "kind",
    sorted({one.kind for one in ours() if one.concern and one.language == ENGLISH} - {"sideways"}),
)
def test_no_kind_of_harm_is_missed_more_than_others(kind: str) -> None:
    assert _of_ours(lambda one: one.kind == kind).found_percent >= 80


def test_worrying_comments_in_other_languages_are_first() -> None:
    found = _of_ours(lambda one: one.language != ENGLISH)
    assert found.worrying > 90
    assert found.found_percent >= 98


@pytest.mark.parametrize("language", sorted({one.language for one in ours()} - {ENGLISH}))
def test_in_every_language_what_worries_is_first(language: str) -> None:
    worrying = [one.words for one in ours() if one.language == language and one.concern]
    assert [words for words in worrying if not signs_of(words)] == []


def test_no_english_comment_is_taken_for_another_language() -> None:
    english = [one.words for one in ours() if one.language == ENGLISH]
    taken = [words for words in english if "in another language" in signs_of(words)]
    assert len(taken) <= len(english) / 100


def test_what_is_learnt_from_the_examples_is_what_is_used() -> None:
    """Whoever adds examples learns again: ``python -m tests.concern --learn``. Machines may differ in the last digit."""
    start, weights = learn(ours())
    used = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert used["start"] == pytest.approx(start, abs=0.03)
    differ = {
        feature
        for feature in weights.keys() | used["weights"].keys()
        if abs(weights.get(feature, LEAST) - used["weights"].get(feature, LEAST)) > 0.03
        and abs(weights.get(feature, -LEAST) - used["weights"].get(feature, -LEAST)) > 0.03
    }
    assert not differ


def test_figures_count_what_is_first() -> None:
    found = figures(
        [
            Example("he hits me and i want to die", concern=True),
            Example("we had pizza", concern=False),
            Example("nice", concern=True),
        ]
    )
    assert found == Figures(worrying=2, worrying_first=1, others=1, others_first=0)
