"""Whether words say that a child is in harm's way, by the few plain phrases that a phone carries. Standard library alone.

A phone decides this by itself, so nothing is sent: its script (``static/survey/harm.js``) does step for step what stands
here, with what `for_page` gives it, and both follow the table ``tests/data/phone_signs_cases.json``. So it is plain string
work: a phrase is looked for as whole words in words that were made plain. What a person reads first on the other side is
decided by many more signs: see ``concern.py``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ENGLISH: Final = "en"
#: Languages whose accents tell words apart: "đánh" (to hit) and "danh" (a name).
ACCENTS_MATTER: Final = frozenset({"vi"})
#: How many words before a phrase may turn it round.
TURNED_WITHIN_WORDS: Final = 2

_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
#: Joiners, the Arabic letter that only lengthens a word, and marks of direction.
_UNSEEN: Final = re.compile("[\u200b-\u200f\u0640\u202a-\u202e\u2066-\u2069]")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class PhoneSigns:
    """What a phone needs for one language; every text in it is already plain.

    Attributes:
        phrases: Each with a space at an end where a word must end: ``" hits me "``, ``" suicid"``.
        spellings: Pairs, each with its spaces, to be replaced in this order: ``(" u ", " you ")``.
        turned: Words that turn round a phrase which they stand shortly before.
        alike: Letters, and in the same places what they are taken for.
        accents: Whether accents are kept.
    """

    phrases: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...]
    turned: tuple[str, ...]
    alike: tuple[str, str]
    accents: bool


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("phone_signs.toml").read_text(encoding="utf-8"))


def languages() -> tuple[str, ...]:
    """The languages that have a list, English first."""
    return tuple(_data()["signs"])


def _plain(words: str, alike: tuple[str, str], *, accents: bool) -> str:
    """Small letters and digits with one space between words and at both ends; no apostrophes, no accents."""
    text = unicodedata.normalize("NFC" if accents else "NFKD", _APOSTROPHES.sub("", words)).lower()
    if not accents:
        text = "".join(letter for letter in text if not unicodedata.category(letter).startswith("M"))
    text = _UNSEEN.sub("", text).translate(str.maketrans(*alike))
    return f" {' '.join(''.join(letter if letter.isalnum() else ' ' for letter in text).split())} "


def _spelt_out(text: str, spellings: Iterable[tuple[str, str]]) -> str:
    for short, plain in spellings:
        text = text.replace(short, plain)
    return text


def _replacement(long: str, plain: str) -> str:
    """What a spelling stands for, made plain; without the last space where its "+" joins what follows."""
    return plain.rstrip() if long.endswith("+") else plain


def _phrase(phrase: str, text: str) -> str:
    """A phrase made plain, ``text``, without the space where a "*" in the ``phrase`` lets the word go on."""
    text = text.lstrip() if phrase.startswith("*") else text
    return text.rstrip() if phrase.endswith("*") else text


@cache
def signs_of(language: str) -> PhoneSigns:
    """What a phone needs for a language; for one without a list nothing is ever found."""
    data, accents = _data(), language in ACCENTS_MATTER
    letters, meant = data["alike"].get(language, ("", ""))

    def plain(words: str) -> str:
        return _plain(words, (letters, meant), accents=accents)

    spellings = tuple(
        (plain(short), _replacement(long, plain(long)))
        for short, long in data["spellings"].get(language, {}).items()
    )
    phrases = data["signs"].get(language, ())
    return PhoneSigns(
        phrases=tuple(
            dict.fromkeys(_phrase(phrase, _spelt_out(plain(phrase), spellings)) for phrase in phrases)
        ),
        spellings=spellings,
        turned=tuple(plain(word).strip() for word in data["turned"].get(language, ())),
        alike=(letters, meant),
        accents=accents,
    )


def _languages_of(language: str) -> tuple[str, ...]:
    """A page's language and English: many write in both."""
    return tuple(dict.fromkeys((language, ENGLISH)))


def for_page(language: str) -> list[dict[str, Any]]:
    """What a page in a language carries for its script, to be written as JSON: its own signs, then the English ones."""
    return [asdict(signs_of(one)) for one in _languages_of(language)]


def _is_turned(before: str, turned: tuple[str, ...]) -> bool:
    return any(word in turned for word in before.split()[-TURNED_WITHIN_WORDS:])


def _has_phrase(text: str, phrase: str, turned: tuple[str, ...]) -> bool:
    place = text.find(phrase)
    while place >= 0:
        if not _is_turned(text[:place], turned):
            return True
        place = text.find(phrase, place + 1)
    return False


def _has_sign(words: str, signs: PhoneSigns) -> bool:
    plain = _plain(words, signs.alike, accents=signs.accents)
    texts = {_spelt_out(_STRETCHED.sub(letters, plain), signs.spellings) for letters in (r"\1", r"\1\1")}
    return any(_has_phrase(text, phrase, signs.turned) for text in texts for phrase in signs.phrases)


def says_harm(words: str, language: str) -> bool:
    """Whether words, written on a page in a language, hold one of its phrases or an English one."""
    return any(_has_sign(words, signs_of(one)) for one in _languages_of(language))
