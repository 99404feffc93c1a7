"""Details in a comment that could identify somebody, where their form gives them away.

Names, places and schools have no such form: whoever makes a comment safe must look for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_FORMS: Final[dict[str, re.Pattern[str]]] = {
    "email": re.compile(r"[\w.+-]+(?:@| at )[\w-]+(?:(?:\.| dot )[\w-]+)+", re.IGNORECASE),
    "web_address": re.compile(r"(?:https?://|\bwww\.)[^\s<>\"']*[^\s<>\"'.,;:!?)]", re.IGNORECASE),
    "phone": re.compile(r"(?<![\w/])\+?\d(?:[ -]?\d){9,12}(?![\w/])"),
    "social_handle": re.compile(r"(?<![\w.])@\w[\w.]{2,}\w"),
    "address": re.compile(
        r"(?:\b(?:flat \w+,? )?\d+[a-z]? (?:[a-z]+ ){1,3}(?:road|rd|street|st|close|lane|avenue|ave|row|drive|way|court|place|gardens)\b"
        r"(?:,? [a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b)?)|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b",
        re.IGNORECASE,
    ),
    "date_of_birth": re.compile(
        rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b(?: \d{{4}})?",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Where a detail stands, in Unicode code points, ``end`` not included, and what it is."""

    start: int
    end: int
    kind: str


def spans(words: str) -> list[Span]:
    """The details found, in the order they stand; none overlaps another."""
    found = sorted(
        (Span(m.start(), m.end(), kind) for kind, form in _FORMS.items() for m in form.finditer(words)),
        key=lambda span: (span.start, -span.end),
    )
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
