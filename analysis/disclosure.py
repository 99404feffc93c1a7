"""Disclosure control: the one place that every output passes through. Counts go in, what may be shown comes out.

The attacker in mind knows these rules, the code, the base, and everything that is shown; a whole percentage of a
published base gives the count back, so rules look at counts even where only percentages appear. Whatever is withheld
must keep several possible counts after all that has been subtracted. ``tests/analysis/test_disclosure_attack.py`` plays
that attacker over every possible set of answers to small questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analysis import bands
from analysis.findings import WITHHELD
from analysis.settings import Rules

__all__ = [
    "FEWER_THAN",
    "WITHHELD",
    "Cell",
    "Shown",
    "Split",
    "Why",
    "control",
    "control_groups",
    "exactly",
    "few",
    "few_answered",
    "groups_shown",
    "is_plain",
    "together",
    "with_less",
    "with_zeros",
    "withhold",
]


#: How a reason begins that tells a number's bound.
FEWER_THAN: Final = "fewer than"


class Why(StrEnum):
    """Why something is withheld or shown as a band, in words. None tells which of a rule's cases came about."""

    SMALL = "some answers are withheld or shown as a band, so that no small number can be worked out"
    PERIOD = "sensitive questions have exact figures only for whole years that have ended"
    GROUPS = "withheld for this group, so that neither it nor another group lays bare a small number"
    DIFFERENCE = (
        "withheld, because together with figures that have been shown before it would lay bare a small number"
    )
    NARROWER = (
        "withheld, so that the figure of the whole year can be shown without laying bare a small number"
    )
    IN_WORDS = (
        "shown in words only, because figures that were shown while the year ran would otherwise lay bare a small"
        " number"
    )
    PARTLY = (
        "some answers are withheld, because figures that were shown while the year ran would otherwise lay bare a"
        " small number"
    )
    CHANGED = "as it was first shown: what has been counted since is too little to be shown apart"
    BREAKDOWNS = (
        "withheld for this group, because another breakdown has been shown and the two together could lay bare a"
        " small number"
    )


