"""Learning how heavily words weigh (``analysis/words/concern_weights.toml``) from our examples.

The method is logistic regression with weights kept small; the same examples give the same file. Comments held out, and those
in other languages, are not learnt from.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from analysis.words import weights as weights_module
from analysis.words.concern import weighed
from analysis.words.weights import features, share
from tests.concern.examples import ENGLISH, Example

WEIGHTS: Final = Path(weights_module.__file__).with_name("concern_weights.toml")

#: A feature has to be in so many comments.
SEEN_IN: Final = 2
#: How strongly weights are kept small; chosen by leaving out one batch of examples at a time.
SMALLNESS: Final = 0.7
#: Weights nearer to nothing are left out of the file.
LEAST: Final = 0.1

Array = NDArray[np.float64]


def learn(examples: Iterable[Example]) -> tuple[float, Mapping[str, float]]:
    """Where the weight of a comment starts, and each feature's weight."""
    learnt = [one for one in examples if one.language == ENGLISH and not one.held_out]
    found = [features(weighed(one.words)) for one in learnt]
    counts = Counter(feature for one in found for feature in one)
    known = sorted(feature for feature, count in counts.items() if count >= SEEN_IN)
    fitted = _fit(_table(found, known), np.array([one.concern for one in learnt], float))
    heavy = {
        feature: round(float(each), 2)
        for feature, each in zip(known, fitted, strict=False)
        if abs(each) >= LEAST
    }
    return round(float(fitted[-1]), 2), heavy


def _table(found: Sequence[Mapping[str, float]], known: Sequence[str]) -> csr_array:
    """A row a comment, a column a feature, and a last one that is always 1."""
    columns = {feature: column for column, feature in enumerate(known)}
    values: list[float] = []
    in_columns: list[int] = []
    ends = [0]
    for one in found:
        some = {columns[feature]: count for feature, count in sorted(one.items()) if feature in columns}
        each = share(some.values())
        values += [*(each * count for count in some.values()), 1.0]
        in_columns += [*some, len(columns)]
        ends.append(len(values))
    return csr_array((values, in_columns, ends), shape=(len(found), len(columns) + 1))


def _fit(table: csr_array, worrying: Array) -> Array:
    def loss(weights: Array) -> tuple[float, Array]:
        each = table @ weights
        kept = np.append(weights[:-1], 0.0)
        value = np.sum(np.logaddexp(0.0, each) - worrying * each) + SMALLNESS / 2 * kept @ kept
        return float(value), table.T @ (1 / (1 + np.exp(-each)) - worrying) + SMALLNESS * kept

    found: Array = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    return found


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
