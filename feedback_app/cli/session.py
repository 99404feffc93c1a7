"""What commands share: settings, an open store, and the one way to refuse bad input."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from analysis.settings import RulesError
from feedback_app.analysis_process import AnalysisError
from feedback_app.config import Config, ConfigError
from feedback_app.context import Heard, analysis_process
from feedback_app.store import Store
from feedback_app.store.opening import open_store
from feedback_app.store.revision import REVISION
from feedback_app.store.secrets import UnsealError
from surveys.problems import SurveyErrors


def settings() -> Config:
    """Settings from the environment, or one line of what is wrong with them."""
    try:
        return Config.from_environment()
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def opened(*, migrated: bool = True) -> Iterator[Store]:
    """The store of the environment's settings.

    Args:
        migrated: whether its tables must be those of this version.
    """
    config = settings()
    try:
        store = open_store(config)
    except SurveyErrors as errors:
        raise click.ClickException(str(errors.problems[0])) from None
    try:
        if migrated:
            _check_revision(store)
        yield store
    except UnsealError as error:
        raise click.ClickException(str(error)) from None
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
            raise click.ClickException(str(error)) from None
        try:
            yield Heard(config, store, analysis)
        except AnalysisError as error:
            raise click.ClickException(str(error)) from None
        finally:
            analysis.close()


def _check_revision(store: Store) -> None:
    try:
        with store.reading() as session:
            found = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError:
        found = None
    if found != REVISION:
        raise click.ClickException("the database has not the tables of this version; run: heard db upgrade")
