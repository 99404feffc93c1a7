"""Months that said when something goes become months from which its time is counted, and back."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from feedback_app.store.engine import WRITES, open_engine


def move(engine: Engine, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", "migrations:.")
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        (command.upgrade if to == "0005" else command.downgrade)(config, to)


def months(engine: Engine, column: str) -> list[str]:
    with engine.connect() as connection:
        return sorted(connection.execute(text(f"SELECT {column} FROM comment")).scalars())


def test_every_month_is_moved_once(database_url: str) -> None:
    """Comments of two years, half a year apart from each other's ends: one month moved twice would be the other's."""
    engine = open_engine(database_url)
    move(engine, "0004")
    ends = ["2026-09", "2027-03", "2027-09", "2028-03"]
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        for place, month in enumerate(ends):
            row = {"id": bytes([place]), "words": b"x", "month": month}
            connection.execute(
                text(
                    "INSERT INTO comment (id, survey_key, question, year, words, state, destroy_after)"
                    " VALUES (:id, 'wellbeing', 'what_helps', '2026-27', :words, 'waiting', :month)"
                ),
                row,
            )
    move(engine, "0005")
    assert months(engine, "kept_from") == ["2026-03", "2026-09", "2027-03", "2027-09"]
    move(engine, "0004")
    assert months(engine, "destroy_after") == ends
    engine.dispose()
