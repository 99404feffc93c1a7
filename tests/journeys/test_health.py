"""The health check tells a server's keeper whether answers can be stored, and nobody anything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from feedback_app import create_app
from feedback_app.config import Config
from feedback_app.store import Store


def test_all_is_well(client: FlaskClient) -> None:
    response = client.get("/health")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_before_the_migration_it_is_not(client: FlaskClient, store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json == {"status": "failed", "why": "the database does not answer, or has no tables"}


def test_at_another_version_it_says_which_and_what_to_do(client: FlaskClient, store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json == {"status": "failed", "why": "the database is at 0000; run heard db upgrade"}


@pytest.mark.parametrize(
    "url", ["sqlite:///{folder}/new.sqlite", "postgresql+psycopg://nobody@127.0.0.1:1/none"]
)
def test_without_a_database_it_is_not(config: Config, tmp_path: Path, url: str) -> None:
    app = create_app(replace(config, database_url=url.format(folder=tmp_path)))
    assert app.test_client().get("/health").status_code == 503
    app.extensions["heard"].store.close()
