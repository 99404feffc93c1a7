"""Words are read by a person, in time, and leave nothing behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from feedback_app.store import Store, reading_queue, safeguarding_log, staff
from feedback_app.store.models import Audit, ReadingItem, SteppedBack
from feedback_app.store.reading_queue import Notes
from tests.store.answering import open_round, send
from tests.support.clock import Clock

ORDINARY = "my dog"
WORRYING = "i want to die"


@pytest.fixture
def cover_id(store: Store) -> int:
    return staff.add(store, "cover@example.org", ["safeguarding"])


@pytest.fixture
def slug(store: Store) -> str:
    return open_round(store)[0]


def write(store: Store, slug: str, *words: str) -> None:
    for each in words:
        send(store, slug, {"what_helps": each})


def words_of(store: Store, reader_id: int | None = None) -> list[str]:
    return [item.words for item in reading_queue.due(store, reader_id)]


def id_of(store: Store, words: str) -> str:
    return next(item.id for item in reading_queue.due(store) if item.words == words)


def rows(store: Store, model: type) -> int:
    with store.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def audited(store: Store) -> set[tuple[str, str, int]]:
    with store.reading() as session:
        return {
            (row.action, row.subject, row.count)
            for row in session.scalars(select(Audit))
            if not row.action.startswith(("staff", "role_"))
        }


@pytest.mark.parametrize(
    ("written", "due", "shown"),
    [
        ("2026-11-18", "2026-11-20", "2026-11-19"),
        ("2026-11-20", "2026-11-24", "2026-11-23"),
        ("2026-11-21", "2026-11-24", "2026-11-23"),
        ("2026-11-22", "2026-11-24", "2026-11-23"),
        ("2026-12-24", "2026-12-30", "2026-12-29"),
    ],
)
def test_words_are_shown_on_the_next_working_day_and_due_on_the_one_after(
    store: Store, today: Clock, written: str, due: str, shown: str
) -> None:
    today.move_to(written)
    write(store, open_round(store)[0], ORDINARY)
    with store.reading() as session:
        assert session.scalars(select(ReadingItem.read_by)).one() == dt.date.fromisoformat(due)
    today.move_to(dt.date.fromisoformat(shown) - dt.timedelta(days=1))
    assert words_of(store) == []
    today.move_to(shown)
    assert words_of(store) == [ORDINARY]


def test_a_weekends_words_cannot_be_told_apart_by_their_day(store: Store, slug: str, today: Clock) -> None:
    for day in ("2026-11-20", "2026-11-21", "2026-11-22"):
        today.move_to(day)
        write(store, slug, ORDINARY)
    with store.reading() as session:
        assert len(set(session.scalars(select(ReadingItem.read_by)))) == 1


def test_overdue_words_stand_first_then_worrying_ones(store: Store, slug: str, today: Clock) -> None:
    write(store, slug, "an old one", "i want to die, and this is old")
    today.move_to("2026-11-23")
    write(store, slug, "a new one", WORRYING)
    today.move_to("2026-11-25")
    assert words_of(store) == ["i want to die, and this is old", "an old one", WORRYING, "a new one"]


def test_nothing_is_overdue_on_its_day_and_all_is_on_the_next(store: Store, slug: str, today: Clock) -> None:
    write(store, slug, ORDINARY)
    today.move_to("2026-11-24")
    assert reading_queue.numbers(store, []) == reading_queue.Numbers(shown=1, due=1, late=0, stuck=0)
    today.move_to("2026-11-25")
    assert reading_queue.numbers(store, []) == reading_queue.Numbers(shown=1, due=0, late=1, stuck=0)


def test_the_log_holds_how_many_were_read_on_a_day_and_how_many_late(
    store: Store, slug: str, today: Clock, staff_id: int
) -> None:
    write(store, slug, "one", "two", "three")
    today.move_to("2026-11-24")
    reading_queue.mark_read(store, [id_of(store, "one")], staff_id)
    reading_queue.mark_read(store, [id_of(store, "two")], staff_id)
    assert audited(store) == {("read", "", 2)}
    today.move_to("2026-11-25")
    reading_queue.mark_read(store, [id_of(store, "three")], staff_id)
    assert audited(store) == {("read", "", 2), ("read", "", 1), ("read_late", "", 1)}


def test_whoever_steps_back_never_sees_the_words_again(
    store: Store, slug: str, today: Clock, staff_id: int, cover_id: int
) -> None:
    write(store, slug, WORRYING)
    item = id_of(store, WORRYING)
    assert reading_queue.step_back(store, item, staff_id, [cover_id]) is True
    assert words_of(store, staff_id) == []
    assert words_of(store, cover_id) == [WORRYING]
    assert reading_queue.find(store, item, staff_id) is None
    assert reading_queue.mark_read(store, [item], staff_id) == 0
    assert not reading_queue.note(store, item, staff_id, Notes(never_quote=True))
    today.move_to("2026-11-25")
    assert words_of(store, staff_id) == []


def test_who_stepped_back_is_gone_with_the_words(
    store: Store, slug: str, staff_id: int, cover_id: int
) -> None:
    write(store, slug, WORRYING)
    item = id_of(store, WORRYING)
    reading_queue.step_back(store, item, staff_id, [cover_id])
    assert reading_queue.mark_read(store, [item], cover_id) == 1
    assert rows(store, SteppedBack) == 0
    assert audited(store) == {("stepped_back", "", 1), ("read", "", 1)}


def test_words_that_nobody_may_read_any_more_are_told(
    store: Store, slug: str, staff_id: int, cover_id: int
) -> None:
    write(store, slug, WORRYING)
    item = id_of(store, WORRYING)
    reading_queue.step_back(store, item, staff_id, [cover_id])
    assert reading_queue.numbers(store, [staff_id, cover_id]).stuck == 0
    assert reading_queue.step_back(store, item, cover_id, [staff_id]) is False
    assert reading_queue.numbers(store, [staff_id, cover_id]).stuck == 1
    third = staff.add(store, "third@example.org", ["safeguarding"])
    assert reading_queue.numbers(store, [staff_id, cover_id, third]).stuck == 0
    assert words_of(store, third) == [WORRYING]


def test_stepping_back_from_what_is_gone_says_so(store: Store, staff_id: int) -> None:
    assert reading_queue.step_back(store, "ff" * 16, staff_id, []) is None
    assert reading_queue.step_back(store, "no id", staff_id, []) is None


def test_what_was_done_is_counted_once_and_stays_with_the_words_until_they_are_read(
    store: Store, slug: str, staff_id: int, cover_id: int
) -> None:
    write(store, slug, WORRYING)
    item = id_of(store, WORRYING)
    reading_queue.note(store, item, staff_id, Notes(done=("police", "duty")))
    reading_queue.note(store, item, cover_id, Notes(done=("police", "lado")))
    found = reading_queue.find(store, item, staff_id)
    assert found is not None
    assert found.notes.done == ("duty", "police", "lado")
    assert {row for row in audited(store) if row[0] == "escalated"} == {
        ("escalated", "police", 1),
        ("escalated", "duty", 1),
        ("escalated", "lado", 1),
    }


def test_nothing_that_is_not_on_the_list_is_recorded(store: Store, slug: str, staff_id: int) -> None:
    write(store, slug, WORRYING)
    reading_queue.note(store, id_of(store, WORRYING), staff_id, Notes(done=("rang Sam's mum",)))
    assert audited(store) == set()


def test_words_wait_for_an_interpreter_and_what_was_said_is_erased_with_them(
    store: Store, slug: str, today: Clock, staff_id: int
) -> None:
    write(store, slug, "tha mi sgìth")
    today.move_to("2026-11-23")
    item = id_of(store, "tha mi sgìth")
    reading_queue.note(store, item, staff_id, Notes(language="a language I cannot tell"))
    reading_queue.note(store, item, staff_id, Notes("a language I cannot tell", "i want to die"))
    (found,) = reading_queue.due(store)
    assert (found.notes.translation, found.worrying) == ("i want to die", True)
    with store.reading() as session:
        assert b"want to die" not in (session.scalars(select(ReadingItem.notes)).one() or b"")
    reading_queue.mark_read(store, [item], staff_id)
    assert rows(store, ReadingItem) == 0
    assert audited(store) == {("interpreter_asked", "", 1), ("read", "", 1)}


def test_each_month_is_told_in_numbers(store: Store, slug: str, today: Clock, staff_id: int) -> None:
    write(store, slug, WORRYING, "one")
    reading_queue.note(store, id_of(store, WORRYING), staff_id, Notes(done=("duty",)))
    reading_queue.mark_read(store, [id_of(store, WORRYING)], staff_id)
    today.move_to("2026-12-01")
    reading_queue.mark_read(store, [id_of(store, "one")], staff_id)
    december, november = safeguarding_log.months(store)
    assert (december.month, dict(december.done)) == ("2026-12", {"read": 1, "read_late": 1})
    assert (november.month, dict(november.done)) == ("2026-11", {"read": 1, "never_quote": 1})
    assert dict(november.escalated) == {"duty": 1}


def test_each_of_the_words_is_looked_at_once_however_often_the_queue_is_asked_for(
    store: Store, slug: str
) -> None:
    looked: list[str] = []

    def look(words: Sequence[str]) -> list[bool]:
        looked.extend(words)
        return [False] * len(words)

    store.are_worrying = look
    write(store, slug, "one", "two")
    for _ in range(3):
        reading_queue.due(store)
    assert sorted(looked) == ["one", "two"]


def test_words_that_one_reader_erases_while_another_notes_are_noted_or_gone(
    store: Store, slug: str, staff_id: int, cover_id: int
) -> None:
    write(store, slug, *(f"{WORRYING} {number}" for number in range(6)))
    ids = [item.id for item in reading_queue.due(store)]
    with ThreadPoolExecutor(3) as pool:
        read = pool.submit(lambda: [reading_queue.mark_read(store, [each], staff_id) for each in ids])
        noted = pool.submit(
            lambda: [reading_queue.note(store, each, cover_id, Notes(done=("duty",))) for each in ids]
        )
        left = pool.submit(lambda: [reading_queue.step_back(store, each, cover_id, []) for each in ids])
        assert read.result() == [1] * 6
        noted.result()
        left.result()
    assert rows(store, ReadingItem) == rows(store, SteppedBack) == 0
