"""The ``heard`` command, run in the test's own process on the test's own database."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from feedback_app.analysis_process import AnalysisProcess
from feedback_app.cli import main, session
from feedback_app.store import Store
from feedback_app.store.models import Base
from feedback_app.store.opening import open_store
from tests.conftest import SECRET_KEY, WORDS_KEY
from tests.support.clock import Clock


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit status, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line of a refusal; fails where it was none."""
        assert (self.status, self.out) == (2, ""), self
        assert self.err.endswith("\n")
        assert len(self.err.splitlines()) == 1, self.err
        return self.err.removeprefix("heard: ").removesuffix("\n")

    @property
    def lines(self) -> list[str]:
        """What was written, where all went well."""
        assert (self.status, self.err) == (0, ""), self
        return self.out.splitlines()


Command = Callable[..., Ran]
Census = Callable[[], dict[str, int]]


@pytest.fixture
def analysis(shared_analysis: AnalysisProcess) -> AnalysisProcess:
    """The one analysis process of all tests."""
    return shared_analysis


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> pytest.MonkeyPatch:
    """The settings of the test's database, in the environment."""
    monkeypatch.setenv("HEARD_ENV", "testing")
    monkeypatch.setenv("HEARD_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("HEARD_DATABASE_URL", database_url)
    monkeypatch.setenv("HEARD_SECRET_KEY", SECRET_KEY)
    monkeypatch.setenv("HEARD_WORDS_KEYS", WORDS_KEY)
    return monkeypatch


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs ``heard`` with arguments, in whatever environment there is."""

    def run_(*arguments: object) -> Ran:
        capsys.readouterr()
        status = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        written = capsys.readouterr()
        return Ran(status, written.out, written.err)

    return run_


@pytest.fixture
def heard(environment: pytest.MonkeyPatch, run: Command, today: Clock, analysis: AnalysisProcess) -> Command:
    """Runs ``heard`` on the test's database, on the test's day, with the analysis process that all tests share."""
    environment.setattr(session, "open_store", functools.partial(open_store, today=today))
    environment.setattr(session, "analysis_process", lambda _config: analysis)
    environment.setattr(analysis, "close", lambda: None)
    return run


@pytest.fixture
def rows(store: Store) -> Census:
    """How many rows each table holds."""
    return functools.partial(census, store)


def census(store: Store) -> dict[str, int]:
    """How many rows each table of a store holds."""
    with store.reading() as opened:
        tables = Base.metadata.sorted_tables
        return {table.name: opened.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
