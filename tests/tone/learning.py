"""Learning how heavily features speak for each tone (``analysis/words/tone_*_weights.txt``) from labelled comments.

Learnt from are the comments of ``tests/identifying`` and, by three writers more, those of ``examples.jsonl``; never those given, nor
those of the unseen writer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from analysis.words import tone as tone_module
from analysis.words.tone import TONES, Tone, tone_by
from analysis.words.tone_features import features
from analysis.words.weight_files import Weights
from tests.identifying import examples
from tests.identifying.examples import Example
from tests.support.fitting import fitted, known_features, table_of, written_weights

FOLDER: Final = Path(tone_module.__file__).parent
#: A feature has to be in so many comments.
SEEN_IN: Final = 2
#: How strongly weights are kept small.
SMALLNESS: Final = 2.0
#: Weights nearer to nothing are left out of the file.
LEAST: Final = 0.02
_HEAD: Final = "How heavily features speak for a tone (tone_features.py): python -m tests.tone --learn. Not to be edited."

#: The features of a comment, found once.
features_of = cache(features)


@cache
def learnt() -> tuple[Example, ...]:
    """All comments that tone is learnt from."""
    lines = (Path(__file__).parent / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    more = [json.loads(line) for line in lines]
    return examples.learnt() + tuple(
        Example(line["words"], (), line["tone"], line["writer"]) for line in more
    )


def learn(some: Sequence[Example]) -> Mapping[Tone, Weights]:
    """For each tone, how heavily features speak for it."""
    found = [features_of(one.words) for one in some]
    known = known_features(found, SEEN_IN)
    table = table_of(found, known)
    weights: dict[Tone, Weights] = {}
    for each in TONES:
        weighs = fitted(
            table, np.array([one.tone == each for one in some], float), np.ones(len(some)), SMALLNESS
        )
        kept = {f: round(float(w), 2) for f, w in zip(known, weighs, strict=False) if abs(w) >= LEAST}
        weights[each] = Weights(round(float(weighs[-1]), 2), kept)
    return weights


def write(weights: Mapping[Tone, Weights]) -> None:
    """A file for each tone."""
    for each, one in weights.items():
        text = written_weights(_HEAD, one.start, one.each)
        (FOLDER / f"tone_{each}_weights.txt").write_text(text, encoding="utf-8")


def agreeing(some: Sequence[Example], weights: Mapping[Tone, Weights]) -> float:
    """The share of comments that are given the tone they are labelled with."""
    return sum(tone_by(one.words, weights) == one.tone for one in some) / len(some)


def crossed() -> Iterator[tuple[str, float]]:
    """Each writer, and how many agree by what all others taught."""
    for writer in dict.fromkeys(one.writer for one in learnt()):
        others = learn([one for one in learnt() if one.writer != writer])
        yield writer, agreeing([one for one in learnt() if one.writer == writer], others)
