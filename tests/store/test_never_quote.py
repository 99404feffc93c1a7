"""Words that a safeguarding reader marks are never quoted, though nothing ties them to a comment."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from feedback_app.store import Store, comments, counting, reading_queue
from feedback_app.store.comments import NeverQuoted
from feedback_app.store.models import NeverQuote
from feedback_app.store.reading_queue import Notes
from surveys.schema import Wording
from tests.store.answering import open_round, send
from tests.support.clock import Clock

SECRET = "my foster dad is called Bob and he hits me"


def mark(store: Store, words: str, staff_id: int, notes: Notes | None = None) -> None:
    item = next(item for item in reading_queue.due(store) if item.words == words)
    assert reading_queue.note(store, item.id, staff_id, notes or Notes(never_quote=True))


def answer(store: Store, wording: Wording = Wording.STANDARD) -> None:
    slug, _ = open_round(store)
    for number in range(10):
        send(store, slug, {"what_helps": SECRET if number == 4 else "my dog"}, wording=wording)


@pytest.mark.parametrize("wording", list(Wording))
@pytest.mark.parametrize("notes", [Notes(never_quote=True), Notes(done=("duty",))])
def test_marked_words_are_withheld_when_their_box_is_counted(
    store: Store, today: Clock, staff_id: int, wording: Wording, notes: Notes
) -> None:
    answer(store, wording)
    mark(store, SECRET, staff_id, notes)
    today.end_month()
    counting.count(store)
    (withheld,) = comments.listing(store, "withheld")
    assert (withheld.words, withheld.reason) == (SECRET, "safeguarding")
    assert len(comments.listing(store, "waiting")) == 9


@pytest.mark.parametrize("how_far", ["waiting", "made_safe", "approved"])
def test_words_marked_after_their_box_was_counted_are_withheld_at_once(
    store: Store, today: Clock, staff_id: int, other_id: int, how_far: str
) -> None:
    answer(store)
    today.end_month()
    counting.count(store)
    (row,) = [row for row in comments.listing(store) if row.words == SECRET]
    if how_far != "waiting":
        comments.make_safe(store, row.id, "[details removed] hits me", staff_id)
    if how_far == "approved":
        comments.approve(store, row.id, other_id)
    mark(store, SECRET, staff_id)
    assert comments.get(store, row.id).state == "withheld"
    assert comments.quotes(store, "wellbeing", row.year) == []
    assert len(comments.listing(store, "withheld")) == 1


def test_nobody_can_bring_marked_words_back(store: Store, today: Clock, staff_id: int, other_id: int) -> None:
    answer(store)
    mark(store, SECRET, staff_id)
    today.end_month()
    counting.count(store)
    (row,) = comments.listing(store, "withheld")
    with pytest.raises(NeverQuoted, match="never quoted"):
        comments.send_back(store, row.id, other_id)
    with pytest.raises(NeverQuoted):
        comments.make_safe(store, row.id, "somebody hits me", other_id)


def test_the_same_words_to_another_question_are_not_marked(store: Store, today: Clock, staff_id: int) -> None:
    slug, _ = open_round(store)
    send(store, slug, {"what_helps": SECRET})
    mark(store, SECRET, staff_id)
    for _ in range(9):
        send(store, slug, {"anything_else": SECRET})
    today.end_month()
    counting.count(store)
    assert {row.question for row in comments.listing(store, "withheld")} == {"what_helps"}
    assert {row.question for row in comments.listing(store, "waiting")} == {"anything_else"}


def test_the_mark_says_nothing_without_the_key_and_has_an_end(store: Store, staff_id: int) -> None:
    answer(store)
    mark(store, SECRET, staff_id)
    with store.reading() as session:
        row = session.scalars(select(NeverQuote)).one()
    assert SECRET.encode() not in row.digest
    assert len(row.digest) == 32
    # Answered in November 2026, counted five years later at the latest, in the report year that ends in March 2032.
    assert row.forget_after == "2032-09"


def test_a_mark_in_the_log_names_no_comment(store: Store, today: Clock, staff_id: int) -> None:
    answer(store)
    mark(store, SECRET, staff_id)
    today.end_month()
    counting.count(store)
    (row,) = comments.listing(store, "withheld")
    with store.reading() as session:
        from feedback_app.store.models import Audit

        assert session.scalars(select(Audit).where(Audit.subject == row.id)).all() == []


def test_words_marked_again_later_stay_marked_for_longer(store: Store, today: Clock, staff_id: int) -> None:
    for year in ("2026", "2027"):
        today.move_to(f"{year}-11-20")
        answer(store)
        mark(store, SECRET, staff_id)
        for item in reading_queue.due(store):
            reading_queue.mark_read(store, [item.id], staff_id)
    with store.reading() as session:
        assert session.scalars(select(NeverQuote.forget_after)).all() == ["2033-09"]
