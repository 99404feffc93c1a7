"""What staff did, by day. Kept apart from what it was done to, and never shown beside a quote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from feedback_app.store import Store
from feedback_app.store.models import Audit
from feedback_app.store.secrets import random_id


def record(
    store: Store, session: Session, user_id: int | None, action: str, subject: str = "", count: int = 1
) -> None:
    """Record an action in the session's transaction. ``user_id`` is None for the command line."""
    row = {"id": random_id(), "day": store.today(), "user_id": user_id, "action": action, "subject": subject}
    session.execute(insert(Audit), [{**row, "count": count}])


def add(
    store: Store, session: Session, user_id: int | None, action: str, subject: str = "", count: int = 1
) -> None:
    """Add to what somebody did today, so that a day holds one number and no order of what was done in it."""
    same = (
        Audit.day == store.today(),
        Audit.user_id == user_id,
        Audit.action == action,
        Audit.subject == subject,
    )
    changed = session.connection().execute(update(Audit).where(*same).values(count=Audit.count + count))
    if not changed.rowcount:
        record(store, session, user_id, action, subject, count)


def who(session: Session, action: str, subject: str) -> set[int]:
    """Everyone who did an action to a subject."""
    query = select(Audit.user_id).where(Audit.action == action, Audit.subject == subject)
    return {user_id for user_id in session.scalars(query) if user_id is not None}


def done_by(session: Session, action: str, day: dt.date) -> set[int]:
    """Everyone who did an action on a day."""
    query = select(Audit.user_id).where(Audit.action == action, Audit.day == day)
    return {user_id for user_id in session.scalars(query) if user_id is not None}


def keep_only(session: Session, action: str, day: dt.date, user_ids: Collection[int]) -> None:
    """Forget an action, but for what some people did on a day: for what is noted only as long as it is needed."""
    session.execute(
        delete(Audit).where(Audit.action == action, or_(Audit.day != day, Audit.user_id.not_in(user_ids)))
    )


def was_done(session: Session, action: str, day: dt.date) -> bool:
    """Whether an action was done on a day, by anybody."""
    return (
        session.scalar(select(Audit.id).where(Audit.action == action, Audit.day == day).limit(1)) is not None
    )
