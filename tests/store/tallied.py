"""Tallies of a month, as they were kept."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from feedback_app.store import Store, counting
from feedback_app.store.models import TallyRow


def tallied(
    store: Store, survey_key: str, month: str, by: str | None = None
) -> Counter[tuple[str, str, str]]:
    """By group, question and option, for everyone and the groups of ``by``. Months that have ended are counted first."""
    counting.count(store)
    query = select(TallyRow.group, TallyRow.question, TallyRow.option, TallyRow.count).where(
        TallyRow.survey_key == survey_key,
        TallyRow.month == month,
        TallyRow.breakdown.in_(["", by] if by else [""]),
    )
    found: Counter[tuple[str, str, str]] = Counter()
    with store.reading() as session:
        for group, question, option, number in session.execute(query):
            found[group, question, option] += number
    return found
