"""What has been destroyed at the end of its time, as numbers: so that a council can show that it keeps its word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import render_template

from feedback_app.context import heard
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.words import month
from feedback_app.store import retention
from feedback_app.store.retention import Gone

#: What each kind is called, in the order in which a child's words and answers pass through them.
KINDS: Final = {
    "sealed_response": "Responses that were never counted",
    "sealed_comment": "Comments whose box was never counted",
    "response": "Counted responses (their counts stay)",
    "comment": "Comments that were not approved",
    "original_words": "What was written, of comments that were approved (the quotes stay)",
    "reading_item": "Words that nobody read",
    "contact_request": "Contact requests that nobody dealt with",
}

_OF_A_YEAR: Final = frozenset({"comment", "original_words"})


@staff.get("/destroyed")
def destroyed() -> Page:
    """Each kind with its numbers, the newest first; and for how long everything is kept."""
    store = heard().store
    gone = retention.destroyed(store)
    titles = {survey.key: survey.title for survey in store.surveys.current()}
    kinds = {kind: [_row(one, titles) for one in gone if one.what == kind] for kind in KINDS}
    return render_template(
        "staff/destroyed.html",
        kinds=[(KINDS[kind], rows) for kind, rows in kinds.items() if rows],
        periods=store.deadlines.periods,
        contact_months=retention.FORGOTTEN_CONTACT_MONTHS,
    )


def _row(gone: Gone, titles: Mapping[str, str]) -> tuple[str, str, int]:
    """Which survey, of when (a month, or a comment's year), and how many."""
    title = titles.get(gone.survey, gone.survey) or "Not kept"
    return title, gone.month if gone.what in _OF_A_YEAR else month(gone.month), gone.count
