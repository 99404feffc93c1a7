"""What is known, as bounds on sums of unknowns, and the same sum by sum: what several say of one sum is held together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.inference.tightening import Flags, Floats, Numbers, Rows

#: A sum of unknowns: each with how often it is counted.
Terms = Mapping[Any, int] | Sequence[tuple[Any, int]]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is known: that a sum of unknowns lies between two whole numbers.

    Attributes:
        terms: the unknowns, each with how often it is counted.
        least, most: both included; None where there is no bound.
        said_by: who says so; nothing is concluded from it.
    """

    terms: Terms
    least: int | None
    most: int | None
    said_by: Hashable = None


def pairs(terms: Terms) -> Iterable[tuple[Hashable, int]]:
    """Each unknown of a sum, with how often it is counted."""
    return terms.items() if isinstance(terms, Mapping) else terms


class Sums:
    """The sums of some statements, each once.

    Attributes:
        number: of each unknown.
        of_statement: the number of each statement's sum.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.number: dict[Hashable, int] = {}
        self._sums: dict[frozenset[tuple[int, int]], int] = {}
        of_statement = [self._sums.setdefault(self._sum(s.terms), len(self._sums)) for s in statements]
        self.of_statement = np.array(of_statement, dtype=np.intp)
        self._least = np.array([-np.inf if s.least is None else s.least for s in statements], dtype=float)
        self._most = np.array([np.inf if s.most is None else s.most for s in statements], dtype=float)
        entries = [(row, *entry) for each, row in self._sums.items() for entry in each]
        table = np.array(entries, dtype=float).reshape(len(entries), 3)
        self._row, self._column = table[:, 0].astype(np.intp), table[:, 1].astype(np.intp)
        self._times: Floats = table[:, 2]

    def _sum(self, terms: Terms) -> frozenset[tuple[int, int]]:
        found: dict[int, int] = {}
        for unknown, times in pairs(terms):
            number = self.number.setdefault(unknown, len(self.number))
            found[number] = found.get(number, 0) + times
        return frozenset((number, times) for number, times in found.items() if times)

    def rows(self, is_said: Flags) -> Rows:
        """A row for each sum, with the narrowest bounds that those statements give it that are said."""
        least, most = np.full(len(self._sums), -np.inf), np.full(len(self._sums), np.inf)
        np.maximum.at(least, self.of_statement[is_said], self._least[is_said])
        np.minimum.at(most, self.of_statement[is_said], self._most[is_said])
        has_bound = (np.isfinite(least) | np.isfinite(most))[self._row]
        return Rows(self._row[has_bound], self._column[has_bound], self._times[has_bound], least, most)

    def among(self, rows: Numbers) -> Flags:
        """Which statements are of some of the sums."""
        return np.isin(self.of_statement, rows)
