"""The tone of a comment, as a hint for sorting and never as a judge.

What a comment's words and pairs of words speak for was learnt from labelled, invented comments (``tone_weights.txt``); what
TextBlob hears is one of the things weighed (``tone_features.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

from analysis.words.tone_features import features, heard_in_few
from analysis.words.weight_files import Weights

Tone = Literal["positive", "mixed", "negative", "neutral"]

#: In the order in which one is taken where two weigh the same.
TONES: Final[tuple[Tone, ...]] = get_args(Tone)
WEIGHTS: Final[Mapping[Tone, Weights]] = {one: Weights.read(f"tone_{one}_weights.txt") for one in TONES}


def tone(words: str) -> Tone:
    """The tone of a comment: ``mixed`` where something in it sounds good and something bad."""
    return tone_by(words, WEIGHTS)


def tone_by(words: str, weights: Mapping[Tone, Weights]) -> Tone:
    """The tone that a comment's features speak for most, by some weights."""
    if not words.strip():
        return "neutral"
    good, bad = heard_in_few(words)
    if good != bad:
        return "positive" if good else "negative"
    found = features(words)
    return max(TONES, key=lambda each: weights[each].of(found))


def tones(comments: Sequence[str]) -> list[Tone]:
    """The tone of each comment, in their order."""
    return [tone(words) for words in comments]
