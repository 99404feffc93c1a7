"""Invented comments with every identifying detail marked, and their tone, each batch by one writer who knew nothing of the rules.

``examples.jsonl`` holds them as ``"me and [person:Zanele] go …"``. Of the batch by `UNSEEN`, and of the comments made for the project
(``tests/concern/comments.jsonl``), nothing is ever learnt, and no list was made with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.concern import examples as concern

HERE: Final = Path(__file__).parent
UNSEEN: Final = "9"
GIVEN: Final = "given"
_MARK: Final = re.compile(
    r"\[(person|place|school|organisation|phone|email|address|date_of_birth|social_handle|detail):([^\]]*)\]"
)

Marks = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One comment.

    Attributes:
        words: As a child might write it.
        spans: Start, end and kind of each detail.
        tone: positive, mixed, negative or neutral.
        writer: Who wrote it, by number.
    """

    words: str
    spans: Marks
    tone: str
    writer: str

    @classmethod
    def of_marked(cls, marked: str, tone: str, writer: str) -> Example:
        """From a comment in which details stand as ``[kind:words]``."""
        words, spans, at = "", [], 0
        for match in _MARK.finditer(marked):
            words += marked[at : match.start()]
            spans.append((len(words), len(words) + len(match[2]), match[1]))
            words += match[2]
            at = match.end()
        return cls(words + marked[at:], tuple(spans), tone, writer)


def _lines(file: Path) -> Iterator[Mapping[str, Any]]:
    yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


@cache
def ours() -> tuple[Example, ...]:
    """Our own examples, in the order of the file."""
    return tuple(
        Example.of_marked(line["marked"], line["tone"], line["writer"])
        for line in _lines(HERE / "examples.jsonl")
    )


def learnt() -> tuple[Example, ...]:
    """Those that are learnt from."""
    return tuple(one for one in ours() if one.writer != UNSEEN)


def unseen() -> tuple[Example, ...]:
    """Those of a writer nothing is learnt from."""
    return tuple(one for one in ours() if one.writer == UNSEEN)


@cache
def given() -> tuple[Example, ...]:
    """The labelled comments made for the project."""
    return tuple(
        Example(
            line["words"],
            tuple((span["start"], span["end"], span["kind"]) for span in line["spans"]),
            line["tone"],
            GIVEN,
        )
        for line in _lines(concern.HERE / "comments.jsonl")
    )
