"""How heavily the words of a comment weigh together: each means little alone.

Weights are learnt from labelled, invented comments by ``python -m tests.concern --learn``, and stand in ``concern_weights.toml``:
above nothing speaks for worry, below for an ordinary comment. They find what nobody thought to write down as a sign.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

_DATA: Final[Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("concern_weights.toml").read_text(encoding="utf-8")
)
_WEIGHTS: Final[Mapping[str, float]] = _DATA["weights"]
_START: Final[float] = _DATA["start"]

_ENDINGS: Final = ("ing", "ed", "es", "s")
#: Words whose last letters are no ending.
_WHOLE: Final = frozenset(
    {"this", "his", "is", "was", "us", "yes", "less", "bus", "hes", "shes", "bed", "always"}
)
_SHORTEST_STEM: Final = 3
#: Long comments gather more by chance: what each feature counts for falls with their number, to this power of it, which
#: was chosen by what is found at the same number of ordinary comments put first.
_FALLS: Final = 0.85
#: A comment that has fewer weighs as though it had so many.
_FEWEST: Final = 6
#: In a comment that has so many, each counts for one.
_USUAL: Final = 10


def _stem(word: str) -> str:
    if word in _WHOLE:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def features(words: Sequence[str]) -> frozenset[str]:
    """What is weighed: words without endings, and each two that stand next to each other."""
    stems = [_stem(word) for word in words if word.isalnum()]
    return frozenset(stems) | {f"{one} {other}" for one, other in pairwise(stems)}


def share(count: int) -> float:
    """What one feature counts for in a comment that has so many."""
    return math.pow(_USUAL / max(count, _FEWEST), _FALLS)


def weight(words: Sequence[str]) -> float:
    """How heavily the words of a text weigh; 0 is as likely worrying as not among the labelled comments."""
    known = [_WEIGHTS[feature] for feature in features(words) if feature in _WEIGHTS]
    return _START + share(len(known)) * sum(known)
