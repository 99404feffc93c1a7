"""What is destroyed when its time is over. Tallies and approved quotes stay; what was destroyed is kept as a number.

Rows say from when their time is counted, and the council's periods (``periods``) how long it is: a period that is changed holds
for what is stored already.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, literal, select
from sqlalchemy.orm import Session

from analysis.period import month_after, month_of
from feedback_app.store import Store
from feedback_app.store.dialect import insert_or_add
from feedback_app.store.models import (
    Base,
    Comment,
    ContactRequest,
    Destroyed,
    NeverQuote,
    ReadingItem,
    Receipt,
    Response,
    SealedComment,
    SealedResponse,
)
from feedback_app.store.periods import Periods

#: A contact request is destroyed when it is dealt with. One that nobody deals with goes so many months after the day by which
#: somebody had to answer, so that no child's name is here for ever; staff see it as late on each of those days.
FORGOTTEN_CONTACT_MONTHS: Final = 6

_NOBODYS: Final = literal("")


@dataclass(frozen=True, slots=True)
class _Kept:
    """Something that is kept for a time.

    Attributes:
        since: the column with the month, or the day, from which its time is counted.
        months: how long that is.
        where: what it is recorded under: survey, and month or year.
        only: what else must hold for a row to be destroyed.
        sealed: whether it waits to be counted, so that it may only be destroyed once counting has had its turn.
    """

    model: type[Base]
    since: Any
    months: Callable[[Periods], int]
    where: tuple[Any, Any]
    only: Sequence[ColumnElement[bool]] = ()
    sealed: bool = False

    def is_over(self, this_month: str, periods: Periods) -> list[ColumnElement[bool]]:
        """What holds of a row whose time is over: it was kept for its months, and the last of them has ended."""
        first: str | dt.date = month_after(this_month, -self.months(periods))
        if not isinstance(self.since.type, type(SealedResponse.month.type)):
            first = dt.date.fromisoformat(f"{first}-01")
        return [self.since < first, *self.only]


def _response_months(periods: Periods) -> int:
    return periods.response_months


_KEPT: Final = (
    _Kept(
        SealedResponse,
        SealedResponse.kept_from,
        _response_months,
        (SealedResponse.survey_key, SealedResponse.month),
        sealed=True,
    ),
    _Kept(
        SealedComment,
        SealedComment.kept_from,
        _response_months,
        (SealedComment.survey_key, SealedComment.month),
        sealed=True,
    ),
    _Kept(Response, Response.kept_from, _response_months, (Response.survey_key, Response.month)),
    _Kept(
        Comment,
        Comment.kept_from,
        lambda periods: periods.comment_months,
        (Comment.survey_key, Comment.year),
        (Comment.state != "approved",),
    ),
    # Words are destroyed when they are read. Nobody has read these for as long as answers are kept.
    _Kept(ReadingItem, ReadingItem.read_by, _response_months, (_NOBODYS, ReadingItem.read_by)),
    _Kept(
        ContactRequest,
        ContactRequest.answer_by,
        lambda _periods: FORGOTTEN_CONTACT_MONTHS,
        (_NOBODYS, ContactRequest.answer_by),
    ),
)
#: What the rows of each are recorded under.
_RECORDED: Final = {kept.model: kept.where for kept in _KEPT}
#: What has a last month of its own and is about nobody, so that no number of it is kept.
_FORGOTTEN: Final = ((Receipt, Receipt.forget_after), (NeverQuote, NeverQuote.forget_after))


def comments_kept_from(year: str, this_month: str) -> str:
    """The month from which the time of comments is counted: the last of their report year; this one, of an old year's."""
    return max(f"{int(year[:4]) + 1}-03", this_month)


def retain(store: Store, *, counted: bool = True) -> int:
    """Destroy what is past its time, and leave nothing of it in the database's files. Cheap where there is nothing.

    Args:
        counted: whether the boxes of months that have ended have just been counted. Where they could not be, what waits in
            them is left alone.

    Returns:
        How many rows about young people were destroyed.
    """
    with store.reading() as session:
        if not _is_anything_over(store, session, counted=counted):
            return 0
    with store.writing() as session:
        number = destroy_what_is_over(store, session, counted=counted)
    store.forget_deleted()
    return number


def _is_anything_over(store: Store, session: Session, *, counted: bool) -> bool:
    month = store.this_month()
    ends = [model_.__table__.select().where(until < month).limit(1) for model_, until in _FORGOTTEN]
    ends += [
        kept.model.__table__.select().where(*kept.is_over(month, store.deadlines.periods)).limit(1)
        for kept in _KEPT
        if counted or not kept.sealed
    ]
    return any(session.execute(query).first() is not None for query in ends)


def destroy_what_is_over(store: Store, session: Session, *, counted: bool = True) -> int:
    """Destroy what is past its time, and record how many, in the session's transaction; see ``retain``."""
    connection, month, periods = session.connection(), store.this_month(), store.deadlines.periods
    number = sum(
        destroy(connection, kept.model, kept.is_over(month, periods))
        for kept in _KEPT
        if counted or not kept.sealed
    )
    for model, until in _FORGOTTEN:
        connection.execute(delete(model).where(until < month))
    return number


def destroy(connection: Connection, model: type[Base], where: Sequence[ColumnElement[bool]]) -> int:
    """Destroy rows about young people, and record how many, in the connection's transaction."""
    gone: Counter[tuple[str, str]] = Counter()
    # What this very statement deleted is what is recorded, whoever else may be deleting.
    for survey_key, when in connection.execute(delete(model).where(*where).returning(*_RECORDED[model])):
        gone[survey_key, month_of(when) if isinstance(when, dt.date) else when] += 1
    rows = [
        {"what": model.__tablename__, "survey_key": key, "month": when, "count": number}
        for (key, when), number in sorted(gone.items())
    ]
    insert_or_add(connection, Destroyed, rows, "count")
    return gone.total()


@dataclass(frozen=True, slots=True)
class Gone:
    """How many of something were destroyed. ``month`` is a year for comments; ``survey`` is empty where none is known."""

    what: str
    survey: str
    month: str
    count: int


def destroyed(store: Store) -> list[Gone]:
    """What has been destroyed since the beginning, as numbers: by kind, the newest of each first."""
    query = select(Destroyed).order_by(Destroyed.what, Destroyed.month.desc(), Destroyed.survey_key)
    with store.reading() as session:
        return [Gone(row.what, row.survey_key, row.month, row.count) for row in session.scalars(query)]
