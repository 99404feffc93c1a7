"""The ballot box takes each response once and gives nothing away."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import DBAPIError

from feedback_app.store import Store, ballot_box, reading_queue, rounds
from feedback_app.store.ballot_box import RoundClosed, Sealed, is_receipt, new_receipt
from feedback_app.store.codes import CodeRefused
from feedback_app.store.models import Code, ReadingItem, Receipt, SealedComment, SealedResponse
from tests.store.answering import open_round, send
from tests.support.clock import Clock

ANSWERS = {"wellbeing_supported": "yes", "carers_listen": "no"}


def number_of(store: Store, model: type) -> int:
    with store.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_a_receipt_has_the_form_of_one() -> None:
    assert is_receipt(new_receipt())
    assert is_receipt("123e4567-e89b-42d3-a456-426614174000")
    for other in ("", "x" * 15, "x" * 65, "x" * 21 + "\n", "' OR 1=1 --' OR 1=1"):
        assert not is_receipt(other)


def test_a_response_sent_three_times_is_stored_once(store: Store) -> None:
    slug, _ = open_round(store)
    receipt = new_receipt()
    assert [send(store, slug, ANSWERS, receipt) for _ in range(3)] == [
        Sealed.STORED,
        Sealed.ALREADY,
        Sealed.ALREADY,
    ]
    assert ballot_box.waiting(store, "wellbeing") == 1


def test_words_are_kept_apart_from_choices(store: Store) -> None:
    slug, _ = open_round(store)
    send(store, slug, {**ANSWERS, "what_helps": "my nan's gravy"})
    with store.reading() as session:
        response = session.scalars(select(SealedResponse)).one()
        comment = session.scalars(select(SealedComment)).one()
    opened = store.secrets.unseal(response.sealed)
    assert "what_helps" not in opened["answers"]
    assert opened["answers"]["carers_listen"] == "no"
    assert store.secrets.unseal(comment.sealed) == {
        "question": "what_helps",
        "words": "my nan's gravy",
        "round": slug,
    }
    assert comment.id != response.id


def test_a_skipped_question_is_kept_as_skipped(store: Store) -> None:
    slug, _ = open_round(store)
    send(store, slug, ANSWERS)
    with store.reading() as session:
        opened = store.secrets.unseal(session.scalars(select(SealedResponse.sealed)).one())
    assert opened["answers"]["trusted_adult"] is None


def test_nothing_stored_can_be_read_without_the_key(store: Store) -> None:
    slug, _ = open_round(store)
    receipt = new_receipt()
    send(store, slug, {**ANSWERS, "what_helps": "gravy on sundays"}, receipt)
    with store.reading() as session:
        for model in (SealedResponse, SealedComment, ReadingItem, Receipt):
            for row in session.execute(select(model.__table__)):
                everything = b"|".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
                for secret in (b"gravy", b"carers_listen", receipt.encode()):
                    assert secret not in everything


def test_no_sealed_text_carries_a_time(store: Store) -> None:
    slug, _ = open_round(store)
    send(store, slug, {**ANSWERS, "what_helps": "x"})
    with store.reading() as session:
        tokens = [
            *session.scalars(select(SealedResponse.sealed)),
            *session.scalars(select(SealedComment.sealed)),
        ]
        tokens += session.scalars(select(ReadingItem.sealed))
    assert [base64.urlsafe_b64decode(token)[1:9] for token in tokens] == [bytes(8)] * 3


def test_sealed_responses_are_alike_in_length_whatever_was_answered(store: Store) -> None:
    slug, _ = open_round(store)
    send(store, slug, {})
    send(
        store, slug, {**ANSWERS, "trusted_adult": "prefer_not_to_say", "professional_to_contact": "not_sure"}
    )
    with store.reading() as session:
        assert len({len(sealed) for sealed in session.scalars(select(SealedResponse.sealed))}) == 1


def test_a_closed_round_takes_late_answers_for_fourteen_days(store: Store, today: Clock) -> None:
    slug, _ = open_round(store, days=0)
    today.move_to(today.day + dt.timedelta(days=14))
    assert send(store, slug, ANSWERS) is Sealed.STORED
    today.move_to(today.day + dt.timedelta(days=1))
    with pytest.raises(RoundClosed):
        send(store, slug, ANSWERS)


def test_what_was_received_stays_received_after_the_round_is_over(store: Store, today: Clock) -> None:
    slug, _ = open_round(store, days=0)
    receipt = new_receipt()
    send(store, slug, ANSWERS, receipt)
    today.move_to(today.day + dt.timedelta(days=15))
    assert send(store, slug, ANSWERS, receipt) is Sealed.ALREADY


def test_a_code_lets_in_once_and_is_gone(store: Store) -> None:
    slug, printed = open_round(store, codes=2)
    send(store, slug, ANSWERS, code=printed[0].lower().replace("-", " "))
    with pytest.raises(CodeRefused):
        send(store, slug, ANSWERS, code=printed[0])
    assert number_of(store, Code) == 1
    assert ballot_box.waiting(store, "wellbeing") == 1


def test_a_refused_code_leaves_the_receipt_unused(store: Store) -> None:
    slug, printed = open_round(store, codes=1)
    receipt = new_receipt()
    with pytest.raises(CodeRefused):
        send(store, slug, ANSWERS, receipt, code="AAA-AAA-AAA")
    assert send(store, slug, ANSWERS, receipt, code=printed[0]) is Sealed.STORED


def test_the_receipt_is_looked_at_before_the_code(store: Store) -> None:
    slug, printed = open_round(store, codes=1)
    receipt = new_receipt()
    send(store, slug, ANSWERS, receipt, code=printed[0])
    assert send(store, slug, ANSWERS, receipt, code=printed[0]) is Sealed.ALREADY


@pytest.mark.parametrize("typed", [None, "", "   ", "ABC", "0000-0000", "ÄÖÜß-1234", "A" * 5_000])
def test_whatever_is_typed_for_a_code_gets_one_sentence(store: Store, typed: str | None) -> None:
    slug, _ = open_round(store, codes=1)
    with pytest.raises(CodeRefused) as refused:
        send(store, slug, ANSWERS, code=typed)
    assert refused.value.sentence.endswith(".")


def test_a_conversation_needs_no_code(store: Store) -> None:
    slug, _ = open_round(store, codes=1)
    assert send(store, slug, ANSWERS, how="conversation") is Sealed.STORED
    assert number_of(store, Code) == 1


def test_worrying_words_can_be_read_at_once_and_others_from_the_next_working_day(
    store: Store, today: Clock
) -> None:
    slug, _ = open_round(store)
    send(store, slug, {"what_helps": "my dog"})
    send(store, slug, {"anything_else": "i want to die"})
    assert [item.words for item in reading_queue.due(store)] == ["i want to die"]
    today.move_to("2026-11-22")
    assert [item.words for item in reading_queue.due(store)] == ["i want to die"]
    today.move_to("2026-11-23")
    assert [item.words for item in reading_queue.due(store)] == ["i want to die", "my dog"]


def test_words_that_have_been_read_are_erased_from_the_queue(store: Store, staff_id: int) -> None:
    slug, _ = open_round(store)
    send(store, slug, {"anything_else": "i want to die"})
    items = reading_queue.due(store)
    assert reading_queue.mark_read(store, [items[0].id, "not an id", "ff" * 16], staff_id) == 1
    assert number_of(store, ReadingItem) == 0
    assert number_of(store, SealedComment) == 1


def test_a_round_tells_how_many_wait_and_how_many_codes_are_left(store: Store) -> None:
    slug, printed = open_round(store, codes=3)
    send(store, slug, ANSWERS, code=printed[0])
    (row,) = rounds.listing(store)
    assert (row.sealed, row.counted, row.codes_left) == (1, 0, 2)


def test_a_new_database_is_for_its_owner_alone(store: Store, tmp_path: Path) -> None:
    other = Store(f"sqlite:///{tmp_path / 'new.sqlite'}", store.secrets, store.surveys)
    with other.reading() as session:
        session.execute(text("SELECT 1"))
    other.close()
    assert (tmp_path / "new.sqlite").stat().st_mode & 0o077 == 0


def test_a_failed_statement_does_not_repeat_what_it_was_given(store: Store) -> None:
    with pytest.raises(DBAPIError) as error, store.writing() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "my secret words"})
    assert "secret" not in str(error.value)


def test_a_connection_that_was_cut_while_it_rested_costs_no_answer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug, _ = open_round(store)
    send(store, slug, ANSWERS)
    cut_connections(store)
    monkeypatch.setattr("feedback_app.store.engine.REST_SECONDS", -1.0)
    assert send(store, slug, ANSWERS) is Sealed.STORED
    assert ballot_box.waiting(store, "wellbeing") == 2


def cut_connections(store: Store) -> None:
    """What a restart of the database server does; a file has no server."""
    if store.file:
        return
    engine = create_engine(store.engine.url)
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()
