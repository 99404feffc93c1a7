"""What a report is made from: every survey of which something was counted in a period, and its approved quotes."""

from __future__ import annotations

from analysis.period import Period
from analysis.report import ReportInput, SurveyInput
from feedback_app import showing
from feedback_app.context import Heard
from feedback_app.store import comments
from surveys.schema import Survey


def report_input(parts: Heard, period: Period) -> ReportInput:
    """Everything the report of a period says.

    Raises:
        AnalysisError: the figures cannot be worked out.
    """
    found = (_survey_input(parts, survey, period) for survey in parts.store.surveys.current())
    return ReportInput(
        period=period,
        council=parts.config.council,
        made_on=parts.store.today(),
        surveys=tuple(part for part in found if part),
        is_demonstration=parts.config.demo,
    )


def _survey_input(parts: Heard, survey: Survey, period: Period) -> SurveyInput | None:
    if not showing.has_figures(parts.store, survey, period):
        return None
    quotes = comments.quotes(parts.store, survey.key, period.report_year)
    return SurveyInput(
        survey=survey,
        findings=showing.show(parts, survey, period),
        quotes=tuple((quote.question, quote.words) for quote in quotes),
    )
