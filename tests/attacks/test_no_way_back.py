"""Nothing leads back from what was counted: what waited leaves no bytes behind, and no row has a number that rises with time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from feedback_app.store import Store, counting, forgetting, retention
from feedback_app.store.engine import WRITES, open_engine
from feedback_app.store.models import Base
from feedback_app.store.revision import migrate
from tests.attacks.loot import Copy, is_superuser, steal, superuser
from tests.store.answering import open_round, send
from tests.support.clock import Clock
from tests.support.databases import sqlite_url

#: What each table that loses rows is looked for by.
TRACES = {
    "sealed_response": ("id", "sealed"),
    "sealed_comment": ("id", "sealed"),
    "reading_item": ("id", "sealed"),
    "receipt": ("digest",),
    "code": ("digest",),
}


@pytest.fixture(autouse=True)
def may_read_files(store: Store) -> None:
    """A server that was given to the tests may not let them read its files."""
    if not is_superuser(store):
        pytest.skip("the PostgreSQL server at HEARD_TEST_POSTGRES does not let this user read its files")


def answered(store: Store, number: int, slug: str, codes: list[str]) -> None:
    """So many answer, each by a code and with words."""
    for n in range(number):
        send(store, slug, {"carers_listen": "yes", "what_helps": f"my nan {n}"}, code=codes.pop())


def traces(before: Copy, after: Copy) -> dict[str, int]:
    """How many of the rows that are gone can still be read somewhere in the files, by table."""
    found = {}
    for table, columns in TRACES.items():
        kept = {tuple(row[column] for column in columns) for row in after.tables[table]}
        gone = {tuple(row[column] for column in columns) for row in before.tables[table]} - kept
        found[table] = sum(any(part in held for held in after.files.values() for part in row) for row in gone)
    return found


def stolen_twice(store: Store, today: Clock) -> tuple[Copy, Copy]:
    """Copies from before and after forty were counted while five more of the next month wait."""
    slug, codes = open_round(store, codes=60)
    answered(store, 40, slug, codes)
    if store.file is None:
        with superuser(store) as connection:
            connection.execute("ANALYZE")
    before = steal(store)
    everything_is_read(store)
    today.end_month()
    answered(store, 5, slug, codes)
    counting.count(store)
    return before, steal(store)


def everything_is_read(store: Store) -> None:
    """The reading queue is emptied, as when a person has read all of it."""
    with store.writing() as session:
        session.execute(text("DELETE FROM reading_item"))


def test_what_was_counted_read_or_used_leaves_no_bytes(store: Store, today: Clock) -> None:
    before, after = stolen_twice(store, today)
    assert len(before.tables["sealed_response"]) == 40
    assert traces(before, after) == dict.fromkeys(TRACES, 0)


def test_traces_are_found_where_they_are_left(
    store: Store, today: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look can fail: with nothing forgotten, or only vacuumed, what was counted can be read."""

    def vacuum_alone(_engine: object, *, also_counted: bool) -> bool:
        with superuser(store) as connection:
            connection.execute("VACUUM")
        return True

    monkeypatch.setattr("feedback_app.store.rewrite_tables", vacuum_alone)
    monkeypatch.setattr("feedback_app.store.empty_write_ahead_file", lambda _connection: True)
    before, after = stolen_twice(store, today)
    assert traces(before, after)["sealed_response"] > 20


def test_what_was_counted_and_is_past_its_time_leaves_no_bytes(store: Store, today: Clock) -> None:
    slug, codes = open_round(store, codes=60)
    answered(store, 40, slug, codes)
    today.end_month()
    counting.count(store)
    before = steal(store)
    today.move_to("2029-01-05")
    assert retention.retain(store) == 40 + 40 + 40
    held = steal(store).files.values()
    gone = [row["id"] for table in ("response", "comment") for row in before.tables[table]]
    assert not [id_ for id_ in gone if any(id_ in one for one in held)]


