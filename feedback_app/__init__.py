"""Heard: the web application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from feedback_app import (
    context,
    errors,
    headers,
    health,
    logs,
    staff,
    static_files,
    visit,
    young_people,
)
from feedback_app.config import Config
from feedback_app.store import Store, today_in_england
from feedback_app.store.opening import open_store
from feedback_app.young_people import language

__all__ = ["create_app"]

#: A whole survey with every words answer at its longest is under 100 KB; nothing larger is read.
MOST_BYTES = 512 * 1024


def create_app(config: Config | None = None, today: Callable[[], dt.date] = today_in_england) -> Flask:
    """The application, wired.

    Args:
        config: settings; from the environment where None.
        today: the day it is.

    Raises:
        ConfigError: a setting is missing or unsafe.
        ScriptError: the modules of a script cannot be put together.
        SurveyErrors: a survey definition has problems.
        RulesError: a disclosure setting is unknown or laxer than the default.
    """
    config = config or Config.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key, MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_BYTES
    )
    store: Store = open_store(config, today)
    analysis = context.analysis_process(config)
    store.are_worrying = analysis.are_worrying
    context.attach(app, context.Heard(config, store, analysis))
    language.init_app(app)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=config.proxies, x_host=config.proxies)  # type: ignore[method-assign]
    logs.init_app(app)
    headers.init_app(app, is_production=config.is_production)
    static_files.init_app(app)
    errors.init_app(app)
    app.register_blueprint(health.blueprint)
    young_people.init_app(app)
    app.register_blueprint(visit.blueprint)
    staff.init_app(app)
    return app
