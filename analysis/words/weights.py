"""How heavily the words of a comment weigh together: each means little alone.

Weights are learnt from labelled, invented comments by ``python -m tests.concern --learn``, and stand in ``concern_weights.toml``:
above nothing speaks for worry, below for an ordinary comment. They find what nobody thought to write down as a sign, and tell
where a sign stands in a comment about football.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parent
_DATA: Final[Mapping[str, Any]] = tomllib.loads((_HERE / "concern_weights.toml").read_text(encoding="utf-8"))
_WEIGHTS: Final[Mapping[str, float]] = _DATA["weights"]
_START: Final[float] = _DATA["start"]

_ENDINGS: Final = ("ing", "ed", "es", "s")
#: Words whose last letters are no ending.
_WHOLE: Final = frozenset(
    {"this", "his", "is", "was", "us", "yes", "less", "bus", "hes", "shes", "bed", "always"}
)
_SHORTEST_STEM: Final = 3
#: How far apart two words may stand that are weighed together.
_APART: Final = 3
#: A comment that has fewer features weighs as though it had so many.
_FEWEST: Final = 6
#: In a comment that has so many, each counts for one.
_USUAL: Final = 9


def _stem(word: str) -> str:
    if word in _WHOLE:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _groups_of(groups: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """For each word, without its ending, the names of the groups it is in."""
    found: dict[str, set[str]] = {}
    for name, words in groups.items():
        for word in words.split():
            found.setdefault(_stem(word), set()).add(f"@{name}")
    return {word: frozenset(names) for word, names in found.items()}


_GROUPS: Final = _groups_of(
    tomllib.loads((_HERE / "concern_groups.toml").read_text(encoding="utf-8"))["groups"]
)


def features(words: Sequence[str]) -> frozenset[str]:
    """What is weighed: words without endings, the groups they are in, and each two that stand near each other.

    "a b" are two next to each other, "a_b" two with one or two words between.
    """
    stems = [_stem(word) for word in words if word.isalnum()]
    found = {f"{one} {other}" for one, other in pairwise(stems)}
    for apart in range(2, _APART + 1):
        found.update(f"{one}_{other}" for one, other in zip(stems, stems[apart:], strict=False))
    return frozenset(stems).union(found, *(_GROUPS.get(stem, ()) for stem in stems))


def share(count: int) -> float:
    """What one feature counts for in a comment that has so many: long comments gather more by chance."""
    return math.sqrt(_USUAL / max(count, _FEWEST))


def weight(words: Sequence[str]) -> float:
    """How heavily the words of a text weigh; 0 is as likely worrying as not among the labelled comments.

    Half of it is the heaviest sentence's, so that one sentence is not lost among many about school and the dog.
    """
    sentences = [list(part) for are_words, part in groupby(words, str.isalnum) if are_words]
    return (_together(words) + max(map(_together, sentences), default=_START)) / 2


def _together(words: Sequence[str]) -> float:
    known = [_WEIGHTS[feature] for feature in features(words) if feature in _WEIGHTS]
    return _START + share(len(known)) * sum(known)
