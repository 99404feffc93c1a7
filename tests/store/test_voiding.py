"""A poisoned round is voided before it is counted: what waits of it is destroyed, everything else stays."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from feedback_app.store import Store, ballot_box, comments, counting, rounds
from feedback_app.store.ballot_box import RoundClosed, Sealed, new_receipt
from feedback_app.store.models import (
    Audit,
    Code,
    Comment,
    Destroyed,
    ReadingItem,
    Response,
    Round,
    SealedComment,
    SealedResponse,
)
from feedback_app.store.rounds import RoundError
from feedback_app.store.voiding import void_round
from tests.store.answering import open_round, send
from tests.support.clock import Clock


def number_of(store: Store, model: type) -> int:
    with store.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def destroyed(store: Store) -> dict[str, int]:
    """How many were destroyed, by what they were."""
    with store.reading() as session:
        query = select(Destroyed.what, func.sum(Destroyed.count)).group_by(Destroyed.what)
        return {what: int(number) for what, number in session.execute(query)}


def test_what_waits_of_it_is_destroyed_and_recorded_as_numbers(store: Store) -> None:
    slug, _ = open_round(store)
    for number in range(3):
        send(store, slug, {"what_helps": f"poison {number}", "anything_else": "more"})
    assert void_round(store, slug) == 3
    assert number_of(store, SealedResponse) == number_of(store, SealedComment) == 0
    assert destroyed(store) == {"sealed_response": 3, "sealed_comment": 6}


def test_other_rounds_answers_and_words_stay(store: Store, today: Clock) -> None:
    poisoned, _ = open_round(store)
    good, _ = open_round(store)
    other, _ = open_round(store, "iro_review")
    send(store, poisoned, {"what_helps": "poison"})
    for _ in range(10):
        send(store, good, {"what_helps": "my nan"})
        send(store, other, {"best_thing": "the biscuits"})
    void_round(store, poisoned)
    today.end_month()
    assert [batch.responses for batch in counting.count(store)] == [10, 10]
    assert {row.words for row in comments.listing(store)} == {"my nan", "the biscuits"}


def test_nine_good_ones_are_not_counted_for_the_poison_that_was_with_them(store: Store, today: Clock) -> None:
    poisoned, _ = open_round(store)
    good, _ = open_round(store)
    for _ in range(9):
        send(store, good, {})
    send(store, poisoned, {})
    void_round(store, poisoned)
    today.end_month()
    assert counting.count(store) == []


def test_what_was_counted_before_stays(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(10):
        send(store, slug, {"carers_listen": "yes"})
    today.end_month()
    counting.count(store)
    send(store, slug, {"carers_listen": "no"})
    assert void_round(store, slug) == 1
    assert number_of(store, Response) == 10
    (row,) = rounds.listing(store)
    assert (row.state, row.sealed, row.counted) == ("void", 0, 10)


def test_words_for_the_safeguarding_reader_stay(store: Store) -> None:
    slug, _ = open_round(store)
    send(store, slug, {"anything_else": "he hits me"})
    void_round(store, slug)
    assert number_of(store, ReadingItem) == 1


def test_words_that_were_sealed_before_rounds_could_be_voided_still_open_and_stay(
    store: Store, today: Clock
) -> None:
    slug, _ = open_round(store)
    other, _ = open_round(store)
    for _ in range(10):
        send(store, other, {"what_helps": "new"})
    send(store, slug, {"what_helps": "old"})
    with store.writing() as session:
        (old,) = [
            row
            for row in session.scalars(select(SealedComment))
            if store.secrets.unseal(row.sealed)["words"] == "old"
        ]
        old.sealed = store.secrets.seal({"question": "what_helps", "words": "old"})
    void_round(store, slug)
    today.end_month()
    counting.count(store)
    assert {row.words for row in comments.listing(store)} == {"new", "old"}


def test_a_comment_that_is_released_names_no_round(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(10):
        send(store, slug, {"what_helps": "my nan"})
    today.end_month()
    counting.count(store)
    for row in comments.listing(store):
        assert store.secrets.unseal(_words(store, row.id)) == "my nan"
        assert slug not in repr(row)


def _words(store: Store, comment_id: str) -> bytes:
    with store.reading() as session:
        comment = session.get(Comment, bytes.fromhex(comment_id))
    assert comment
    return comment.words


def test_its_codes_go_and_are_not_counted_as_used(store: Store) -> None:
    slug, printed = open_round(store, codes=5)
    send(store, slug, {}, code=printed[0])
    void_round(store, slug)
    assert number_of(store, Code) == 0
    (row,) = rounds.listing(store)
    assert (row.codes_issued, row.codes_left, row.codes_void, row.codes_used) == (5, 0, 4, 1)


def test_it_takes_no_answers_any_more_not_even_late_ones(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    void_round(store, slug)
    with pytest.raises(RoundClosed):
        send(store, slug, {})
    today.move_to(today.day + dt.timedelta(days=3))
    with pytest.raises(RoundClosed):
        send(store, slug, {}, how="conversation")


def test_what_was_received_before_is_answered_as_received(store: Store) -> None:
    slug, _ = open_round(store)
    receipt = new_receipt()
    send(store, slug, {}, receipt)
    void_round(store, slug)
    assert send(store, slug, {}, receipt) is Sealed.ALREADY
    assert ballot_box.waiting(store, "wellbeing") == 0


def test_an_answer_that_another_process_let_in_meanwhile_is_destroyed_when_others_are_counted(
    store: Store, today: Clock
) -> None:
    poisoned, _ = open_round(store)
    good, _ = open_round(store)
    before = rounds.find(store, poisoned)
    assert before
    for _ in range(10):
        send(store, good, {"what_helps": "my nan"})
    void_round(store, poisoned)
    late = ballot_box.Submission(
        store.surveys.get("wellbeing"),
        before,
        store.surveys.get("wellbeing").wordings[0],
        "self",
        {"what_helps": "poison"},
        new_receipt(),
    )
    assert ballot_box.seal(store, late) is Sealed.STORED
    today.end_month()
    assert [batch.responses for batch in counting.count(store)] == [10]
    assert {row.words for row in comments.listing(store)} == {"my nan"}
    assert destroyed(store) == {"sealed_response": 1, "sealed_comment": 1}


def test_who_voided_it_is_in_the_audit_log(store: Store, staff_id: int) -> None:
    slug, _ = open_round(store)
    for _ in range(4):
        send(store, slug, {})
    void_round(store, slug, staff_id)
    with store.reading() as session:
        entry = session.scalars(select(Audit).where(Audit.action == "round_voided")).one()
    assert (entry.user_id, entry.subject, entry.count, entry.day) == (staff_id, slug, 4, store.today())


def test_a_round_is_voided_once_and_only_where_there_is_one(store: Store) -> None:
    slug, _ = open_round(store)
    void_round(store, slug)
    with pytest.raises(RoundError, match="void already"):
        void_round(store, slug)
    with pytest.raises(RoundError, match="no such round"):
        void_round(store, "nothing")


def test_a_void_round_gets_no_codes_and_is_not_closed_again(store: Store) -> None:
    slug, _ = open_round(store, codes=1)
    void_round(store, slug)
    with pytest.raises(RoundError):
        rounds.make_codes(store, slug, 1)
    with pytest.raises(RoundError):
        rounds.close_round(store, slug)


@pytest.mark.parametrize("days", [-1, 0, 1, 13, 500])
def test_a_void_round_is_closed_on_every_day(days: int) -> None:
    day = dt.date(2026, 11, 20)
    round_ = Round(opens=day, closes=day + dt.timedelta(days=1), entry="link", is_voided=True)
    assert round_.state(day + dt.timedelta(days=days)) == "closed"
    assert not round_.accepts(day + dt.timedelta(days=days))
