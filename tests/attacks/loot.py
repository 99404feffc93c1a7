"""What a thief carries away: the database's files as they lie on the disk, and every row with what the database adds to it.

The keys are not among it, and PostgreSQL's write-ahead log is taken apart, for those who ask for it: the threat model says
what they would add.
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import text

from feedback_app.store import Store
from feedback_app.store.models import Base

Row = dict[str, Any]

#: What PostgreSQL keeps beside every row for itself, in a form that sorts.
_SYSTEM: Final = (
    "ctid::text AS ctid, xmin::text::bigint AS xmin, xmax::text::bigint AS xmax, "
    "cmin::text::bigint AS cmin, tableoid::bigint AS tableoid"
)
#: Folders that are not taken: the log, which is taken apart, and what lives in memory alone.
_LEFT_OUT: Final = ("pg_wal", "pg_dynshmem", "pg_notify", "pg_replslot")


@dataclass(frozen=True)
class Copy:
    """A copy of a database.

    Attributes:
        files: the bytes of every file, by name.
        tables: every row of every table in the order in which the database gives them, with ``rowid`` where SQLite has
            one and PostgreSQL's system columns.
    """

    files: dict[str, bytes]
    tables: dict[str, list[Row]]

    @cached_property
    def end_to_end(self) -> bytes:
        """Every file after another, by name; what is looked for is no part of any two."""
        return b"".join(held for _, held in sorted(self.files.items()))

    def first_places(self, needles: list[bytes]) -> list[int]:
        """Where each of several pieces of bytes stands first in the files; after everything where it is nowhere."""
        found = (self.end_to_end.find(needle) for needle in needles)
        return [at if at >= 0 else len(self.end_to_end) for at in found]

    def last_places(self, needles: list[bytes]) -> list[int]:
        """Where each stands last; before everything where it is nowhere."""
        return [self.end_to_end.rfind(needle) for needle in needles]


def steal(store: Store, *, whole: bool = True) -> Copy:
    """A copy as things are now.

    Args:
        whole: on PostgreSQL, take every file of the server and not only those of the tables.
    """
    return _steal_sqlite(store.file) if store.file else _steal_postgres(store, whole=whole)


def _steal_sqlite(file: Path) -> Copy:
    files = {
        one.name.removeprefix(file.name): one.read_bytes()
        for one in sorted(file.parent.glob(f"{file.name}*"))
        if one.is_file()
    }
    with tempfile.TemporaryDirectory() as folder:
        for one in file.parent.glob(f"{file.name}*"):
            shutil.copyfile(one, Path(folder) / one.name)
        with closing(sqlite3.connect(Path(folder) / file.name)) as opened:
            opened.row_factory = sqlite3.Row
            return Copy(files, {table: list(_rows_of_sqlite(opened, table)) for table in _tables()})


def _rows_of_sqlite(opened: sqlite3.Connection, table: str) -> Iterator[Row]:
    columns = "*"
    with suppress(sqlite3.OperationalError):
        opened.execute(f'SELECT rowid FROM "{table}" LIMIT 1')
        columns = "rowid AS rowid, *"
    return (dict(row) for row in opened.execute(f'SELECT {columns} FROM "{table}"'))


def _steal_postgres(store: Store, *, whole: bool) -> Copy:
    with superuser(store) as connection:
        connection.execute("CHECKPOINT")
        paths = _files_of_server(connection) if whole else _files_of_tables(connection)
        files = {path: held for path in paths if (held := _bytes(connection, path)) is not None}
        with connection.cursor(row_factory=dict_row) as cursor:
            return Copy(files, {table: _rows_of_postgres(cursor, table) for table in _tables()})


@contextmanager
def superuser(store: Store) -> Iterator[psycopg.Connection]:
    """A connection of the server's owner to a store's database on PostgreSQL."""
    plain = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def _rows_of_postgres(cursor: psycopg.Cursor[Row], table: str) -> list[Row]:
    query = sql.SQL("SELECT {}, * FROM {}").format(sql.SQL(_SYSTEM), sql.Identifier(table))
    return [{**row, "ctid": _place(row["ctid"])} for row in cursor.execute(query)]


def _place(ctid: str) -> tuple[int, ...]:
    return tuple(int(part) for part in ctid.strip("()").split(","))


def _files_of_tables(connection: psycopg.Connection) -> list[str]:
    """The files of every table, its indexes and what is too long for it, in this database."""
    query = """
        SELECT pg_relation_filepath(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('public', 'pg_toast') AND c.relkind IN ('r', 'i', 't') AND c.oid >= 16384
    """
    return [str(path) for (path,) in connection.execute(query)]


def _files_of_server(connection: psycopg.Connection) -> list[str]:
    """Every file under the server's folder, but for the folders left out and other databases (of other tests)."""
    query = """
        WITH RECURSIVE found(path, is_folder) AS (
            SELECT name, (pg_stat_file(name, true)).isdir FROM pg_ls_dir('.') AS name
            UNION ALL
            SELECT path || '/' || name, (pg_stat_file(path || '/' || name, true)).isdir
            FROM found, pg_ls_dir(path, true, false) AS name WHERE is_folder AND NOT path = ANY(%(left_out)s)
        ) SELECT path FROM found WHERE NOT is_folder AND path NOT LIKE '.%%' AND (path NOT LIKE 'base/%%' OR path LIKE %(own)s)
    """
    own = connection.execute(
        "SELECT 'base/' || oid || '/%%' FROM pg_database WHERE datname = current_database()"
    )
    row = own.fetchone()
    assert row
    found = connection.execute(query, {"left_out": list(_LEFT_OUT), "own": row[0].replace("%%", "%")})
    return [str(path) for (path,) in found]


def _bytes(connection: psycopg.Connection, path: str) -> bytes | None:
    """What is in a file of the server, or None where it has just gone."""
    row = connection.execute("SELECT pg_read_binary_file(%s, 0, 1000000000, true)", [path]).fetchone()
    return bytes(row[0]) if row and row[0] is not None else None


@contextmanager
def write_ahead_log(store: Store) -> Iterator[Callable[[], dict[str, bytes]]]:
    """PostgreSQL's write-ahead log: what is called gives its files from now on, as far as they are written by then.

    None of it is used again meanwhile. On SQLite there is nothing to give: its own lies beside the database's file.
    """
    if store.file:
        yield dict
        return
    with superuser(store) as connection:
        slot = f"heard_test_{secrets.token_hex(6)}"
        connection.execute("SELECT pg_create_physical_replication_slot(%s, true, true)", [slot])
        row = connection.execute("SELECT pg_current_wal_insert_lsn()").fetchone()
        assert row
        yield lambda: _log_since(connection, str(row[0]))


def _log_since(connection: psycopg.Connection, start: str) -> dict[str, bytes]:
    """The files of the log from a place in it, the first without what stood in it before."""
    connection.execute("CHECKPOINT")
    names = """
        SELECT 'pg_wal/' || name, name = first, skipped
        FROM pg_ls_dir('pg_wal') AS name, pg_walfile_name_offset(%(start)s) AS at(first, skipped)
        WHERE name ~ '^[0-9A-F]{24}$' AND name >= first AND name <= pg_walfile_name(pg_current_wal_insert_lsn())
        ORDER BY name
    """
    rows = connection.execute(names, {"start": start}).fetchall()
    assert rows, "the log has been used again"
    assert rows[0][1], "the log has been used again"
    held = {path: _bytes(connection, path) or b"" for path, _, _ in rows}
    return {path: held[path][skipped if is_first else 0 :] for path, is_first, skipped in rows}


def _tables() -> list[str]:
    return [table.name for table in Base.metadata.sorted_tables]


def is_superuser(store: Store) -> bool:
    """Whether the tests may read the server's files: always on SQLite and on a server of our own."""
    if store.file:
        return True
    with store.engine.connect() as connection:
        return bool(connection.execute(text("SELECT current_setting('is_superuser') = 'on'")).scalar())
