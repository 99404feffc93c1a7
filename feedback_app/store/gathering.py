"""Threads that want the same thing done at the same time have it done together, by whichever of them comes to it first.

Waiting for the disk is most of what storing one submission costs. While one thread waits for it, others gather; the next one
takes all that have gathered and stores them in one transaction. Nobody waits longer than for two of those.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class _Wish(Generic[T, R]):
    value: T
    is_taken: bool = False
    outcome: list[R] = field(default_factory=list)
    error: Exception | None = None

    def come_true(self) -> R:
        if self.error is not None:
            raise self.error
        if not self.outcome:
            raise RuntimeError("whoever took this did not finish it")
        return self.outcome[0]


class Gathering(Generic[T, R]):
    """Does things together."""

    def __init__(self) -> None:
        self._gathered: list[_Wish[T, R]] = []
        self._gate, self._turn = Lock(), Lock()

    def do(self, value: T, work: Callable[[Sequence[T]], Sequence[R]]) -> R:
        """Have one thing done, alone or together with others.

        Args:
            value: the thing.
            work: the same whoever calls: does several things at once, and gives what became of each. Where it raises, none of
                them is done, and each is tried again alone.

        Returns:
            What became of this one.

        Raises:
            Exception: what ``work`` raised when it did this one alone.
        """
        wish: _Wish[T, R] = _Wish(value)
        with self._gate:
            self._gathered.append(wish)
        with self._turn:
            if not wish.is_taken:
                _fulfil(self._take(), work)
        return wish.come_true()

    def _take(self) -> list[_Wish[T, R]]:
        with self._gate:
            together, self._gathered = self._gathered, []
        for wish in together:
            wish.is_taken = True
        return together


def _fulfil(together: Sequence[_Wish[T, R]], work: Callable[[Sequence[T]], Sequence[R]]) -> None:
    try:
        outcomes = work([wish.value for wish in together])
    except Exception as error:  # noqa: BLE001  # it is raised again, for the one whom it concerns
        if len(together) == 1:
            together[0].error = error
            return
        for wish in together:
            _fulfil([wish], work)
        return
    for wish, outcome in zip(together, outcomes, strict=True):
        wish.outcome.append(outcome)
