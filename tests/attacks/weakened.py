"""Storage as it is elsewhere, or once was: each of these gives young people away, so that the attacks can be seen to succeed."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from psycopg import sql
from sqlalchemy import text

from feedback_app.store import Store
from feedback_app.store.secrets import Secrets, _json
from tests.attacks.loot import superuser
from tests.attacks.population import Evidence


def not_shuffled(patch: pytest.MonkeyPatch) -> None:
    """Whatever is counted is entered in the order in which the box gives it."""

    class Unmixed:
        def shuffle(self, _some: list[Any]) -> None:
            pass

    patch.setattr("feedback_app.store.counting.secrets.SystemRandom", Unmixed)


def ids_in_order(patch: pytest.MonkeyPatch) -> None:
    """Ids count up, as a database's own do, and nothing is shuffled."""
    not_shuffled(patch)
    numbers: Iterator[int] = itertools.count(1)
    for module in ("ballot_box", "counting"):
        patch.setattr(f"feedback_app.store.{module}.random_id", lambda: next(numbers).to_bytes(16, "big"))


def rows_in_order(patch: pytest.MonkeyPatch, store: Store) -> None:
    """Rows are numbered as they come, or read as they lie on PostgreSQL, and nothing is shuffled."""
    not_shuffled(patch)
    if store.file is None:
        _read_as_they_lie(store)
        return
    with closing(sqlite3.connect(store.file)) as opened:
        for table in ("sealed_response", "sealed_comment", "response", "comment"):
            _number_rows(opened, table)
        opened.commit()
    store.engine.dispose()


def _read_as_they_lie(store: Store) -> None:
    """Keep PostgreSQL from reading by an index, whose order is that of random ids."""
    name = sql.Identifier(str(store.engine.url.database))
    with superuser(store) as connection:
        for setting in ("enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan"):
            connection.execute(
                sql.SQL("ALTER DATABASE {} SET {} = off").format(name, sql.Identifier(setting))
            )
    store.engine.dispose()


def _number_rows(opened: sqlite3.Connection, table: str) -> None:
    """Make an empty table anew as SQLite makes tables, so that it is read in the order in which it was written."""
    (made,) = opened.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
    plain = made.replace("WITHOUT ROWID", "").replace("(survey_key, month, id)", "(id)")
    assert plain != made
    opened.execute(f"DROP TABLE {table}")
    opened.execute(plain)


def with_a_time(store: Store) -> Callable[[Evidence], None]:
    """What is counted keeps the time at which it was answered: what is done after each counting."""
    kind = "INTEGER" if store.file else "BIGINT"
    with store.writing() as session:
        session.execute(text(f"ALTER TABLE response ADD COLUMN answered_at {kind}"))

    def keep(evidence: Evidence) -> None:
        query = text("UPDATE response SET answered_at = :time WHERE answers = :choices")
        with store.writing() as session:
            for person in evidence.people:
                session.execute(query, {"time": 1_700_000_000 + person.number, "choices": person.choices})

    return keep


def ids_from_codes(store: Store) -> Callable[[Evidence], None]:
    """A response's id is what anybody can work out from the code: what is done after each counting."""

    def keep(evidence: Evidence) -> None:
        query = text("UPDATE response SET id = :id WHERE answers = :choices")
        with store.writing() as session:
            for person in evidence.people:
                id_ = hashlib.sha256((person.code or "").replace("-", "").encode()).digest()[:16]
                session.execute(query, {"id": id_, "choices": person.choices})

    return keep


def lengths_as_they_are(patch: pytest.MonkeyPatch) -> None:
    """Nothing that is sealed is padded, and no line of a backup is filled up."""

    def seal(self: Secrets, value: Any, at_least: int = 0) -> bytes:
        del at_least
        return self.seal_bytes(_json(value))

    patch.setattr(Secrets, "seal", seal)
    patch.setattr("feedback_app.store.backups._STEP_BYTES", 1)
