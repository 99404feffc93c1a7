"""Latin words and numbers within a text that runs from right to left."""

from __future__ import annotations

import re
from typing import Final

from feedback_app.translating.checking import MARK

_MARK: Final = re.compile(f"({MARK.pattern})")
#: Latin words and groups of digits, with what stands between them.
_LATIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .,:;'’+@/()-]*[A-Za-z0-9])?")
_LEFT_TO_RIGHT, _AS_IT_IS, _END = "\u2066", "\u2068", "\u2069"


def isolated(text: str) -> str:
    """The text with everything that does not run its way kept together.

    Without it "0800 1111" would be shown as "1111 0800", and a council's name would draw the words beside it out of their
    order. The characters that do this are seen by nobody. What is put in the place of a mark runs as it is written.
    """
    return "".join(map(_part, _MARK.split(text)))


def _part(part: str) -> str:
    if _MARK.fullmatch(part):
        return f"{_AS_IT_IS}{part}{_END}"
    return _LATIN.sub(lambda run: f"{_LEFT_TO_RIGHT}{run[0]}{_END}", part)
