"""The report: what it will contain, and the files to download."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from flask import Response, abort, flash, redirect, render_template, request, url_for

from analysis.findings import SurveyFindings
from analysis.period import Period, PeriodError, year_of
from feedback_app import reporting, showing
from feedback_app.analysis_process import AnalysisError
from feedback_app.context import heard
from feedback_app.staff import periods
from feedback_app.staff.blueprint import Page, staff
from feedback_app.store import comments, tallies


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name for people, its media type, and what it is good for."""

    name: str
    mime: str
    use: str


FORMATS: Final = {
    "docx": Format(
        "Word document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "to edit and put into the annual report",
    ),
    "html": Format("Web page", "text/html", "to read on a screen or send on"),
    "xlsx": Format(
        "Spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "the same figures, to work with",
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One survey in the report."""

    found: SurveyFindings
    quotes: int

    @property
    def sentences(self) -> list[str]:
        """Its headlines."""
        return [question.sentence for question in self.found.everyone.questions if question.sentence]


@staff.get("/report")
def report() -> Page:
    """Choose a year or quarter, see what the report will say, and download it."""
    store = heard().store
    months = sorted(
        {month for survey in store.surveys.current() for month in tallies.months(store, survey.key)}
    )
    chosen = request.args.get("period") or (periods.years(months) or [year_of(store.this_month())])[0]
    period = _period(chosen)
    parts, problem = [], None
    try:
        parts = _parts(period)
    except AnalysisError as error:
        problem = str(error)
    return render_template(
        "staff/report.html",
        chosen=chosen,
        period=period,
        periods={name: found for name, found in periods.choices(months).items() if name != "Months"},
        parts=parts,
        problem=problem,
        formats=FORMATS,
    )


@staff.get("/report/<period>.<kind>")
def report_file(period: str, kind: str) -> Page:
    """The report as a file."""
    if kind not in FORMATS:
        abort(404)
    chosen = _period(period)
    parts = heard()
    try:
        content = parts.analysis.report(reporting.report_input(parts, chosen), kind)
    except AnalysisError as error:
        flash(f"The report could not be made: {error}", "error")
        return redirect(url_for("staff.report", period=period), 303)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(parts.config.council, period)}.{kind}"'
    }
    return Response(content, mimetype=FORMATS[kind].mime, headers=headers)


def file_name(council: str, period: str) -> str:
    """How the file is called, without its ending: ``Example-County-Council-what-children-told-us-2022-23-Q1``."""
    place = re.sub(r"[^A-Za-z0-9]+", "-", council).strip("-") or "Council"
    return f"{place}-what-children-told-us-{period.replace('.', '-Q')}"


def _period(chosen: str) -> Period:
    try:
        period = periods.read(chosen)
    except PeriodError:
        abort(404)
    if period.first == period.last:
        abort(404)
    return period


def _parts(period: Period) -> list[Part]:
    """What the report will contain: every survey of which something was counted."""
    parts = []
    store = heard().store
    for survey in store.surveys.current():
        if showing.has_figures(store, survey, period):
            found = showing.show(heard(), survey, period)
            parts.append(Part(found, len(comments.quotes(store, survey.key, period.report_year))))
    return parts
