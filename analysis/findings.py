"""What may be shown: the result of disclosure control, and the only figures that any output is made from.

These are plain values, so that they can cross from the analysis process to the processes that serve pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analysis.period import Period

#: What a reader sees in the place of what is not shown.
WITHHELD: Final = "withheld"


class FindingsError(ValueError):
    """Figures that cannot be worked out; the message is one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class OptionFinding:
    """One option of a question.

    Attributes:
        percent: 0 to 100 of the base, whole, rounded half up; None where it is withheld or shown as a band.
        shown: what a reader sees: ``93%``, a band such as ``more than 9 in 10``, or ``withheld``.
    """

    value: str
    text: str
    percent: int | None
    shown: str


@dataclass(frozen=True, slots=True)
class QuestionFinding:
    """One question in one group.

    Attributes:
        base: how many gave a real answer; None where withheld.
        skipped: how many were asked and gave none ("prefer not to say" included); None where withheld.
        options: in the survey's order.
        positive_shown: the headline's percentage as shown (``93%`` or a band), or None where withheld or without headline.
        positive_percent: the same as a number, None where it is withheld or a band.
        sentence: the headline as a whole sentence, or None.
        why: the reason in words where anything is withheld or banded, else None.
    """

    key: str
    title: str
    text: str
    sensitive: bool
    base: int | None
    skipped: int | None
    options: tuple[OptionFinding, ...]
    positive_shown: str | None
    positive_percent: int | None
    sentence: str | None
    why: str | None

    @property
    def is_withheld(self) -> bool:
        """Whether nothing of it is shown. A base may be withheld, and the options shown in words."""
        return self.base is None and all(option.shown == WITHHELD for option in self.options)


@dataclass(frozen=True, slots=True)
class GroupFinding:
    """Every question for everyone, or for one group of a breakdown.

    Attributes:
        group: an option value of the breakdown, or ``""`` for everyone.
        responses: how many were counted; None where withheld.
        responses_shown: the same as a reader sees it.
    """

    group: str
    text: str
    responses: int | None
    responses_shown: str
    questions: tuple[QuestionFinding, ...]

    @property
    def is_withheld(self) -> bool:
        """Whether nothing of it is shown."""
        return self.responses is None and all(question.is_withheld for question in self.questions)

    @property
    def why_withheld(self) -> str | None:
        """Why nothing of it is shown, None where something is."""
        return next((question.why for question in self.questions), None) if self.is_withheld else None


@dataclass(frozen=True, slots=True)
class SurveyFindings:
    """One survey over one period: everyone, and the groups of a breakdown where one was asked for.

    Attributes:
        until: the last month that had ended, where the period had not; else None.
    """

    survey: str
    title: str
    counts: str
    period: Period
    everyone: GroupFinding
    by: str | None = None
    by_title: str | None = None
    groups: tuple[GroupFinding, ...] = ()
    until: str | None = None

    @property
    def when(self) -> str:
        """How a reader says it: ``April 2022 to March 2023``, and how far that has been counted."""
        so_far = f", counted until {Period(self.until, self.until).label}" if self.until else ""
        return self.period.label + so_far
