"""How the database is opened: SQLite made durable and forgetful of what was deleted, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

#: Set on a connection that is going to write, so that SQLite takes its lock at once instead of failing half-way.
WRITES = "heard_writes"

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA busy_timeout = 15000",
    "PRAGMA temp_store = MEMORY",
    # Pages: random ids touch many of them, and a longer log lets each be written back once for several answers.
    "PRAGMA wal_autocheckpoint = 4000",
)


def open_engine(url: str, pool_size: int = 16) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database.

    Args:
        url: SQLAlchemy URL. A SQLite file's folder is made where it is missing.
        pool_size: connections kept open; one for each thread that serves is enough.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url, pool_size)
    # A statement's parameters could repeat what a child wrote, so no error may show them.
    return create_engine(url, pool_size=pool_size, max_overflow=8, pool_pre_ping=True, hide_parameters=True)


def sqlite_file(engine: Engine) -> Path | None:
    """The file behind a SQLite engine, or None."""
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


def _open_sqlite(url: str, pool_size: int) -> Engine:
    engine = create_engine(url, pool_size=pool_size, max_overflow=8, hide_parameters=True)
    file = sqlite_file(engine)
    assert file is not None
    file.parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
        if file.is_file() and file.stat().st_size == 0:
            # A new one is for its owner alone; SQLite gives the files it puts beside the same rights.
            file.chmod(0o600)
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
