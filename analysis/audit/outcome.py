"""What an audit found: plain values, so that they can cross to processes that load nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileRead:
    """What was read of one file.

    Attributes:
        shown: figures that are numbers or percentages.
        withheld: figures that are withheld or shown in words.
        unread: sentences with numbers that nothing was made of.
    """

    name: str
    shown: int
    withheld: int
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """One count that an outsider can infer.

    Attributes:
        figure: which, in words.
        least, most: all that it can be.
        rule: why that is too much.
        is_published: whether a file names this figure; otherwise it is what is left when shown figures are taken away.
        files: those from which it follows.
    """

    figure: str
    least: int
    most: int | None
    rule: str
    is_published: bool
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was read, and everything that can be inferred from it."""

    files: tuple[FileRead, ...]
    failures: tuple[Failure, ...]

    @property
    def has_passed(self) -> bool:
        """Whether nothing can be inferred."""
        return not self.failures
