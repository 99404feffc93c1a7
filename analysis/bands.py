"""Shares in words, such as "more than 9 in 10", wide enough that a published base does not give the count back.

Which partition is used depends on the base and the number of options only, never on the answers: otherwise the choice
itself would tell something about them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import Final

from analysis.settings import Rules


@dataclass(frozen=True, slots=True)
class Band:
    """The counts from ``least`` to ``most``, both included, and what a reader sees instead of them."""

    least: int
    most: int
    words: str

    def holds(self, count: int) -> bool:
        """Whether a count lies in it."""
        return self.least <= count <= self.most


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the line from 0 to 1, and the words for it.

    Attributes:
        start, end: where it begins and ends.
        from_start, to_end: whether that place itself belongs to it.
    """

    start: Fraction
    end: Fraction
    words: str = ""
    from_start: bool = False
    to_end: bool = True

    def of(self, base: int) -> Band:
        """The counts of a base that it means."""
        least = math.ceil(self.start * base) if self.from_start else math.floor(self.start * base) + 1
        most = math.floor(self.end * base) if self.to_end else math.ceil(self.end * base) - 1
        return Band(least, most, self.words)


def _first(end: Fraction, words: str, *, to_end: bool = False) -> Share:
    return Share(Fraction(0), end, words, from_start=True, to_end=to_end)


_ONE: Final = Fraction(1)
_HALF, _THIRD, _QUARTER, _TENTH = (Fraction(1, n) for n in (2, 3, 4, 10))
_MIDDLE: Final = (
    Share(_QUARTER, _HALF, "between a quarter and a half", from_start=True),
    Share(_HALF, 3 * _QUARTER, "between a half and three quarters"),
)
_TENTHS: Final = (
    _first(_TENTH, "fewer than 1 in 10"),
    Share(_TENTH, _QUARTER, "between 1 in 10 and a quarter", from_start=True, to_end=False),
    *_MIDDLE,
    Share(3 * _QUARTER, 9 * _TENTH, "between three quarters and 9 in 10"),
    Share(9 * _TENTH, _ONE, "more than 9 in 10"),
)
_QUARTERS: Final = (
    _first(_QUARTER, "fewer than a quarter"),
    *_MIDDLE,
    Share(3 * _QUARTER, _ONE, "more than three quarters"),
)
_THIRDS: Final = (
    _first(_THIRD, "fewer than a third"),
    Share(_THIRD, 2 * _THIRD, "between a third and two thirds", from_start=True),
    Share(2 * _THIRD, _ONE, "more than two thirds"),
)
_HALVES: Final = (_first(_HALF, "half or fewer", to_end=True), Share(_HALF, _ONE, "more than half"))


_SHARES: Final = {share.words: share for some in (_TENTHS, _QUARTERS, _THIRDS, _HALVES) for share in some}


def share(words: str) -> Share | None:
    """What a band's words say of a count, whatever the base; None where they are no band's."""
    return _SHARES.get(words)


def partitions(base: int, rules: Rules) -> Iterator[tuple[Band, ...]]:
    """The partitions of 0 to ``base`` that a base allows, finest first; each of their bands holds enough counts."""
    for shares, from_base in (
        (_TENTHS, rules.tenths_from_base),
        (_QUARTERS, rules.quarters_from_base),
        (_THIRDS, rules.minimum_base),
        (_HALVES, rules.minimum_base),
    ):
        bands = tuple(share.of(base) for share in shares)
        if base >= from_base and all(b.most - b.least + 1 >= rules.minimum_band_counts for b in bands):
            yield bands


def _possible(bands: Sequence[Band], base: int, *, many: bool) -> bool:
    enough = sum(band.most for band in bands) >= base
    return enough and (many or sum(band.least for band in bands) <= base)


def _counts_left(bands: Sequence[Band], base: int, *, many: bool) -> Iterator[tuple[int, int]]:
    """The least and the most that each option may have, when every option's band and the base are known."""
    least = base - sum(band.most for band in bands)
    spare = base if many else base - sum(band.least for band in bands)
    for band in bands:
        yield max(band.least, band.most + least), min(band.most, band.least + spare)


@lru_cache(maxsize=4096)
def for_every_option(base: int, options: int, rules: Rules, *, many: bool) -> tuple[Band, ...]:
    """The finest bands that may stand beside every option of a question at once; empty where none may.

    Bands side by side narrow each other, since counts add up to the base (to at least the base where several options
    may be chosen): three options "a third or fewer" of 12 would be 4 each. A partition is taken only where no
    combination that could occur leaves an option fewer than ``minimum_band_counts`` counts, or none but 1 to
    ``small_count``.
    """
    some = (bands for bands in partitions(base, rules) if _may_stand(bands, base, options, rules, many=many))
    return next(some, ())


def _may_stand(bands: Sequence[Band], base: int, options: int, rules: Rules, *, many: bool) -> bool:
    return all(
        most - least + 1 >= rules.minimum_band_counts and not 1 <= least <= most <= rules.small_count
        for some in combinations_with_replacement(bands, options)
        if _possible(some, base, many=many)
        for least, most in _counts_left(some, base, many=many)
    )


@lru_cache(maxsize=4096)
def halves(base: int, options: int, rules: Rules, *, many: bool) -> tuple[Band, ...]:
    """The coarsest bands, where they may stand beside every option at once; empty where they may not."""
    coarsest = [some for some in partitions(base, rules) if len(some) == len(_HALVES)]
    return coarsest[0] if coarsest and _may_stand(coarsest[0], base, options, rules, many=many) else ()


@lru_cache(maxsize=4096)
def for_majority(base: int, least: int, rules: Rules) -> tuple[Band, ...]:
    """The finest bands for one option known to have ``least`` to ``base``; empty where none may be shown.

    Every band holds none of those counts or at least ``minimum_band_counts`` of them.
    """
    for bands in partitions(base, rules):
        widths = (band.most - max(band.least, least) + 1 for band in bands)
        if all(width <= 0 or width >= rules.minimum_band_counts for width in widths):
            return bands
    return ()


def narrowest(base: int, least: int, most: int, rules: Rules) -> Band | None:
    """The narrowest band that holds every count from ``least`` to ``most``, or None."""
    holding = [b for bands in partitions(base, rules) for b in bands if b.holds(least) and b.holds(most)]
    return min(holding, key=lambda band: band.most - band.least, default=None)
