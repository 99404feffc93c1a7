"""What can be wrong with a translation that a program can see. One that has a problem is never shown."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

#: What the page puts something in the place of.
MARK: Final = re.compile(r"%\(\w+\)s|\{\w+\}")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;|[<>]")
_NUMBER: Final = re.compile(r"\d+")
#: What opens a run of text in its own direction, and what closes it; one left open turns the rest of the page round.
_OPENS: Final = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
_CLOSES: Final = frozenset("\u202c\u2069")


def problem_of(source: str, text: str, *, is_plural_form: bool = False) -> str | None:
    """What is wrong with a translation, as the end of a sentence about it; None where nothing is.

    Args:
        source: the English text.
        text: its translation, not empty.
        is_plural_form: whether it is one of several forms: such a form may say "one" or "two" in place of the number.
    """
    return (
        _marks(source, text, is_plural_form=is_plural_form)
        or _percent_signs(source, text)
        or _tags(source, text)
        or _numbers(source, text)
        or _characters(text)
    )


def _marks(source: str, text: str, *, is_plural_form: bool) -> str | None:
    wanted, found = set(MARK.findall(source)), set(MARK.findall(text))
    lost, extra = sorted(wanted - found), sorted(found - wanted)
    if lost and not (is_plural_form and lost == ["%(num)s"]):
        return f"lacks {', '.join(lost)}"
    return f"has {', '.join(extra)}, which the English text has not" if extra else None


def _percent_signs(source: str, text: str) -> str | None:
    """A sign that is not part of a mark, or a mark that was broken, would stop the page."""
    here, there = set(MARK.sub("", text)), set(MARK.sub("", source))
    if "%" in here - there:
        return "has a % that belongs to no mark"
    return "has a { or } that belongs to no mark" if {"{", "}"} & (here - there) else None


def _tags(source: str, text: str) -> str | None:
    if Counter(_TAG.findall(source)) != Counter(_TAG.findall(text)):
        return "has other HTML than the English text"
    return None


def _numbers(source: str, text: str) -> str | None:
    """A telephone number with a wrong digit is worse than none. Digits of any script count as what they stand for."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in MARK.sub("", text))
    lost = Counter(_NUMBER.findall(MARK.sub("", source))) - Counter(_NUMBER.findall(digits))
    return f"lacks the number {', '.join(lost)}" if lost else None


def _characters(text: str) -> str | None:
    if text != text.strip() or "\n" in text:
        return "begins or ends with a blank, or has a line break"
    if any(unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs") or c == "\ufffd" for c in text):
        return "has a character that cannot be shown"
    depth = 0
    for character in text:
        depth += (character in _OPENS) - (character in _CLOSES)
        if depth < 0:
            break
    return "turns the direction of writing and does not turn it back" if depth else None
