"""The PostgreSQL database that tests share is for each of them what a migration left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from tests.support.databases import PostgresServer
from tests.support.emptied import EmptiedDatabase

pytestmark = pytest.mark.postgres


@pytest.fixture
def shared(postgres: PostgresServer, postgres_template: str) -> Iterator[EmptiedDatabase]:
    database = EmptiedDatabase(postgres, postgres_template)
    database.take()
    yield database
    database.drop()


def run(database: EmptiedDatabase, statement: str) -> None:
    """Do something to the database, as one test, and hand it on to the next."""
    engine = create_engine(database.take())
    with engine.begin() as connection:
        connection.execute(text(statement))
    database.give_back()
    engine.dispose()


def told(database: EmptiedDatabase, query: str) -> object:
    """What the next test finds."""
    engine = create_engine(database.take())
    with engine.connect() as connection:
        found = connection.execute(text(query)).scalar()
    engine.dispose()
    return found


def test_what_one_test_enters_the_next_does_not_find(shared: EmptiedDatabase) -> None:
    url = shared.take()
    run(shared, "INSERT INTO receipt VALUES (decode('00', 'hex'), '2026-11')")
    assert shared.take() == url
    assert told(shared, "SELECT count(*) FROM receipt") == 0


@pytest.mark.parametrize(
    ("change", "query", "left"),
    [
        (
            "ALTER TABLE response ADD COLUMN answered_at BIGINT",
            "SELECT count(*) FROM information_schema.columns WHERE column_name = 'answered_at'",
            0,
        ),
        ("DROP TABLE response", "SELECT count(*) FROM response", 0),
        ("CREATE TABLE another (id BIGINT)", "SELECT to_regclass('another')::text", None),
        (
            "UPDATE alembic_version SET version_num = 'none'",
            "SELECT version_num = 'none' FROM alembic_version",
            False,
        ),
        ("DELETE FROM alembic_version", "SELECT count(*) FROM alembic_version", 1),
    ],
    ids=["a column", "no table", "a table", "another version", "no version"],
)
def test_what_one_test_makes_of_it_the_next_does_not_find(
    shared: EmptiedDatabase, change: str, query: str, left: object
) -> None:
    run(shared, change)
    assert told(shared, query) == left


def test_whoever_is_still_connected_does_not_hold_it_up(shared: EmptiedDatabase) -> None:
    engine = create_engine(shared.take())
    with engine.connect() as connection:
        connection.execute(text("LOCK TABLE response"))
        shared.give_back()
        connection.invalidate()
    engine.dispose()
    assert told(shared, "SELECT count(*) FROM response") == 0
