"""Bounds of single unknowns, from one statement after another: quick, and often all there is to find.

A statement bounds each of its unknowns by what the others at least or at most add up to. What one statement gives, the next
may use, until nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

#: How far a quotient may lie from a whole number and still be taken for it.
TOLERANCE: Final = 1e-5
#: Bounds may creep towards each other one by one; what is not found by then is left to the solver.
_MOST_ROUNDS: Final = 40


@dataclass(frozen=True, slots=True)
class Rows:
    """Statements as a sparse matrix: entry ``i`` says that statement ``row[i]`` counts unknown ``column[i]`` so often.

    No pair of row and column comes twice, and no entry is 0. ``least`` and ``most`` have a number for each statement,
    infinite where there is no bound.
    """

    row: Numbers
    column: Numbers
    times: Floats
    least: Floats
    most: Floats


@dataclass(frozen=True, slots=True)
class Tight:
    """What is left: bounds of every unknown, and which statements say more than those bounds.

    ``wrong`` are statements that cannot hold beside the others; where there are any, the rest means nothing.
    """

    low: Floats
    high: Floats
    is_open: Flags
    wrong: Numbers


def tighten(rows: Rows, unknowns: int) -> Tight:
    """The bounds of unknowns that are whole and not negative."""
    low, high = np.zeros(unknowns), np.full(unknowns, np.inf)
    is_open = np.ones(len(rows.least), dtype=np.bool_)
    for _ in range(_MOST_ROUNDS):
        least, least_of_others = _sums(rows, low, high, -np.inf)
        most, most_of_others = _sums(rows, low, high, np.inf)
        is_wrong = (least > rows.most) | (most < rows.least)
        if is_wrong.any():
            return Tight(low, high, is_wrong, np.flatnonzero(is_wrong))
        is_open = (least < rows.least) | (most > rows.most)
        new_low, new_high = _next(rows, low, high, least_of_others, most_of_others)
        if (new_low > new_high).any():
            among = np.unique(rows.row[np.isin(rows.column, np.flatnonzero(new_low > new_high))])
            return Tight(new_low, new_high, is_open, among)
        if np.array_equal(new_low, low) and np.array_equal(new_high, high):
            break
        low, high = new_low, new_high
    return Tight(low, high, is_open, np.array([], dtype=np.intp))


def _sums(rows: Rows, low: Floats, high: Floats, end: float) -> tuple[Floats, Floats]:
    """What each statement's sum is at least (``end`` minus infinity) or at most, and for each entry without that entry."""
    is_low = (rows.times > 0) == (end < 0)
    parts = rows.times * np.where(is_low, low[rows.column], high[rows.column])
    endless = np.isinf(parts)
    finite = np.where(endless, 0.0, parts)
    sums = np.bincount(rows.row, finite, len(rows.least))
    ends = np.bincount(rows.row, endless, len(rows.least))
    others = np.where(ends[rows.row] - endless > 0, end, sums[rows.row] - finite)
    return np.where(ends > 0, end, sums), others


def _next(
    rows: Rows, low: Floats, high: Floats, least_of_others: Floats, most_of_others: Floats
) -> tuple[Floats, Floats]:
    up = (rows.most[rows.row] - least_of_others) / rows.times
    down = (rows.least[rows.row] - most_of_others) / rows.times
    is_up = rows.times > 0
    new_low, new_high = low.copy(), high.copy()
    np.minimum.at(new_high, rows.column, np.floor(np.where(is_up, up, down) + TOLERANCE))
    np.maximum.at(new_low, rows.column, np.ceil(np.where(is_up, down, up) - TOLERANCE))
    return new_low, new_high
