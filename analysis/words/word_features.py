"""What is weighed about each word of a comment to tell whether it could identify somebody (``identifying_weights.txt``).

A feature is a short text: which lists the word is in, how it is written, which words stand around it. Words that are no usual
words of English are never weighed as themselves, so that names are told by their kind and their place, not learnt by heart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from analysis.words import knowledge
from analysis.words.telling_words import ESTABLISHMENTS, KIN, TITLES
from analysis.words.tokens import SENTENCE_ENDS, Token, without_accents

_KIN_PETS: Final = frozenset("dog cat hamster rabbit horse pony fish snake".split())
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
#: Bounds beside a word, where there is no other.
_BEGIN, _END = "<s>", "</s>"
_SHORTEST_STEM: Final = 3
_UPPER_SHARE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one word or sign where it stands.

    Attributes:
        plain: As it is looked up; see ``Token.plain``.
        lists: The letters of the lists it is in; see ``knowledge.LISTS``.
        usual: Whether it is a usual word.
        shape: U all capitals, C a capital first, l small, x letters and digits, d digits, p any other sign, o no capitals in its script.
        place: S at the beginning of a sentence, m elsewhere.
        known: Whether it belongs to what everybody knows: N never a detail, s seldom one, or nothing.
    """

    plain: str
    lists: str
    usual: bool
    shape: str
    place: str
    known: str = ""

    @property
    def named(self) -> str:
        """The word itself where it is usual or a sign, else only that it is not."""
        return self.plain if self.usual or self.shape in "dp" else "?" + self.lists[:1]

    @property
    def sort(self) -> str:
        """In short: usual or not, and in lists of people or of places."""
        people = "n" if set("BFL") & set(self.lists) else ""
        return ("C" if self.usual else "O") + people + ("p" if set("PCN") & set(self.lists) else "")


def _shape(text: str) -> str:
    if text.isdigit():
        return "d"
    if not text[0].isalnum():
        return "p"
    if any(sign.isdigit() for sign in text):
        return "x"
    if text.upper() == text.lower():
        return "o"
    return "U" if text.isupper() and len(text) > 1 else "C" if text[0].isupper() else "l"


def _looked_up(plain: str) -> str:
    """The word without stretched letters, or without an s that may be a possessive, where that makes it known."""
    for form in (plain, _STRETCHED.sub(r"\1", plain), _STRETCHED.sub(r"\1\1", plain)):
        if knowledge.is_usual(form) or _lists(form):
            return form
    stem = plain.removesuffix("s")
    return stem if len(stem) >= _SHORTEST_STEM and _lists(stem) else plain


def _lists(plain: str) -> str:
    parts = plain.split("-") if "-" in plain else [plain]
    return "".join(
        letter
        for letter, names in knowledge.LISTS.items()
        if plain in names or any(part in names for part in parts)
    )


def words_of(found: Sequence[Token]) -> list[Word]:
    """What is known of each word of a comment."""
    plain = [token.plain for token in found]
    whole = [without_accents(token.text) for token in found]
    never = knowledge.well_known_in(plain) | knowledge.well_known_in(whole)
    places = knowledge.places_in(plain)
    return [_word(found, at, is_known=at in never, is_place=at in places) for at in range(len(found))]


def _word(found: Sequence[Token], at: int, *, is_known: bool, is_place: bool) -> Word:
    token = found[at]
    plain = _looked_up(token.plain) if token.is_word else token.plain
    lists = _lists(plain) if token.is_word else ""
    if is_place and not set("PCN") & set(lists):
        lists += "M"
    begins = token.first or found[at - 1].text in SENTENCE_ENDS
    known = "N" if is_known else "s" if plain in knowledge.SELDOM else ""
    return Word(plain, lists, knowledge.is_usual(plain), _shape(token.text), "S" if begins else "m", known)


def style(found: Sequence[Token]) -> str:
    """How a comment is written: X in capitals, c with a capital to begin each sentence, n any other way."""
    letters = [sign for token in found if token.is_word for sign in token.text]
    if len(letters) > 6 and sum(map(str.isupper, letters)) > _UPPER_SHARE * len(letters):
        return "X"
    begins = [token for at, token in enumerate(found) if token.first or found[at - 1].text in SENTENCE_ENDS]
    return "c" if begins and all(token.text[0].isupper() for token in begins if token.is_word) else "n"


def features(words: Sequence[Word], at: int, written: str) -> Iterator[str]:
    """What is weighed about one word, in a comment of a style."""
    yield from _of_itself(words[at], written)
    yield from _of_its_letters(words[at])
    yield from _of_its_neighbours(words, at)
    yield from _of_those_near(words, at)


