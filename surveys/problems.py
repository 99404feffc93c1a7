"""What is wrong with a survey's file, gathered so that its writer sees everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.

    Attributes:
        file: the path as it was given.
        place: where in the file, such as ``questions[3] "carers_listen"`` (counted from 1) or ``line 4, column 7``;
            empty where the whole file is meant.
        sentence: what is wrong, and what was expected.
    """

    file: str
    place: str
    sentence: str

    def __str__(self) -> str:
        """One line: file, place, sentence."""
        return ": ".join(part for part in (self.file, self.place, self.sentence) if part)


class SurveyErrors(ValueError):
    """One or more surveys cannot be used; ``problems`` says why, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Notes:
    """Gathers the problems of one file while it is read."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, place: str, sentence: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, place, sentence))

    def raise_if_any(self) -> None:
        """End the reading where something is wrong.

        Raises:
            SurveyErrors: there is at least one problem.
        """
        if self.problems:
            raise SurveyErrors(self.problems)
