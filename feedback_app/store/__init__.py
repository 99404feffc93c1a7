"""The store: the only code that touches the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session, sessionmaker

from analysis.period import month_of
from analysis.settings import Rules
from feedback_app.store.deadlines import Deadlines
from feedback_app.store.engine import WRITES, lent_driver, open_engine, sqlite_file
from feedback_app.store.forgetting import empty_write_ahead_file, rewrite_tables
from feedback_app.store.gathering import Gathering
from feedback_app.store.guessing import Guesses
from feedback_app.store.secrets import Secrets
from feedback_app.store.write_queue import WriteQueue
from surveys.catalogue import Catalogue

__all__ = ["Store", "today_in_england"]


def today_in_england() -> dt.date:
    """The day it is where the council is, wherever the server runs."""
    return dt.datetime.now(ZoneInfo("Europe/London")).date()


def _are_worrying(words: Sequence[str]) -> list[bool]:
    """In this process, which then holds all the signs: they take as much memory as several of its other parts."""
    from analysis.words.concern import are_worrying

    return are_worrying(words)


class Store:
    """A database, its keys and the surveys it may hold.

    Args:
        url: SQLAlchemy URL of a migrated database.
        secrets: the keys.
        surveys: every version of every survey.
        today: the day it is; tests and the demonstration set their own.
        deadlines: by when words are read and contact requests answered.
        box_size: the fewest responses that are counted together.
    """

    def __init__(
        self,
        url: str,
        secrets: Secrets,
        surveys: Catalogue,
        today: Callable[[], dt.date] = today_in_england,
        deadlines: Deadlines | None = None,
        *,
        box_size: int = Rules().box_size,
    ) -> None:
        self.engine: Engine = open_engine(url)
        self.secrets = secrets
        #: Submissions that came at the same time, to be stored together.
        self.submissions: Gathering[Any, Any] = Gathering()
        #: Wrong codes that this process has seen, in memory alone.
        self.guesses = Guesses()
        self.surveys = surveys
        self.today = today
        self.deadlines = deadlines or Deadlines()
        self.box_size = box_size
        #: What was looked up a moment ago for young people's pages: when, by a clock that only goes forward, and what was found.
        self.recent: dict[object, tuple[float, Any]] = {}
        #: Which of some words are worrying. Processes that serve pages have the analysis process look at them.
        self.are_worrying: Callable[[Sequence[str]], Sequence[bool]] = _are_worrying
        #: What it said, by a keyed hash of the words: each are looked at once in a process.
        self.worrying: dict[bytes, bool] = {}
        self._writer = self.engine.execution_options(**{WRITES: True})
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        file = sqlite_file(self.engine)
        self._queue = WriteQueue(file.with_name(file.name + ".queue")) if file else None

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None on PostgreSQL."""
        return sqlite_file(self.engine)

    def this_month(self) -> str:
        """The month it is, ``YYYY-MM``."""
        return month_of(self.today())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with self._sessions() as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: committed and on the disk when the block ends, undone when it raises."""
        with self._queue.turn() if self._queue else nullcontext(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def driver(self) -> Iterator[Any]:
        """The driver's own connection, to write with; see ``lent_driver``."""
        with self._queue.turn() if self._queue else nullcontext(), lent_driver(self.engine) as driver:
            yield driver

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in a transaction of its own; see ``transaction``."""
        with self.transaction() as connection, self._sessions(bind=connection) as session:
            yield session
            session.flush()
        self.recent.clear()

    def forget_deleted(self, *, also_counted: bool = True) -> bool:
        """Leave nothing of deleted rows where they were, and nothing of the order in which those that stay came.

        Args:
            also_counted: whether rows of what has been counted may have been deleted too; there may be very many of them.

        Returns:
            Whether it could be done; not so while somebody reads or writes for long, so that it has to be done again later.
        """
        if not self._queue:
            return rewrite_tables(self.engine, also_counted=also_counted)
        with self._queue.turn(), self.engine.connect() as connection:
            return empty_write_ahead_file(connection)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
