"""A TOML table read field by field: every wrong field is noted, and reading goes on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, TypeVar

from surveys.problems import Notes

_Choice = TypeVar("_Choice", bound=StrEnum)

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LONGEST_NAME: Final = 60
_KINDS: Final = (
    (bool, "true or false"),
    (int, "a whole number"),
    (str, "a text in quotes"),
    (list, "a list"),
    (dict, "a table"),
)


def kind_of(value: object) -> str:
    """What a value from TOML is, for a sentence."""
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "a number or date")


def listed(names: Sequence[str]) -> str:
    """Names as a reader sees them: ``a, b, c``."""
    return ", ".join(names)


def is_name(text: str) -> bool:
    """Whether it may be a key or a value: snake_case, at most 60 characters, starting with a letter."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


class Fields:
    """One table of a survey's file.

    A method that reads a field returns None (or an empty tuple) where the field is absent or wrong; a wrong field, and an
    absent one that is needed, is noted. ``finish`` notes the fields that nothing asked for.
    """

    def __init__(self, table: Mapping[str, object], place: str, notes: Notes) -> None:
        self.table = table
        self.place = place
        self.notes = notes
        self._known: list[str] = []

    def problem(self, sentence: str) -> None:
        """Note a problem of this table."""
        self.notes.add(self.place, sentence)

    def at(self, place: str) -> str:
        """A place inside this table."""
        return f"{self.place}, {place}" if self.place else place

    def has(self, name: str) -> bool:
        """Whether the field is there, right or wrong."""
        return name in self.table

    def text(self, name: str, *, needed: bool = False) -> str | None:
        """A text of one line; runs of white space, such as line ends in the file, become one space."""
        value = self._value(name, str, "a text in quotes", needed=needed)
        if not isinstance(value, str):
            return None
        line = " ".join(value.split())
        if not line:
            self.problem(f"{name} is empty")
        elif any(unicodedata.category(character) == "Cc" for character in line):
            self.problem(f"{name} has a control character in it")
        return line or None

    def name(self, name: str, *, needed: bool = False) -> str | None:
        """A key or value; returned even where it is not snake_case, so that what refers to it is still found."""
        text = self.text(name, needed=needed)
        if text and not is_name(text):
            self.problem(
                f'{name} "{text[:_LONGEST_NAME]}" is not snake_case; expected small letters, digits and single _, '
                f"starting with a letter, at most {_LONGEST_NAME} characters"
            )
        return text

    def names(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of at least one text, none of them twice."""
        values = self.items(name, needed=needed)
        if self.table.get(name) == []:
            self.problem(f"{name} is an empty list; expected at least one value")
        texts = [value for value in values if isinstance(value, str)]
        for value in values:
            if not isinstance(value, str):
                self.problem(f"{name} holds {kind_of(value)}; expected only texts in quotes")
        for repeated in sorted({text for text in texts if texts.count(text) > 1}):
            self.problem(f'{name} names "{repeated}" twice')
        return tuple(dict.fromkeys(texts))

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number that must be there."""
        value = self._value(name, int, "a whole number", needed=True)
        if not isinstance(value, int):
            return None
        if not least <= value <= most:
            self.problem(f"{name} is out of range; expected {least} to {most}")
            return None
        return value

    def flag(self, name: str) -> bool:
        """True or false; false where it is absent."""
        return self._value(name, bool, "true or false", needed=False) is True

    def choice(self, name: str, choices: type[_Choice], *, needed: bool = False) -> _Choice | None:
        """One of a fixed set."""
        expected = f"expected one of {listed([choice.value for choice in choices])}"
        text = self.text(name)
        if text is None:
            if needed and not self.has(name):
                self.problem(f"{name} is missing; {expected}")
            return None
        if text not in [choice.value for choice in choices]:
            self.problem(f'{name} "{text}" is unknown; {expected}')
            return None
        return choices(text)

    def items(self, name: str, *, needed: bool = False) -> list[object]:
        """A list as it stands."""
        value = self._value(name, list, "a list", needed=needed)
        return value if isinstance(value, list) else []

    def inner(self, name: str, place: str, *, needed: bool = False) -> Fields | None:
        """A table inside this one."""
        value = self._value(name, dict, "a table", needed=needed)
        return Fields(value, place, self.notes) if isinstance(value, dict) else None

    def finish(self) -> None:
        """Note every field that was never asked for, with the nearest known one."""
        for name in self.table:
            if name not in self._known:
                near = get_close_matches(name, self._known, 1)
                meant = f"did you mean {near[0]}?" if near else f"expected only {listed(self._known)}"
                self.problem(f'"{name[:_LONGEST_NAME]}" is not known here; {meant}')

    def _value(self, name: str, kind: type[object], expected: str, *, needed: bool) -> object:
        self._known.append(name)
        if name not in self.table:
            if needed:
                self.problem(f"{name} is missing; expected {expected}")
            return None
        value = self.table[name]
        # A bool is an int to Python, and is not one to whoever writes a survey.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.problem(f"{name} is {kind_of(value)}; expected {expected}")
            return None
        return value