def test_what_waits_says_nothing_of_the_order_in_which_it_came(store: Store, today: Clock) -> None:
    slug, codes = open_round(store, codes=60)
    answered(store, 40, slug, codes)
    store.forget_deleted()
    after = steal(store)
    for table in ("receipt", "sealed_response", "sealed_comment", "reading_item"):
        rows = after.tables[table]
        key = "digest" if table == "receipt" else "id"
        assert [row[key] for row in rows] == sorted(row[key] for row in rows), table
        assert len({row.get("xmin") for row in rows}) == 1, table
        assert not [row for row in rows if "rowid" in row], table


def test_counted_responses_share_one_transaction(store: Store, today: Clock) -> None:
    slug, codes = open_round(store, codes=60)
    answered(store, 40, slug, codes)
    today.end_month()
    counting.count(store)
    copy = steal(store, whole=False)
    for table in ("response", "comment"):
        assert len({row.get("xmin") for row in copy.tables[table]}) == 1, table


@pytest.mark.only_on("sqlite")
def test_no_table_about_young_people_has_a_row_number(store: Store) -> None:
    numbered = {"role", "user", "alembic_version"}
    assert store.file
    with closing(sqlite3.connect(store.file)) as opened:
        made = dict(opened.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    assert {name for name, how in made.items() if "WITHOUT ROWID" not in how.upper()} == numbered


def test_no_table_about_young_people_counts_its_rows(store: Store) -> None:
    made_by_the_database = {
        table.name for table in Base.metadata.sorted_tables if table.autoincrement_column is not None
    }
    assert made_by_the_database == {"role", "user"}


def test_every_connection_wipes_what_it_deletes(tmp_path: Path) -> None:
    """Also those of migrations, commands and backups: there is one way to open the database."""
    engine = open_engine(sqlite_url(tmp_path / "new.sqlite"))
    with engine.connect() as first, engine.connect() as second:
        asked = [connection.execute(text("PRAGMA secure_delete")).scalar() for connection in (first, second)]
    with engine.connect().execution_options(**{WRITES: True}) as third:
        asked.append(third.execute(text("PRAGMA secure_delete")).scalar())
    engine.dispose()
    assert asked == [1, 1, 1]


def test_the_database_is_opened_in_one_place() -> None:
    root = Path(__file__).resolve().parents[2]
    openers = {
        file.relative_to(root).as_posix()
        for folder in ("feedback_app", "migrations", "analysis", "surveys")
        for file in (root / folder).rglob("*.py")
        if any(
            word in file.read_text(encoding="utf-8")
            for word in ("create_engine(", "sqlite3.connect(", "psycopg.connect(")
        )
    }
    assert openers == {"feedback_app/store/engine.py"}


@pytest.mark.only_on("sqlite")
def test_migrations_wipe_what_they_delete(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    original = command.upgrade

    def upgrade(config: Config, to: str) -> None:
        asked.append(config.attributes["connection"].execute(text("PRAGMA secure_delete")).scalar())
        original(config, to)

    monkeypatch.setattr(command, "upgrade", upgrade)
    migrate(store.engine)
    assert asked == [1]


@pytest.mark.only_on("postgres")
def test_statistics_of_postgresql_hold_no_sealed_text(store: Store, today: Clock) -> None:
    slug, codes = open_round(store, codes=60)
    answered(store, 40, slug, codes)
    today.end_month()
    counting.count(store)
    with superuser(store) as connection:
        connection.execute("ANALYZE")
        held = connection.execute(
            "SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public' AND attname = ANY(%s)",
            [["id", "digest", "sealed", "answers", "words", "safe_words", "notes"]],
        ).fetchall()
    assert [(table, column) for table, column in held if table not in {"role", "user", "audit"}] == []


def test_whoever_reads_for_long_is_not_waited_for_for_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup may be reading while a child sends: what is deleted is then forgotten another time."""
    slug, codes = open_round(store, codes=20)
    monkeypatch.setattr(forgetting, "PATIENCE_MILLISECONDS", 50)
    with store.reading() as session:
        session.execute(text("SELECT count(*) FROM sealed_response"))
        answered(store, 12, slug, codes)
        assert not store.forget_deleted()
    assert store.forget_deleted()
