"""Signs that a person whose job is keeping children safe should read a comment first. Standard library alone.

Every comment is read by a person; this only decides which are read today rather than tomorrow. Being wrong towards
"worrying" costs a minute, being wrong the other way costs a day, so signs are broad. Children seldom use the words of a
textbook: many say it flatly, sideways, or as something good. So a comment is worrying where

- it says one of the things in ``concern.toml`` (who does what to whom, kept secret, not fed, not allowed out …), unless it is
  nothing grave and all other words speak for an ordinary comment;
- or its words weigh enough together (``weights.py``), though none says it;
- or it is in another language: nobody at the desk can tell what it says, and finding an interpreter takes days.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from analysis.words.foreign import English
from analysis.words.plain_words import plain, readings, spellings
from analysis.words.ways import Text, Ways, text_of
from analysis.words.weights import weight

#: From this weight on, a comment is first: it is as likely worrying as not. Chosen, as the next, by `python -m tests.concern --cross`:
#: lower, more than about one ordinary comment in eight by somebody nothing was learnt from would be first.
ENOUGH: Final = 0.0
#: What signs weigh besides their words: little enough that a comment which is ordinary in all else is not first for one.
SIGN_WEIGHS: Final = 1.5

#: Read and compiled when imported, so that no reader waits for it when they open the queue.
_DATA: Final[Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("concern.toml").read_text(encoding="utf-8")
)
_GRAVE: Final = frozenset(_DATA["grave"])
_SPELLINGS: Final = spellings(_DATA["spellings"])
_SIGNS: Final = Ways(_DATA["signs"], _DATA["words"])
_ORDINARY: Final = Ways({"ordinary": [f"!{line}" for line in _DATA["ordinary"]["phrases"]]}, _DATA["words"])
_ELSEWHERE: Final = tuple(re.compile(pattern) for pattern in _DATA["elsewhere"].values())
_ENGLISH: Final = English.read(_DATA["english"])


def _texts(plain_text: str) -> tuple[Text, ...]:
    """A plain text, spelt out, without what only sounds like harm."""
    spelt = readings(plain_text, _SPELLINGS)
    return tuple(_ORDINARY.without(text_of(text.split())) for text in spelt)


def weighed(words: str) -> tuple[str, ...]:
    """The words of a comment that are weighed."""
    return _texts(plain(words))[0].words


def _said_in(text: Text) -> Mapping[str, int] | None:
    """The signs a text says, or None where it weighs too little; the more ways there are, the less each adds."""
    said = _SIGNS.said_in(text)
    weighs = weight(text.words) + SIGN_WEIGHS * math.log1p(sum(said.values()))
    return said if weighs >= ENOUGH or not _GRAVE.isdisjoint(said) else None


def signs(words: str) -> tuple[str, ...]:
    """The signs for which a comment is first, by name; empty where it is not."""
    plain_text = plain(words)
    heavy = [said for said in map(_said_in, _texts(plain_text)) if said is not None]
    found = [sign for sign in _DATA["signs"] if any(sign in said for said in heavy)]
    if heavy and not found:
        found.append("many small things")
    if any(pattern.search(plain_text) for pattern in _ELSEWHERE) or _ENGLISH.is_elsewhere(plain_text):
        found.append("in another language")
    return tuple(found)


def is_in_another_language(words: str) -> bool:
    """Whether most of a comment is in another language than English."""
    return _ENGLISH.is_elsewhere(plain(words))


def are_worrying(words: Sequence[str]) -> list[bool]:
    """Which of several comments a person should read today."""
    return [is_worrying(each) for each in words]


def is_worrying(words: str) -> bool:
    """Whether a person should read a comment today. Broad on purpose: it is often wrong, and then costs a minute."""
    return bool(signs(words))
