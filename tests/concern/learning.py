"""Learning how heavily words weigh (``analysis/words/concern_weights.toml``) from our examples.

The method is logistic regression with weights kept small, less so for what is found nearly only in worrying comments or nearly
only in others; the same examples give the same file. Comments held out, and those in other languages, are not learnt from.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from analysis.words import weights as weights_module
from analysis.words.concern import weighed
from analysis.words.weights import features, share
from tests.concern.examples import BATCHES, ENGLISH, Example
from tests.support.fitting import Array, fitted

WEIGHTS: Final = Path(weights_module.__file__).with_name("concern_weights.toml")

#: A feature has to be in so many comments.
SEEN_IN: Final = 2
#: Comments that were written after the rules count for so many: of the others, most were written with the rules in mind.
FRESH_COUNT: Final = 3.0
FRESH: Final = frozenset({*BATCHES, "short or long"})
#: How strongly weights are kept small; chosen, as all here, by ``crossing.py``.
SMALLNESS: Final = 1.2
#: Added to counts of comments, so that a feature seen twice is not taken for certain.
DOUBT: Final = 0.3
#: Weights nearer to nothing are left out of the file.
LEAST: Final = 0.05


def learn(examples: Iterable[Example]) -> tuple[float, Mapping[str, float]]:
    """Where the weight of a comment starts, and each feature's weight."""
    learnt = [one for one in examples if one.language == ENGLISH and not one.held_out]
    found = [_found_in(one.words) for one in learnt]
    counts = Counter(feature for one in found for feature in one)
    known = sorted(feature for feature, count in counts.items() if count >= SEEN_IN)
    table = _table(found, known)
    worrying = np.array([one.concern for one in learnt], float)
    counted = np.array([FRESH_COUNT if one.kind in FRESH else 1.0 for one in learnt])
    freedom = _freedom(table, worrying)
    weighs = freedom * fitted(csr_array(table.multiply(freedom)), worrying, counted, SMALLNESS)
    heavy = {
        feature: round(float(each), 2)
        for feature, each in zip(known, weighs, strict=False)
        if abs(each) >= LEAST
    }
    return round(float(weighs[-1]), 2), heavy


@cache
def _found_in(words: str) -> Mapping[str, float]:
    """A comment's features, in order; found once, whatever it is then learnt with."""
    return dict(sorted(features(weighed(words)).items()))


def _table(found: Sequence[Mapping[str, float]], known: Sequence[str]) -> csr_array:
    """A row a comment, a column a feature, and a last one that is always 1."""
    columns = {feature: column for column, feature in enumerate(known)}
    values: list[float] = []
    in_columns: list[int] = []
    ends = [0]
    for one in found:
        some = {columns[feature]: count for feature, count in one.items() if feature in columns}
        each = share(some.values())
        values += [*(each * count for count in some.values()), 1.0]
        in_columns += [*some, len(columns)]
        ends.append(len(values))
    return csr_array((values, in_columns, ends), shape=(len(found), len(columns) + 1))


def _freedom(table: csr_array, worrying: Array) -> Array:
    """How freely each feature's weight may grow: the more, the more unevenly it is spread over worrying comments and others."""
    is_in = table.astype(bool).astype(float)
    in_worrying, in_others = is_in.T @ worrying + DOUBT, is_in.T @ (1 - worrying) + DOUBT
    among_all = in_worrying[:-1].sum() / in_others[:-1].sum()
    uneven = np.abs(np.log(in_worrying / in_others / among_all))
    return np.append((1 + uneven[:-1]) / 2, 1.0)


def written(start: float, weights: Mapping[str, float]) -> str:
    """The file's text, heaviest first."""
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    lines = [
        "# How heavily words weigh together (weights.py), learnt from tests/concern/examples.jsonl: python -m tests.concern --learn.",
        '# Not to be edited: add examples and learn again. "a b": words next to each other, "a_b": near; ".": the end of a sentence.',
        f"start = {start}",
        "",
        "[weights]",
        *(f"{json.dumps(feature, ensure_ascii=False)} = {weight}" for feature, weight in ordered),
    ]
    return "\n".join(lines) + "\n"
