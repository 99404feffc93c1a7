"""What commands share: settings, an open store, and the one way to refuse bad input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from analysis.settings import RulesError, read_rules
from feedback_app.analysis_process import AnalysisError
from feedback_app.config import Config, ConfigError
from feedback_app.context import Heard, analysis_process
from feedback_app.help_lines import HelpLinesError, read_help_lines
from feedback_app.store import Store
from feedback_app.store.counting import SurveyGone
from feedback_app.store.opening import open_store
from feedback_app.store.revision import REVISION
from feedback_app.store.secrets import UnsealError
from surveys.problems import SurveyErrors


def void_codes(number: int) -> str:
    """What is said of so many codes that let nobody in any more, without its full stop; empty where there are none."""
    if not number:
        return ""
    codes = "1 unused code is void" if number == 1 else f"the {number} unused codes are void"
    return f"; {codes}, so print new ones for rounds that need them"


def settings() -> Config:
    """Settings from the environment, or one line of what is wrong with them."""
    try:
        return Config.from_environment()
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


def settings_to_serve() -> Config:
    """Settings, once every file that they name has been read, or one line of what is wrong with them."""
    config = settings()
    try:
        read_rules(config.disclosure)
        read_help_lines(config.help_lines)
    except RulesError as error:
        raise click.ClickException(f"HEARD_DISCLOSURE: {error}") from None
    except HelpLinesError as error:
        raise click.ClickException(f"HEARD_HELP_LINES: {error}") from None
    return config


@contextmanager
def opened(*, migrated: bool = True) -> Iterator[Store]:
    """The store of the environment's settings.

    Args:
        migrated: whether its tables must be those of this version.
    """
    store = _open(settings())
    try:
        if migrated:
            _check_revision(store)
        yield store
    except (UnsealError, SurveyGone) as error:
        raise click.ClickException(str(error)) from None
    except OperationalError:
        raise click.ClickException("the database does not answer, is locked, or its disk is full") from None
    except DBAPIError as error:
        raise click.ClickException(f"the database refused: {type(error.orig).__name__}") from None
    finally:
        store.close()


@contextmanager
def everything() -> Iterator[Heard]:
    """The store, and the analysis process beside it."""
    with opened() as store:
        config = settings()
        try:
            analysis = analysis_process(config)
        except RulesError as error:
            raise click.ClickException(f"HEARD_DISCLOSURE: {error}") from None
        try:
            yield Heard(config, store, analysis)
        except AnalysisError as error:
            raise click.ClickException(str(error)) from None
        finally:
            analysis.close()


def _open(config: Config) -> Store:
    try:
        return open_store(config)
    except SurveyErrors as errors:
        raise click.ClickException(str(errors.problems[0])) from None
    except RulesError as error:
        raise click.ClickException(f"HEARD_DISCLOSURE: {error}") from None
    except OSError as error:
        raise click.ClickException(
            f"HEARD_DATABASE_URL: its folder cannot be made ({error.strerror})"
        ) from None


def _check_revision(store: Store) -> None:
    try:
        with store.reading() as session:
            found = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except OperationalError as error:
        if store.file is None or "no such table" not in str(error):
            raise
        found = None
    except ProgrammingError:
        found = None
    if found != REVISION:
        raise click.ClickException("the database has not the tables of this version; run: heard db upgrade")
