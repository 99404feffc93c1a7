"""Which files something follows from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Search = Callable[[frozenset[str]], bool]


def fewest_files(files: Sequence[str], is_enough: Search) -> tuple[str, ...]:
    """Files that together suffice for something, none of which can be left out. All of them must suffice."""
    kept = list(files)

    def without_some_of(some: Sequence[str]) -> None:
        rest = [file for file in kept if file not in some]
        if rest and is_enough(frozenset(rest)):
            kept[:] = rest
        elif len(some) > 1:
            half = len(some) // 2
            without_some_of(some[:half])
            without_some_of(some[half:])

    without_some_of(files)
    return tuple(kept)
