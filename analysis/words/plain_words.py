"""Words as children write them, made plain for looking things up: small letters, spelt out, nothing but words and ends of sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

#: Emojis that say something by themselves, and the words for them.
_EMOJIS: Final[Mapping[str, str]] = {
    "🔪": " knife ",
    "🗡": " knife ",
    "🩸": " blood ",
    "💊": " pills ",
    "🔫": " gun ",
    "🆘": " sos ",
    "⚰": " dead ",
}
#: Digits and signs that stand for letters inside a word: "h1ts", "k!ll".
_LOOKALIKES: Final = str.maketrans("013457@$!", "oieastasi")
_DISGUISED: Final = re.compile(r"(?<![^\s])[a-z]+(?:[013457@$!]+[a-z]+)+(?![^\s.,!?])")
_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc\u0060\u00b4]")
#: Joiners and marks of direction, which nobody sees.
_UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f]")
_POUNDS: Final = re.compile(r"£\s?(\d+)")
_SENTENCE_ENDS: Final = re.compile(r"[.!?;:\n\u2026\u060c\u061f\u1362\u3002]+")
_BETWEEN_WORDS: Final = re.compile(r"[^\w.]+|_+")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")

Spellings = tuple[tuple[re.Pattern[str], str], ...]


def spellings(lists: Mapping[str, str]) -> Spellings:
    """Short or childish spellings, ``"u|yu"``, and what they stand for, ready for `readings`."""
    return tuple((re.compile(rf"(?<= )(?:{short})(?= )"), meant) for short, meant in lists.items())


def plain(words: str) -> str:
    """Small letters without apostrophes, words with one space between them; " . " begins, ends and parts sentences.

    >>> plain("He’s here. HELP!!")
    ' . hes here . help . '
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", _APOSTROPHES.sub("", words))).lower()
    for emoji, said in _EMOJIS.items():
        text = text.replace(emoji, said)
    text = _DISGUISED.sub(lambda word: word[0].translate(_LOOKALIKES), text)
    text = _SENTENCE_ENDS.sub(" . ", _POUNDS.sub(r"\1 quid", text))
    sentences = (" ".join(_BETWEEN_WORDS.sub(" ", part).split()) for part in text.split("."))
    return "".join([" . ", *(f"{sentence} . " for sentence in sentences if sentence)])


def readings(plain_text: str, spelt: Iterable[tuple[re.Pattern[str], str]]) -> tuple[str, ...]:
    """A plain text spelt out: once with letters written three times or more taken for one, once for two."""
    texts = dict.fromkeys(_STRETCHED.sub(letters, plain_text) for letters in (r"\1", r"\1\1"))
    return tuple(_spelt_out(text, spelt) for text in texts)


def _spelt_out(text: str, spelt: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for short, meant in spelt:
        text = short.sub(meant, text)
    return text
