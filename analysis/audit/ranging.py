"""The narrowest range of every count that is withheld, wide ones too: what somebody sees who wants to know how close it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from analysis.audit.exemptions import Exemption
from analysis.audit.judging import Judge
from analysis.audit.outcome import Ranged
from analysis.audit.targets import Bare, Rule, withheld

#: So many are proven between two signs of life.
_AT_ONCE: Final = 50


def ranges(judge: Judge, failing: Collection[str], progress: Callable[[float], object]) -> Iterator[Ranged]:
    """Every count that no file shows as a number.

    Args:
        judge: who judged what the files say of a survey.
        failing: the names of the targets that were laid bare.
        progress: told now and then how much is done, from 0 to 1.
    """
    targets = dict(withheld(judge.know))
    each = list(targets)
    for start in range(0, len(each), _AT_ONCE):
        progress(start / len(each))
        for bare, is_proven in judge.narrowest(each[start : start + _AT_ONCE]):
            yield _ranged(judge, bare, failing, is_shown=targets[bare.target], is_proven=is_proven)


def _ranged(judge: Judge, bare: Bare, failing: Collection[str], *, is_shown: bool, is_proven: bool) -> Ranged:
    name, found = bare.target.name, bare.found
    is_narrow, fails = not Rule.WITHHELD.holds(found), name in failing
    exemption: Exemption | None = None
    if is_narrow and not fails:
        exemption = Exemption.SHOWN if is_shown else judge.exemption(bare)
    return Ranged(name, found.least or 0, found.most, is_proven, is_narrow, fails, exemption)
