"""How many conversations each team has held: a counter of its own, apart from every answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from analysis.period import Period
from feedback_app.store import Store
from feedback_app.store.dialect import insert_or_add
from feedback_app.store.models import Activity


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """Conversations that a team held on a survey in a month."""

    team: str
    survey_key: str
    month: str
    conversations: int


def add(store: Store, team: str, survey_key: str, month: str, conversations: int) -> None:
    """Add a day's conversations to a team's counter."""
    row = {"team": team, "survey_key": survey_key, "month": month, "conversations": conversations}
    with store.writing() as session:
        insert_or_add(session.connection(), Activity, [row], "conversations")


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