@dataclass(frozen=True, slots=True)
class Split:
    """The answers of one group to one question, before control.

    Attributes:
        counts: how many chose each option, in the survey's order, zeros included.
        base: how many gave a real answer.
        skipped: how many were asked and gave none.
        many: whether several options may be chosen, so that counts may sum to more than the base.
        sensitive: whether the stricter rules hold.
    """

    counts: tuple[int, ...]
    base: int
    skipped: int
    many: bool
    sensitive: bool

    def minus(self, others: Sequence[Split]) -> Split:
        """What is left when the answers of other groups are taken away."""
        counts = tuple(n - sum(o.counts[i] for o in others) for i, n in enumerate(self.counts))
        base = self.base - sum(o.base for o in others)
        return Split(counts, base, self.skipped - sum(o.skipped for o in others), self.many, self.sensitive)

    def plus(self, other: Split) -> Split:
        """The answers of two groups that have nobody in common."""
        counts = tuple(n + m for n, m in zip(self.counts, other.counts, strict=True))
        return Split(counts, self.base + other.base, self.skipped + other.skipped, self.many, self.sensitive)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is shown of a count: that it lies between ``least`` and ``most``.

    ``words`` is what a reader sees, None where the count is exact.
    """

    least: int
    most: int
    words: str | None = None

    @property
    def exact(self) -> int | None:
        """The count where it is shown as it is, else None."""
        return self.least if self.words is None else None


@dataclass(frozen=True, slots=True)
class Shown:
    """One question in one group, after control.

    Attributes:
        cells: one an option, in the survey's order.
        base, skipped: None where withheld.
        why: the reason, None where everything is exact.
    """

    cells: tuple[Cell, ...]
    base: int | None
    skipped: int | None
    why: str | None


def exactly(split: Split) -> Shown:
    """Everything as it is."""
    return Shown(tuple(Cell(n, n) for n in split.counts), split.base, split.skipped, None)


def withhold(split: Split, why: str) -> Shown:
    """Nothing of a question, its base and skips included."""
    return Shown(tuple(Cell(0, 0, WITHHELD) for _ in split.counts), None, None, why)


def few_answered(rules: Rules) -> str:
    """Why a question is withheld that too few answered."""
    return f"{few(rules)} answered"


def few(rules: Rules) -> str:
    """A number that is too small to be said."""
    return f"{FEWER_THAN} {rules.minimum_base}"


def _is_small(count: int, rules: Rules) -> bool:
    return 1 <= count <= rules.small_count


def is_plain(split: Split, rules: Rules) -> bool:
    """Whether every count of a group can be shown as it is, with nothing hidden beside it.

    A base of ``minimum_base``; on a sensitive question also no small count and no option that everyone chose (for
    several options: that all but a few chose).
    """
    if split.base < rules.minimum_base:
        return False
    if not split.sensitive:
        return True
    smalls = any(_is_small(n, rules) for n in split.counts)
    if split.many:
        return not smalls and all(split.base - n > rules.small_count for n in split.counts)
    return not smalls and split.base not in split.counts


def _hidden(split: Split, rules: Rules) -> set[int]:
    """The options to withhold where one is small: all under the number that must stand together, then the next smallest.

    Enough people must stand behind them together, and nothing narrows them further: were only the smallest withheld,
    the next would be their upper bound. Options with equal counts are withheld together: which of them was taken would tell where the small one stands.
    Those that nobody chose are withheld too: they leave more ways in which the rest may have been chosen.
    """
    chosen = sorted(n for n in split.counts if n)
    hidden = [n for n in chosen if n < rules.minimum_hidden_together]
    for count in chosen[len(hidden) :]:
        enough = sum(hidden) >= rules.minimum_hidden_together and len(hidden) >= rules.minimum_hidden_options
        if enough and count != hidden[-1]:
            break
        hidden.append(count)
    return {i for i, n in enumerate(split.counts) if not n or n in hidden}


def _in_bands(split: Split, rules: Rules, why: str) -> Shown:
    some = bands.for_every_option(split.base, len(split.counts), rules, many=split.many)
    cells = [next((Cell(b.least, b.most, b.words) for b in some if b.holds(n)), None) for n in split.counts]
    hidden = Cell(0, split.base, WITHHELD)
    return Shown(tuple(cell or hidden for cell in cells), split.base, split.skipped, why)


def with_less(split: Split, rules: Rules, *, is_year: bool) -> Iterator[Shown]:
    """What a sensitive question may show, most first, where it tells too much beside what was shown of others.

    In a year: its smallest counts withheld together, zeros among them, then bands. Else: coarser bands.
    """
    why = Why.IN_WORDS if is_year else Why.PERIOD
    if is_year and not split.many:
        hidden = _smallest_together(split, rules)
        if len(hidden) < len(split.counts):
            cells = (
                Cell(0, split.base, WITHHELD) if i in hidden else Cell(n, n)
                for i, n in enumerate(split.counts)
            )
            yield Shown(tuple(cells), split.base, split.skipped, Why.PARTLY)
    if is_year:
        yield _in_bands(split, rules, why)
    if some := bands.halves(split.base, len(split.counts), rules, many=split.many):
        halves = [next(Cell(b.least, b.most, b.words) for b in some if b.holds(n)) for n in split.counts]
        yield Shown(tuple(halves), split.base, split.skipped, why)


def _smallest_together(split: Split, rules: Rules) -> set[int]:
    """The options with the smallest counts, until there are enough of them and enough people stand behind them."""
    hidden: list[int] = []
    for count in sorted(split.counts):
        enough = sum(hidden) >= rules.minimum_hidden_together and len(hidden) >= rules.minimum_hidden_options
        if enough and count != hidden[-1]:
            break
        hidden.append(count)
    return {i for i, n in enumerate(split.counts) if n in hidden}


def with_zeros(shown: Shown, zeros: Collection[int]) -> Shown:
    """The same, saying plainly which options nobody chose, where a longer time's figures have told it already."""
    cells = (Cell(0, 0) if i in zeros else cell for i, cell in enumerate(shown.cells))
    return Shown(tuple(cells), shown.base, shown.skipped, shown.why)


def in_words(split: Split, known_base: int, rules: Rules) -> Shown | None:
    """A year's question without its base, in the bands that a smaller, known base allows; None where it allows none.

    Args:
        split: the year's answers.
        known_base: the part of its base that was shown before: the choice of bands tells nothing of the rest.
        rules: the thresholds.
    """
    some = bands.for_every_option(known_base, len(split.counts), rules, many=split.many)
    cells = []
    for n in split.counts:
        words = next((b.words for b in some if _says(b.words, n, split.base)), None)
        if words is None:
            return None
        cells.append(Cell(0, split.base, words))
    return Shown(tuple(cells), None, None, Why.IN_WORDS)


def _says(words: str, count: int, base: int) -> bool:
    share = bands.share(words)
    return share is not None and share.of(base).holds(count)


