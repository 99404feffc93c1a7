"""Details whose form gives them away: phone numbers, addresses of all kinds, handles, dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from analysis.words.knowledge import NEVER, is_usual


@dataclass(frozen=True, slots=True)
class Span:
    """Where a detail stands, in Unicode code points, ``end`` not included, and what it is."""

    start: int
    end: int
    kind: str


_SHORTEST_HANDLE: Final = 5
_PARTS: Final = re.compile(r"[._]+")
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?"
_DAY: Final = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)?[ -]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh"
    r"|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_STREET: Final = (
    "road|rd|street|st|close|cl|lane|ln|avenue|ave|row|drive|way|court|place|gardens|terrace|wharf|crescent|cres|hill|grove|walk|view"
    "|mews|park|square|rise|end|green|bank|yard|house|estate|fold|croft|ginnel|wynd|brae|gate|quay"
)
#: What stands between a number and a word that could be a street, but is no name of one: "10 minutes walk", "2 in the house".
_NO_STREET: Final = (
    r"(?!(?:minutes?|mins?|hours?|hrs?|years?|yrs?|days?|weeks?|months?|miles?|people|kids|of|the|in|a|an|at|on|to|my|me|from|good|other"
    r"|different|times|more|nice|and|is|was|new|big|out|per|for|with|by|or|th|st|nd|rd|year|old|i|we|they)\b)"
)
#: The town after a street, told by its capital.
_TOWN: Final = r"(?-i:(?:, ?[A-Z][\w'’]+(?: [A-Z][\w'’]+)?)?)"
_POSTCODE: Final = r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b"
_FORMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")),
    (
        "email",
        re.compile(
            r"\b[\w-]{1,64}(?:(?:\.| dot )[\w-]{1,64}){0,6} at [\w-]{1,64}(?:(?: dot |\.)(?=[a-z])[\w-]{1,64}){1,4}(?<! dot)",
            re.IGNORECASE,
        ),
    ),
    ("web_address", re.compile(r"(?:https?://|\bwww\.)[^\s<>\"']*[^\s<>\"'.,;:!?)]", re.IGNORECASE)),
    ("phone", re.compile(r"(?<![\w/])\+?\d(?:[ -]?\d){8,12}(?![\w/])")),
    (
        "phone",
        re.compile(
            r"\b(?:oh|zero|nought) (?:(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)\b ?){7,12}",
            re.IGNORECASE,
        ),
    ),
    ("social_handle", re.compile(r"(?<![\w.])@\w[\w.]{1,40}\w")),
    (
        "social_handle",
        re.compile(
            r"(?<![\w.@])(?:_+\w+|\w+_)[\w.]{0,40}\w|(?<![\w.@])[^\W\d]\w{0,40}[._]?\d{2,}(?:[._]?\w+)*\b"
        ),
    ),
    (
        "social_handle",
        re.compile(
            r"(?<![\w.@/])(?!\d|(?:e\.g|i\.e|p\.s)\b)\w{3,40}\.\w{2,40}(?:\.\w{1,40}){0,3}(?<!\.com)(?<!\.co)\b"
        ),
    ),
    (
        "address",
        re.compile(
            rf"\b(?:flat \w+,? )?\d+[a-z]?,? (?:{_NO_STREET}[a-z'’]+ ){{1,3}}(?:{_STREET})\b{_TOWN}(?:,? {_POSTCODE})?|{_POSTCODE}"
            rf"|\bflat \d+[a-z]?\b(?:,? (?:[a-z'’]+ ){{1,2}}(?:{_STREET})\b){{0,2}}{_TOWN}",
            re.IGNORECASE,
        ),
    ),
    (
        "date_of_birth",
        re.compile(
            rf"\b\d{{1,2}}([/.-])\d{{1,2}}\1\d{{2,4}}\b|\b(?:the )?{_DAY}(?: of)? {_MONTH}\b(?:,? (?:\d{{4}}|\d\d\b))?"
            rf"|\b{_MONTH} (?:the )?{_DAY}\b(?:,? \d{{4}})?|\b(?:19|20)\d\d-\d\d-\d\d\b",
            re.IGNORECASE,
        ),
    ),
)


def found_by_form(words: str) -> Iterator[Span]:
    """The details found by their form, form by form; they may overlap."""
    for kind, form in _FORMS:
        for match in form.finditer(words):
            if kind != "social_handle" or not _is_ordinary(match[0]):
                yield Span(match.start(), match.end(), kind)


def _is_ordinary(handle: str) -> bool:
    """Whether what looks like a handle is something everybody knows, or two sentences without a space between."""
    if handle[0] == "@":
        return False
    parts = [part for part in _PARTS.split(handle.lower()) if part]
    return handle.lower() in NEVER or len(handle) < _SHORTEST_HANDLE or all(is_usual(part) for part in parts)
