"""How narrowly several outputs of one question, laid side by side, let its withheld counts be known."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
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
    def in_words(self) -> bool:
        """Whether it is shown in bands without its base."""
        return self.shown.base is None and any(bands.share(str(cell.words)) for cell in self.shown.cells)


@dataclass(frozen=True, slots=True)
class _Unknown:
    """How many chose an option (or, for ``base``, answered) in a class of layers."""

    number: int
    what: Hashable


class Outsider:
    """Somebody who has read every output of a question in a year, and knows the rules.

    Args:
        told: the outputs.
        many: whether several options may be chosen.
        options: how many there are.
        split: the answers of some layers: an outsider does not know them; only what counts as withheld depends on them.
        rules: the thresholds.
    """

    def __init__(self, told: Sequence[Told], example: Split, rules: Rules) -> None:
        self._told = [one for one in told if one.shown.base is not None or one.in_words]
        self._classes = classes(one.times for one in self._told)
        self._options = range(len(example.counts))
        self._example = example
        self._rules = rules

    def learns_too_much(self, bases: dict[Times, int]) -> bool:
        """Whether some count that is not shown as it is can be known too narrowly.

        On a sensitive question each must keep ``minimum_band_counts`` possible values, not all of them 1 to
        ``small_count``; on another one that holds for the answers of a group that is too small to be shown.

        Args:
            bases: how many answered in each class of layers.
        """
        from analysis.inference import Contradiction, ranges

        targets = list(self._targets(bases))
        try:
            found = ranges(list(self._statements(bases)), targets, enough=self._is_wide)
        except Contradiction:
            return True
        return not all(self._is_wide(one) for one in found)

    @property
    def classes(self) -> list[Times]:
        """The layers that he can tell apart."""
        return self._classes

    def _is_wide(self, found: Range) -> bool:
        pinned = self._example.sensitive and found.is_within(1, self._rules.small_count)
        return found.values >= self._rules.minimum_band_counts and not pinned

    def _sum(self, what: Hashable, times: Times) -> dict[Hashable, int]:
        return {_Unknown(n, what): 1 for n, some in enumerate(self._classes) if some <= times}

    def _targets(self, bases: dict[Times, int]) -> Iterator[dict[Hashable, int]]:
        exact = classes(one.times for one in self._told if one.is_exact)
        for some in self._classes:
            small = 0 < bases[some] < self._rules.minimum_base
            if small and any(one.in_words for one in self._told):
                yield self._sum(_BASE, some)
            if bases[some] and (small or (self._example.sensitive and some not in exact)):
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

    def _statements(self, bases: dict[Times, int]) -> Iterator[Statement]:
        from analysis.inference import Statement

        for number in range(len(self._classes)):
            base: dict[Hashable, int] = {_Unknown(number, _BASE): -1}
            chosen: dict[Hashable, int] = {_Unknown(number, i): 1 for i in self._options}
            yield Statement({**chosen, **base}, 0, None if self._example.many else 0)
            if self._example.many:
                yield from (Statement({unknown: 1, **base}, None, 0) for unknown in chosen)
        if any(one.in_words for one in self._told):
            for some in self._classes:
                if 0 < bases[some] < self._rules.minimum_base:
                    yield Statement(self._sum(_BASE, some), 1, self._rules.minimum_base - 1)
        for one in self._told:
            yield from self._words(one) if one.shown.base is None else self._figures(one)

    def _figures(self, one: Told) -> Iterator[Statement]:
        from analysis.inference import Statement

        yield Statement(self._sum(_BASE, one.times), one.shown.base, one.shown.base)
        for i, cell in enumerate(one.shown.cells):
            yield Statement(self._sum(i, one.times), cell.least, cell.most)

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
