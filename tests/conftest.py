"""Fixtures that every test may ask for.

``store`` (and ``app``, ``client``, ``page`` on it) is a fresh, migrated, empty database. Tests of what is stored, commanded or
walked through run on SQLite and again on PostgreSQL; the others on SQLite alone, unless they are marked ``both_databases``.

What is heavy is imported by the fixture that needs it, so that a test of one package is quick and shows what it needs.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.clock import Clock

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, Playwright
    from playwright.sync_api import Page as BrowserPage

    from feedback_app.analysis_process import AnalysisProcess
    from feedback_app.catalogues import Catalogues
    from feedback_app.config import Config
    from feedback_app.store import Store
    from feedback_app.store.secrets import Secrets
    from surveys.catalogue import Catalogue
    from tests.support.databases import PostgresServer, SqliteTemplate
    from tests.support.emptied import EmptiedDatabase
    from tests.support.pages import PageChecker
    from tests.support.sharing import CompiledTemplates

# Threads of linear algebra that wait for each other, on processors that other tests keep busy, take ten times as long as one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# A machine that does other things as well may take its time over an example.
settings.register_profile("heard", deadline=None)
settings.load_profile("heard")

ROOT = Path(__file__).resolve().parent.parent
#: Where Linux keeps files in memory: databases that are gone with the test need no disk that is sure of every write.
MEMORY = Path("/dev/shm")
#: Databases, browsers' profiles and backups of as many tests at once as processors run.
ROOM_BYTES = 4 * 1024**3
#: Folders whose tests run on both databases.
BOTH_DATABASES = ("attacks", "cli", "journeys", "migrations", "store")
#: Folders whose tests look at what lies in the files of a database, or make it over: none of them has had an earlier test in it.
NEW_DATABASES = ("attacks", "migrations")
SECRET_KEY = "tests only: sixty-four characters that nobody has to keep secret"
#: A Fernet key of zeros.
WORDS_KEY = "A" * 43 + "="


def pytest_configure(config: pytest.Config) -> None:
    """A setting of whoever runs the tests must not change what they find."""
    for name in [name for name in os.environ if name.startswith("HEARD_")]:
        if not name.startswith("HEARD_TEST_"):
            del os.environ[name]
    if "TMPDIR" not in os.environ and has_room(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def has_room(folder: Path) -> bool:
    """Whether what tests write may lie in a folder, if there is one."""
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM_BYTES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what could not be run here, and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    for marker, where in (("browser", "in Chromium"), ("postgres", "on PostgreSQL")):
        reasons = [report.longrepr[2] for report in skipped if marker in report.keywords]
        if reasons:
            reason = reasons[0].removeprefix("Skipped: ")
            terminalreporter.write_line(f"Not run: {len(reasons)} of the tests {where}, because {reason}")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a database on SQLite, and on PostgreSQL where that may differ."""
    if "database_url" not in metafunc.fixturenames:
        return
    folder = Path(str(metafunc.definition.path)).relative_to(ROOT / "tests").parts[0]
    both = folder in BOTH_DATABASES or metafunc.definition.get_closest_marker("both_databases")
    databases = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
    if only := metafunc.definition.get_closest_marker("only_on"):
        metafunc.parametrize("database_url", databases[only.args[0] == "postgres" :][:1], indirect=True)
        return
    metafunc.parametrize("database_url", databases if both else databases[:1], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything that uses a browser needs one; whole journeys take their time."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("slow")
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """An empty, migrated SQLite file to copy."""
    from tests.support.databases import SqliteTemplate, migrate, sqlite_url

    file = tmp_path_factory.mktemp("template") / "heard.sqlite"
    migrate(sqlite_url(file))
    return SqliteTemplate(file)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server: ``HEARD_TEST_POSTGRES``, else our own. Skips, with the reason, where there is none."""
    from tests.support.databases import PostgresMissing, postgres_server

    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres_server(os.environ.get("HEARD_TEST_POSTGRES")))
        except PostgresMissing as reason:
            pytest.skip(str(reason))
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> Iterator[str]:
    """The name of an empty, migrated database to copy."""
    from sqlalchemy.engine import make_url

    from tests.support.databases import migrate

    url = postgres.create()
    migrate(url)
    yield str(make_url(url).database)
    postgres.drop(url)


@pytest.fixture(scope="session")
def emptied_database(postgres: PostgresServer, postgres_template: str) -> Iterator[EmptiedDatabase]:
    """A PostgreSQL database that one test after another has for its own."""
    from tests.support.emptied import EmptiedDatabase

    database = EmptiedDatabase(postgres, postgres_template)
    yield database
    database.drop()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of one's own; on PostgreSQL a new one where a test looks at its files."""
    if request.param == "sqlite":
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        yield template.fresh(tmp_path)
    elif request.path.relative_to(ROOT / "tests").parts[0] in NEW_DATABASES:
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.create(request.getfixturevalue("postgres_template"))
        yield url
        server.drop(url)
    else:
        database: EmptiedDatabase = request.getfixturevalue("emptied_database")
        yield database.take()
        database.give_back()


@pytest.fixture
def today() -> Clock:
    """The day it is for the store: Friday 20 November 2026, until the test moves it."""
    return Clock(dt.date(2026, 11, 20))


@pytest.fixture(scope="session")
def secrets() -> Secrets:
    """Keys that nobody has to keep."""
    from feedback_app.store.secrets import Secrets

    return Secrets(SECRET_KEY, (WORDS_KEY,))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The built-in surveys."""
    from surveys.reading import load_catalogue

    return load_catalogue()


@pytest.fixture
def store(database_url: str, secrets: Secrets, catalogue: Catalogue, today: Clock) -> Iterator[Store]:
    """An empty store on a database of its own."""
    from feedback_app.store import Store

    opened = Store(database_url, secrets, catalogue, today)
    yield opened
    opened.close()


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    """Settings for tests."""
    from feedback_app.config import Config

    return Config(
        env="testing",
        instance=tmp_path / "instance",
        database_url=database_url,
        secret_key=SECRET_KEY,
        words_keys=(WORDS_KEY,),
    )


@pytest.fixture(scope="session")
def shared_analysis() -> Iterator[AnalysisProcess]:
    """One analysis process for all tests: it takes seconds to start, and does so when first asked."""
    from feedback_app.analysis_process import AnalysisProcess

    process = AnalysisProcess()
    yield process
    process.close()


@pytest.fixture(scope="session")
def compiled_templates() -> CompiledTemplates:
    """Templates as they were compiled for the first application that needed them."""
    from tests.support.sharing import CompiledTemplates

    return CompiledTemplates()


@pytest.fixture(scope="session")
def built_in_catalogues() -> Catalogues:
    """The catalogues that come with Heard, each of them read when it is first asked for."""
    from feedback_app.catalogues import Catalogues
    from feedback_app.translating.catalogue import FOLDER

    return Catalogues(FOLDER)


@pytest.fixture
def app(
    config: Config,
    today: Clock,
    shared_analysis: AnalysisProcess,
    compiled_templates: CompiledTemplates,
    built_in_catalogues: Catalogues,
) -> Iterator[Flask]:
    """The application, on the same database as ``store``."""
    from feedback_app import create_app
    from tests.support.sharing import ReadCatalogues, shared

    with shared(shared_analysis, compiled_templates):
        created = create_app(config, today)
    created.extensions["heard_catalogues"] = ReadCatalogues(built_in_catalogues)
    yield created
    parts = created.extensions["heard"]
    parts.analysis.close()
    parts.store.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> PageChecker:
    """Fetches pages and checks each: ``page.get("/help").heading``."""
    from tests.support.pages import PageChecker

    return PageChecker(client)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is. Skips, with the reason, where there is none."""
    from tests.support import browser as support

    executable = support.chromium()
    if executable is None:
        pytest.skip("there is no Chromium here; install one, or say where it is in CHROMIUM")
    return executable


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; there can be only one in a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    """Chromium. Skips, with the reason, where there is none."""
    from tests.support.browser import launch

    launched = launch(playwright, chromium)
    yield launched
    launched.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """``http://127.0.0.1:PORT`` of the application, being served."""
    from tests.support.browser import serving

    with serving(app) as served:
        yield served


@pytest.fixture
def browser_page(browser: Browser, address: str) -> Iterator[BrowserPage]:
    """A phone's screen in Chromium: ``browser_page.goto("/help")``."""
    from tests.support.browser import phone

    with phone(browser, address) as opened:
        yield opened


@pytest.fixture
def plain_page(browser: Browser, address: str) -> Iterator[BrowserPage]:
    """A phone's screen in a Chromium without JavaScript."""
    from tests.support.browser import phone

    with phone(browser, address, javascript=False) as opened:
        yield opened
