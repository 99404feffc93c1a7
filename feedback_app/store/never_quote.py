"""Words of which a safeguarding reader said that they are never quoted.

A reader sees words before their box is counted, and nothing that ties them to a comment. So the mark is a keyed hash of the
question and the words, by which the comment is known when it is released, and held back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from analysis.period import month_after, year_of
from feedback_app.store import Store
from feedback_app.store.dialect import insert_rows
from feedback_app.store.models import Comment, NeverQuote
from feedback_app.store.periods import COMMENT_MONTHS_BETWEEN, RESPONSE_MONTHS_BETWEEN

#: Why a marked comment is withheld: one of ``comments.REASONS``.
REASON: Final = "safeguarding"
#: Whether a comment is marked, by the key of its survey, that of its question, and its words.
Marks = Callable[[str, str, str], bool]


def mark(store: Store, session: Session, question: str, words: str) -> None:
    """Mark words, and withhold the comments that hold them already, in the session's transaction.

    A comment that no key opens is found when it is approved.

    Args:
        question: its text as it was asked.
    """
    last_counted = month_after(store.this_month(), RESPONSE_MONTHS_BETWEEN[1])
    last_kept = month_after(f"{int(year_of(last_counted)[:4]) + 1}-03", COMMENT_MONTHS_BETWEEN[1])
    row = {"digest": _digest(store, question, words), "forget_after": last_kept}
    if not insert_rows(session.connection(), NeverQuote, [row], or_ignore=True).number:
        # Marked again later, it is kept for as long as the later comment may be.
        session.execute(
            update(NeverQuote).where(NeverQuote.digest == row["digest"]).values(forget_after=last_kept)
        )
    for comment in session.scalars(select(Comment).where(Comment.state != "withheld", Comment.words != b"")):
        is_same = store.secrets.opened(comment.words) == words
        if is_same and question in _texts(store, comment.survey_key, comment.question):
            comment.state, comment.reason = "withheld", REASON


def marks(store: Store, session: Session) -> Marks:
    """What tells whether a comment is marked; made once for many."""
    digests = set(session.scalars(select(NeverQuote.digest)))

    def is_marked(survey_key: str, question_key: str, words: str) -> bool:
        texts = _texts(store, survey_key, question_key) if digests else ()
        return any(_digest(store, text, words) in digests for text in texts)

    return is_marked


def state(is_marked: Marks, survey_key: str, question_key: str, words: str) -> dict[str, str | None]:
    """The state in which a comment begins: waiting to be made safe, or withheld where it is marked."""
    if is_marked(survey_key, question_key, words):
        return {"state": "withheld", "reason": REASON}
    return {"state": "waiting", "reason": None}


def _digest(store: Store, question: str, words: str) -> bytes:
    return store.secrets.keyed_hash("never quote", question, words)


def _texts(store: Store, survey_key: str, question_key: str) -> set[str]:
    """Every text under which a question has been asked."""
    return {
        question.text_in(wording)
        for survey in store.surveys
        if survey.key == survey_key
        for question in survey.questions
        if question.key == question_key
        for wording in survey.wordings
    }
