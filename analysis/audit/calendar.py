"""How the periods that figures speak of hang together: the smallest pieces of time that they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Protocol

from analysis.period import Period, month_after


class When(Protocol):
    """A time that figures speak of, hashable; its months are ``YYYY-MM``."""

    @property
    def first(self) -> str:
        """Its first month."""

    @property
    def last(self) -> str:
        """Its last month."""

    @property
    def label(self) -> str:
        """As a reader sees it."""

    def __hash__(self) -> int:
        """Equal times are the same."""


class Calendar(Protocol):
    """The pieces of time between which any of some periods begins or ends."""

    @property
    def pieces(self) -> tuple[str, ...]:
        """Their names, in order."""

    def times(self, period: When) -> frozenset[str]:
        """The pieces of a period."""

    def label(self, times: frozenset[str]) -> str:
        """Some pieces in words."""


class Months:
    """Pieces of whole months, each named by its first; periods hold all that was ever counted in their months.

    Args:
        periods: every period that is spoken of.
    """

    def __init__(self, periods: Iterable[When]) -> None:
        some = list(periods)
        cuts = sorted({cut for p in some for cut in (p.first, month_after(p.last))})
        pieces = [pair for pair in pairwise(cuts) if any(p.first <= pair[0] <= p.last for p in some)]
        self._ends = dict(pieces)
        self.pieces = tuple(self._ends)

    def times(self, period: When) -> frozenset[str]:
        """The pieces of a period."""
        return frozenset(piece for piece in self.pieces if period.first <= piece <= period.last)

    def label(self, times: frozenset[str]) -> str:
        """The pieces in words, those that follow each other as one time."""
        runs: list[list[str]] = []
        for piece in sorted(times):
            if runs and self._ends[runs[-1][-1]] == piece:
                runs[-1].append(piece)
            else:
                runs.append([piece])
        return " and ".join(Period(run[0], month_after(self._ends[run[-1]], -1)).label for run in runs)
