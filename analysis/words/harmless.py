"""Text made fit for every format: what cannot be written, cannot be seen, or turns round the text after it is taken out.

Whoever reads sees the same words; a spreadsheet, Word, a browser and a terminal find nothing in them to act upon.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

T = TypeVar("T")

#: Control characters but line breaks and tabs, halves of characters, and code points that stand for no character.
_NO_CHARACTER: Final = "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
_NO_CHARACTER_BEYOND: Final = "|".join(
    f"[{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}]" for plane in range(0x10000, 0x110000, 0x10000)
)
#: Embeddings, overrides and isolates: left open, they turn round what stands behind the words.
_TURNING: Final = "[\u202a-\u202e\u2066-\u2069\u206a-\u206f]"
#: Characters that nobody sees and that no script needs; joiners, which emoji and Persian need, stay.
_UNSEEN: Final = (
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
#: More than one in a row of what is needed once, and accents heaped on one letter: a place to hide words, or to cover others.
_HEAPED: Final = "|".join(
    f"(?<={some}){some}+"
    for some in ("[\u200c\u200d]", "[\u061c\u200e\u200f]", "[\ufe00-\ufe0f]", "[\u0300-\u036f]{4}")
).replace("{4}+", "+")
#: Letters that nobody sees, but for those that make the flag of a country of the black one.
_TAGS: Final = (
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e007a]{1,6}\U000e007f)|[\U000e0000-\U000e007f\U000e0100-\U000e01ef]+"
)

_TAKEN_OUT: Final = re.compile(
    f"{_NO_CHARACTER}|{_NO_CHARACTER_BEYOND}|{_TURNING}|{_UNSEEN}|{_HEAPED}|{_TAGS}"
)
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def harmless(text: str) -> str:
    """The same words, with line feeds for every line end, and without what no reader sees."""
    if text.isascii() and text.isprintable():
        return text
    return _TAKEN_OUT.sub(lambda taken: taken["flag"] or "", _LINE_ENDS.sub("\n", text))


def all_harmless(value: T) -> T:
    """A dataclass, tuple or text with every text in it made harmless, however deep; other values as they are."""
    made: T = _made(value)
    return made


def _made(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, tuple):
        return tuple(map(_made, value))
    if is_dataclass(value) and not isinstance(value, type):
        given = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        made = {name: _made(part) for name, part in given.items()}
        changed = {name: part for name, part in made.items() if part is not given[name]}
        return replace(value, **changed) if changed else value
    return value
