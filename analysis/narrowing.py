"""How narrowly several outputs of one question, laid side by side, let its withheld counts be known."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from analysis import bands
from analysis.differencing import Times, classes
from analysis.disclosure import Shown, Split
from analysis.settings import Rules

if TYPE_CHECKING:
    from analysis.inference import Range, Statement

_BASE = "base"


@dataclass(frozen=True, slots=True)
class Told:
    """An output of everyone: over which layers, and what was shown."""

    times: Times
    shown: Shown

    @property
    def is_exact(self) -> bool:
        """Whether everything is shown as it is."""
        return self.shown.base is not None and all(cell.exact is not None for cell in self.shown.cells)

    @property
    def tells(self) -> bool:
        """Whether it says anything."""
        return self.shown.base is not None or self.in_words

    @property
    def in_words(self) -> bool:
        """Whether it is shown in bands without its base."""
        return self.shown.base is None and any(bands.share(str(cell.words)) for cell in self.shown.cells)


@dataclass(frozen=True, slots=True)
class GroupTold:
    """An output of one group of a breakdown."""

    by: str
    group: str
    told: Told


@dataclass(frozen=True, slots=True)
class _Unknown:
    """How many chose an option (or, for ``base``, answered) in a class of layers and a group, ``""`` being all others."""

    number: int
    group: str
    what: Hashable


#: How many answered in some layers: everyone, or a group.
Size = Callable[[Times, str], int]


class Outsider:
    """Somebody who has read every output of a question in a year, knows the rules, and where a group had nobody.

    Args:
        told: the outputs of everyone.
        groups: those of the groups of one breakdown.
        size: how many answered; he does not know it, but what counts as withheld depends on it.
        example: any answers to the question: what its options are.
        rules: the thresholds.
    """

    def __init__(
        self, told: Sequence[Told], groups: Sequence[GroupTold], size: Size, example: Split, rules: Rules
    ) -> None:
        self._told = [one for one in told if one.tells]
        self._groups = groups
        self._classes = classes([*(o.times for o in self._told), *(g.told.times for g in groups)])
        self._bases = [size(some, "") for some in self._classes]
        self._members = [self._groups_in(some, size) for some in self._classes]
        self._options = range(len(example.counts))
        self._example = example
        self._rules = rules

    def _groups_in(self, times: Times, size: Size) -> list[str]:
        """The groups that are told of and have somebody in these layers; ``""`` for those in none of them."""
        sizes = {name: size(times, name) for name in dict.fromkeys(one.group for one in self._groups)}
        members = [name for name, number in sizes.items() if number]
        return [*members, ""] if not members or size(times, "") > sum(sizes.values()) else members

    def learns_too_much(self) -> bool:
        """Whether some count that is not shown as it is can be known too narrowly.

        On a sensitive question each must keep ``minimum_band_counts`` possible values, not all of them 1 to
        ``small_count``; on another one that holds for the answers of a group that is too small to be shown.
        """
        from analysis.inference import Contradiction, ranges

        try:
            found = ranges(list(self._statements()), list(self._targets()), enough=self._is_wide)
        except Contradiction:
            return True
        return not all(self._is_wide(one) for one in found)

    def _is_wide(self, found: Range) -> bool:
        pinned = self._example.sensitive and found.is_within(1, self._rules.small_count)
        return found.values >= self._rules.minimum_band_counts and not pinned

    def _sum(self, what: Hashable, times: Times, group: str | None = None) -> dict[Hashable, int]:
        return {
            _Unknown(number, name, what): 1
            for number, some in enumerate(self._classes)
            if some <= times
            for name in self._members[number]
            if group is None or name == group
        }

    def _is_small(self, number: int) -> bool:
        return 0 < self._bases[number] < self._rules.minimum_base

    def _targets(self) -> Iterator[dict[Hashable, int]]:
        in_words = any(one.in_words for one in self._told)
        exact = classes(one.times for one in self._told if one.is_exact)
        for number, some in enumerate(self._classes):
            if in_words and self._is_small(number):
                yield self._sum(_BASE, some)
            hidden = self._example.sensitive and some not in exact
            if self._bases[number] and (hidden or self._is_small(number)):
                yield from (self._sum(i, some) for i in self._options if not self._is_zero(i, some))
        for one in self._told if self._example.sensitive else ():
            yield from (
                self._sum(i, one.times)
                for i in self._options
                if one.shown.cells[i].exact is None and not self._is_shown(i, one.times)
            )

    def _is_zero(self, option: int, times: Times) -> bool:
        """Whether it is told that nobody chose an option, in these layers or in more."""
        return any(one.shown.cells[option].exact == 0 for one in self._told if one.times >= times)

    def _is_shown(self, option: int, times: Times) -> bool:
        return any(
            one.shown.cells[option].exact is not None and one.shown.base is not None
            for one in self._told
            if one.times == times
        )

    def _statements(self) -> Iterator[Statement]:
        from analysis.inference import Statement

        for number, members in enumerate(self._members):
            for group in members:
                yield from self._cell(number, group)
        if any(one.in_words for one in self._told):
            for number, some in enumerate(self._classes):
                if self._is_small(number):
                    yield Statement(self._sum(_BASE, some), 1, self._rules.minimum_base - 1)
        for one in self._told:
            yield from self._words(one) if one.shown.base is None else self._figures(one)
        for part in self._groups:
            yield from self._figures(part.told, part.group)

    def _cell(self, number: int, group: str) -> Iterator[Statement]:
        """What holds in every group: answers add up to those who answered, or each is at most that."""
        from analysis.inference import Statement

        base: dict[Hashable, int] = {_Unknown(number, group, _BASE): -1}
        chosen: dict[Hashable, int] = {_Unknown(number, group, i): 1 for i in self._options}
        yield Statement({**chosen, **base}, 0, None if self._example.many else 0)
        if self._example.many:
            yield from (Statement({unknown: 1, **base}, None, 0) for unknown in chosen)

    def _figures(self, one: Told, group: str | None = None) -> Iterator[Statement]:
        from analysis.inference import Statement

        yield Statement(self._sum(_BASE, one.times, group), one.shown.base, one.shown.base)
        for i, cell in enumerate(one.shown.cells):
            yield Statement(self._sum(i, one.times, group), cell.least, cell.most)

    def _words(self, one: Told) -> Iterator[Statement]:
        """Bands without their base: each bounds a count by parts of a number that is not known either."""
        from analysis.inference import Statement

        for i, cell in enumerate(one.shown.cells):
            if share := bands.share(str(cell.words)):
                least = self._less_part(i, one.times, share.start)
                yield Statement(least, 0 if share.from_start else 1, None)
                most = self._less_part(i, one.times, share.end)
                yield Statement(most, None, 0 if share.to_end else -1)

    def _less_part(self, option: int, times: Times, part: Fraction) -> dict[Hashable, int]:
        """How many chose an option, less a part of how many answered, in whole numbers."""
        counts = dict.fromkeys(self._sum(option, times), part.denominator)
        return counts | dict.fromkeys(self._sum(_BASE, times), -part.numerator)
