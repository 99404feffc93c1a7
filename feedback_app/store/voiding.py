"""Voiding a poisoned round: whatever of it has not been counted is destroyed, and it takes nothing more.

What has been counted cannot be told apart any more, so it stays. Words that the safeguarding reader has yet to read stay too: they
name no round, and a child in danger is not voided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from feedback_app.store import Store, audit, codes
from feedback_app.store.dialect import await_turn_to_count, insert_or_add
from feedback_app.store.models import Destroyed, Round, SealedComment, SealedResponse
from feedback_app.store.rounds import RoundError


def void_round(store: Store, slug: str, user_id: int | None = None) -> int:
    """Void a round, and destroy what waits of it: sealed responses, sealed words, unused codes.

    Args:
        user_id: who does it; None for the command line.

    Returns:
        How many sealed responses were destroyed.

    Raises:
        RoundError: there is no such round, or it is void.
    """
    with store.writing() as session:
        await_turn_to_count(session.connection())
        round_ = session.get(Round, slug)
        if round_ is None:
            raise RoundError("There is no such round.")
        if round_.is_voided:
            raise RoundError("This round is void already.")
        round_.is_voided = True
        session.flush()
        round_.codes_void += codes.void(session, slug)
        destroyed = destroy_what_is_void(store, session)
        audit.record(store, session, user_id, "round_voided", slug, destroyed)
    store.forget_deleted(also_counted=False)
    return destroyed


def destroy_what_is_void(store: Store, session: Session) -> int:
    """Destroy what waits of voided rounds, and record how many, in the session's transaction.

    Counting does so first: another process may have let an answer in while the round was being voided.

    Returns:
        How many sealed responses were destroyed.
    """
    void = select(Round.slug).where(Round.is_voided)
    query = (
        select(SealedResponse.survey_key, SealedResponse.month, func.count())
        .where(SealedResponse.round_slug.in_(void))
        .group_by(SealedResponse.survey_key, SealedResponse.month)
    )
    found = session.execute(query).all()
    if not found:
        return 0
    _record(session, SealedResponse, ((key, month, number) for key, month, number in found))
    session.execute(delete(SealedResponse).where(SealedResponse.round_slug.in_(void)))
    _destroy_words(store, session, set(session.scalars(void)), {key for key, _, _ in found})
    return sum(number for _, _, number in found)


def _destroy_words(store: Store, session: Session, slugs: set[str], survey_keys: set[str]) -> None:
    """Which round words came by is written inside them, so all that wait of these surveys are opened."""
    rows = session.scalars(select(SealedComment).where(SealedComment.survey_key.in_(survey_keys)))
    # Words that were sealed before rounds could be voided do not say theirs.
    mine = [row for row in rows if store.secrets.unseal(row.sealed).get("round") in slugs]
    numbers = Counter((row.survey_key, row.month) for row in mine)
    _record(session, SealedComment, ((key, month, number) for (key, month), number in numbers.items()))
    for row in mine:
        session.delete(row)
    session.flush()


def _record(
    session: Session,
    model: type[SealedResponse | SealedComment],
    numbers: Iterable[tuple[str, str, int]],
) -> None:
    rows = [
        {"what": model.__tablename__, "survey_key": key, "month": month, "count": number}
        for key, month, number in numbers
    ]
    insert_or_add(session.connection(), Destroyed, rows, "count")
