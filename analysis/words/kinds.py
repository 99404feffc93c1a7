"""What kind of detail marked words are: a help for whoever reads, which may be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from analysis.words.telling_words import CLUBS, GROUNDS, KIN, SCHOOLS, STREETS, TITLES
from analysis.words.word_features import Word

_BEFORE_PLACES: Final = frozenset("in from to near around into outside round at leaving via of town".split())
_PEOPLE: Final = frozenset("BFL")
_PLACES: Final = frozenset("PCNM")


def kind_of(seen: Sequence[Word], first: int, last: int) -> str:
    """``person``, ``place``, ``school``, ``organisation`` or ``address`` for marked words, from the first to the last."""
    run = seen[first : last + 1]
    before = seen[first - 1].plain if first else ""
    if run[0].plain in TITLES and len(run) > 1:
        return "person"
    for kind, endings in (("school", SCHOOLS), ("organisation", CLUBS)):
        if len(run) > 1 and any(word.plain in endings for word in run[1:]):
            return kind
    if any(word.shape in "dx" for word in run) and any(word.plain in STREETS for word in run):
        return "address"
    return "place" if _is_place(run, before) else "person"


def _is_place(run: Sequence[Word], before: str) -> bool:
    people = any(_PEOPLE & set(word.lists) for word in run)
    places = any(_PLACES & set(word.lists) for word in run)
    if before in KIN:
        return False
    if len(run) > 1 and run[-1].plain in STREETS | GROUNDS:
        return True
    if before in _BEFORE_PLACES:
        return places or not people
    return places and not people
