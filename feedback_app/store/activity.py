"""How many conversations each team has held: a counter of its own, apart from every answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from analysis.period import Period, month_after
from feedback_app.store import Store
from feedback_app.store.dialect import insert_or_add, insert_rows
from feedback_app.store.models import Activity, Receipt

#: A device that heard no answer sends its batch again with its next staff page; after so many months it is not counted anyway.
RECEIPT_MONTHS: Final = 3


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """Conversations that a team held on a survey in a month."""

    team: str
    survey_key: str
    month: str
    conversations: int


def add(store: Store, rows: Sequence[ActivityRow], receipt: str) -> None:
    """Add a device's batch to its team's counters, once, however often it is sent.

    Args:
        receipt: a random number that the device made for the batch.
    """
    added = [
        {"team": r.team, "survey_key": r.survey_key, "month": r.month, "conversations": r.conversations}
        for r in rows
    ]
    arrived = {
        "digest": store.secrets.keyed_hash("activity", receipt),
        "forget_after": month_after(store.this_month(), RECEIPT_MONTHS),
    }
    with store.writing() as session:
        connection = session.connection()
        if insert_rows(connection, Receipt, [arrived], or_ignore=True).number:
            insert_or_add(connection, Activity, added, "conversations")


def listing(store: Store, year: str) -> list[ActivityRow]:
    """A report year's counters, by team, survey and month."""
    period = Period.year(year)
    query = (
        select(Activity)
        .where(Activity.month.between(period.first, period.last))
        .order_by(Activity.team, Activity.survey_key, Activity.month)
    )
    with store.reading() as session:
        return [ActivityRow(a.team, a.survey_key, a.month, a.conversations) for a in session.scalars(query)]
