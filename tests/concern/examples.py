"""Invented comments, labelled by whether safeguarding staff should read them first.

``examples.jsonl`` holds ours: what rules were written and weights learnt with, but for the third, and of the last a fifth, that is held out.
``comments.jsonl`` holds the labelled comments made for the project, which nothing is learnt from; ``tests.identifying`` reads their details and tones.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ENGLISH: Final = "en"
#: Kinds of our examples, each written by one person who knew nothing of the rules.
BATCHES: Final = tuple(f"by person {number}" for number in range(1, 10))


@dataclass(frozen=True, slots=True)
class Example:
    """One comment.

    Attributes:
        words: As a child might write it.
        concern: Whether it should be read first.
        language: A language code.
        kind: What it is about, or how it is told.
        held_out: Whether it is kept for measuring alone.
    """

    words: str
    concern: bool
    language: str = ENGLISH
    kind: str = ""
    held_out: bool = False


_FIELDS: Final = frozenset(field.name for field in fields(Example))


@cache
def _read(name: str) -> tuple[Example, ...]:
    lines = map(json.loads, (HERE / name).read_text(encoding="utf-8").splitlines())
    return tuple(Example(**{key: line[key] for key in _FIELDS & line.keys()}) for line in lines)


def ours() -> tuple[Example, ...]:
    """Our own examples, in the order of the file."""
    return _read("examples.jsonl")


def given() -> tuple[Example, ...]:
    """The labelled comments made for the project."""
    return _read("comments.jsonl")
