"""Ways of saying something, written so that people who are no programmers can read and mend them.

The notation is explained at the head of ``concern.toml``. A way is looked for among the words of plain, spelt-out text
(``plain_words.py``), in which "." stands between sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

#: How many words each gap may hold.
_GAPS: Final[Mapping[str, int]] = {"..": 2, "...": 6}
#: How many words may lie between two things that are said together.
_TOGETHER_WITHIN: Final = 13
#: Words that turn round what follows them within three words: "nobody here ever hits me".
_TURNING: Final = frozenset(
    "never nobody none doesnt dont didnt not isnt wont without arent wasnt havent hasnt cant no nor neither stopped".split()
)
_TURNED_WITHIN: Final = 3
_NUMBER: Final = "{n}"
_SENTENCE_END: Final = "."
#: What stands for words taken out; like the end of a sentence, nothing is read across it.
TAKEN_OUT: Final = "~"

Lists = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text, with what tells quickly that a way cannot be in it."""

    words: tuple[str, ...]
    all: frozenset[str]
    beginnings: frozenset[str]


def text_of(words: Sequence[str]) -> Text:
    """Words to look among, made once for all ways."""
    different = frozenset(words)
    beginnings = frozenset(word[:end] for word in different for end in range(2, len(word) + 1))
    return Text(tuple(words), different, beginnings)


@dataclass(frozen=True, slots=True)
class _Place:
    """What may stand in one place of a way.

    Attributes:
        words: Any of these words.
        beginnings: Or a word that begins like one of these.
        several: Or words that belong together, by the first of them.
        number: Or any number.
        may_be_missing: Whether nothing need stand there.
        gap: How many words of any kind may stand there; where it is not 0, the rest is empty.
    """

    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    several: Mapping[str, Sequence[tuple[str, ...]]] = field(default_factory=dict)
    number: bool = False
    may_be_missing: bool = False
    gap: int = 0

    @property
    def is_needed(self) -> bool:
        """Whether the way cannot be in a text that has none of its words."""
        return not (self.gap or self.may_be_missing or self.number)

    @property
    def breadth(self) -> int:
        """How many words may stand there: the fewer, the more it tells."""
        return len(self.words) + len(self.beginnings) + len(self.several)

    def may_be_in(self, text: Text) -> bool:
        """False where none of its words is in a text."""
        return not (
            self.words.isdisjoint(text.all)
            and text.beginnings.isdisjoint(self.beginnings)
            and text.all.isdisjoint(self.several)
        )

    def ends(self, words: Sequence[str], at: int) -> Iterator[int]:
        """Where it may end in a text if it starts there, nearest first."""
        if self.gap:
            yield from _gap_ends(words, at, self.gap)
            return
        if self.may_be_missing:
            yield at
        word = words[at] if at < len(words) else ""
        if word in self.words or word.startswith(self.beginnings) or (self.number and word.isdigit()):
            yield at + 1
        for several in self.several.get(word, ()):
            if _stand_there(words, at, several):
                yield at + len(several)


def _gap_ends(words: Sequence[str], at: int, most: int) -> Iterator[int]:
    yield at
    for end in range(at, min(at + most, len(words))):
        if words[end] in {_SENTENCE_END, TAKEN_OUT}:
            return
        yield end + 1


