"""The step of the migrations that this version of the code needs, and how to get there."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine

from feedback_app.store.engine import WRITES

#: The newest migration; a test holds it against the folder.
REVISION: Final = "0009"


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the tables to a revision in one transaction: up to one, or down to ``base``."""
    # Processes that serve pages read REVISION and must not carry Alembic in memory.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "migrations:.")
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        (command.downgrade if to == "base" else command.upgrade)(config, to)
