"""A report of the published figures, to try formats on."""

from __future__ import annotations

import datetime as dt

from analysis.period import Period
from analysis.report import ReportInput, SurveyInput
from tests.analysis.alone import findings
from tests.analysis.published import published, surveys

YEAR = Period.year("2022-23")
COUNCIL = "Northshire County Council"
FORMULA = '=HYPERLINK("http://example.org","click")'


def report_input(
    council: str = COUNCIL, wellbeing_words: tuple[str, ...] = ("the dog", FORMULA)
) -> ReportInput:
    parts = []
    for key, survey in surveys().items():
        quotes = tuple(("what_helps", words) for words in wellbeing_words) if key == "wellbeing" else ()
        parts.append(SurveyInput(survey, findings(survey, published(key), YEAR), quotes))
    return ReportInput(YEAR, council, dt.date(2023, 10, 4), tuple(parts))
