"""What safeguarding readers did, month by month, from the audit log: numbers, and never a word that was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from analysis.period import month_of
from feedback_app.store import Store
from feedback_app.store.models import Audit

_ACTIONS = (
    "read",
    "read_late",
    "stepped_back",
    "interpreter_asked",
    "never_quote",
    "contact_dealt_with",
    "contact_late",
)


@dataclass(frozen=True, slots=True)
class Month:
    """What was done in a month.

    Attributes:
        month: ``YYYY-MM``.
        done: how often, by action: ``read`` (``read_late`` of them after their day), ``stepped_back``, ``interpreter_asked``,
            ``never_quote``, ``contact_dealt_with`` (``contact_late`` of them after their day).
        escalated: how often each of ``reading_queue.DONE`` was done.
    """

    month: str
    done: Counter[str]
    escalated: Counter[str]


def months(store: Store) -> list[Month]:
    """Every month in which something was done, the newest first."""
    query = select(Audit.day, Audit.action, Audit.subject, Audit.count).where(
        Audit.action.in_((*_ACTIONS, "escalated"))
    )
    found: dict[str, Month] = {}
    with store.reading() as session:
        for day, action, subject, count in session.execute(query):
            month = found.setdefault(month_of(day), Month(month_of(day), Counter(), Counter()))
            if action == "escalated":
                month.escalated[subject] += count
            else:
                month.done[action] += count
    return [found[month] for month in sorted(found, reverse=True)]
