"""What is destroyed when its time is over. Tallies stay; what was destroyed is kept as a number."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from analysis.period import month_after
from feedback_app.store.dialect import insert_or_add
from feedback_app.store.models import Comment, Destroyed, Receipt, Response, SealedComment, SealedResponse

#: Answers go this many months after they came, sealed or counted.
RESPONSE_MONTHS: Final = 24
#: Comments that nobody approved go this many months after the end of their report year.
COMMENT_MONTHS: Final = 6

_TABLES = (
    (SealedResponse, SealedResponse.month, SealedResponse.destroy_after),
    (SealedComment, SealedComment.month, SealedComment.destroy_after),
    (Response, Response.month, Response.destroy_after),
    (Comment, Comment.year, Comment.destroy_after),
)


def comments_until(year: str, this_month: str) -> str:
    """The month after which comments of a report year go unless approved; an old year's, imported now, get as long."""
    return month_after(max(f"{int(year[:4]) + 1}-03", this_month), COMMENT_MONTHS)


def destroy_what_is_over(session: Session, this_month: str) -> None:
    """Destroy what is past its time, and record how many, in the session's transaction."""
    for model, month, destroy_after in _TABLES:
        over = [destroy_after < this_month]
        if model is Comment:
            over.append(Comment.state != "approved")
        query = select(model.survey_key, month, func.count()).where(*over).group_by(model.survey_key, month)
        rows = [
            {"what": model.__tablename__, "survey_key": key, "month": when, "count": number}
            for key, when, number in session.execute(query)
        ]
        if rows:
            insert_or_add(session.connection(), Destroyed, rows, "count")
            session.execute(delete(model).where(*over))
    session.execute(delete(Receipt).where(Receipt.forget_after < this_month))
