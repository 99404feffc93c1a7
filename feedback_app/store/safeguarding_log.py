"""What safeguarding readers did, by month and by day, from the audit log: numbers, and never a word that was read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from analysis.period import month_after, month_of
from feedback_app.store import Store
from feedback_app.store.models import Audit, User

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


@dataclass(frozen=True, slots=True)
class Day:
    """What one reader did on a day: how many they read, how many of those after their day, how many requests they dealt with."""

    day: dt.date
    email: str
    done: Counter[str]


def days(store: Store, number: int) -> list[Day]:
    """Who read how many on which of the last days, the newest first."""
    query = (
        select(Audit.day, User.email, Audit.action, Audit.count)
        .join(User, Audit.user_id == User.id)
        .where(Audit.action.in_(_ACTIONS), Audit.day > store.today() - dt.timedelta(days=number))
        .order_by(Audit.day.desc(), User.email)
    )
    found: dict[tuple[dt.date, str], Day] = {}
    with store.reading() as session:
        for day, email, action, count in session.execute(query):
            found.setdefault((day, email), Day(day, email, Counter())).done[action] += count
    return list(found.values())


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


def ended_months(store: Store, number: int) -> list[Month]:
    """The last months that have ended, the newest first, each also where nothing was done in it."""
    found = {month.month: month for month in months(store)}
    names = [month_after(store.this_month(), -back) for back in range(1, number + 1)]
    return [found.get(name) or Month(name, Counter(), Counter()) for name in names]
