"""What follows from several outputs by adding and subtracting them, and whether it may.

Everybody who answered lies in one cell: a layer of months (those counted in a month between two showings) and a group.
An output is a sum of cells. Whoever has several knows each sum of them that counts every cell once or not at all; such a
sum is a group of people, and none may be too small. ``docs/decisions/0017-…`` says why the checks here are enough.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from analysis.disclosure import Split
from analysis.releasing.ledger import Layer

Times = frozenset[Layer]

#: Possibilities looked at before a search gives up and calls what it was asked about unsafe.
_MOST_STEPS: Final = 10_000


def classes(some: Iterable[Times]) -> list[Times]:
    """The layers that are in the same outputs, together; those in none are left out."""
    members: dict[Layer, list[int]] = {}
    for number, times in enumerate(some):
        for layer in times:
            members.setdefault(layer, []).append(number)
    found: dict[tuple[int, ...], list[Layer]] = {}
    for layer, numbers in members.items():
        found.setdefault(tuple(numbers), []).append(layer)
    return [frozenset(layers) for layers in found.values()]


def follows(times: Times, told: Iterable[Times]) -> bool:
    """Whether an output of everyone is those that were told, added up and taken from one another: it tells nothing new."""
    told = list(told)
    parts = classes([times, *told])
    basis: list[tuple[int, list[Fraction]]] = []

    def without_known(some: Times) -> list[Fraction]:
        row = [Fraction(part <= some) for part in parts]
        for place, known in basis:
            row = [one - row[place] * other for one, other in zip(row, known, strict=True)]
        return row

    for some in told:
        row = without_known(some)
        if any(row):
            place = next(place for place, number in enumerate(row) if number)
            basis.append((place, [number / row[place] for number in row]))
    return not any(without_known(times))


def blocks(parts: Iterable[tuple[Times, str]], groups: Collection[str]) -> list[list[tuple[Layer, str]]]:
    """The common refinement of outputs of everyone (group ``""``) and of single groups: cells in the same outputs.

    Args:
        parts: the outputs.
        groups: every group of the breakdown; those who are in none count as one named ``""``.
    """
    members: dict[tuple[Layer, str], list[int]] = {}
    for number, (times, group) in enumerate(parts):
        for layer in times:
            for cell in [(layer, group)] if group else [(layer, g) for g in ("", *groups)]:
                members.setdefault(cell, []).append(number)
    found: dict[tuple[int, ...], list[tuple[Layer, str]]] = {}
    for cell, numbers in members.items():
        found.setdefault(tuple(numbers), []).append(cell)
    return list(found.values())


@dataclass(slots=True)
class _Graph:
    """Cells that are not empty, as edges between what is added for a class of months and what is for a group in it.

    ``anchored`` has the classes with people who are in no group shown: for them alone the class's number counts.
    """

    edges: dict[Hashable, list[tuple[Hashable, int]]] = field(default_factory=dict)
    anchored: dict[Hashable, int] = field(default_factory=dict)

    def join(self, one: Hashable, other: Hashable, weight: int) -> None:
        self.edges.setdefault(one, []).append((other, weight))
        self.edges.setdefault(other, []).append((one, weight))


def has_small_sum(
    everyone: Callable[[Layer], int],
    group: Callable[[str, Layer], int],
    told: Collection[Times],
    told_groups: Sequence[tuple[str, Times]],
    fewest: int,
) -> bool:
    """Whether outputs of everyone and of a breakdown's groups add up to a group of 1 to ``fewest - 1`` people.

    Such a sum adds a whole number for each class of months, and one for each group and the periods it was shown in; every
    cell that holds somebody must come out as 0 or 1. All such sums are gone through, but those that are already too
    large. Where there are too many to go through, the answer is yes.

    Args:
        everyone: how many of everyone a layer holds.
        group: how many of a group a layer holds.
        told: outputs of everyone; those of groups have theirs among them.
        told_groups: outputs of groups.
        fewest: the smallest group that may be known.
    """
    if not told_groups:
        sizes = (sum(everyone(layer) for layer in some) for some in classes(told))
        return any(0 < size < fewest for size in sizes)
    graph = _graph(everyone, group, told, told_groups)
    left = set(graph.edges) | set(graph.anchored)
    search = _Search(graph, fewest)
    while left:
        start = next((node for node in left if node in graph.anchored), next(iter(left)))
        component = _reach(graph, start)
        left.difference_update(component)
        if search.finds(component):
            return True
    return False


def _graph(
    everyone: Callable[[Layer], int],
    group: Callable[[str, Layer], int],
    told: Collection[Times],
    told_groups: Sequence[tuple[str, Times]],
) -> _Graph:
    graph = _Graph()
    names = list(dict.fromkeys(name for name, _ in told_groups))
    for times in classes(told):
        rest = sum(everyone(layer) for layer in times)
        for name in names:
            periods = frozenset(n for n, (g, some) in enumerate(told_groups) if g == name and times <= some)
            weight = sum(group(name, layer) for layer in times) if periods else 0
            if weight:
                graph.join(times, (name, periods), weight)
                rest -= weight
        if rest:
            graph.anchored[times] = rest
    return graph


def _reach(graph: _Graph, start: Hashable) -> list[Hashable]:
    """Everything that hangs together with a node, each after one that it hangs on."""
    found = {start: None}
    queue = deque([start])
    while queue:
        for node, _ in graph.edges.get(queue.popleft(), ()):
            if node not in found:
                found[node] = None
                queue.append(node)
    return list(found)


class _Search:
    """Goes through the numbers that may be added, as long as what they count together stays small."""

    def __init__(self, graph: _Graph, fewest: int) -> None:
        self._graph = graph
        self._fewest = fewest
        self._steps = 0
        self._value: dict[Hashable, int] = {}

    def finds(self, component: Sequence[Hashable]) -> bool:
        self._value = {}
        return self._goes_on(component, 0, 0)

    def _goes_on(self, component: Sequence[Hashable], place: int, size: int) -> bool:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return True
        if place == len(component):
            return size > 0
        node = component[place]
        for value in self._choices(node):
            more = size + self._weight(node, value)
            if more < self._fewest:
                self._value[node] = value
                if self._goes_on(component, place + 1, more):
                    return True
                del self._value[node]
        return False

    def _choices(self, node: Hashable) -> list[int]:
        choices = {0, 1} if node in self._graph.anchored else None
        for other, _ in self._graph.edges.get(node, ()):
            if other in self._value:
                fits = {-self._value[other], 1 - self._value[other]}
                choices = fits if choices is None else choices & fits
        return sorted(choices) if choices is not None else [0]

    def _weight(self, node: Hashable, value: int) -> int:
        """How many more are counted once this node has its number."""
        size = value * self._graph.anchored.get(node, 0)
        for other, weight in self._graph.edges.get(node, ()):
            if other in self._value:
                size += weight * (value + self._value[other])
        return size


def may_lie_within(inner: Split, outer: Split, fewest: int) -> bool:
    """Whether one group may be part of another, leaving too few of it: no count speaks against it."""
    rest = outer.minus([inner])
    return 0 < rest.base < fewest and min((*rest.counts, rest.skipped)) >= 0


def may_differ_by_few(one: Split, other: Split, everyone: Split, fewest: int) -> bool:
    """Whether two groups of different breakdowns, or all but one of them, may differ by a few people.

    What they have in common is not known here, and may be to whoever knows how the breakdowns hang together.
    """
    but_one, but_other = everyone.minus([one]), everyone.minus([other])
    pairs: Mapping[str, tuple[Split, Split]] = {
        "one in other": (one, other),
        "other in one": (other, one),
        "apart": (one, but_other),
        "everyone between them": (but_one, other),
    }
    return any(may_lie_within(inner, outer, fewest) for inner, outer in pairs.values())