def _stand_there(words: Sequence[str], at: int, several: tuple[str, ...]) -> bool:
    there = words[at : at + len(several)]
    return len(there) == len(several) and all(
        word.startswith(one[:-1]) if one.endswith("*") else word == one
        for word, one in zip(there, several, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Places one after another, and what must not come right after them."""

    places: tuple[_Place, ...]
    not_before: _Place | None

    def spans(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where it stands in a text: the first and the next word's place."""
        for start in range(len(words)):
            end = next(self._ends(words, start, 0), None)
            if end is not None:
                yield start, end

    def _ends(self, words: Sequence[str], at: int, place: int) -> Iterator[int]:
        if place == len(self.places):
            if not (self.not_before and any(True for _ in self.not_before.ends(words, at))):
                yield at
            return
        for end in self.places[place].ends(words, at):
            yield from self._ends(words, end, place + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One way of saying something.

    Attributes:
        line: As it stands in the file.
        parts: What has to be said, each near the first.
        can_be_turned: Whether "never" or "nobody" before it turns it round.
    """

    line: str
    parts: tuple[_Part, ...]
    can_be_turned: bool

    @property
    def needed(self) -> list[_Place]:
        """The places one of whose words has to be in a text."""
        return [place for part in self.parts for place in part.places if place.is_needed]

    def spans(self, text: Text) -> list[tuple[int, int]]:
        """Where its first part stands in a text, with the others near; empty where it is not said."""
        first, *others = self.parts
        spans = [
            span
            for span in first.spans(text.words)
            if not (self.can_be_turned and _is_turned(text.words, span[0]))
        ]
        rest = [list(other.spans(text.words)) for other in others] if spans else []
        return [span for span in spans if all(_is_near(span, several) for several in rest)]


def _is_near(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    start, end = span
    return any(
        begins - end <= _TOGETHER_WITHIN and start - ends <= _TOGETHER_WITHIN for begins, ends in spans
    )


def _is_turned(words: Sequence[str], start: int) -> bool:
    for word in reversed(words[max(0, start - _TURNED_WITHIN) : start]):
        if word == _SENTENCE_END:
            return False
        if word in _TURNING:
            return True
    return False


class Ways:
    """Many ways, each under the name of what it is a sign of, looked for together."""

    def __init__(self, lines: Mapping[str, Sequence[str]], lists: Lists) -> None:
        """From names and the lines that stand under them; each is filed under its most telling place.

        Raises:
            KeyError: A line names a list that is not there.
            ValueError: A line names no word that has to be there.
        """
        self._filed: dict[str, list[tuple[str, Way, list[_Place]]]] = {}
        self._beginnings: dict[str, list[tuple[str, Way, list[_Place]]]] = {}
        reader = _Reader(lists)
        for name, several in lines.items():
            for line in several:
                self._file(name, reader.way(line))

    def _file(self, name: str, way: Way) -> None:
        needed = sorted(way.needed, key=lambda place: place.breadth)
        if not needed:
            message = f"{way.line!r} names no word that has to be there"
            raise ValueError(message)
        entry = (name, way, needed)
        for word in {*needed[0].words, *needed[0].several}:
            self._filed.setdefault(word, []).append(entry)
        for beginning in needed[0].beginnings:
            self._beginnings.setdefault(beginning, []).append(entry)

    def _that_may_be_in(self, text: Text) -> Iterator[tuple[str, Way]]:
        """Those of which every needed place may be in a text; one may come more than once."""
        for word in text.all:
            for name, way, needed in self._filed.get(word, ()):
                if all(place.may_be_in(text) for place in needed):
                    yield name, way
        for beginning in text.beginnings:
            for name, way, needed in self._beginnings.get(beginning, ()):
                if all(place.may_be_in(text) for place in needed):
                    yield name, way

    def said_in(self, text: Text) -> Mapping[str, int]:
        """The names under which something is said in a text, each with in how many ways."""
        said = {(name, way.line) for name, way in set(self._that_may_be_in(text)) if way.spans(text)}
        return Counter(name for name, _ in said)

    def without(self, text: Text) -> Text:
        """A text without what these ways say."""
        words = list(text.words)
        for _, way in self._that_may_be_in(text):
            for start, end in way.spans(text):
                words[start:end] = [TAKEN_OUT] * (end - start)
        return text_of(words) if TAKEN_OUT in words else text


class _Reader:
    """Reads lines; places that are written alike are read once."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._places: dict[str, _Place] = {}

    def way(self, line: str) -> Way:
        said = line.removeprefix("!")
        parts = tuple(self._part(part) for part in said.split(" & "))
        return Way(line, parts, can_be_turned=said == line and not said.startswith("{not}"))

    def _part(self, part: str) -> _Part:
        slots = part.split()
        places = tuple(self._place(slot) for slot in slots if not slot.startswith("-"))
        not_before = "|".join(slot[1:] for slot in slots if slot.startswith("-"))
        return _Part(places, self._place(not_before) if not_before else None)

    def _place(self, slot: str) -> _Place:
        if slot not in self._places:
            self._places[slot] = self._read_place(slot)
        return self._places[slot]

    def _read_place(self, slot: str) -> _Place:
        if slot in _GAPS:
            return _Place(gap=_GAPS[slot])
        may_be_missing = slot.endswith("?")
        words = self._alternatives(slot.removesuffix("?"))
        several: dict[str, list[tuple[str, ...]]] = {}
        for one in words:
            if "_" in one:
                several.setdefault(one.split("_")[0], []).append(tuple(one.split("_")))
        single = [word for word in words if "_" not in word and word != _NUMBER]
        return _Place(
            words=frozenset(word for word in single if not word.endswith("*")),
            beginnings=tuple(word[:-1] for word in single if word.endswith("*")),
            several=several,
            number=_NUMBER in words,
            may_be_missing=may_be_missing,
        )

    def _alternatives(self, slot: str) -> list[str]:
        """The words that may stand in one place; a list's name gives what it holds."""
        found: list[str] = []
        for one in filter(None, slot.split("|")):
            is_list = one.startswith("{") and one != _NUMBER
            found += self._alternatives(self._lists[one[1:-1]]) if is_list else [one]
        return found
