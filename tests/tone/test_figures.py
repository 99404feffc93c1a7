"""How often the tone that is told is the one that people gave."""

from __future__ import annotations

import pytest

from analysis.words.tone import TONES, WEIGHTS
from tests.identifying.examples import given, unseen
from tests.tone.learning import LEAST, agreeing, learn, learnt


def test_of_the_comments_made_for_the_project_two_in_three_agree() -> None:
    assert agreeing(given(), WEIGHTS) >= 0.65


def test_of_comments_by_a_writer_nothing_was_learnt_from_six_in_ten_agree() -> None:
    """People do not agree on four tones either; with three writers less it was five in ten."""
    assert agreeing(unseen(), WEIGHTS) >= 0.60


@pytest.mark.slow
def test_what_is_learnt_from_the_examples_is_what_is_used() -> None:
    """Whoever adds examples learns again: ``python -m tests.tone --learn``. Machines may differ in the last digit."""
    again = learn(learnt())
    for tone in TONES:
        one, other = again[tone].each, WEIGHTS[tone].each
        assert max(abs(one[feature] - other[feature]) for feature in one.keys() & other.keys()) <= 0.03
        assert all(abs({**one, **other}[feature]) <= LEAST + 0.02 for feature in one.keys() ^ other.keys())