def _majority(split: Split, rules: Rules) -> Shown:
    """A split of which no count can be shown: a band for an option chosen by more than half, all else withheld.

    Splits come here where the other options have at most ``rest`` together, whichever they are, zeros included: so a
    two-way split and an option that everyone chose look the same. With many options and few people they also come here
    where every option is small; there a missing majority would tell that, so nothing is shown.
    """
    two = len(split.counts) == 2
    rest = rules.small_count if two else max(rules.small_count, rules.minimum_hidden_together - 1)
    cells = [Cell(0, split.base, WITHHELD) for _ in split.counts]
    half = split.base // 2
    most = max(split.counts)
    always_majority = split.base - rest > half
    may_be_all_small = split.base <= rules.small_count * len(split.counts)
    if most > half and not (always_majority and may_be_all_small):
        least = max(split.base - rest, half + 1)
        for band in bands.for_majority(split.base, least, rules):
            if band.holds(most):
                cells[split.counts.index(most)] = Cell(band.least, band.most, band.words)
    return Shown(tuple(cells), split.base, split.skipped, Why.SMALL)


def control(split: Split, rules: Rules, *, is_year: bool) -> Shown:
    """What may be shown of everyone's answers to one question.

    Args:
        split: the answers.
        rules: the thresholds.
        is_year: whether the period is a whole year; otherwise a sensitive question is shown in bands.
    """
    if split.base < rules.minimum_base:
        return withhold(split, few_answered(rules))
    if split.sensitive and not is_year:
        return _in_bands(split, rules, Why.PERIOD)
    if is_plain(split, rules):
        return exactly(split)
    if split.many:
        return _in_bands(split, rules, Why.SMALL)
    hidden = _hidden(split, rules)
    if all(i in hidden for i, n in enumerate(split.counts) if n):
        return _majority(split, rules)
    cells = (Cell(0, split.base, WITHHELD) if i in hidden else Cell(n, n) for i, n in enumerate(split.counts))
    return Shown(tuple(cells), split.base, split.skipped, Why.SMALL)


def together(shown: Shown, options: Sequence[int], rules: Rules, *, many: bool) -> Cell | None:
    """What is shown of several options counted together, worked out from what is shown of the question alone.

    It therefore tells nothing that the options do not. None where nothing can be said.
    """
    if not options or (many and len(options) > 1):
        return None
    if shown.base is None:
        only = shown.cells[options[0]] if len(options) == 1 else None
        return only if only and only.words != WITHHELD else None
    wanted = [shown.cells[i] for i in options]
    others = [cell for i, cell in enumerate(shown.cells) if i not in options]
    least, most = sum(c.least for c in wanted), sum(c.most for c in wanted)
    if not many:
        least = max(least, shown.base - sum(c.most for c in others))
        most = min(most, shown.base - sum(c.least for c in others))
    if least == most:
        return Cell(least, most)
    band = bands.narrowest(shown.base, least, most, rules)
    return Cell(band.least, band.most, band.words) if band else None


def groups_shown(sizes: Mapping[str, int], everyone: int, rules: Rules) -> set[str]:
    """The groups of a breakdown that may be shown at all.

    A group under ``minimum_base`` is withheld, then the smallest others, until those who are in no group that is shown
    (everyone minus the groups shown) are none or at least ``minimum_base``.
    """
    shown = [g for g in sorted(sizes, key=lambda g: (sizes[g], g)) if sizes[g] >= rules.minimum_base]
    while shown and 0 < everyone - sum(sizes[g] for g in shown) < rules.minimum_base:
        shown.pop(0)
    return set(shown)


def control_groups(
    everyone: Split, groups: Mapping[str, Split], rules: Rules, *, is_year: bool
) -> dict[str, Shown]:
    """What may be shown of one question in each group of a breakdown.

    A group is exact or withheld. One that is not plain (``is_plain``) is withheld; then the smallest others, until what
    is left of everyone, when the groups shown are taken away, is nothing or is itself plain. The remainder holds those
    who belong to no group, so it is checked even where no group is withheld.

    Args:
        everyone: the answers of all.
        groups: the answers of the groups that ``groups_shown`` allows.
        rules: the thresholds.
        is_year: whether the period is a whole year; otherwise a sensitive question is not split.
    """
    shown = sorted((g for g in groups if is_plain(groups[g], rules)), key=lambda g: (groups[g].base, g))
    if everyone.sensitive and not is_year:
        shown = []
    while shown:
        rest = everyone.minus([groups[g] for g in shown])
        if rest.base == 0 or is_plain(rest, rules):
            break
        shown.pop(0)
    return {g: exactly(s) if g in shown else withhold(s, Why.GROUPS) for g, s in groups.items()}
