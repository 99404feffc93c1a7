"""The smallest whole solution near the linear one: some unknowns rounded, then the linear programme asked again.

The systems of a release are nearly whole by themselves, so that a handful of linear programmes, each from where the last
one stopped, do what a whole-number programme begun anew takes ten times as long for. Where they do not, this gives up.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.inference.restarting import Programme
from analysis.inference.tightening import TOLERANCE, Floats

#: Linear programmes for one whole solution; after them a whole-number programme is quicker.
_MOST_TRIED: Final = 25

_Bounds = dict[int, tuple[float, float]]


def is_whole(x: Floats) -> bool:
    """Whether every number may be taken for a whole one."""
    return bool(np.abs(np.round(x) - x).max() <= TOLERANCE)


@dataclass(slots=True)
class Search:
    """A search for the whole solution of least ``cost``.

    Attributes:
        programme: asked for that cost; its bounds are its own again at the end.
        points: whole solutions known; those found on the way are added.
        best: the least cost of any whole solution known, infinite where none is.
        is_proven: whether ``best`` is the least there is.
        is_enough: whether what was found is enough.
    """

    programme: Programme
    cost: Floats
    points: list[Floats]
    best: float = math.inf
    is_proven: bool = False
    is_enough: bool = False

    def run(self, first: Floats, is_enough: Callable[[], bool]) -> None:
        """Search until the best is proven, what was found is enough, or too much was tried.

        Args:
            first: the solution of the linear programme.
            is_enough: asked whenever a whole solution was found.
        """
        least, known = self._least(first), len(self.points)
        left = self._branches(first, {})
        for _ in range(_MOST_TRIED):
            self.is_proven = not left or self.best <= least
            self.is_enough = len(self.points) > known and is_enough()
            if self.is_proven or self.is_enough:
                break
            known, bounds = len(self.points), left.pop()
            self.programme.within(bounds)
            x = self.programme.minimum()
            if x is None and not self.programme.is_empty:
                break
            if x is not None and self._least(x) < self.best:
                left += self._branches(x, bounds)
        self.programme.within({})

    def _least(self, x: Floats) -> float:
        return float(np.ceil(x @ self.cost - TOLERANCE))

    def _branches(self, x: Floats, bounds: _Bounds) -> list[_Bounds]:
        """What is left to try, the likeliest last; nothing where the solution is whole, which is then kept."""
        whole = np.round(x)
        off = np.abs(whole - x)
        parted = np.flatnonzero(off > TOLERANCE)
        if not len(parted):
            self.points.append(whole)
            self.best = min(self.best, float(whole @ self.cost))
            return []
        nearest = [int(unknown) for unknown in parted[np.argsort(off[parted], kind="stable")]]
        rounded = {unknown: (float(whole[unknown]),) * 2 for unknown in nearest[: len(nearest) // 2]}
        likely = [{**bounds, **rounded}] if len(rounded) > 1 else []
        return [*self._sides(float(x[nearest[0]]), nearest[0], bounds), *likely]

    def _sides(self, value: float, unknown: int, bounds: _Bounds) -> list[_Bounds]:
        """One unknown no more than, or no less than, what is whole beside its value: the nearer of the two last."""
        low, high = bounds.get(unknown, (self.programme.low[unknown], self.programme.high[unknown]))
        below = {**bounds, unknown: (low, math.floor(value))}
        above = {**bounds, unknown: (math.ceil(value), high)}
        return [above, below] if value - math.floor(value) < 0.5 else [below, above]
