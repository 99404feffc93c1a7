"""The report: one content (``content``), then one module per format. This module itself imports nothing heavy."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import dataclass, field
from typing import Final

from analysis.findings import SurveyFindings
from analysis.period import Period
from analysis.settings import Rules
from surveys.schema import Survey

#: The formats a report is written in, which are also the names of their modules.
FORMATS: Final = ("docx", "html", "xlsx")


class ReportError(ValueError):
    """A report that cannot be made; the message is one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class SurveyInput:
    """What the report says of one survey.

    Attributes:
        findings: for everyone, over the report's period.
        quotes: question key and words, approved for publication.
        breakdowns: the same survey and period, split; none are needed.
    """

    survey: Survey
    findings: SurveyFindings
    quotes: tuple[tuple[str, str], ...] = ()
    breakdowns: tuple[SurveyFindings, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportInput:
    """Everything a report is made from.

    Attributes:
        period: a year or a quarter.
        council: its name; may be empty.
        made_on: the day the report was made.
        surveys: in the order they are reported.
        rules: the thresholds that the findings were made with; the report says them.
        is_demonstration: whether the figures are made up, which the report then says at the top.
    """

    period: Period
    council: str
    made_on: dt.date
    surveys: tuple[SurveyInput, ...]
    is_demonstration: bool = False
    rules: Rules = field(default_factory=Rules)


def write(report_input: ReportInput, file_format: str) -> bytes:
    """The report as a file, which carries nothing more than it shows: what does is held back.

    Raises:
        ReportError: the format is unknown, findings are of another period or survey than the report says, or the file that
            was made holds more than it shows (see ``analysis.report.linting``).
    """
    if file_format not in FORMATS:
        raise ReportError(f"{file_format!r} is not a report format; expected {', '.join(FORMATS)}")
    for part in report_input.surveys:
        for found in (part.findings, *part.breakdowns):
            if found.period != report_input.period or found.survey != part.survey.key:
                raise ReportError(
                    f"the findings of {part.survey.key} are not those of {report_input.period.label}"
                )
    content = importlib.import_module("analysis.report.content").content(report_input)
    written: bytes = importlib.import_module(f"analysis.report.{file_format}").write(content)
    surveys = [part.survey for part in report_input.surveys]
    found = importlib.import_module("analysis.report.linting").lint(written, file_format, surveys)
    if found:
        raise ReportError(f"the file is held back, since it holds more than it shows: {found[0]}")
    return written
