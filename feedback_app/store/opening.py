"""A store from settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from analysis.settings import read_rules
from feedback_app.config import Config
from feedback_app.store import Store, today_in_england
from feedback_app.store.secrets import Secrets
from surveys.reading import BUILT_IN, load_catalogue


def open_store(config: Config, today: Callable[[], dt.date] = today_in_england) -> Store:
    """The store that settings describe; its tables are not looked at.

    Raises:
        SurveyErrors: a survey definition has problems.
        RulesError: a disclosure setting is unknown or laxer than the default.
    """
    box_size = read_rules(config.disclosure).box_size
    catalogue = load_catalogue([BUILT_IN, *([config.surveys] if config.surveys else [])])
    return Store(
        config.database_url,
        Secrets(config.secret_key, config.words_keys),
        catalogue,
        today,
        config.deadlines,
        box_size=box_size,
    )
