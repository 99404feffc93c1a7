"""Young people who ask somebody to contact them: a message apart from every survey, encrypted, destroyed once dealt with.

It shares nothing with answers: no receipt, round, code or transaction. What it says about when it came is the working day by
which somebody answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from feedback_app.store import Store, audit
from feedback_app.store.dialect import insert_rows
from feedback_app.store.models import ContactRequest, User

#: So many are listed at once, those due first.
AT_ONCE: Final = 50
#: When more than so many wait, staff are told that somebody may be playing with the form. None is ever turned away.
MANY: Final = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a young person wrote; all but the first two may be empty."""

    name: str
    reach: str
    when: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A contact request as staff see it. ``id`` is hexadecimal; ``taken_by`` is an e-mail address."""

    id: str
    answer_by: dt.date
    wanted: Wanted
    taken_by: str | None
    taken_by_id: int | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many wait, how many of them nobody has taken, are due today, are late, and have not been told of by e-mail."""

    waiting: int
    untaken: int
    due: int
    late: int
    untold: int


def put(store: Store, token: str, wanted: Wanted) -> dt.date:
    """Store a request once, however often its form is sent. When this returns, it is on the disk.

    Args:
        token: the form's random number.

    Returns:
        The day by which somebody answers.
    """
    answer_by = store.deadlines.answer_by(store.today())
    row = {
        "id": store.secrets.keyed_hash("contact", token)[:16],
        "answer_by": answer_by,
        "sealed": store.secrets.seal([wanted.name, wanted.reach, wanted.when, wanted.about]),
        "told": False,
    }
    with store.transaction() as connection:
        insert_rows(connection, ContactRequest, [row], or_ignore=True)
    return answer_by


@dataclass(frozen=True, slots=True)
class Waiting:
    """Requests to be shown at once, and how many were passed over because no key opens them."""

    requests: list[Request]
    lost: int


def listing(store: Store) -> list[Request]:
    """The requests of those ``waiting``."""
    return waiting(store).requests


def waiting(store: Store) -> Waiting:
    """Those due first, and among them in the order of their random ids."""
    query = (
        select(ContactRequest, User.email)
        .join(User, ContactRequest.taken_by == User.id, isouter=True)
        .order_by(ContactRequest.answer_by, ContactRequest.id)
    )
    found: list[Request] = []
    lost = 0
    with store.reading() as session:
        for row, email in session.execute(query):
            if len(found) == AT_ONCE:
                break
            request = _opened(store, row, email)
            found += [request] if request else []
            lost += request is None
    return Waiting(found, lost)


def numbers(store: Store) -> Numbers:
    """What waits, without a word of it."""
    today = store.today()
    counts = [
        func.count(),
        func.count().filter(ContactRequest.taken_by.is_(None)),
        func.count().filter(ContactRequest.answer_by == today),
        func.count().filter(ContactRequest.answer_by < today),
        func.count().filter(~ContactRequest.told),
    ]
    with store.reading() as session:
        found: list[int] = list(session.execute(select(*counts).select_from(ContactRequest)).one())
    return Numbers(*found)


def take(store: Store, request_id: str, staff_id: int, instead_of: int | None = None) -> bool:
    """Say "I have it", so that two do not ring.

    Args:
        instead_of: who had it until now, as it was shown; somebody may take over.

    Returns:
        Whether it is theirs now; not so where another was quicker, or it is dealt with.
    """
    mine = ContactRequest.id == _id(request_id), ContactRequest.taken_by.is_not_distinct_from(instead_of)
    with store.writing() as session:
        taken = session.connection().execute(update(ContactRequest).where(*mine).values(taken_by=staff_id))
        if taken.rowcount:
            audit.add(store, session, staff_id, "contact_taken")
        return bool(taken.rowcount)


def deal_with(store: Store, request_id: str, staff_id: int) -> bool:
    """Destroy a request that has been dealt with, and count it; whether it was there."""
    with store.writing() as session:
        row = session.get(ContactRequest, _id(request_id), with_for_update=True)
        if row is None:
            return False
        audit.add(store, session, staff_id, "contact_dealt_with")
        if row.answer_by < store.today():
            audit.add(store, session, staff_id, "contact_late")
        session.execute(delete(ContactRequest).where(ContactRequest.id == row.id))
    store.forget_deleted(also_counted=False)
    return True


def untold(store: Store) -> list[bytes]:
    """The ids of those, or of a thousand of them, that staff have not been told of by e-mail."""
    with store.reading() as session:
        return list(session.scalars(select(ContactRequest.id).where(~ContactRequest.told).limit(1_000)))


def mark_told(store: Store, ids: Sequence[bytes]) -> None:
    """Staff have been told of these."""
    with store.writing() as session:
        session.execute(update(ContactRequest).where(ContactRequest.id.in_(ids)).values(told=True))


def forget_whoever(session: Session, user_id: int) -> None:
    """Somebody has left: what they had taken waits for somebody else."""
    session.execute(update(ContactRequest).where(ContactRequest.taken_by == user_id).values(taken_by=None))


def _opened(store: Store, row: ContactRequest, email: str | None) -> Request | None:
    """What was asked, or None where no key opens it."""
    wanted = store.secrets.opened(row.sealed)
    if wanted is None:
        return None
    is_late = row.answer_by < store.today()
    return Request(row.id.hex(), row.answer_by, Wanted(*wanted), email, row.taken_by, is_late)


def _id(text: str) -> bytes:
    """An id as bytes; what is none is nobody's."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
