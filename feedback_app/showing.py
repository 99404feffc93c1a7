"""Figures for people: the one way to them, past disclosure control and through the ledger.

Whatever screen, command, report or export shows a figure asks here. What is decided is decided without a transaction;
what is shown is in the ledger before anybody sees it.
"""

from __future__ import annotations

from typing import Final

from analysis.findings import SurveyFindings
from analysis.period import Period
from analysis.releasing.asked import Asked
from analysis.releasing.ledger import Basis, Entry
from feedback_app.analysis_process import AnalysisError
from feedback_app.context import Heard
from feedback_app.store import Store, counting, ledger
from surveys.schema import Survey

#: How often somebody else may show or count something between a decision and its recording.
_TRIES: Final = 20


def show(parts: Heard, survey: Survey, period: Period, by: str | None = None) -> SurveyFindings:
    """What may be shown of a survey over a period, recorded as shown. Months that have ended are counted first.

    The same asked again, with nothing counted in between, is answered the same.

    Raises:
        AnalysisError: it cannot be worked out.
    """
    store, analysis = parts.store, parts.analysis
    counting.count(store)
    asked = Asked(period, store.this_month(), by, analysis.rules)
    if entry := _shown_before(store, survey, asked):
        return analysis.again(survey, period, entry)
    for _ in range(_TRIES):
        with store.reading() as session:
            known = ledger.known(session, survey.key, asked)
        release = analysis.release(survey, asked, known.counted, known.entries)
        # Where nothing is shown it was said that it is withheld: what comes later must not tell it.
        is_empty = not release.entry.basis.counted
        if is_empty or ledger.record(store, survey.key, asked, release.entry, len(known.entries)):
            return release.findings
    raise AnalysisError("others keep asking for figures of the same year; try again")


def has_figures(store: Store, survey: Survey, period: Period) -> bool:
    """Whether anything of a survey has been counted in a period. Months that have ended are counted first."""
    counting.count(store)
    with store.reading() as session:
        return bool(ledger.sizes(session, survey.key, period))


def _shown_before(store: Store, survey: Survey, asked: Asked) -> Entry | None:
    """The entry of the same output, where it was made from what it would be made from now."""
    with store.reading() as session:
        counted = ledger.sizes(session, survey.key, asked.period)
        entry = ledger.newest(session, survey.key, asked, asked.last(counted))
    now = Basis(counted, asked.is_ended_year, survey.version, asked.rules)
    return entry if entry and entry.basis == now else None
