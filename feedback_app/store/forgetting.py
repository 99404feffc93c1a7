"""Deleted rows leave their bytes behind until something is written over them. Here nothing is left of them.

SQLite wipes what it frees (``secure_delete``) but for the write-ahead file, which holds pages in the order in which they were
written. PostgreSQL leaves a row that was vacuumed readable in its page, with the number of its transaction, until the room is
used again: so the tables are written anew.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Engine, text, update
from sqlalchemy.exc import OperationalError

from feedback_app.store.dialect import await_turn_to_count
from feedback_app.store.models import Base

#: The tables that rows about young people are deleted from, and those among which there are very many that stay.
DELETED_FROM: Final = (
    "receipt", "code", "sealed_response", "sealed_comment", "reading_item", "stepped_back", "contact_request", "never_quote",
)  # fmt: skip
_COUNTED: Final = ("response", "comment")
#: Those whose rows one submission writes together, so that the number of its transaction would tie them, and where the same
#: child may write a moment later; each with a column.
_TIED: Final = {
    "receipt": "digest",
    "sealed_response": "id",
    "sealed_comment": "id",
    "reading_item": "id",
    "contact_request": "id",
}
#: Who sends answers meanwhile waits for no longer than this before the tables are left for another time.
PATIENCE_MILLISECONDS: Final = 2_000


def empty_write_ahead_file(connection: Connection) -> bool:
    """Write everything back into SQLite's file and empty the one beside it; whether nobody was in the way."""
    driver = connection.connection.driver_connection
    assert driver is not None
    (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
    try:
        is_busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        driver.execute(f"PRAGMA busy_timeout = {usual}")
    return not is_busy


def rewrite_tables(engine: Engine, *, also_counted: bool) -> bool:
    """Write PostgreSQL's tables anew, in the order of their random keys; whether nobody was in the way.

    Rows that still wait are first given one transaction's number together: until then it says which of them came together,
    and in which order.
    """
    try:
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = {PATIENCE_MILLISECONDS}"))
            await_turn_to_count(connection)
            connection.execute(text(f"LOCK TABLE {', '.join(_TIED)} IN SHARE ROW EXCLUSIVE MODE"))
            for table, column in _TIED.items():
                held = Base.metadata.tables[table]
                connection.execute(update(held).values({column: held.c[column]}))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"SET lock_timeout = {PATIENCE_MILLISECONDS}"))
            try:
                for table in (*DELETED_FROM, *(_COUNTED if also_counted else ())):
                    connection.execute(text(f"CLUSTER {table} USING pk_{table}"))
            finally:
                connection.execute(text("RESET lock_timeout"))
    except OperationalError:
        return False
    return True
