"""What may split a survey's results, and the groups of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from analysis.findings import FindingsError
from surveys.schema import QuestionType, Survey

#: Breakdowns that every survey has besides those it declares, with the names of the groups known beforehand.
EVERY_SURVEY: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "how": (
        "How it was answered",
        {"self": "On their own", "conversation": "In a conversation", "import": "Brought in from a file"},
    ),
    "round": ("Round", {}),
}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What splits the results: its key, its title, and its groups with their names, in order."""

    key: str
    title: str
    groups: Mapping[str, str]


def breakdown_of(survey: Survey, by: str, seen: Iterable[str]) -> Breakdown:
    """A breakdown of a survey.

    Args:
        survey: its newest version.
        by: a question that the survey declares as a breakdown, or ``how`` or ``round``.
        seen: groups that tallies hold; those that the survey does not know come after its own.

    Raises:
        FindingsError: ``by`` does not split this survey.
    """
    if by in EVERY_SURVEY:
        title, groups = EVERY_SURVEY[by]
    else:
        declared = {q.key: q for q in survey.breakdowns if q.type is not QuestionType.MANY}
        if by not in declared:
            known = ", ".join([*declared, *EVERY_SURVEY])
            raise FindingsError(f"{survey.key} cannot be split by {by!r}; it can be split by {known}")
        title, groups = declared[by].title, {o.value: o.text for o in declared[by].options}
    others = {group: group.replace("_", " ") for group in sorted(set(seen)) if group and group not in groups}
    return Breakdown(by, title, {**groups, **others})
