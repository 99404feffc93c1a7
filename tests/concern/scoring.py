"""The figures: of worrying comments, how many are first; of the others, how many are first too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from analysis.words.concern import signs
from tests.concern.examples import Example

#: Asked of the same comments by many tests.
signs_of = cache(signs)


def _is_first(words: str) -> bool:
    return bool(signs_of(words))


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of comments; ``first`` are those put first."""

    worrying: int
    worrying_first: int
    others: int
    others_first: int

    @property
    def found_percent(self) -> float:
        """Of worrying comments, those put first: 0 to 100, and 100 where there is none."""
        return 100 * self.worrying_first / self.worrying if self.worrying else 100.0

    @property
    def false_percent(self) -> float:
        """Of the other comments, those put first: 0 to 100, and 0 where there is none."""
        return 100 * self.others_first / self.others if self.others else 0.0

    def __str__(self) -> str:
        found = f"{self.worrying_first}/{self.worrying} found" if self.worrying else ""
        false = f"{self.others_first}/{self.others} others first" if self.others else ""
        first = self.worrying_first + self.others_first
        right = f"{100 * self.worrying_first / first:.0f}% of those first are worrying" if first else ""
        return f"{found:>16} {false:>24}   {right}"


def figures(examples: Iterable[Example], is_first: Callable[[str], bool] = _is_first) -> Figures:
    """Count what is put first."""
    first = [(one.concern, is_first(one.words)) for one in examples]
    return Figures(
        worrying=sum(concern for concern, _ in first),
        worrying_first=sum(concern and found for concern, found in first),
        others=sum(not concern for concern, _ in first),
        others_first=sum(found and not concern for concern, found in first),
    )
