"""How many conversations teams hold: counted in the browser, sent on a later day, apart from any answer."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from flask import abort, render_template, request
from flask_login import current_user

from analysis.period import PeriodError, month_after, read_month, year_of
from feedback_app.context import heard
from feedback_app.staff.blueprint import Page, staff
from feedback_app.store import Store
from feedback_app.store import activity as counters
from feedback_app.store.ballot_box import is_receipt

#: What one browser can have counted in a month; more is a mistake.
MOST_IN_A_MONTH: Final = 200
#: A browser that was not used for longer than this sends nothing that anybody misses.
MONTHS_BACK: Final = 3
#: A team with fewer conversations on a survey in the year's ended months is not listed.
LEAST: Final = 10
#: Surveys times months in one sending.
MOST_ROWS: Final = 50


@staff.post("/activity")
def activity_add() -> Page:
    """A device's counters of earlier days: ``{"receipt", "rows": [{"survey", "month", "conversations"}]}``.

    Answers 204, also where the same receipt was counted before, or 422 and a sentence.
    """
    store = heard().store
    body = request.get_json(silent=True)
    receipt, given = (body.get("receipt"), body.get("rows")) if isinstance(body, dict) else (None, None)
    if not isinstance(given, list) or len(given) > MOST_ROWS:
        return "Expected a list of surveys, months and numbers.", 422
    if not isinstance(receipt, str) or not is_receipt(receipt):
        return "Expected a receipt, so that nothing is counted twice.", 422
    rows = [row for row in (_read(store, each) for each in given) if row]
    if len(rows) < len(given):
        return "A survey, month or number is not one that can be counted.", 422
    counters.add(store, rows, receipt)
    return "", 204


@staff.get("/activity")
def activity() -> Page:
    """Conversations by team and month, of months that have ended and in tens: no single one moves a number.

    Teams and surveys with fewer than ten are left out, since a new line would tell of the first one.
    """
    store = heard().store
    this_year = year_of(store.this_month())
    years = [this_year, year_of(month_after(store.this_month(), -12))]
    year = request.args.get("year", this_year)
    try:
        rows = [row for row in counters.listing(store, year) if row.month < store.this_month()]
    except PeriodError:
        abort(404)
    table: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        table.setdefault((row.team or "No team given", _title(store, row.survey_key)), Counter())[
            row.month
        ] += row.conversations
    return render_template(
        "staff/activity.html",
        table={who: numbers for who, numbers in table.items() if numbers.total() >= LEAST},
        months=[month_after(f"{year[:4]}-04", n) for n in range(12)],
        this_month=store.this_month(),
        year=year,
        years=years,
    )


def _read(store: Store, row: Any) -> counters.ActivityRow | None:
    """A row that can be counted, or None."""
    if not isinstance(row, dict):
        return None
    survey_key, month, number = row.get("survey"), row.get("month"), row.get("conversations")
    if not isinstance(survey_key, str) or not isinstance(month, str) or type(number) is not int:
        return None
    if (
        survey_key not in {survey.key for survey in store.surveys.current()}
        or not 1 <= number <= MOST_IN_A_MONTH
    ):
        return None
    try:
        read_month(month)
    except PeriodError:
        return None
    if not _is_recent(store, month):
        return None
    return counters.ActivityRow(current_user.team, survey_key, month, number)


def _is_recent(store: Store, month: str) -> bool:
    return month_after(store.this_month(), -MONTHS_BACK) <= month <= store.this_month()


def _title(store: Store, survey_key: str) -> str:
    try:
        return store.surveys.get(survey_key).title
    except KeyError:
        return survey_key
