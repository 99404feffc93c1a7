"""Rounds to answer."""

from __future__ import annotations

import datetime as dt

from feedback_app.store import Store
from feedback_app.store.models import Round


def add_round(
    store: Store, survey: str = "iro_review", *, entry: str = "link", opens: int = 0, closes: int = 30
) -> str:
    """A round, ``opens`` and ``closes`` in days from today, made without its rules; returns its address."""
    slug = f"{survey.replace('_', '')}{entry}"
    with store.writing() as session:
        session.add(
            Round(
                slug=slug,
                survey_key=survey,
                survey_version=store.surveys.get(survey).version,
                opens=store.today() + dt.timedelta(days=opens),
                closes=store.today() + dt.timedelta(days=closes),
                entry=entry,
            )
        )
    return f"/s/{slug}"


def slug_of(address: str) -> str:
    """The slug in a round's address."""
    return address.removeprefix("/s/")
