"""A comment taken apart: words, numbers, and every other sign by itself, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

#: Signs that stand on or within letters: accents, vowels of Hebrew, Arabic and the scripts of India.
_ON_LETTERS: Final = "\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0dff\u0e31-\u0e4e"
_TOKEN: Final = re.compile(
    rf"[^\W_](?:[\w{_ON_LETTERS}]*[^\W_{_ON_LETTERS}])?[{_ON_LETTERS}]*(?:['’\u02bc-][^\W_][^\W_{_ON_LETTERS}]*)*|\S"
)
_APOSTROPHES: Final = re.compile("[\u2018\u2019\u02bc\u0060\u00b4]")
_POSSESSIVE: Final = re.compile(r"(?:'s|')$")
#: Where a sentence ends; what follows may have a capital for that.
SENTENCE_ENDS: Final = frozenset(".!?…:\n؟।")


@dataclass(frozen=True, slots=True)
class Token:
    """Where a word or sign stands, as it is written, and plain: small letters, no accents, no possessive.

    Attributes:
        first: Whether it begins a line.
    """

    start: int
    end: int
    text: str
    plain: str
    first: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it has a letter to begin with."""
        return self.text[0].isalpha()


def without_accents(text: str) -> str:
    """Small letters, straight apostrophes, no accents.

    >>> without_accents("Siobhán’s")
    "siobhan's"
    """
    if text.isascii():
        return text.lower()
    taken_apart = unicodedata.normalize("NFD", _APOSTROPHES.sub("'", text.lower()))
    return "".join(sign for sign in taken_apart if unicodedata.category(sign) != "Mn")


def tokens(words: str) -> list[Token]:
    """All words and signs, in order; what only parts them is left out."""
    found: list[Token] = []
    before = 0
    for match in _TOKEN.finditer(words):
        start, end = match.span()
        plain = _POSSESSIVE.sub("", without_accents(match[0])) or match[0]
        found.append(Token(start, end, match[0], plain, not found or "\n" in words[before:start]))
        before = end
    return found
