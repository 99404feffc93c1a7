"""Answers as phones send them, for tests of the store."""

from __future__ import annotations

import datetime as dt

from feedback_app.store import Store, ballot_box, rounds
from feedback_app.store.ballot_box import Sealed, Submission, new_receipt
from surveys.schema import Answers, Wording


def open_round(
    store: Store, survey_key: str = "wellbeing", days: int = 60, codes: int = 0
) -> tuple[str, list[str]]:
    """A round from today on."""
    today = store.today()
    entry = "codes" if codes else "link"
    return rounds.open_round(store, survey_key, today, today + dt.timedelta(days=days), entry, codes)


def send(
    store: Store,
    slug: str,
    answers: Answers,
    receipt: str | None = None,
    code: str | None = None,
    how: str = "self",
    wording: Wording = Wording.STANDARD,
) -> Sealed:
    """Send one response, with a new receipt where none is given."""
    round_ = rounds.find(store, slug)
    assert round_ is not None
    survey = store.surveys.get(round_.survey_key, round_.survey_version)
    submission = Submission(survey, round_, wording, how, answers, receipt or new_receipt(), code)
    return ballot_box.seal(store, submission)
