"""What is under ten when its month or its round ends: it waits, sealed, for more of the same survey."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from feedback_app.store import Store, ballot_box, counting, retention, rounds
from feedback_app.store.ballot_box import Sealed
from feedback_app.store.models import Base, SealedComment, SealedResponse
from tests.store.answering import open_round, send
from tests.store.tallied import tallied
from tests.support.clock import Clock


def counted_in(store: Store, month: str) -> int:
    """How many responses were counted in a month."""
    return tallied(store, "wellbeing", month)["", "*", "responses"]


def fill(store: Store, slug: str, number: int) -> None:
    for _ in range(number):
        send(store, slug, {"carers_listen": "yes", "what_helps": "my nan"})


def test_closing_a_round_counts_nothing(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    fill(store, slug, 9)
    rounds.close_round(store, slug)
    today.end_month()
    assert counting.count(store) == []
    assert ballot_box.waiting(store, "wellbeing") == 9


def test_what_is_left_over_counts_with_the_next_round_of_the_survey(store: Store, today: Clock) -> None:
    first, _ = open_round(store, days=5)
    fill(store, first, 4)
    today.move_to(dt.date(2027, 3, 10))
    second, _ = open_round(store)
    fill(store, second, 6)
    today.end_month()
    assert [(batch.month, batch.responses) for batch in counting.count(store)] == [("2027-03", 10)]
    assert {row.slug: row.counted for row in rounds.listing(store)} == {first: 4, second: 6}


def test_a_round_of_another_survey_does_not_help(store: Store, today: Clock) -> None:
    mine, _ = open_round(store)
    other, _ = open_round(store, "iro_review")
    fill(store, mine, 9)
    for _ in range(12):
        send(store, other, {"talked_before": "yes"})
    today.end_month()
    assert [batch.survey for batch in counting.count(store)] == ["iro_review"]


def test_what_was_left_over_stays_sealed_with_its_words(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    fill(store, slug, 9)
    today.end_month()
    counting.count(store)
    with store.reading() as session:
        sealed = [
            *session.scalars(select(SealedResponse.sealed)),
            *session.scalars(select(SealedComment.sealed)),
        ]
    assert len(sealed) == 18
    assert not any(b"my nan" in each or b"carers_listen" in each for each in sealed)


def test_months_that_ended_unread_are_counted_each_by_itself(store: Store, today: Clock) -> None:
    slug, _ = open_round(store, days=150)
    for number in (10, 9, 3, 12):
        fill(store, slug, number)
        today.end_month()
    assert [(batch.month, batch.responses) for batch in counting.count(store)] == [
        ("2026-11", 10),
        ("2027-01", 12),
        ("2027-02", 12),
    ]


def test_reading_results_counts_what_has_ended(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    fill(store, slug, 10)
    assert counted_in(store, "2026-11") == 0
    today.end_month()
    assert counted_in(store, "2026-11") == 10


def test_a_late_answer_counts_with_the_month_in_which_it_came(store: Store, today: Clock) -> None:
    slug, _ = open_round(store, days=10)
    fill(store, slug, 10)
    today.move_to(dt.date(2026, 12, 14))
    assert send(store, slug, {}) is Sealed.STORED
    assert [(batch.month, batch.responses) for batch in counting.count(store)] == [("2026-11", 10)]
    assert ballot_box.waiting(store, "wellbeing") == 1


def test_answers_that_came_late_to_a_round_by_codes_need_their_code(store: Store, today: Clock) -> None:
    slug, (code,) = open_round(store, days=0, codes=1)
    today.move_to(today.day + dt.timedelta(days=14))
    assert send(store, slug, {}, code=code) is Sealed.STORED


def test_after_counting_no_table_holds_the_month_of_answering(store: Store, today: Clock) -> None:
    slug, _ = open_round(store, days=10)
    fill(store, slug, 4)
    today.move_to(dt.date(2027, 2, 10))
    later, _ = open_round(store)
    fill(store, later, 6)
    today.end_month()
    counting.count(store)
    with store.reading() as session:
        found = {
            table.name: [repr(row) for row in session.execute(table.select()) if "2026-11" in repr(row)]
            for table in Base.metadata.sorted_tables
        }
    # Of the round that was open then its own days are known, to whoever opened it.
    assert {name: rows for name, rows in found.items() if rows and name not in ("round", "receipt")} == {}


def test_a_recorded_number_is_all_that_is_left_of_what_was_never_counted(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    fill(store, slug, 9)
    today.move_to(dt.date(2028, 11, 30))
    retention.retain(store)
    assert ballot_box.waiting(store, "wellbeing") == 9
    today.move_to(dt.date(2028, 12, 1))
    retention.retain(store)
    assert ballot_box.waiting(store, "wellbeing") == 0
    gone = {(row.what, row.survey, row.month, row.count) for row in retention.destroyed(store)}
    assert {
        ("sealed_response", "wellbeing", "2026-11", 9),
        ("sealed_comment", "wellbeing", "2026-11", 9),
    } <= gone


def test_ten_of_two_rounds_are_counted_together_and_neither_is_told_apart(store: Store, today: Clock) -> None:
    one, _ = open_round(store)
    other, _ = open_round(store)
    fill(store, one, 5)
    fill(store, other, 5)
    today.end_month()
    assert counted_in(store, "2026-11") == 10
    assert {group for group, _, _ in tallied(store, "wellbeing", "2026-11", "round")} == {""}
