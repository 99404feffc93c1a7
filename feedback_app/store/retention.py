"""What is destroyed when its time is over. Tallies and approved quotes stay; what was destroyed is kept as a number.

Rows say from when their time is counted, and the council's periods (``periods``) how long it is: a period that is changed holds
for what is stored already.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, delete, literal, select, update
from sqlalchemy.orm import Session

from analysis.period import month_after, month_of
from feedback_app.store import Store, codes
from feedback_app.store.dialect import insert_or_add
from feedback_app.store.models import (
    GRACE,
    Base,
    Code,
    Comment,
    ContactRequest,
    Destroyed,
    NeverQuote,
    ReadingItem,
    Receipt,
    Response,
    Round,
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

    def is_over(self, today: dt.date, periods: Periods) -> list[ColumnElement[bool]]:
        """What holds of a row whose time is over: it was kept for its months, the last of them, where it has only months, to its end."""
        months = self.months(periods)
        first = months_before(today, months)
        return [
            self.since < (first if self.since.type.python_type is dt.date else month_of(first)),
            *self.only,
        ]


def _response_months(periods: Periods) -> int:
    return periods.response_months


#: A comment's time, over which its words are destroyed: all of it, or where it is a quote what was written.
_COMMENT: Final = _Kept(
    Comment,
    Comment.kept_from,
    lambda periods: periods.comment_months,
    (Comment.survey_key, Comment.year),
    (Comment.state != "approved",),
)
_ORIGINAL: Final = replace(_COMMENT, only=(Comment.state == "approved", Comment.words != b""))
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
    _COMMENT,
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


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months before, or the last of a month that is too short for it."""
    year, month = map(int, month_after(month_of(day), -months).split("-"))
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


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
    month, today = store.this_month(), store.today()
    ends = [model_.__table__.select().where(until < month).limit(1) for model_, until in _FORGOTTEN]
    ends += [
        kept.model.__table__.select().where(*kept.is_over(today, store.deadlines.periods)).limit(1)
        for kept in (*_KEPT, _ORIGINAL)
        if counted or not kept.sealed
    ]
    ends.append(_codes_over(month).limit(1))
    return any(session.execute(query).first() is not None for query in ends)


def destroy_what_is_over(store: Store, session: Session, *, counted: bool = True) -> int:
    """Destroy what is past its time, and record how many, in the session's transaction; see ``retain``."""
    connection, month, periods = session.connection(), store.this_month(), store.deadlines.periods
    number = sum(
        destroy(connection, kept.model, kept.is_over(store.today(), periods))
        for kept in _KEPT
        if counted or not kept.sealed
    )
    number += _destroy_originals(connection, store)
    for model, until in _FORGOTTEN:
        connection.execute(delete(model).where(until < month))
    for slug in session.scalars(_codes_over(month)).all():
        void = Round.codes_void + codes.void(session, slug)
        connection.execute(update(Round).where(Round.slug == slug).values(codes_void=void))
    return number


def _codes_over(this_month: str) -> Select[str]:
    """Rounds whose codes let nobody in any more. Beside a list of who got which slip, those left would tell who did not answer."""
    first = dt.date.fromisoformat(f"{this_month}-01")
    return select(Code.round_slug).join(Round).where(Round.closes < first - GRACE).distinct()


def destroy(connection: Connection, model: type[Base], where: Sequence[ColumnElement[bool]]) -> int:
    """Destroy rows about young people, and record how many, in the connection's transaction."""
    # What this very statement deleted is what is recorded, whoever else may be deleting.
    gone = connection.execute(delete(model).where(*where).returning(*_RECORDED[model]))
    return _record(connection, model.__tablename__, gone)


def _destroy_originals(connection: Connection, store: Store) -> int:
    """Of quotes whose time is over, what was written goes: it may hold the names that were taken out."""
    is_over = _ORIGINAL.is_over(store.today(), store.deadlines.periods)
    gone = connection.execute(
        update(Comment).where(*is_over).values(words=b"").returning(*_RECORDED[Comment])
    )
    return _record(connection, "original_words", gone)


def _record(connection: Connection, what: str, rows_gone: Iterable[Any]) -> int:
    gone: Counter[tuple[str, str]] = Counter()
    for survey_key, when in rows_gone:
        gone[survey_key, month_of(when) if isinstance(when, dt.date) else when] += 1
    rows = [
        {"what": what, "survey_key": key, "month": when, "count": number}
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
