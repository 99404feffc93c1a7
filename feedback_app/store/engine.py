"""How the database is opened: SQLite made durable and forgetful of what was deleted, or PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

#: Set on a connection that is going to write, so that SQLite takes its lock at once instead of failing half-way.
WRITES = "heard_writes"

#: A connection to PostgreSQL that was not used for so long is tried before it is used again.
REST_SECONDS = 1.0

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

#: Where a database is set not to wait for the disk, our connections wait all the same; any other setting stays as it is.
_WAIT_FOR_DISK = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)


def open_engine(url: str, pool_size: int = 16) -> Engine:
    """An engine for a SQLite file or a PostgreSQL database.

    Args:
        url: SQLAlchemy URL. A SQLite file's folder is made where it is missing.
        pool_size: connections kept open; one for each thread that serves is enough.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url, pool_size)
    return _open_postgres(url, pool_size)


def sqlite_file(engine: Engine) -> Path | None:
    """The file behind a SQLite engine, or None."""
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


@contextmanager
def lent_driver(engine: Engine) -> Iterator[Any]:
    """The driver's own connection, for what is done so often that SQLAlchemy's work on it counts.

    On SQLite the block is a transaction that writes, on the disk when it ends and undone where it raises. On PostgreSQL each
    statement is one, and on the disk when it returns.
    """
    lent = engine.raw_connection()
    try:
        with (_in_one if engine.dialect.name == "sqlite" else _each_its_own)(
            lent.driver_connection
        ) as driver:
            yield driver
    except BaseException:
        # Closed, it undoes what it had begun; the next one is opened anew.
        lent.invalidate()
        raise
    finally:
        lent.close()


@contextmanager
def _in_one(driver: Any) -> Iterator[Any]:
    driver.execute("BEGIN IMMEDIATE")
    yield driver
    driver.execute("COMMIT")


@contextmanager
def _each_its_own(driver: Any) -> Iterator[Any]:
    driver.autocommit = True
    yield driver
    driver.autocommit = False


def _open_postgres(url: str, pool_size: int) -> Engine:
    # A statement's parameters could repeat what a child wrote, so no error may show them.
    # The connection used last is the next: its server process is warm, and knows the statements.
    engine = create_engine(url, pool_size=pool_size, max_overflow=8, pool_use_lifo=True, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def wait_for_disk(connection: Any, _record: Any) -> None:
        # In a transaction of its own, so that nothing that is undone undoes it.
        with _each_its_own(connection) as driver:
            driver.execute(_WAIT_FOR_DISK)

    @event.listens_for(engine, "checkin")
    def note_use(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def check_after_rest(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        # Asked each time, whether the server is still there costs as much as half of what it is asked to do.
        rested = time.monotonic() - record.info.get("used", time.monotonic())
        if rested > REST_SECONDS:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error

    return engine


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
        # Straight to the driver: everybody who waits to write waits for this as well.
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")  # type: ignore[union-attr]

    return engine
