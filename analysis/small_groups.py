"""What figures of groups over several times, laid side by side, tell of groups that are withheld.

A count is never negative. So the answers of a group that was too small to be shown in a quarter may follow from the
quarter's everyone, the groups shown there, and the year's groups, though no sum of figures gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.differencing import Times, classes
from analysis.disclosure import Shown, Split
from analysis.narrowing import GroupTold, Told
from analysis.settings import Rules

if TYPE_CHECKING:
    from analysis.inference import Range, Statement

_BASE, _SKIPPED = "base", "skipped"
#: How many responses some layers hold: everyone's (group ``""``), or a group's.
Size = Callable[[Times, str], int]


@dataclass(frozen=True, slots=True)
class _Unknown:
    """How many chose an option (or answered, or skipped) in a class of layers and a group, ``""`` being all others."""

    number: int
    group: str
    what: Hashable


class Reader:
    """Somebody who has read what is shown of a question, and knows how many are in each group at each time.

    Args:
        told: the outputs of everyone.
        groups: those of the groups of one breakdown.
        names: every group of that breakdown.
        size: how many responses there are.
        example: any answers to the question: what its options are.
        rules: the thresholds.
    """

    def __init__(
        self,
        told: Sequence[Told],
        groups: Sequence[GroupTold],
        names: Sequence[str],
        size: Size,
        example: Split,
        rules: Rules,
    ) -> None:
        self._told = [one for one in told if one.is_exact]
        self._groups = groups
        self._size = size
        self._options = range(len(example.counts))
        self._rules = rules
        self._many = example.many
        self._classes = classes([*(one.times for one in self._told), *(one.told.times for one in groups)])
        self._sizes = [self._held(some, names) for some in self._classes]

    def _held(self, times: Times, names: Sequence[str]) -> dict[str, int]:
        """How many each group holds that holds anybody, those in none included."""
        sizes = {name: self._size(times, name) for name in names}
        sizes[""] = self._size(times, "") - sum(sizes.values())
        return {name: size for name, size in sizes.items() if size}

    def knows_a_group(self) -> bool:
        """Whether all answers of a group that is not shown can be known, more narrowly than wider figures tell them.

        An answer is known that has fewer than ``minimum_band_counts`` possible values.
        """
        from analysis.inference import Contradiction, System

        places = list(self._places())
        try:
            system = System(self._statements(self._groups))
            found = system.possible(self._each(places), enough=self._is_open)
            places = self._closed(places, found)
            found = system.narrowest(self._each(places), enough=self._is_open)
            closed = self._closed(places, found)
            if not closed:
                return False
            ranges = dict(zip(places, self._by_place(found), strict=True))
            wider = System(self._statements(())).ranges(self._each(closed))
        except Contradiction:
            return True
        return any(
            not self._is_told_by_wider(place, i, ranges[place][i], what)
            for place, some in zip(closed, self._by_place(wider), strict=True)
            for i, what in enumerate(some)
        )

    def _is_open(self, found: Range) -> bool:
        return found.values >= self._rules.minimum_band_counts

    def _places(self) -> Iterator[tuple[Times, str]]:
        """The groups of which nothing is shown where others are, and when."""
        shown = {(one.told.times, one.group) for one in self._groups}
        for times in dict.fromkeys(one.told.times for one in self._groups):
            held = {name for number in self._within(times) for name in self._sizes[number]}
            if self._is_rest_enough(times):
                held.discard("")
            yield from ((times, name) for name in sorted(held) if (times, name) not in shown)

    def _is_rest_enough(self, times: Times) -> bool:
        """Whether those in no group are so many that they could be shown: nobody withholds them."""
        whole = [one.shown.base for one in self._told if one.times == times]
        shown = [one.told.shown.base or 0 for one in self._groups if one.told.times == times]
        return (
            bool(whole) and (whole[0] or 0) - sum(shown) - self._withheld(times) >= self._rules.minimum_base
        )

    def _withheld(self, times: Times) -> int:
        """How many are in groups that are not shown."""
        shown = {one.group for one in self._groups if one.told.times == times} | {""}
        names = {name for number in self._within(times) for name in self._sizes[number]} - shown
        return sum(self._all(times, name) for name in names)

    def _within(self, times: Times) -> list[int]:
        return [number for number, some in enumerate(self._classes) if some <= times]

    def _each(self, places: Sequence[tuple[Times, str]]) -> list[dict[Hashable, int]]:
        return [self._sum(i, times, name) for times, name in places for i in self._options]

    def _by_place(self, found: Sequence[Range]) -> list[Sequence[Range]]:
        step = len(self._options)
        return [found[start : start + step] for start in range(0, len(found), step)]

    def _closed(self, places: Sequence[tuple[Times, str]], found: Sequence[Range]) -> list[tuple[Times, str]]:
        each = zip(places, self._by_place(found), strict=True)
        return [place for place, some in each if not any(self._is_open(one) for one in some)]

    def _is_told_by_wider(self, place: tuple[Times, str], option: int, found: Range, wider: Range) -> bool:
        """Whether everyone's figures, or the group's own over a longer time, say as much."""
        times, name = place
        least, most = wider.least or 0, wider.most
        for one in self._groups:
            if one.group == name and one.told.times > times:
                count = one.told.shown.cells[option].least
                least = max(least, count - self._all(one.told.times - times, name))
                most = count if most is None else min(most, count)
        return (found.least, found.most) == (least, most)

    def _all(self, times: Times, group: str) -> int:
        return sum(self._sizes[number].get(group, 0) for number in self._within(times))

    def _sum(self, what: Hashable, times: Times, group: str | None = None) -> dict[Hashable, int]:
        return {
            _Unknown(number, name, what): 1
            for number in self._within(times)
            for name in self._sizes[number]
            if group is None or name == group
        }

    def _statements(self, groups: Sequence[GroupTold]) -> Iterator[Statement]:
        for number, sizes in enumerate(self._sizes):
            for name, size in sizes.items():
                yield from self._cell(number, name, size)
        for one in self._told:
            yield from self._figures(one.shown, one.times)
        for part in groups:
            yield from self._figures(part.told.shown, part.told.times, part.group)

    def _cell(self, number: int, group: str, size: int) -> Iterator[Statement]:
        """What holds in every group: nobody is counted twice, and no more answered than there are."""
        from analysis.inference import Statement

        base, skipped = _Unknown(number, group, _BASE), _Unknown(number, group, _SKIPPED)
        chosen: dict[Hashable, int] = {_Unknown(number, group, i): 1 for i in self._options}
        yield Statement({base: 1, skipped: 1}, 0, size)
        yield Statement({**chosen, base: -1}, 0, None if self._many else 0)
        if self._many:
            yield from (Statement({unknown: 1, base: -1}, None, 0) for unknown in chosen)

    def _figures(self, shown: Shown, times: Times, group: str | None = None) -> Iterator[Statement]:
        from analysis.inference import Statement

        whats = ((_BASE, shown.base), (_SKIPPED, shown.skipped))
        for what, count in (*whats, *((i, cell.least) for i, cell in enumerate(shown.cells))):
            yield Statement(self._sum(what, times, group), count, count)
