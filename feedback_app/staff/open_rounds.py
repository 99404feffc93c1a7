"""Rounds that staff can use today, with their surveys."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from feedback_app.context import heard
from feedback_app.store import rounds
from feedback_app.store.models import Round
from surveys.schema import Survey


@dataclass(frozen=True, slots=True)
class Opened:
    """A round with the version of its survey."""

    round: Round
    survey: Survey


def find_or_404(slug: str) -> Opened:
    """A round, whatever its state; else the page that says there is none."""
    store = heard().store
    round_ = rounds.find(store, slug)
    if round_ is None:
        abort(404)
    return Opened(round_, store.surveys.get(round_.survey_key, round_.survey_version))


def open_today() -> list[Opened]:
    """Every round that is open today, by the title of its survey."""
    slugs = [row.slug for row in rounds.listing(heard().store) if row.state == "open"]
    return sorted(
        (find_or_404(slug) for slug in slugs), key=lambda opened: (opened.survey.title, opened.round.closes)
    )
