"""What an audit found: plain values, so that they can cross to processes that load nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.audit.exemptions import Exemption


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
class Ranged:
    """One count that every file withholds or shows in words, and all that it can be.

    Attributes:
        figure: which, in words.
        least, most: the narrowest range that follows from all files; no end where ``most`` is None.
        is_proven: whether both ends are known to be possible; where the solver's time ran out the range may be narrower.
        is_narrow: whether it is laid bare, unless something excuses it.
        fails: whether it is among the failures.
        exemption: what excuses it where it is narrow and no failure: a name in ``analysis.audit.exemptions``.
    """

    figure: str
    least: int
    most: int | None
    is_proven: bool
    is_narrow: bool
    fails: bool
    exemption: Exemption | None

    @property
    def values(self) -> int | None:
        """How many values the range holds; None where it has no end."""
        return None if self.most is None else self.most - self.least + 1


@dataclass(frozen=True, slots=True)
class Audit:
    """What was read, and everything that can be inferred from it; ``ranges`` are there where they were asked for."""

    files: tuple[FileRead, ...]
    failures: tuple[Failure, ...]
    ranges: tuple[Ranged, ...] = ()

    @property
    def has_passed(self) -> bool:
        """Whether nothing can be inferred."""
        return not self.failures
