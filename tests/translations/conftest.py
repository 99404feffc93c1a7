"""An application with translations made by rule: Ukrainian is reviewed, Arabic and Polish are drafts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback_app.catalogues import Catalogues
from feedback_app.store import Store, rounds
from tests.support.pages import PageChecker
from tests.support.rounds import add_round, slug_of
from tests.support.sharing import ReadCatalogues
from tests.support.translations import translate


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translations."""
    made = tmp_path_factory.mktemp("translations")
    translate(made, "uk", reviewed=True)
    translate(made, "ar")
    translate(made, "pl")
    return made


@pytest.fixture(scope="session")
def read(folder: Path) -> Catalogues:
    """The same, each read when it is first asked for."""
    return Catalogues(folder)


@pytest.fixture
def translated(app: Flask, read: Catalogues) -> Flask:
    """The application with these translations."""
    app.extensions["heard_catalogues"] = ReadCatalogues(read)
    return app


@pytest.fixture
def reader(translated: Flask) -> FlaskClient:
    """Somebody who reads in one of these languages."""
    return translated.test_client()


@pytest.fixture
def pages(reader: FlaskClient) -> PageChecker:
    """Fetches pages as they do, and checks each."""
    return PageChecker(reader)


@pytest.fixture
def offer(store: Store) -> Callable[..., str]:
    """Makes a round of a survey, with some languages turned on; returns its address."""

    def make(*languages: str, survey: str = "iro_review", **options: str) -> str:
        address = add_round(store, survey, **options)  # type: ignore[arg-type]
        rounds.set_languages(store, slug_of(address), languages)
        return address

    return make
