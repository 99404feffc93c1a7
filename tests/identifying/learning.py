"""Learning how heavily features of words weigh (``analysis/words/identifying_weights.txt``), and which words children use
(``children.txt``), from our examples.

The method is logistic regression with weights kept small; the same examples give the same files. Each comment is learnt from as it
is written and in small letters, since capitals cannot be relied on.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

import numpy as np

from analysis.words import knowledge, word_features
from analysis.words.telling_words import ESTABLISHMENTS
from analysis.words.tokens import Token, tokens
from analysis.words.weight_files import Weights
from analysis.words.word_features import features, style, words_of
from tests.concern.examples import ours as of_concern
from tests.identifying.examples import Example
from tests.support.fitting import fitted, known_features, table_of, written_weights

FOLDER: Final = Path(knowledge.__file__).parent
WEIGHTS: Final = FOLDER / "identifying_weights.txt"
CHILDREN: Final = FOLDER / "children.txt"

#: A feature has to be seen so often.
SEEN_IN: Final = 3
#: How strongly weights are kept small; chosen, as all here, by ``crossing.py``.
SMALLNESS: Final = 1.0
#: Weights nearer to nothing are left out of the file.
LEAST: Final = 0.02
#: A word is one that children use from so many times on; if it is in a list of names or places, from so many.
USED, USED_THOUGH_A_NAME = 4, 30
#: Of the comments that concern is learnt from, which nobody marked, every so manieth teaches what ordinary words are like.
EVERY: Final = 5
#: For how many words each of them counts.
ORDINARY_COUNT: Final = 0.3
#: The level (``children.txt``) from which a word is taken for ordinary there though it is a name as well.
OFTEN: Final = 5
_HIGHEST_LEVEL: Final = 6
_DETAIL: Final = "detail"


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is learnt: weights, and how often children write a word, as a logarithm."""

    weights: Weights
    children: Mapping[str, int]


def children(examples: Iterable[Example]) -> Mapping[str, int]:
    """The words that children use, by how often; none that only stands in a detail."""
    counts: Counter[str] = Counter()
    for one in examples:
        counts.update(
            token.plain for token in tokens(one.words) if token.is_word and not _kind_at(one, token)
        )
    for other in of_concern():
        counts.update(token.plain for token in tokens(other.words) if token.is_word)
    return {
        word: min(int(math.log2(count)), _HIGHEST_LEVEL)
        for word, count in counts.items()
        if count >= _needed(word)
    }


def _needed(word: str) -> int:
    is_name = word in knowledge.PLACES or any(word in names for names in knowledge.LISTS.values())
    is_english = word in knowledge.COUNTS or word in knowledge.TAGS
    return USED_THOUGH_A_NAME if is_name and not is_english else USED


def _kind_at(one: Example, token: Token) -> str:
    return next((kind for start, end, kind in one.spans if start < token.end and token.start < end), "")


def learn(examples: Sequence[Example]) -> Learnt:
    """What these examples teach."""
    known = children(examples)
    word_features._nearly.cache_clear()
    with patch.object(knowledge, "CHILDREN", known):
        rows = _rows(examples)
    word_features._nearly.cache_clear()
    return Learnt(_weights(*rows), known)


def _rows(examples: Iterable[Example]) -> tuple[list[list[str]], list[bool], list[float]]:
    """Each word's features, whether it is to be marked, and for how many it counts."""
    found: list[list[str]] = []
    labels: list[bool] = []
    for one in examples:
        for words in dict.fromkeys((one.words, _in_small_letters(one.words))):
            taken = tokens(words)
            seen, written = words_of(taken), style(taken)
            for at, token in enumerate(taken):
                kind = _kind_at(one, token)
                if kind != _DETAIL:
                    found.append(list(dict.fromkeys(features(seen, at, written))))
                    labels.append(bool(kind))
    counted = [1.0] * len(found)
    for other in of_concern()[::EVERY]:
        for row in _ordinary_in(other.words):
            found.append(row)
            labels.append(False)
    return found, labels, counted + [ORDINARY_COUNT] * (len(found) - len(counted))


def _ordinary_in(words: str) -> Iterator[list[str]]:
    """The features of each word of an unmarked comment that is usual and in no list: it is hardly ever a name."""
    taken = tokens(words)
    seen, written = words_of(taken), style(taken)
    for at, word in enumerate(seen):
        is_frequent = knowledge.CHILDREN.get(word.plain, 0) >= OFTEN
        is_small = word.shape == "l" or word.shape + word.place == "CS"
        if word.usual and is_small and (is_frequent or not word.lists) and word.plain not in ESTABLISHMENTS:
            yield list(dict.fromkeys(features(seen, at, written)))


def _in_small_letters(words: str) -> str:
    small = words.lower()
    return small if len(small) == len(words) else words


def _weights(found: Sequence[Sequence[str]], labels: Sequence[bool], counted: Sequence[float]) -> Weights:
    known = known_features(found, SEEN_IN)
    weighs = fitted(table_of(found, known), np.array(labels, float), np.array(counted), SMALLNESS)
    each = {
        feature: round(float(one), 2)
        for feature, one in zip(known, weighs, strict=False)
        if abs(one) >= LEAST
    }
    return Weights(round(float(weighs[-1]), 2), each)


_HEAD: Final = """\
How heavily features of words weigh (word_features.py), learnt from tests/identifying/examples.jsonl: python -m tests.identifying --learn.
Not to be edited: add examples and learn again."""
_CHILDREN_HEAD: Final = """\
# Words that children use, by how often (a logarithm), counted in our invented comments: python -m tests.identifying --learn.
"""


def write(learnt: Learnt) -> None:
    """Both files."""
    WEIGHTS.write_text(written_weights(_HEAD, learnt.weights.start, learnt.weights.each), encoding="utf-8")
    levels = sorted(set(learnt.children.values()))
    lists = {
        level: sorted(word for word, each in learnt.children.items() if each == level) for level in levels
    }
    parts = ["\n".join([f"[{level}]", *words]) for level, words in lists.items()]
    CHILDREN.write_text(_CHILDREN_HEAD + "\n".join(parts) + "\n", encoding="utf-8")
