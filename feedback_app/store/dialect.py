"""The one statement that SQLite and PostgreSQL both have but SQLAlchemy keeps apart: insert, or on conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from feedback_app.store.models import Base


def insert_or_ignore(connection: Connection, model: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert a row unless its primary key is there; whether it was inserted."""
    return connection.execute(_insert_or_ignore(connection.dialect.name, model), row).rowcount == 1


def insert_or_add(
    connection: Connection, model: type[Base], rows: Sequence[Mapping[str, Any]], number: str
) -> None:
    """Insert rows; where the primary key is there, add ``number`` to what it holds."""
    if rows:
        connection.execute(_insert_or_add(connection.dialect.name, model, number), list(rows))


@cache
def _insert_or_ignore(dialect: str, model: type[Base]) -> Any:
    # Without being asked to, SQLAlchemy does not keep how many rows an INSERT made.
    return _insert(dialect, model).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _insert_or_add(dialect: str, model: type[Base], number: str) -> Any:
    insert = _insert(dialect, model)
    total = model.__table__.c[number] + insert.excluded[number]
    keys = [column.name for column in model.__table__.primary_key]
    return insert.on_conflict_do_update(index_elements=keys, set_={number: total})


def _insert(dialect: str, model: type[Base]) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(model.__table__)
