"""The figures of ``score_words.py``: which details are covered, and what is marked besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from analysis.words.identifying import Span, spans
from tests.identifying.examples import Example

_DETAIL = "detail"


@dataclass(slots=True)
class Figures:
    """Counts of details by kind and of those covered, of comments without details and of characters outside details."""

    all: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    of_right_kind: int = 0
    clean: int = 0
    clean_marked: int = 0
    outside: int = 0
    outside_marked: int = 0
    missed: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)

    def share(self, *kinds: str) -> float:
        """Of the details of some kinds, those covered: 0 to 1."""
        every = sum(self.all[kind] for kind in kinds)
        return sum(self.covered[kind] for kind in kinds) / every if every else 1.0

    @property
    def persons(self) -> float:
        """Of persons, the share covered."""
        return self.share("person")

    @property
    def all_but_details(self) -> float:
        """Of all kinds but ``detail``, the share covered."""
        return self.share(*(kind for kind in self.all if kind != _DETAIL))

    @property
    def clean_share(self) -> float:
        """Of comments without details, the share that gets a mark."""
        return self.clean_marked / self.clean if self.clean else 0.0

    @property
    def outside_share(self) -> float:
        """Of characters outside details, the share marked."""
        return self.outside_marked / self.outside if self.outside else 0.0

    def __str__(self) -> str:
        every = sum(self.covered[kind] for kind in self.covered if kind != _DETAIL)
        return (
            f"persons {self.persons:6.1%}  all but details {self.all_but_details:6.1%}  details {self.covered[_DETAIL]}/{self.all[_DETAIL]}"
            f"  clean marked {self.clean_share:6.1%}  outside {self.outside_share:6.1%}  right kind {self.of_right_kind}/{every}"
        )


def figures(examples: Iterable[Example], find: Callable[[str], Sequence[Span]] = spans) -> Figures:
    """Count what is covered and what is marked."""
    counted = Figures()
    for one in examples:
        _count(counted, one, find(one.words))
    return counted


def _count(counted: Figures, one: Example, found: Sequence[Span]) -> None:
    marked = {at for span in found for at in range(span.start, span.end)}
    inside = {at for start, end, _ in one.spans for at in range(start, end)}
    for start, end, kind in one.spans:
        covered = set(range(start, end)) <= marked
        counted.all[kind] += 1
        counted.covered[kind] += covered
        counted.of_right_kind += covered and any(
            span.kind == kind and span.start < end and start < span.end for span in found if kind != _DETAIL
        )
        if not covered:
            counted.missed.append(
                f"{kind}: {one.words[start:end]!r} in {one.words[max(0, start - 30) : end + 20]!r}"
            )
    counted.outside += len(one.words) - len(inside)
    counted.outside_marked += len(marked - inside)
    if not one.spans:
        counted.clean += 1
        counted.clean_marked += bool(found)
        counted.marked += [
            f"{one.words[span.start : span.end]!r} ({span.kind}) in {one.words[max(0, span.start - 30) : span.end + 20]!r}"
            for span in found
        ]
