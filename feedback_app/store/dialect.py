"""What SQLite and PostgreSQL have in common but SQLAlchemy keeps apart, and inserts that waste no time of those who wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import Connection, Dialect, text
from sqlalchemy.dialects import postgresql, sqlite

from feedback_app.store.models import Base

Row = Mapping[str, Any]

#: Any number that is the same in every process.
_COUNTING_LOCK: Final = 0x48656172


@dataclass(frozen=True, slots=True)
class Inserted:
    """Rows given to the database; ``number`` is how many of them were new, once the database has answered."""

    cursor: Any

    @property
    def number(self) -> int:
        """How many rows were new."""
        return int(self.cursor.rowcount)


def together(connection: Connection) -> AbstractContextManager[Any]:
    """A block whose ``insert_rows`` go to the database in one journey there and back; SQLite is no journey away."""
    if connection.dialect.name == "sqlite":
        return nullcontext()
    pipeline: AbstractContextManager[Any] = connection.connection.driver_connection.pipeline()  # type: ignore[union-attr]
    return pipeline


def await_turn_to_count(connection: Connection) -> None:
    """Wait on PostgreSQL for whoever is changing what is counted, until the transaction ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _COUNTING_LOCK})


def insert_rows(
    connection: Connection, model: type[Base], rows: Sequence[Row], *, or_ignore: bool = False
) -> Inserted:
    """Insert rows through the driver's own cursor, in the connection's transaction.

    SQLAlchemy's work on a statement takes longer than SQLite's, and whoever inserts holds up everybody else who wants to.

    Args:
        rows: at least one, all with the same columns.
        or_ignore: leave out rows whose primary key is there already.
    """
    driver = connection.connection.driver_connection
    return insert_through(driver, connection.dialect, model, rows, or_ignore=or_ignore)


def insert_through(
    driver: Any, dialect: Dialect, model: type[Base], rows: Sequence[Row], *, or_ignore: bool = False
) -> Inserted:
    """``insert_rows`` on the driver's own connection."""
    statement = _prepared(dialect, model, tuple(rows[0]), or_ignore=or_ignore)
    parameters = [statement.bound(row) for row in rows]
    cursor = driver.cursor()
    if len(parameters) == 1:
        cursor.execute(statement.sql, parameters[0])
    else:
        cursor.executemany(statement.sql, parameters)
    return Inserted(cursor)


def insert_or_add(connection: Connection, model: type[Base], rows: Sequence[Row], number: str) -> None:
    """Insert rows; where the primary key is there, add ``number`` to what it holds."""
    if rows:
        connection.execute(_insert_or_add(connection.dialect.name, model, number), list(rows))


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as the driver takes it, and what its values go through before that."""

    sql: str
    processors: Mapping[str, Callable[[Any], Any]]

    def bound(self, row: Row) -> Row:
        changed = {name: process(row[name]) for name, process in self.processors.items()}
        return {**row, **changed}


@lru_cache
def _prepared(dialect: Dialect, model: type[Base], columns: tuple[str, ...], *, or_ignore: bool) -> _Prepared:
    insert = _insert(dialect.name, model)
    # Parameters by name: what psycopg takes anyway, and SQLite as well.
    by_name = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
    statement = insert.on_conflict_do_nothing() if or_ignore else insert
    compiled = statement.compile(dialect=by_name, column_keys=list(columns))
    found = {
        name: compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns
    }
    return _Prepared(str(compiled), {name: process for name, process in found.items() if process})


@cache
def _insert_or_add(dialect: str, model: type[Base], number: str) -> Any:
    insert = _insert(dialect, model)
    total = model.__table__.c[number] + insert.excluded[number]
    keys = [column.name for column in model.__table__.primary_key]
    return insert.on_conflict_do_update(index_elements=keys, set_={number: total})


def _insert(dialect: str, model: type[Base]) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(model.__table__)
