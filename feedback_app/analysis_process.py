"""The side of the analysis process that lives in a process that serves pages: starts it when first needed, and asks.

Nothing heavy is imported here: pandas, SciPy, TextBlob and matplotlib live in the process at the other end of the pipe.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final, cast

import analysis
from analysis.audit.outcome import Audit
from analysis.findings import SurveyFindings
from analysis.period import Period
from analysis.process import receive, send
from analysis.releasing.asked import Asked
from analysis.releasing.counted import Counted
from analysis.releasing.ledger import Entry, Release
from analysis.report import ReportInput
from analysis.settings import Rules
from surveys.schema import Survey

#: Longer than a report takes on a slow machine; after this the process is ended, so that no page waits for ever.
TIMEOUT_SECONDS: Final = 120.0

_SOURCE: Final = Path(analysis.__file__).parent.parent


class AnalysisError(RuntimeError):
    """What was asked cannot be answered; the message is one sentence for the person who asked."""


class TimeIsOut(AnalysisError):
    """It took longer than it may, and was ended."""


#: Told which share is done, from 0 to 1.
Progress = Callable[[float], object]


class _Child:
    """One running analysis process."""

    def __init__(self) -> None:
        path = os.pathsep.join(p for p in (str(_SOURCE), os.environ.get("PYTHONPATH")) if p)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "analysis"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert self._process.stdin
        assert self._process.stdout
        self._requests: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def ask(
        self, request: tuple[str, tuple[Any, ...], dict[str, Any]], timeout_seconds: float, progress: Progress
    ) -> tuple[str, Any]:
        """The answer.

        Raises:
            OSError, EOFError: the process has ended.
            TimeIsOut: it took too long, and was ended.
        """
        is_ended = threading.Event()

        def end() -> None:
            is_ended.set()
            self._process.kill()

        overdue = threading.Timer(timeout_seconds, end)
        overdue.daemon = True
        overdue.start()
        try:
            return self._exchange(request, progress)
        except (OSError, EOFError):
            if is_ended.is_set():
                raise TimeIsOut(f"it took longer than {_in_words(timeout_seconds)} and was ended") from None
            raise
        finally:
            overdue.cancel()

    def _exchange(
        self, request: tuple[str, tuple[Any, ...], dict[str, Any]], progress: Progress
    ) -> tuple[str, Any]:
        send(cast("Any", self._requests), request)
        while True:
            status, value = cast("tuple[str, Any]", receive(cast("Any", self._answers)))
            if status != "progress":
                return status, value
            progress(value)

    def end(self) -> None:
        """Let it end, as it does when its input ends; end it if it does not."""
        self.let_go()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def let_go(self) -> None:
        """Close this end of the pipes."""
        for pipe in (self._requests, self._answers):
            try:
                pipe.close()
            except OSError:
                continue


def _in_words(seconds: float) -> str:
    number, unit = (seconds / 60, "minute") if seconds >= 60 else (seconds, "second")
    return f"{number:g} {unit}" if number == 1 else f"{number:g} {unit}s"


class AnalysisProcess:
    """Asks the analysis process, one request at a time; any thread may.

    A process that forks after this was used gets an analysis process of its own.

    Args:
        rules: the council's disclosure thresholds; the defaults where None.
        timeout_seconds: how long one answer may take.
    """

    def __init__(self, rules: Rules | None = None, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        #: The council's disclosure thresholds.
        self.rules = rules or Rules()
        self._timeout_seconds = timeout_seconds
        self._lock = threading.Lock()
        self._child: _Child | None = None
        _all.add(self)

    @property
    def pid(self) -> int | None:
        """The process id of the analysis process, None where none has been needed."""
        return self._child.pid if self._child else None

    def release(self, survey: Survey, asked: Asked, counted: Counted, ledger: Sequence[Entry]) -> Release:
        """What may be shown, given all that has been; see ``analysis.releasing.release.release``.

        Raises:
            AnalysisError: it cannot be worked out.
        """
        return cast("Release", self._ask("release", survey, asked, counted, list(ledger)))

    def again(self, survey: Survey, period: Period, entry: Entry) -> SurveyFindings:
        """The findings of an output that is in the ledger; see ``analysis.releasing.release.again``.

        Raises:
            AnalysisError: it cannot be worked out.
        """
        return cast("SurveyFindings", self._ask("again", survey, period, entry))

    def tones(self, words: Sequence[str]) -> list[str]:
        """The tone of each comment: positive, mixed, negative or neutral. A hint for sorting.

        Raises:
            AnalysisError: it cannot be worked out.
        """
        return cast("list[str]", self._ask("tones", list(words)))

    def are_worrying(self, words: Sequence[str]) -> list[bool]:
        """Which of some words are worrying; see ``analysis.words.concern``. All, where that cannot be told: they are then read first."""
        try:
            return cast("list[bool]", self._ask("are_worrying", list(words)))
        except AnalysisError:
            return [True] * len(words)

    def words_check(self, words: str) -> dict[str, object]:
        """What would be suggested about a comment; see ``analysis.words.checking.check``.

        Raises:
            AnalysisError: it cannot be worked out.
        """
        return cast("dict[str, object]", self._ask("words_check", words))

    def report(self, report_input: ReportInput, file_format: str) -> bytes:
        """The report as a file; see ``analysis.report.write``.

        Raises:
            AnalysisError: it cannot be made, or the format is unknown.
        """
        return cast("bytes", self._ask("report", replace(report_input, rules=self.rules), file_format))

    def audit(
        self,
        files: Sequence[tuple[str, bytes]],
        surveys: Sequence[Survey],
        progress: Progress = lambda _share: None,
        *,
        with_ranges: bool = False,
    ) -> Audit:
        """What an outsider can infer from published files; see ``analysis.audit.auditing.audit``.

        Raises:
            AnalysisError: a file cannot be read, or files contradict each other; ``TimeIsOut`` where it took too long.
        """
        asked = self._ask("audit", list(files), list(surveys), progress=progress, with_ranges=with_ranges)
        return cast("Audit", asked)

    def close(self) -> None:
        """End the analysis process, if one runs. It starts again when next needed."""
        with self._lock:
            self._end()

    def forget(self) -> None:
        """After a fork: leave the parent's analysis process to the parent."""
        self._lock = threading.Lock()
        if self._child:
            self._child.let_go()
        self._child = None

    def _ask(self, name: str, *args: Any, progress: Progress = lambda _share: None, **kwargs: Any) -> object:
        with self._lock:
            status, value = self._answer((name, args, kwargs), progress)
        if status == "error":
            raise AnalysisError(value)
        return value

    def _answer(
        self, request: tuple[str, tuple[Any, ...], dict[str, Any]], progress: Progress
    ) -> tuple[str, Any]:
        """Asks once more, of a new process, where an older one has ended since it was last used."""
        is_new = self._child is None
        try:
            return self._running().ask(request, self._timeout_seconds, progress)
        except TimeIsOut:
            self._end()
            raise
        except (OSError, EOFError):
            self._end()
        if is_new:
            raise AnalysisError("the analysis process ended before it answered")
        return self._answer(request, progress)

    def _running(self) -> _Child:
        if self._child is None:
            self._child = _Child()
        return self._child

    def _end(self) -> None:
        if self._child:
            self._child.end()
        self._child = None


_all: weakref.WeakSet[AnalysisProcess] = weakref.WeakSet()


def _forget_all() -> None:
    for process in _all:
        process.forget()


@atexit.register
def _close_all() -> None:
    for process in list(_all):
        process.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
