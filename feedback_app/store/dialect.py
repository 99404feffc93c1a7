"""The one statement that SQLite and PostgreSQL both have but SQLAlchemy keeps apart: insert, or on conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from feedback_app.store.models import Base


def insert_or_ignore(session: Session, model: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert a row unless its primary key is there; whether it was inserted."""
    insert = _insert(session)(model).values(**row).on_conflict_do_nothing()
    # Without being asked to, SQLAlchemy does not keep how many rows an INSERT made.
    done = session.connection().execute(insert, execution_options={"preserve_rowcount": True})
    return done.rowcount == 1


def insert_or_add(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], number: str
) -> None:
    """Insert rows; where the primary key is there, add ``number`` to what it holds."""
    if not rows:
        return
    table = model.__table__
    insert = _insert(session)(model)
    total = table.c[number] + insert.excluded[number]
    keys = [column.name for column in table.primary_key]
    statement = insert.on_conflict_do_update(index_elements=keys, set_={number: total})
    session.connection().execute(statement, list(rows))


def _insert(session: Session) -> Any:
    return sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
