"""One question of one year: what has been told of it, and whether more may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis import bands, disclosure
from analysis.disclosure import Shown, Split
from analysis.releasing import differencing
from analysis.releasing.differencing import Times
from analysis.releasing.layers import RESPONSES, Layers
from analysis.settings import Rules


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
class GroupTold:
    """An output of one group of a breakdown."""

    by: str
    group: str
    told: Told


@dataclass(slots=True)
class Question:
    """One question of one year (or the responses themselves): what has been told of it, and whether more may be.

    Attributes:
        everyone: outputs of everyone.
        groups: outputs of groups.
        too_few: layers of which it was said that too few answered.
    """

    key: str
    layers: Layers
    rules: Rules
    everyone: list[Told] = field(default_factory=list)
    groups: list[GroupTold] = field(default_factory=list)
    too_few: list[Times] = field(default_factory=list)

    def split(self, times: Times, by: str = "", group: str = "") -> Split:
        """The answers of some layers: everyone's, or a group's."""
        return self.layers.split(self.key, times, (by, group))

    def allows(self, one: Told) -> bool:
        """Whether an output of everyone may stand beside all that has been told."""
        if (
            one.shown.base is not None
            and any(self.tells_who_skipped(few, one.times) for few in self.too_few)
            and not self.is_base_known(one.times)
        ):
            return False
        if all(other == one or not other.times & one.times for other in self.everyone) and all(
            group.told.times == one.times or not group.told.times & one.times for group in self.groups
        ):
            return True
        told = [*self.everyone, one]
        return self._adds_up_safely(told, self.groups) and self._is_refined_safely(told, self.groups)

    def allows_groups(self, by: str, names: Sequence[str], times: Times) -> bool:
        """Whether groups of a breakdown may stand beside all that has been told, everyone in these layers included."""
        exactly = [Told(times, disclosure.exactly(self.split(times, by, name))) for name in names]
        mine = (GroupTold(by, name, told) for name, told in zip(names, exactly, strict=True))
        groups = [*self.groups, *mine]
        return self._adds_up_safely(self.everyone, groups) and self._is_refined_safely(self.everyone, groups)

    def crossing(self, by: str, names: Sequence[str], times: Times) -> str | None:
        """The group to withhold, as it, or all but the groups shown, may differ by a few people from what another breakdown shows.

        None where there is no such group. What two breakdowns have in common is in no tally, and may be known.
        """
        mine = {name: self.split(times, by, name) for name in names}
        for name, split in mine.items():
            if any(self._may_differ_by_few(split, times, *other) for other in self._other_parts(by, times)):
                return name
        rest = self.split(times).minus(list(mine.values()))
        if rest.base and any(
            self._may_differ_by_few(rest, times, *other) for other in self._other_parts(by, times)
        ):
            return min(names, key=lambda name: (mine[name].base, name))
        return None

    def _other_parts(self, by: str, times: Times) -> Iterator[tuple[Split, Times]]:
        """Groups that other breakdowns show of these people, and those who are in none of them."""
        others: dict[tuple[str, Times], list[Split]] = {}
        for one in self.groups:
            if one.by != by and one.told.times & times:
                split = self.split(one.told.times, one.by, one.group)
                others.setdefault((one.by, one.told.times), []).append(split)
        for (_, some), splits in others.items():
            yield from ((split, some) for split in splits)
            rest = self.split(some).minus(splits)
            if rest.base:
                yield rest, some

    def _may_differ_by_few(self, mine: Split, times: Times, theirs: Split, their_times: Times) -> bool:
        fewest = self.rules.minimum_base
        if times == their_times:
            return differencing.may_differ_by_few(mine, theirs, self.split(times), fewest)
        pairs = (mine, theirs), (theirs, mine)
        return any(differencing.may_lie_within(inner, outer, fewest) for inner, outer in pairs)

    def _adds_up_safely(self, told: Sequence[Told], groups: Sequence[GroupTold]) -> bool:
        times = [one.times for one in told if one.shown.base is not None]
        return not any(
            differencing.has_small_sum(
                lambda layer: self.layers.size(self.key, layer),
                lambda group, layer, by=by: self.layers.size(self.key, layer, (by, group)),  # type: ignore[misc]
                times,
                [(one.group, one.told.times) for one in groups if one.by == by],
                self.rules.minimum_base,
            )
            for by in {one.by for one in groups} | {""}
        )

    def _is_refined_safely(self, told: Sequence[Told], groups: Sequence[GroupTold]) -> bool:
        """On a sensitive question: whether all that is exact is a sum of blocks that could each be shown by itself."""
        if self.key == RESPONSES or not self.layers.options[self.key].question.sensitive:
            return True
        exact = [(one.times, "") for one in told if one.is_exact]
        for by in {one.by for one in groups} | {""}:
            parts = [
                *exact,
                *((one.told.times, one.group) for one in groups if one.by == by and one.told.is_exact),
            ]
            names = self.layers.groups(by) if by else []
            for block in differencing.blocks(parts, names):
                split = self._of_block(block, by, names)
                if split.base and not disclosure.is_plain(split, self.rules):
                    return False
        return True

    def _of_block(self, block: Sequence[tuple[tuple[str, int], str]], by: str, names: Sequence[str]) -> Split:
        """The answers in a block: those of its groups, and of those in no group where these are in it."""
        times: dict[str, set[tuple[str, int]]] = {}
        for layer, group in block:
            times.setdefault(group, set()).add(layer)
        nobody = frozenset(times.pop("", set()))
        total = self.split(nobody).minus([self.split(nobody, by, name) for name in names])
        for name, some in times.items():
            total = total.plus(self.split(frozenset(some), by, name))
        return total

    def was_asked_of_few(self, some: Sequence[Times]) -> bool:
        """Whether, in any of some layers, a question that is asked on a condition was asked of too few.

        How many were asked is told by the question it hangs on.
        """
        if self.key == RESPONSES or not self.layers.options[self.key].question.show_if:
            return False
        asked = (split.base + split.skipped for split in map(self.split, some))
        return any(0 < number < self.rules.minimum_base for number in asked)

    def _asked(self, times: Times) -> int:
        """How many were asked, as a reader knows it: of a question on a condition by the one it hangs on, else all who responded."""
        if self.layers.options[self.key].question.show_if:
            split = self.split(times)
            return split.base + split.skipped
        return self.layers.split(RESPONSES, times).base

    def is_base_known(self, times: Times) -> bool:
        """Whether how many answered in some layers follows from what has been told."""
        return differencing.follows(times, (one.times for one in self.everyone if one.shown.base is not None))

    def tells_who_skipped(self, times: Times, other: Times) -> bool:
        """Whether a base in some layers, withheld as too few, would follow from the base of a longer time.

        All but those who are not in the longer base answered; fewer than ten did: too few numbers lie between.
        """
        if self.key == RESPONSES or not times < other:
            return False
        here, there = (self._asked(some) for some in (times, other))
        others, fewest = there - self.split(other).base, self.rules.minimum_base
        is_narrow = fewest - (here - others) < self.rules.minimum_band_counts
        return here - others < fewest and (is_narrow or others <= self.rules.small_count)
