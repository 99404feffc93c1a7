"""What guessing gives, exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable

#: The share of all outcomes of guessing that lie inside the interval.
CERTAINTY = 0.99


def most_by_guessing(groups: Iterable[tuple[int, int]], certainty: float = CERTAINTY) -> int:
    """The upper end of the interval of how many are matched by guessing.

    Args:
        groups: for each group counted together, how many people are looked for, and among how many each of them is.
            Each is right once in so many times, whatever is guessed for the others: the exact binomial distribution of
            each group, and of all of them their sum.
    """
    return _smallest_with_at_least(_distribution(groups), 1 - (1 - certainty) / 2)


def expected_by_guessing(groups: Iterable[tuple[int, int]]) -> float:
    """How many guessing matches on average."""
    return sum(people / among for people, among in groups)


def _distribution(groups: Iterable[tuple[int, int]]) -> list[float]:
    total = [1.0]
    for people, among in groups:
        one = [
            math.comb(people, k) * (1 / among) ** k * (1 - 1 / among) ** (people - k)
            for k in range(people + 1)
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


def _smallest_with_at_least(distribution: list[float], share: float) -> int:
    together = 0.0
    for number, p in enumerate(distribution):
        together += p
        if together >= share:
            return number
    return len(distribution) - 1


def order_told(groups: Iterable[list[int]]) -> float:
    """How well guessed orders agree with the true ones: for each, the true places in the order guessed.

    The sum of Spearman's rank correlations, each by how sure its length makes it. Of orders that tell nothing it is
    normally distributed around 0 with a deviation of 1.
    """
    usable = [places for places in groups if len(places) > 2]
    if not usable:
        return 0.0
    together = sum(_spearman(places) * math.sqrt(len(places) - 1) for places in usable)
    return together / math.sqrt(len(usable))


def _spearman(places: list[int]) -> float:
    n = len(places)
    ranks = {place: rank for rank, place in enumerate(sorted(places))}
    squares = sum((i - ranks[place]) ** 2 for i, place in enumerate(places))
    return 1 - 6 * squares / (n * (n * n - 1))


#: Beyond so many deviations lies one in a hundred of all orders that tell nothing.
ORDER_INTERVAL = 2.5758
