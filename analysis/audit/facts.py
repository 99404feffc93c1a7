"""What a published file says, figure by figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from analysis import bands
from analysis.audit.calendar import When
from analysis.bands import Share
from analysis.findings import WITHHELD


class AuditError(ValueError):
    """Files that cannot be audited; the message is one sentence that names the file."""


class Kind(StrEnum):
    """What is counted."""

    RESPONSES = "responses"
    BASE = "answered"
    SKIPPED = "skipped"
    OPTION = "option"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose answers: everyone of a survey in a period, or one group of a breakdown (``by`` and ``group`` else empty)."""

    survey: str
    period: When
    by: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is counted.

    Attributes:
        question: empty for responses.
        options: those counted together: one, or all that a headline calls positive; empty for what is not an option.
    """

    place: Place
    kind: Kind
    question: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What one file says of one figure.

    Attributes:
        least, most: what a number allows; None where it sets no bound.
        share: what a percentage or words say of the figure's part in its base; None where neither stands there.
        is_shown: whether it is a number or a percentage, not withheld or in words.
        file: the name of the file.
    """

    figure: Figure
    least: int | None
    most: int | None
    share: Share | None
    is_shown: bool
    file: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that a file lists for a question: an option of an older version is listed once somebody chose it."""

    place: Place
    question: str
    options: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class FileSays:
    """All that one file says. ``unread`` are sentences with numbers that nothing was made of."""

    name: str
    facts: tuple[Fact, ...]
    asked: tuple[Asked, ...]
    unread: tuple[str, ...] = ()


_PERCENT: Final = re.compile(r"([0-9]{1,3}) ?%")
_NUMBER: Final = re.compile(r"[0-9]{1,3}(,?[0-9]{3})*|[0-9]+")
_FEWER: Final = re.compile(r"fewer than ([0-9]+)\b(?! in )")


def of_percent(percent: int) -> Share:
    """What a whole percentage says, rounded half up."""
    return Share(
        Fraction(2 * percent - 1, 200), Fraction(2 * percent + 1, 200), from_start=True, to_end=False
    )


class Facts:
    """Gathers what one file says.

    Args:
        file: its name.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._facts: dict[Fact, None] = {}
        self._asked: list[Asked] = []
        self._unread: list[str] = []

    def number(self, figure: Figure, shown: object, why: str | None = None) -> None:
        """A count as it is shown: a number, nothing or ``withheld``, or ``fewer than 10``.

        Args:
            figure: what is counted.
            shown: what stands there.
            why: the reason beside it, which may itself say that it is fewer than some number.

        Raises:
            AuditError: it is none of these.
        """
        if isinstance(shown, str) and _NUMBER.fullmatch(shown):
            shown = int(shown.replace(",", ""))
        if isinstance(shown, int) and not isinstance(shown, bool) and shown >= 0:
            self.count(figure, shown)
            return
        text = "" if shown is None else str(shown)
        fewer = _FEWER.search(f"{text} {why or ''}")
        if text not in {"", WITHHELD} and not _FEWER.fullmatch(text):
            raise AuditError(f"{self.file}: {shown!r} is not a number of people")
        self._add(
            Fact(figure, None, int(fewer[1]) - 1 if fewer else None, None, is_shown=False, file=self.file)
        )

    def count(self, figure: Figure, number: int) -> None:
        """A count that is shown."""
        self._add(Fact(figure, number, number, None, is_shown=True, file=self.file))

    def share(self, figure: Figure, shown: str) -> None:
        """A share as it is shown: ``93%``, words such as ``more than 9 in 10``, or ``withheld``.

        Raises:
            AuditError: it is none of these.
        """
        percent = _PERCENT.fullmatch(shown)
        said = of_percent(int(percent[1])) if percent else bands.share(shown)
        if said is None and shown != WITHHELD:
            raise AuditError(f"{self.file}: {shown!r} is not a share that Heard writes")
        self._add(Fact(figure, None, None, said, is_shown=bool(percent), file=self.file))

    def lists(self, place: Place, question: str, options: tuple[str, ...]) -> None:
        """The options that the file lists for a question."""
        self._asked.append(Asked(place, question, options, self.file))

    def not_read(self, sentence: str) -> None:
        """A sentence with a number of which nothing was made."""
        self._unread.append(sentence)

    def said(self) -> FileSays:
        """All of it, each thing once."""
        return FileSays(self.file, tuple(self._facts), tuple(self._asked), tuple(self._unread))

    def _add(self, fact: Fact) -> None:
        self._facts[fact] = None


def named(figure: Figure) -> str:
    """A figure in words, such as ``wellbeing, April 2022 to March 2023, carers_listen, no``."""
    place = figure.place
    group = f"{place.by} {place.group}" if place.by else ""
    what = " and ".join(figure.options) if figure.kind is Kind.OPTION else figure.kind.value
    return ", ".join(
        part for part in (place.survey, place.period.label, group, figure.question, what) if part
    )
