"""How well an attack did, and whether guessing could have done as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.attacks.chance import (
    agreement,
    chance_of_agreement,
    chance_of_at_least,
    expected_by_guessing,
    most_by_guessing,
)
from tests.attacks.population import Evidence
from tests.attacks.strategies import STRATEGIES, Group, Strategy, groups


@dataclass(frozen=True)
class Score:
    """What one strategy achieved.

    Attributes:
        matched: how many rows it gave to the right person.
        expected: how many guessing gives on average.
        most: the upper end of the interval of guessing.
        order: how far its order agrees with the true one, in deviations; near 0 for an order that tells nothing.
        by_chance: how probable it is that guessing does as well in what it did best.
        length: how far the lengths of what it gave to people agree with those of what is theirs.
    """

    strategy: str
    matched: int
    expected: float
    most: int
    order: float
    length: float
    by_chance: float

    def __str__(self) -> str:
        return (
            f"{self.strategy}: {self.matched} matched, {self.expected:.0f} by guessing (at most {self.most}), "
            f"order {self.order:+.1f}, length {self.length:+.1f}"
        )


def scores(evidences: Sequence[Evidence], table: str) -> list[Score]:
    """Every strategy that can be tried, on every group of all these young people together."""
    found = [(evidence, group) for evidence in evidences for group in groups(evidence, table)]
    return [score for name, tried in STRATEGIES.items() if (score := _score(table, name, tried, found))]


def _score(
    table: str, name: str, strategy: Strategy, found: Sequence[tuple[Evidence, Group]]
) -> Score | None:
    matched, sizes, orders, lengths = 0, [], [], []
    for evidence, group in found:
        guess = strategy(group) if group.rows else None
        if guess is None:
            continue
        truth = evidence.truth[table]
        pairs = list(zip(group.people, guess, strict=True))
        matched += sum(row["id"] in truth[person.number] for person, row in pairs)
        sizes.append((len(pairs), len(group.rows)))
        owner = {id_: place for place, person in enumerate(group.people) for id_ in truth[person.number]}
        orders.append((range(len(guess)), [owner[row["id"]] for row in guess]))
        long = {owner[row["id"]]: len(row[group.content]) for row in group.rows}
        lengths.append(
            ([len(row[group.content]) for row in guess], [long[place] for place in range(len(guess))])
        )
    if not sizes:
        return None
    order, length = agreement(orders), agreement(lengths)
    by_chance = min(
        chance_of_at_least(matched, sizes), chance_of_agreement(order), chance_of_agreement(length)
    )
    most = most_by_guessing(sizes)
    return Score(name, matched, expected_by_guessing(sizes), most, order, length, by_chance)
