"""Who reads young people's words for safety, in which order, and who is away.

The first who is not away is on duty, and whoever comes next covers. Everybody with the role may read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from feedback_app.store import Store, audit
from feedback_app.store.models import Absence, Reader, User

ROLE: Final = "safeguarding"
#: Longer than this is not an absence: the role is given to somebody else.
MOST_DAYS_AWAY: Final = 366


class AbsenceError(Exception):
    """Days that cannot be noted; the message is one sentence for the member of staff."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff who reads words, or whom young people can reach.

    Attributes:
        has_password: False for somebody who has never signed in, and so sees nothing.
        away: first and last days of absences that are not over, in order.
    """

    id: int
    email: str
    has_password: bool
    away: tuple[tuple[dt.date, dt.date], ...]

    def is_here(self, day: dt.date) -> bool:
        """Whether they can be counted on that day."""
        return self.has_password and not any(first <= day <= last for first, last in self.away)


def listing(store: Store) -> list[Person]:
    """Every reader in their order; those who were given no place yet come last, by e-mail address."""
    return _listing(store, lambda user: user.has_role(ROLE))


def on_duty(readers: Sequence[Person], day: dt.date) -> list[Person]:
    """Those who are there on a day: the first is on duty, the second covers."""
    return [reader for reader in readers if reader.is_here(day)]


def receivers(store: Store, named: Collection[str] = ()) -> list[Person]:
    """Those who see contact requests: every reader, and whoever of those named by e-mail address has an account."""
    return _listing(store, lambda user: user.has_role(ROLE) or user.email in named)


def answers_until(store: Store, people: Sequence[Person], today: dt.date) -> dt.date | None:
    """The day by which somebody who asks today is contacted, or None where nobody of these people is there until then."""
    last = store.deadlines.answer_by(today)
    days = [today + dt.timedelta(days=n) for n in range((last - today).days + 1)]
    working = [day for day in days if store.deadlines.working_days.has(day)]
    return last if any(person.is_here(day) for person in people for day in working) else None


def move_up(store: Store, user_id: int, by: int) -> None:
    """Put a reader one place further to the front; every reader has a place afterwards."""
    ids = [reader.id for reader in listing(store)]
    if user_id not in ids:
        return
    place = ids.index(user_id)
    ids.insert(max(place - 1, 0), ids.pop(place))
    with store.writing() as session:
        session.execute(delete(Reader))
        session.execute(insert(Reader), [{"user_id": each, "place": n} for n, each in enumerate(ids, 1)])
        audit.record(store, session, by, "reader_moved", _email(session, user_id))


def add_absence(store: Store, user_id: int, first: dt.date, last: dt.date, by: int) -> None:
    """Note that somebody is away; days that touch or overlap become one absence.

    Raises:
        AbsenceError: the days are over, the wrong way round, or too many.
    """
    if last < first:
        raise AbsenceError("The last day is before the first.")
    if last < store.today():
        raise AbsenceError("These days are over.")
    if (last - first).days >= MOST_DAYS_AWAY:
        raise AbsenceError("That is more than a year. Take the role from them instead.")
    one = dt.timedelta(days=1)
    with store.writing() as session:
        mine = Absence.user_id == user_id
        touching = list(
            session.scalars(
                select(Absence).where(mine, Absence.first <= last + one, Absence.last >= first - one)
            )
        )
        for absence in touching:
            first, last = min(first, absence.first), max(last, absence.last)
            session.delete(absence)
        session.flush()
        session.execute(delete(Absence).where(Absence.last < store.today()))
        session.execute(insert(Absence), [{"user_id": user_id, "first": first, "last": last}])
        audit.record(store, session, by, "absence_noted", _email(session, user_id))


def remove_absence(store: Store, user_id: int, first: dt.date, by: int) -> None:
    """Somebody is not away after all."""
    with store.writing() as session:
        session.execute(delete(Absence).where(Absence.user_id == user_id, Absence.first == first))
        audit.record(store, session, by, "absence_removed", _email(session, user_id))


def _listing(store: Store, wanted: Callable[[User], bool]) -> list[Person]:
    with store.reading() as session:
        users = [user for user in session.scalars(select(User).where(User.active)) if wanted(user)]
        places = {row.user_id: row.place for row in session.scalars(select(Reader))}
        away: dict[int, list[tuple[dt.date, dt.date]]] = {}
        for row in session.scalars(select(Absence).where(Absence.last >= store.today())):
            away.setdefault(row.user_id, []).append((row.first, row.last))
    users.sort(key=lambda user: (places.get(user.id, len(places) + 1), user.email))
    return [
        Person(user.id, user.email, bool(user.password), tuple(sorted(away.get(user.id, []))))
        for user in users
    ]


def _email(session: Session, user_id: int) -> str:
    return session.scalar(select(User.email).where(User.id == user_id)) or ""
