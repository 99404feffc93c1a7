"""Comments on their way to being quotes: one person makes safe, another approves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.store import Store, audit, never_quote
from feedback_app.store.models import Comment

#: Why a comment is not published. A short list, so that the reason cannot say who it was.
REASONS: Final = {
    "could_be_found": "Somebody could be found by it, whatever is taken out",
    "about_others": "It is about other people",
    "no_words": "It says nothing to quote",
    "safeguarding": "It is with safeguarding",
}


class CommentError(Exception):
    """A comment cannot be changed as asked; the message is one sentence for the member of staff."""


class NeverQuoted(CommentError):
    """A safeguarding reader said that these words are never quoted."""

    def __init__(self) -> None:
        super().__init__("Safeguarding has said that these words are never quoted.")


class SamePerson(CommentError):
    """Whoever made a comment safe may not approve it."""


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as staff work on it. ``id`` is hexadecimal."""

    id: str
    survey_key: str
    question: str
    year: str
    words: str
    safe_words: str | None
    state: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that may be published, with the key of their question."""

    question: str
    words: str


def listing(
    store: Store, state: str | None = None, survey_key: str | None = None, year: str | None = None
) -> list[CommentRow]:
    """Comments in a state, in the order of their random ids (which says nothing about time)."""
    query = select(Comment).order_by(Comment.id)
    for column, wanted in ((Comment.state, state), (Comment.survey_key, survey_key), (Comment.year, year)):
        if wanted is not None:
            query = query.where(column == wanted)
    with store.reading() as session:
        return [_opened(store, comment) for comment in session.scalars(query)]


def numbers(store: Store) -> Counter[str]:
    """How many comments are in each state."""
    with store.reading() as session:
        return Counter(
            dict(session.execute(select(Comment.state, func.count()).group_by(Comment.state)).all())
        )


def get(store: Store, comment_id: str) -> CommentRow:
    """One comment.

    Raises:
        CommentError: there is none.
    """
    with store.reading() as session:
        return _opened(store, _find(session, comment_id))


def make_safe(store: Store, comment_id: str, safe_words: str, staff_id: int) -> None:
    """Keep the words as they may be published; another person then approves them.

    Raises:
        NeverQuoted: safeguarding said so.
        CommentError: no such comment, no words, or it is approved already.
    """
    if not safe_words.strip():
        raise CommentError("Write the words as they may be published, or withhold the comment.")
    with store.writing() as session:
        comment = _find(session, comment_id)
        if comment.state == "approved":
            raise CommentError("This comment is approved already. Send it back first.")
        _check_not_marked(store, session, comment)
        comment.safe_words = store.secrets.seal(safe_words.strip(), store.secrets.padded(_kept(comment)))
        comment.state, comment.reason = "made_safe", None
        audit.record(store, session, staff_id, "made_safe", comment_id)


def approve(store: Store, comment_id: str, staff_id: int) -> None:
    """Approve words that another person made safe: they are a quote from now on.

    Raises:
        SamePerson: this member of staff made them safe.
        NeverQuoted: safeguarding said so.
        CommentError: no such comment, or nobody has made it safe.
    """
    with store.writing() as session:
        comment = _find(session, comment_id)
        if comment.state != "made_safe":
            raise CommentError("This comment is not waiting to be approved.")
        _check_not_marked(store, session, comment)
        if staff_id in audit.who(session, "made_safe", comment_id):
            raise SamePerson("You made these words safe, so somebody else has to approve them.")
        comment.state = "approved"
        audit.record(store, session, staff_id, "approved", comment_id)


def withhold(store: Store, comment_id: str, staff_id: int, reason: str) -> None:
    """Decide that a comment is not published.

    Raises:
        CommentError: no such comment, or not one of ``REASONS``.
    """
    if reason not in REASONS:
        raise CommentError("Choose why it is withheld.")
    with store.writing() as session:
        comment = _find(session, comment_id)
        comment.state, comment.reason = "withheld", reason
        audit.record(store, session, staff_id, "withheld", comment_id)


def send_back(store: Store, comment_id: str, staff_id: int) -> None:
    """Put a comment back to where somebody has to make it safe.

    Raises:
        NeverQuoted: safeguarding said so.
        CommentError: there is no such comment.
    """
    with store.writing() as session:
        comment = _find(session, comment_id)
        _check_not_marked(store, session, comment)
        if comment.state == "approved":
            # It is an old year's by now, and would be destroyed before anybody had looked at it again.
            comment.kept_from = max(comment.kept_from, store.this_month())
        comment.state, comment.reason = "waiting", None
        audit.record(store, session, staff_id, "sent_back", comment_id)


def quotes(store: Store, survey_key: str, year: str) -> list[Quote]:
    """The approved comments of a survey and report year."""
    rows = listing(store, "approved", survey_key, year)
    return [Quote(row.question, row.safe_words) for row in rows if row.safe_words]


def _check_not_marked(store: Store, session: Session, comment: Comment) -> None:
    is_marked = never_quote.marks(store, session)
    if is_marked(comment.survey_key, comment.question, store.secrets.unseal(_kept(comment))):
        raise NeverQuoted


def _find(session: Session, comment_id: str) -> Comment:
    try:
        comment = session.get(Comment, bytes.fromhex(comment_id))
    except ValueError:
        comment = None
    if comment is None:
        raise CommentError("There is no such comment.")
    return comment


def _kept(comment: Comment) -> bytes:
    """What was written; the quote where that has been destroyed, at the end of its time."""
    return comment.words or comment.safe_words or b""


def _opened(store: Store, comment: Comment) -> CommentRow:
    return CommentRow(
        id=comment.id.hex(),
        survey_key=comment.survey_key,
        question=comment.question,
        year=comment.year,
        words=store.secrets.unseal(_kept(comment)),
        safe_words=store.secrets.unseal(comment.safe_words) if comment.safe_words else None,
        state=comment.state,
        reason=comment.reason,
    )
