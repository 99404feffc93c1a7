"""Results: per survey and period, only ever what disclosure control lets through."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for

from analysis.findings import SurveyFindings
from analysis.period import Period, PeriodError, month_of, year_of
from feedback_app import showing
from feedback_app.analysis_process import AnalysisError
from feedback_app.context import heard
from feedback_app.staff import periods
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.words import day, many, month
from feedback_app.store import Store, ballot_box, counting, rounds, tallies
from surveys.schema import QuestionType, Survey

#: Breakdowns that every survey has beside those it declares.
EVERY_SURVEY = {"how": "How it was answered", "round": "Round"}


@staff.get("/results")
def results() -> Page:
    """Every survey, with what has been counted and what waits."""
    store = heard().store
    surveys = [
        (survey, tallies.months(store, survey.key), ballot_box.waiting(store, survey.key))
        for survey in store.surveys.current()
    ]
    return render_template("staff/results.html", surveys=surveys, year_of=year_of)


@staff.get("/results/<survey_key>")
def results_survey(survey_key: str) -> Page:
    """One survey over one period, perhaps split by a breakdown."""
    store = heard().store
    survey = _survey(store, survey_key)
    months = tallies.months(store, survey_key)
    breakdowns = {q.key: q.title for q in survey.breakdowns if q.type is not QuestionType.MANY} | EVERY_SURVEY
    by = request.args.get("by") or None
    if by is not None and by not in breakdowns:
        abort(404)
    chosen = request.args.get("period") or (periods.years(months) or [year_of(store.this_month())])[0]
    period = _period(chosen)
    found, problem = None, None
    try:
        found = _findings(store, survey, period, by) if months else None
    except AnalysisError as error:
        problem = str(error)
    return render_template(
        "staff/results_survey.html",
        survey=survey,
        found=found,
        problem=problem,
        period=period,
        periods=periods.choices(months),
        chosen=chosen,
        breakdowns=breakdowns,
        by=by,
        sealed=ballot_box.waiting(store, survey_key),
    )


@staff.post("/results/end-month")
def end_month() -> Page:
    """Demonstration only: count as though this month had ended."""
    if not heard().config.demo:
        abort(404)
    store = heard().store
    now = month_of(store.today())
    counted = counting.count(store, until_month=now)
    for batch in counted:
        title = store.surveys.get(batch.survey).title
        flash(f"{title}: {many(batch.responses, 'response', 'responses')} counted in {month(batch.month)}.")
    if not counted:
        flash("Nothing was counted: a survey is opened when at least 10 of its responses wait together.")
    return redirect(url_for("staff.results"), 303)


def _survey(store: Store, survey_key: str) -> Survey:
    try:
        return store.surveys.get(survey_key)
    except KeyError:
        abort(404)


def _period(chosen: str) -> Period:
    try:
        return periods.read(chosen)
    except PeriodError:
        abort(404)


def _findings(store: Store, survey: Survey, period: Period, by: str | None) -> SurveyFindings:
    found = showing.show(heard(), survey, period, by)
    return _with_dates(store, found) if by == "round" else found


def _with_dates(store: Store, found: SurveyFindings) -> SurveyFindings:
    """Rounds by their days: nobody knows them by their links."""
    days = {row.slug: f"{day(row.opens)} to {day(row.closes)}" for row in rounds.listing(store)}
    named = (replace(group, text=days.get(group.group, group.text)) for group in found.groups)
    return replace(found, groups=tuple(named))