def _of_itself(word: Word, written: str) -> Iterator[str]:
    how, sort = word.shape + word.place, word.sort
    yield f"w={word.named}"
    yield f"how={how}{written}"
    yield f"{sort}{how}{written}"
    yield f"{sort}{word.shape}"
    for letter in word.lists or "-":
        yield from (
            f"in{letter}",
            f"in{letter}{how}",
            f"in{letter}{sort[0]}{word.shape}",
            f"in{letter}{_count(word.plain)}",
        )
    yield f"lists={word.lists}{sort[0]}"
    level = knowledge.CHILDREN.get(word.plain, 0)
    yield from (
        f"child={level}",
        f"child={level}{sort}",
        f"child={level}{word.shape}",
        f"books={_count(word.plain)}{word.shape}",
    )
    if word.known:
        yield from (f"known={word.known}", f"known={word.known}{word.shape}{sort}")
    if knowledge.is_a_name_in_books(word.plain):
        yield from ("booksname", f"booksname{sort[0]}{word.shape}")
    yield from (f"tag={tag}" for tag in knowledge.TAGS.get(word.plain, ()))


def _count(plain: str) -> str:
    count = knowledge.COUNTS.get(plain, 0)
    return str(min(int(math.log2(count + 1) / 2), 5)) if count else "-"


def _of_its_letters(word: Word) -> Iterator[str]:
    if word.shape in "dp":
        return
    plain, how = word.plain, word.shape + word.place
    if len(plain) == 1:
        yield f"single{word.shape}"
    if "-" in plain:
        yield f"hyphen{word.sort}{word.shape}"
    if word.usual:
        return
    yield from (
        f"long={min(len(plain), 8)}",
        f"ends={plain[-2:]}",
        f"ends={plain[-3:]}",
        f"begins={plain[:2]}",
    )
    like = _likeness(plain)
    yield from (f"like={like}", f"like={like}{word.shape}", f"like={like}{how}{'L' if word.lists else ''}")
    if not plain.isascii() or not plain.isalpha():
        yield f"odd{word.shape}"


@cache
def _nearly(which: str) -> frozenset[str]:
    """Plain words, and each with one letter left out: of first names in Britain, or of words that children often use."""
    names = (
        knowledge.LISTS["B"]
        if which == "name"
        else [w for w, level in knowledge.CHILDREN.items() if level > 1 and len(w) > 3]
    )
    return frozenset(form for name in names for form in (name, *_one_left_out(name)) if len(form) > 2)


@cache
def _beginnings() -> frozenset[str]:
    """What first names in Britain begin with: they are shortened so."""
    return frozenset(name[:long] for name in knowledge.LISTS["B"] for long in range(3, len(name)))


def _one_left_out(plain: str) -> list[str]:
    return [plain[:at] + plain[at + 1 :] for at in range(len(plain))]


def _likeness(plain: str) -> str:
    """Whether a word that is not usual is nearly a usual one (w), nearly a name (n), or what a name begins with (b)."""
    if len(plain) > 20:
        return "-"
    forms = (plain, *_one_left_out(plain)) if len(plain) > 3 else (plain,)
    is_word = len(plain) > 3 and any(form in _nearly("word") for form in forms)
    is_name = any(form in _nearly("name") for form in forms)
    begins = plain in _beginnings() or (plain[-1] in "zy" and len(plain) > 2 and plain[:-1] in _beginnings())
    return ("w" if is_word else "") + ("n" if is_name else "") + ("b" if begins else "") or "-"


def _at(words: Sequence[Word], at: int) -> Word:
    if 0 <= at < len(words):
        return words[at]
    return _BEFORE if at < 0 else _AFTER


_BEFORE: Final = Word(_BEGIN, "", usual=True, shape="p", place="S")
_AFTER: Final = Word(_END, "", usual=True, shape="p", place="m")


def _of_its_neighbours(words: Sequence[Word], at: int) -> Iterator[str]:
    here = words[at].sort
    one, other = _at(words, at - 1), _at(words, at + 1)
    for apart in (-2, -1, 1, 2):
        yield f"{apart}={_at(words, at + apart).named}"
    yield from (f"-1={one.named}&{here}", f"+1={other.named}&{here}", f"{one.named}_{other.named}")
    for side, near in (("-", one), ("+", other)):
        yield f"{side}sort={near.sort}{near.shape}"
        if near.known == "N":
            yield f"{side}known{here}"
        yield from (
            f"{side}tag={tag[:3]}&{here}" for tag in knowledge.TAGS.get(near.plain, ())[:3] if near.usual
        )


def _of_those_near(words: Sequence[Word], at: int) -> Iterator[str]:
    shape = words[at].shape
    for apart in (1, 2, 3):
        if _at(words, at + apart).plain in ESTABLISHMENTS:
            yield f"+{apart}establishment{shape}"
        if _at(words, at - apart).plain in ESTABLISHMENTS:
            yield f"-{apart}establishment{shape}"
    if words[at].plain in ESTABLISHMENTS:
        yield from (
            "establishment",
            f"establishment{shape}{words[at].place}",
            f"establishment after {_at(words, at - 1).sort}{_at(words, at - 1).shape}",
        )
    before = _at(words, at - 1).plain
    if before in TITLES:
        yield from ("title before", f"title before {words[at].sort}")
    if words[at].plain in TITLES:
        yield f"title, then {_at(words, at + 1).sort}{_at(words, at + 1).shape}"
    if before in KIN:
        yield f"kin before {words[at].sort}"
    if before in _KIN_PETS:
        yield f"pet before {words[at].sort}"
