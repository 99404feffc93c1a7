"""Migrations lead to what the models say, and back."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from feedback_app.store.engine import open_engine
from feedback_app.store.models import Base
from feedback_app.store.revision import REVISION, migrate


def test_the_tables_are_those_of_the_models(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_every_migration_runs_down_and_up_again(database_url: str) -> None:
    engine = open_engine(database_url)
    migrate(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    assert set(Base.metadata.tables) < set(inspect(engine).get_table_names())
    engine.dispose()


def test_the_code_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "migrations:.")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_rows_about_answers_lie_in_no_order_of_arrival(database_url: str) -> None:
    engine = open_engine(database_url)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
            made = {str(name): str(sql) for name, sql in rows}
        for name in (
            "sealed_response",
            "sealed_comment",
            "response",
            "comment",
            "reading_item",
            "receipt",
            "code",
            "audit",
        ):
            assert "WITHOUT ROWID" in made[name]
    engine.dispose()
