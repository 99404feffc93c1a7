"""What is known of words before a comment is read: names in many languages, places, usual words, and what everybody knows.

The lists hold small letters without accents (``tokens.without_accents``). They take several megabytes and are read when this
module is imported: only the process for analysis may import it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import textblob

_HERE: Final = Path(__file__).parent
_ENGLISH: Final = Path(textblob.__file__).parent / "en"
#: How the lexicon of TextBlob marks names.
_NAME_TAG: Final = "NNP"


def _read(name: str) -> Mapping[str, frozenset[str]]:
    """The lists of a file, by the title in brackets above each."""
    lists: dict[str, list[str]] = {}
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lists[line.strip("[]")] = []
        elif not line.startswith("#"):
            lists[next(reversed(lists))].append(line)
    return {title: frozenset(names) for title, names in lists.items()}


def _lines_of_textblob(name: str) -> Iterator[list[str]]:
    for line in (_ENGLISH / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(";;;"):
            yield line.split()


def _tags() -> Mapping[str, tuple[str, ...]]:
    """What a word may be, as the lexicon of TextBlob (Brill's) tags it."""
    found: dict[str, tuple[str, ...]] = {}
    #: Many words are tagged alike; each way is kept once.
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for word, tag, *_ in _lines_of_textblob("en-lexicon.txt"):
        before = found.get(word.lower(), ())
        if tag not in before:
            found[word.lower()] = shared.setdefault((*before, tag), (*before, tag))
    return found


def _well_known(part: str) -> frozenset[str]:
    data = tomllib.loads((_HERE / "well_known.toml").read_text(encoding="utf-8"))
    return frozenset(" ".join(name.split()) for names in data[part].values() for name in names.split(","))


_NAMES: Final = _read("names.txt")
_BESIDES: Final = _read("names_besides.txt")
_PLACES: Final = _read("places.txt")
#: Which list a word is in, and the letter that weights know it by.
LISTS: Final[Mapping[str, frozenset[str]]] = {
    "B": _NAMES["british first names"],
    "F": _NAMES["first names elsewhere"] | _BESIDES["first names besides"],
    "L": _NAMES["last names"],
    "P": _PLACES["britain and ireland"],
    "C": _PLACES["big cities elsewhere"],
    "N": _PLACES["countries"],
}
FIRST_NAMES: Final = LISTS["B"] | LISTS["F"]
#: Places of one word or of several.
PLACES: Final = LISTS["P"] | LISTS["C"] | LISTS["N"]
LONGEST_PLACE: Final = 4
#: What a word may be, and how often it stood in the books that TextBlob counted.
TAGS: Final = _tags()
COUNTS: Final[Mapping[str, int]] = {
    line[0].lower(): int(line[-1]) for line in _lines_of_textblob("en-spelling.txt")
}
#: How often children write a word: the logarithm, from ``python -m tests.identifying --learn``.
CHILDREN: Final[Mapping[str, int]] = {
    word: int(level) for level, words in _read("children.txt").items() for word in words
}
NEVER: Final = _well_known("never")
SELDOM: Final = _well_known("seldom")
_NEVER_LONGEST: Final = max(len(name.split()) for name in NEVER)


def is_usual(word: str) -> bool:
    """Whether a plain word is one of English, or one that children use."""
    return word in COUNTS or word in CHILDREN or any(tag[:3] != _NAME_TAG for tag in TAGS.get(word, ()))


def is_a_name_in_books(word: str) -> bool:
    """Whether books use a plain word as a name."""
    return any(tag.startswith(_NAME_TAG) for tag in TAGS.get(word, ()))


def _places_in(words: Sequence[str], known: frozenset[str], longest: int) -> set[int]:
    found: set[int] = set()
    for start in range(len(words)):
        for end in range(min(start + longest, len(words)), start, -1):
            if " ".join(words[start:end]) in known:
                found.update(range(start, end))
                break
    return found


def well_known_in(words: Sequence[str]) -> set[int]:
    """Which of the plain words of a comment belong to something that everybody knows."""
    return _places_in(words, NEVER, _NEVER_LONGEST)


def places_in(words: Sequence[str]) -> set[int]:
    """Which of the plain words of a comment make up the name of a place, alone or together."""
    return _places_in(words, PLACES, LONGEST_PLACE)
