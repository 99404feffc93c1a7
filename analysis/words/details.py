"""Facts that tell who a child is without a name: their age, being the only one of a kind, twins, a pet with a name.

Only what a pattern can tell. Rare facts of a family have no form: whoever makes a comment safe must look for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from analysis.words.forms import Span

_AGE: Final = r"\d{1,2}(?! (?:min|hour|day|week|month|year(?!s? old)|out|of|people|kid|time|in|and a half (?:hour|year))|[\d%:/.]\d|/)"
_NUMBER: Final = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven)"
_AND_WHO_ELSE: Final = (
    r"(?: and (?:a |an |\w+ )?(?:\w+ )?(?:brothers?|sisters?|tortoise|parrot|snake|goat|pony|donkey|\w+))?"
)
_DETAILS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:i'?m|i’m|i am|im only|im now|me i is)(?: only| nearly| almost| now)? (?P<found>{_AGE})\b(?! (?:th|st|nd|rd)\b)",
        r"\b(?P<found>(?:the )?only (?:\w+ ){1,4}(?:in|at|on|with|from|who|that) (?:[\w']+ ?){1,5})",
        r"\b(?P<found>my (?:identical )?twin(?: (?:brother|sister))?|(?:we're |were |im a )?(?:twins|triplets))\b",
        rf"\b(?P<found>(?:my )?{_NUMBER} (?:(?:little|big|half|step|foster|older|younger|baby) ){{0,4}}(?:brothers|sisters|siblings){_AND_WHO_ELSE})\b",
    )
)


def found_by_fact(words: str) -> Iterator[Span]:
    """The telling facts found; they may overlap."""
    for pattern in _DETAILS:
        for match in pattern.finditer(words):
            start, end = match.span("found")
            yield Span(start, start + len(words[start:end].rstrip()), "detail")
