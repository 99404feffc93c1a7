"""The audit: files in, what can be inferred out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final

from analysis.audit.facts import AuditError, FileSays
from analysis.audit.judging import Judge
from analysis.audit.knowledge import Knowledge
from analysis.audit.outcome import Audit, Failure, FileRead, Ranged
from analysis.audit.ranging import ranges
from analysis.audit.reading import read
from analysis.audit.targets import Bare
from analysis.audit.tracing import fewest_files
from analysis.inference import Contradiction
from surveys.schema import Survey

#: For so many failures of a survey the files are found that each needs; the others name all files of the survey.
_TRACED: Final = 5


#: Told which share is done, from 0 to 1.
Progress = Callable[[float], object]
#: The shares of the work that reading takes, and judging what was read of a survey; the rest finds the files of failures.
_READING: Final = 0.1
_JUDGING: Final = 0.6
#: The share of a survey's work that ranges take, where they are asked for.
_RANGING: Final = 0.7


def audit(
    files: Sequence[tuple[str, bytes]],
    surveys: Iterable[Survey],
    progress: Progress = lambda _share: None,
    *,
    with_ranges: bool = False,
) -> Audit:
    """What an outsider can infer from files that were published, all together.

    Args:
        files: name and content of each; names differ.
        surveys: the newest version of each.
        progress: told now and then how much is done.
        with_ranges: whether to prove the narrowest range of every withheld count, which takes longer.

    Raises:
        AuditError: a file cannot be read, or files contradict each other.
    """
    known = {survey.key: survey for survey in surveys}
    says = []
    for name, content in files:
        says.append(read(name, content, known))
        progress(_READING * len(says) / len(files))
    keys, failures, ranged = _surveys(says), list[Failure](), list[Ranged]()
    for number, key in enumerate(keys):

        def of_one(share: float, number: int = number) -> None:
            progress(_READING + (1 - _READING) * (number + share) / len(keys))

        surveyed = _Surveyed(known[key], says)
        bare = surveyed.failures(of_one, until=1 - _RANGING if with_ranges else 1.0)
        failures += bare
        if with_ranges:
            ranged += surveyed.ranges(bare, of_one)
    progress(1.0)
    return Audit(tuple(_read(some) for some in says), tuple(failures), tuple(ranged))


def _surveys(says: Iterable[FileSays]) -> list[str]:
    return sorted({fact.figure.place.survey for some in says for fact in some.facts})


def _read(says: FileSays) -> FileRead:
    shown = {fact.figure for fact in says.facts if fact.is_shown}
    withheld = {fact.figure for fact in says.facts} - shown
    return FileRead(says.name, len(shown), len(withheld), says.unread)


class _Surveyed:
    """One survey in all files that speak of it."""

    def __init__(self, survey: Survey, says: Sequence[FileSays]) -> None:
        self._survey = survey
        self._says = [s for s in says if any(f.figure.place.survey == survey.key for f in s.facts)]

    def _know(self, files: frozenset[str] | None = None, *, is_routed: bool = False) -> Knowledge:
        key = self._survey.key
        facts = [fact for says in self._says for fact in says.facts if fact.figure.place.survey == key]
        asked = [asked for says in self._says for asked in says.asked if asked.place.survey == key]
        return Knowledge(self._survey, facts, asked, files, is_routed=is_routed)

    @cached_property
    def _judge(self) -> Judge:
        """What is known; where an older version asked otherwise, without what this one's conditions say beyond doubt."""
        try:
            return Judge(self._know(is_routed=True))
        except Contradiction:
            return Judge(self._know())

    def ranges(self, failures: Iterable[Failure], progress: Progress) -> list[Ranged]:
        """All that each withheld count can be, given the failures of this survey."""
        failing = {failure.figure for failure in failures if failure.is_published}

        def of_rest(share: float) -> None:
            progress(1 - _RANGING * (1 - share))

        return list(ranges(self._judge, failing, of_rest))

    def failures(self, progress: Progress, *, until: float) -> list[Failure]:
        """Everything that can be inferred of this survey, which is done when a share of the work is, ``until``.

        Raises:
            AuditError: the files contradict each other.
        """
        files = [some.name for some in self._says]
        try:
            judge = self._judge
            bare = list(judge.laid_bare())
        except Contradiction:
            raise self._contradictory(files) from None
        traced: list[Failure] = []
        for number, one in enumerate(bare[:_TRACED]):
            progress(until * (_JUDGING + (1 - _JUDGING) * number / len(bare[:_TRACED])))
            before = dict.fromkeys(failure.files for failure in traced)
            traced.append(self._failure(one, self._files(judge, one, before)))
        return traced + [self._failure(one, tuple(files)) for one in bare[_TRACED:]]

    def _contradictory(self, files: Sequence[str]) -> AuditError:
        def is_enough(some: frozenset[str]) -> bool:
            try:
                Judge(self._know(some))
            except Contradiction:
                return True
            return False

        found = fewest_files(files, is_enough)
        if len(found) == 1:
            return AuditError(f"{found[0]}: its figures of {self._survey.key} cannot all be true")
        return AuditError(f"{_listed(found)} contradict each other about {self._survey.key}")

    def _files(self, judge: Judge, bare: Bare, before: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        """Those it needs: often some that another failure needed, which are tried first."""
        files = [says.name for says in self._says]

        def is_enough(some: frozenset[str]) -> bool:
            return any(judge.believing(some).those_bare([bare.target]))

        start = next((some for some in before if is_enough(frozenset(some))), files)
        return fewest_files(start, is_enough)

    @staticmethod
    def _failure(bare: Bare, files: tuple[str, ...]) -> Failure:
        least = bare.found.least or 0
        target = bare.target
        is_published = not target.is_left
        return Failure(target.name, least, bare.found.most, str(target.rule), is_published, files)


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
