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


@dataclass(slots=True)
class _Wish(Generic[T]):
    value: T
    is_taken: bool = False
    error: Exception | None = field(
        default_factory=lambda: RuntimeError("whoever took this did not finish it")
    )


class Gathering(Generic[T]):
    """Does things together."""

    def __init__(self) -> None:
        self._gathered: list[_Wish[T]] = []
        self._gate, self._turn = Lock(), Lock()

    def do(self, value: T, work: Callable[[Sequence[T]], None]) -> None:
        """Have one thing done, alone or together with others.

        Args:
            value: the thing.
            work: the same whoever calls: does several things at once. Where it raises, none of them is done, and each is
                tried again alone.

        Raises:
            Exception: what ``work`` raised when it did this one alone.
        """
        wish: _Wish[T] = _Wish(value)
        with self._gate:
            self._gathered.append(wish)
        with self._turn:
            if not wish.is_taken:
                _fulfil(self._take(), work)
        if wish.error is not None:
            raise wish.error

    def _take(self) -> list[_Wish[T]]:
        with self._gate:
            together, self._gathered = self._gathered, []
        for wish in together:
            wish.is_taken = True
        return together


def _fulfil(together: Sequence[_Wish[T]], work: Callable[[Sequence[T]], None]) -> None:
    try:
        work([wish.value for wish in together])
    except Exception as error:  # noqa: BLE001  # it is raised again, for the one whom it concerns
        if len(together) == 1:
            together[0].error = error
            return
        for wish in together:
            _fulfil([wish], work)
        return
    for wish in together:
        wish.error = None
