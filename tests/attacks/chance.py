"""What guessing gives, exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache

#: The share of all outcomes of guessing that lie inside the interval.
CERTAINTY = 0.99


def most_by_guessing(groups: Iterable[tuple[int, int]], certainty: float = CERTAINTY) -> int:
    """The upper end of the interval of how many are matched by guessing.

    Args:
        groups: for each group counted together, how many people are looked for, and among how many each of them is.
            Each is right once in so many times, whatever is guessed for the others: the exact binomial distribution of
            each group, and of all of them their sum.
    """
    return _most(tuple(sorted(groups)), certainty)


@cache
def _most(groups: tuple[tuple[int, int], ...], certainty: float) -> int:
    """Worked out once for all strategies that guess for the same groups."""
    return _smallest_with_at_least(_all(groups), 1 - (1 - certainty) / 2)


def chance_of_at_least(matched: int, groups: Iterable[tuple[int, int]]) -> float:
    """How probable it is that guessing matches so many or more; the groups as in ``most_by_guessing``."""
    return sum(_all(tuple(sorted(groups)))[matched:])


@cache
def _all(groups: tuple[tuple[int, int], ...]) -> tuple[float, ...]:
    return tuple(_distribution(groups))


def chance_of_agreement(deviations: float) -> float:
    """How probable it is that guesses that tell nothing agree or disagree so far with the truth."""
    return math.erfc(abs(deviations) / math.sqrt(2))


def expected_by_guessing(groups: Iterable[tuple[int, int]]) -> float:
    """How many guessing matches on average."""
    return sum(people / among for people, among in groups)


def _distribution(groups: Iterable[tuple[int, int]]) -> list[float]:
    total = [1.0]
    for people, among in groups:
        one = [
            math.comb(people, k) * (1 / among) ** k * (1 - 1 / among) ** (people - k)
            # Beyond these lies less than one in a million million.
            for k in range(min(people, 16) + 1)
        ]
        total = _added(total, one)
    return total


def _added(first: list[float], second: list[float]) -> list[float]:
    """The distribution of a sum."""
    result = [0.0] * (len(first) + len(second) - 1)
    for i, p in enumerate(first):
        for j, q in enumerate(second):
            result[i + j] += p * q
    return result


def _smallest_with_at_least(distribution: Sequence[float], share: float) -> int:
    together = 0.0
    for number, p in enumerate(distribution):
        together += p
        if together >= share:
            return number
    return len(distribution) - 1


def agreement(groups: Iterable[tuple[Sequence[float], Sequence[float]]]) -> float:
    """How well numbers that were guessed agree in their order with the true ones, over several groups.

    The sum of Spearman's rank correlations, each by how sure its length makes it. Of guesses that tell nothing it is normally
    distributed around 0 with a deviation of 1.
    """
    found = [
        _correlation(_ranks(guessed), _ranks(true)) * math.sqrt(len(true) - 1)
        for guessed, true in groups
        if len(true) > 2 and len(set(guessed)) > 1 and len(set(true)) > 1
    ]
    return sum(found) / math.sqrt(len(found)) if found else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    """The rank of each, those that are the same sharing one."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


def _correlation(first: Sequence[float], second: Sequence[float]) -> float:
    middle = (len(first) - 1) / 2
    together = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    return together / math.sqrt(
        sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second)
    )
