"""Fitting a logistic regression whose weights are kept small: what concern, identifying words and tone are learnt by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

Array = NDArray[np.float64]


def fitted(table: csr_array, labels: Array, counted: Array, smallness: float) -> Array:
    """The weight of each column of a table; the last is the start, which is free.

    Args:
        table: A row an example, the last column always 1.
        labels: For each row 1 or 0.
        counted: For how many each row counts.
        smallness: How strongly weights are kept small.
    """

    def loss(weights: Array) -> tuple[float, Array]:
        each = table @ weights
        kept = np.append(weights[:-1], 0.0)
        value = counted @ (np.logaddexp(0.0, each) - labels * each) + smallness / 2 * kept @ kept
        return float(value), table.T @ (counted * (1 / (1 + np.exp(-each)) - labels)) + smallness * kept

    found: Array = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def known_features(found: Sequence[Sequence[str]], seen_in: int) -> list[str]:
    """Features that so many examples have, in order."""
    counts = Counter(feature for one in found for feature in one)
    return sorted(feature for feature, count in counts.items() if count >= seen_in)


def table_of(found: Sequence[Sequence[str]], known: Sequence[str]) -> csr_array:
    """A row an example, a column a feature that it has or has not, and a last one that is always 1."""
    columns = {feature: column for column, feature in enumerate(known)}
    in_columns: list[int] = []
    ends = [0]
    for one in found:
        in_columns += [*(columns[feature] for feature in one if feature in columns), len(columns)]
        ends.append(len(in_columns))
    return csr_array((np.ones(len(in_columns)), in_columns, ends), shape=(len(found), len(columns) + 1))


def written_weights(head: str, start: float, weights: Mapping[str, float]) -> str:
    """The text of a file of weights, a line each, in order."""
    lines = [f"# {line}" for line in head.splitlines()]
    lines.append(f"{start}")
    lines += [f"{weight}\t{feature}" for feature, weight in sorted(weights.items())]
    return "\n".join(lines) + "\n"
