"""Whoever asks for a connection gets one on which what is stored stays: to the store's pool, to a driver of its own, to a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from feedback_app.cli.session import opened
from feedback_app.store import Store
from feedback_app.store.engine import open_engine
from tests.cli.conftest import environment
from tests.support.databases import sqlite_url

__all__ = ["environment"]

#: What SQLite answers to a pragma of this name.
DURABLE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
#: More than the pool keeps open, so that some come from beyond it.
MANY = 20


def pragmas(driver: Any) -> dict[str, object]:
    """How a connection to SQLite is set."""
    return {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in DURABLE}


def of_many(engine: Engine) -> Iterator[dict[str, object]]:
    """How connections that are open at the same time are set."""
    with ExitStack() as stack:
        for _ in range(MANY):
            yield pragmas(stack.enter_context(closing(engine.raw_connection())).driver_connection)


@pytest.mark.only_on("sqlite")
def test_every_connection_to_a_fresh_file_is_durable_and_minds_its_references(
    store: Store, tmp_path: Path
) -> None:
    with closing(Store(sqlite_url(tmp_path / "fresh.sqlite"), store.secrets, store.surveys)) as fresh:
        assert list(of_many(fresh.engine)) == [DURABLE] * MANY
        with fresh.driver() as driver:
            assert pragmas(driver) == DURABLE


@pytest.mark.only_on("sqlite")
def test_a_command_writes_as_durably_as_the_server(store: Store, environment: pytest.MonkeyPatch) -> None:
    with opened() as commands, commands.transaction() as connection:
        assert commands.file == store.file
        assert pragmas(connection.connection.driver_connection) == DURABLE


@pytest.mark.only_on("postgres")
@pytest.mark.parametrize(
    ("of_database", "ours"), [("off", "on"), ("on", "on"), ("remote_apply", "remote_apply")]
)
def test_every_commit_waits_for_the_disk_whatever_the_database_is_set_to(
    database_url: str, of_database: str, ours: str
) -> None:
    url = make_url(database_url).update_query_dict({"options": f"-c synchronous_commit={of_database}"})
    engine = open_engine(url.render_as_string(hide_password=False))
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        connections = [stack.enter_context(engine.connect()) for _ in range(MANY)]
        # Undone or begun anew, a connection stays as it was set.
        connections[0].rollback()
        said = {each.execute(text("SHOW synchronous_commit")).scalar_one() for each in connections}
    assert said == {ours}
