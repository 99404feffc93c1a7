"""Whether a comment is in another language than English: nobody at the desk can tell what it says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

#: Below this share of common English words a comment is in another language.
_ENGLISH_SHARE: Final = 0.25
_FEWEST_WORDS: Final = 3
#: So many words in another script are a message, one may be a name or a thank-you.
_MANY_OTHER_WORDS: Final = 2


@dataclass(frozen=True, slots=True)
class English:
    """Common words of English, and those that tell nothing, since other languages have them too."""

    words: frozenset[str]
    neither: frozenset[str]

    @classmethod
    def read(cls, data: Mapping[str, str]) -> English:
        """From ``[english]`` in ``concern.toml``."""
        return cls(frozenset(data["words"].split()), frozenset(data["neither"].split()))

    def _knows(self, word: str) -> bool:
        return (
            word in self.words
            or word.removesuffix("s") in self.words
            or word.removesuffix("ed") in self.words
        )

    def is_elsewhere(self, plain_text: str) -> bool:
        """Whether a plain text is mostly in another language, or holds a message in another script."""
        words = [word for word in plain_text.split() if word != "." and not word.isdigit()]
        others = [word for word in words if _is_in_another_script(word)]
        if len(others) >= _MANY_OTHER_WORDS or (others and len(others) == len(words)):
            return True
        telling = [word for word in words if word not in self.neither]
        unknown = [word for word in telling if not self._knows(word)]
        known = len(telling) - len(unknown)
        enough = len(telling) >= _FEWEST_WORDS or (unknown and _has_accents(unknown))
        return bool(enough) and known < _ENGLISH_SHARE * len(telling)


def _is_in_another_script(word: str) -> bool:
    return any(letter.isalpha() and "LATIN" not in unicodedata.name(letter, "") for letter in word)


def _has_accents(words: Iterable[str]) -> bool:
    return any(not word.isascii() for word in words)
