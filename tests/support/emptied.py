"""One PostgreSQL database for one test after another: making and dropping one costs more than most tests do in it."""

from __future__ import annotations

from typing import Final, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.support.databases import PostgresServer

#: All that a test may change of a database beside rows: what is in it by its oid, every column, and settings.
_SHAPE: Final = """
    WITH own AS (SELECT oid, relname, relkind, relpersistence, reloptions FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace)
    SELECT own::text FROM own
    UNION ALL SELECT concat_ws(' ', 'column', attrelid, attnum, attname, atttypid, atttypmod, attnotnull, atthasdef)
              FROM pg_attribute WHERE attrelid IN (SELECT oid FROM own)
    UNION ALL SELECT concat_ws(' ', 'default', oid, pg_get_expr(adbin, adrelid)) FROM pg_attrdef
    UNION ALL SELECT concat_ws(' ', 'constraint', oid, conname, convalidated) FROM pg_constraint WHERE conrelid <> 0
    UNION ALL SELECT concat_ws(' ', 'trigger', oid, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat_ws(' ', 'function', oid, proname, prosrc) FROM pg_proc
              WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', 'schema', oid, nspname) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'
    UNION ALL SELECT concat_ws(' ', 'setting', setdatabase, setrole, setconfig::text) FROM pg_db_role_setting
    ORDER BY 1
"""
_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
_EVERYBODY_ELSE: Final = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

Rows = list[tuple[object, ...]]


class EmptiedDatabase:
    """A database that is emptied after each test, and made anew after one that changed more of it than rows.

    Args:
        server: where it lives.
        template: the name of the migrated, empty database of which it is a copy.
    """

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server, self._template = server, template
        self._url: str | None = None
        self._shape: Rows = []
        self._filled: dict[str, Rows] = {}

    def take(self) -> str:
        """The URL of the database, as a migration left it."""
        if self._url is None:
            self._url = self._server.create(self._template)
            with _connected(self._url) as connection:
                self._shape, self._filled = _all(connection, _SHAPE), _filled(connection)
        return self._url

    def give_back(self) -> None:
        """Empty it, whoever is still connected; or drop it, where that would not make it what it was."""
        assert self._url
        with _connected(self._url) as connection:
            connection.execute(_EVERYBODY_ELSE)
            is_as_it_was = _all(connection, _SHAPE) == self._shape and self._empty(connection)
        if not is_as_it_was:
            self.drop()

    def drop(self) -> None:
        """Remove it, if it is there."""
        if self._url:
            self._server.drop(self._url)
        self._url = None

    def _empty(self, connection: psycopg.Connection) -> bool:
        """Whether nothing is in it now but what a migration left."""
        filled = _filled(connection)
        new = [sql.Identifier(table) for table in filled if table not in self._filled]
        if new:
            connection.execute(
                sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(new))
            )
        return {table: rows for table, rows in filled.items() if table in self._filled} == self._filled


def _filled(connection: psycopg.Connection) -> dict[str, Rows]:
    """The rows of every table that has any, up to a few."""
    tables = [str(name) for (name,) in _all(connection, _TABLES)]
    first = sql.SQL("(SELECT {} AS name FROM {} LIMIT 1)")
    query = sql.SQL(" UNION ALL ").join(first.format(sql.Literal(one), sql.Identifier(one)) for one in tables)
    held = [str(name) for (name,) in connection.execute(query)] if tables else []
    rows = sql.SQL("SELECT t::text FROM {} AS t ORDER BY 1 LIMIT 50")
    return {name: connection.execute(rows.format(sql.Identifier(name))).fetchall() for name in held}


def _all(connection: psycopg.Connection, query: LiteralString) -> Rows:
    return connection.execute(query).fetchall()


def _connected(url: str) -> psycopg.Connection:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)
