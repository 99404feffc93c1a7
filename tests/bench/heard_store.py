"""A store for the bench, with settings as a council's server has them, and its ways in."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.fernet import Fernet

from feedback_app import create_app
from feedback_app.config import Config
from feedback_app.staff import security
from feedback_app.store import Store, rounds, staff
from feedback_app.store.opening import open_store
from tests.support.databases import migrate

EMAIL = "participation.worker@bench.example"
PASSWORD = secrets.token_urlsafe(24)


def settings(database_url: str, folder: Path) -> dict[str, str]:
    """Settings of a production server on a database; its keys are made for this run."""
    return {
        "HEARD_ENV": "production",
        "HEARD_INSTANCE": str(folder),
        "HEARD_DATABASE_URL": database_url,
        "HEARD_SECRET_KEY": secrets.token_urlsafe(48),
        "HEARD_WORDS_KEYS": Fernet.generate_key().decode(),
        "HEARD_PUBLIC_URL": "https://heard.bench.example",
        "HEARD_COUNCIL": "Bench County Council",
    }


@contextmanager
def opened(given: dict[str, str]) -> Iterator[Store]:
    """The store of settings, migrated."""
    config = Config.from_environment(given)
    migrate(config.database_url)
    store = open_store(config)
    try:
        yield store
    finally:
        store.close()


def open_round(store: Store, survey: str = "iro_review") -> str:
    """A round that is open by link; returns the path of its page."""
    slug, _codes = rounds.open_round(store, survey, store.today(), store.today() + dt.timedelta(days=30))
    return f"/s/{slug}"


def add_participation_worker(store: Store, given: dict[str, str]) -> None:
    """An account that may see results and make reports: ``EMAIL`` and ``PASSWORD``."""
    app = create_app(Config.from_environment(given))
    with app.app_context():
        hashed = security.hashed(PASSWORD)
    staff.set_password(store, staff.add(store, EMAIL, ["participation"]), hashed)
    app.extensions["heard"].store.close()
