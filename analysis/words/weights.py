"""How heavily the words of a comment weigh together: each means little alone.

Weights are learnt from labelled, invented comments by ``python -m tests.concern --learn``, and stand in ``concern_weights.toml``:
above nothing speaks for worry, below for an ordinary comment. They find what nobody thought to write down as a sign, and tell
where a sign stands in a comment about football.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
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
#: Where a sentence begins or ends.
_END: Final = "."
#: How far apart two words may stand that are weighed together.
_APART: Final = 3
#: What two words count for that do not stand next to each other, besides a word, which counts for one.
_APART_COUNT: Final = 0.7
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


def features(words: Sequence[str]) -> Mapping[str, float]:
    """What is weighed, and what each counts for: words without endings, and each two that stand near each other.

    "a b" are two next to each other, ". a" a word that begins a sentence, "a_b" two with one or two words between.
    """
    stems = [_stem(word) if word.isalnum() else _END for word in words]
    found = {f"{one} {other}": 1.0 for one, other in pairwise(stems)}
    stems = [stem for stem in stems if stem != _END]
    for apart in range(2, _APART + 1):
        found.update(
            (f"{one}_{other}", _APART_COUNT) for one, other in zip(stems, stems[apart:], strict=False)
        )
    return found | dict.fromkeys(stems, 1.0)


def share(counts: Iterable[float]) -> float:
    """How much of its weight each feature keeps beside so many others: long comments gather more by chance."""
    return float((_USUAL / max(sum(count**2 for count in counts), _FEWEST)) ** 0.25)


def weight(words: Sequence[str]) -> float:
    """How heavily the words of a text weigh; 0 is as likely worrying as not among the labelled comments."""
    known = {feature: count for feature, count in features(words).items() if feature in _WEIGHTS}
    return _START + share(known.values()) * sum(_WEIGHTS[one] * count for one, count in known.items())
