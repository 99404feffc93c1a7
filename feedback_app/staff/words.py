"""How staff pages say days, months and numbers."""

from __future__ import annotations

import datetime as dt

from analysis.period import MONTH_NAMES


def day(date: dt.date) -> str:
    """A day as people write it: ``3 November 2026``."""
    return f"{date.day} {MONTH_NAMES[date.month - 1]} {date.year}"


def month(text: str) -> str:
    """``2026-11`` as ``November 2026``."""
    return f"{MONTH_NAMES[int(text[5:]) - 1]} {text[:4]}"


def in_tens(number: int, several: str = "") -> str:
    """How many came, as the last full ten: ``fewer than 10 responses``, ``20 or more responses``.

    Whoever looks after every single answer sees a step when ten more have come, and nothing between: neither nobody nor
    one is ever told apart from nine. Whoever runs the server sees exact numbers by ``heard rounds list``.
    """
    said = f"{number // 10 * 10:,} or more" if number >= 10 else "fewer than 10"
    return f"{said} {several}".rstrip()


def in_tens_briefly(number: int) -> str:
    """The same in a cell of a close table: ``20+``, and a dash for fewer than ten, also for none."""
    return f"{number // 10 * 10:,}+" if number >= 10 else "–"


def cannot_be_opened(number: int, one: str, several: str) -> list[str]:
    """Of what no key opens, the sentence that says how many and what to do; none where everything opens."""
    why = "because a key is missing: nothing is lost"
    to_do = "whoever runs Heard has to put it back into HEARD_WORDS_KEYS today"
    return [f"{many(number, one, several)} cannot be opened, {why}, and {to_do}."] if number else []


def many(number: int, one: str, several: str) -> str:
    """A number with its noun: ``1 round``, ``2 rounds``, ``no rounds``."""
    if number == 0:
        return f"no {several}"
    return f"{number:,} {one if number == 1 else several}"
