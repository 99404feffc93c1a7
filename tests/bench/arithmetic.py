"""The bench's sums: quantiles, ratios, and whether a bar is met."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: how many, and quantiles by nearest rank, in the values' own unit."""

    number: int
    p50: float
    p95: float
    p99: float
    worst: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """The spread of values in any order.

        Raises:
            ValueError: there are none.
        """
        ordered = sorted(values)
        at = [quantile(ordered, share) for share in (0.5, 0.95, 0.99, 1.0)]
        return cls(len(ordered), *at)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest of the ordered values that at least this share of them do not exceed.

    Raises:
        ValueError: there are none.
    """
    if not ordered:
        raise ValueError("no values")
    return ordered[max(math.ceil(round(share * len(ordered), 6)), 1) - 1]


def median(values: Sequence[float]) -> float:
    """The middle value; between the middle two where their number is even."""
    return float(statistics.median(values))


@dataclass(frozen=True, slots=True)
class Bar:
    """What was measured against what is asked of it.

    Attributes:
        what: what was measured.
        measured: the figure, in the unit that ``text`` writes.
        limit: the figure asked for.
        is_least: whether the limit is the least allowed (throughput) or the most (time, memory).
        unit: written after both figures.
    """

    what: str
    measured: float
    limit: float
    is_least: bool = False
    unit: str = ""

    @property
    def is_met(self) -> bool:
        """Whether what was measured keeps to the limit, which itself is within it."""
        return self.measured >= self.limit if self.is_least else self.measured <= self.limit

    def text(self) -> str:
        """One line: met or not, what, the figure, and what was asked."""
        verdict = "met    " if self.is_met else "not met"
        asked = "at least" if self.is_least else "at most"
        return f"{verdict}  {self.what}: {self.measured:.2f}{self.unit} ({asked} {self.limit:g}{self.unit})"
