"""What one missing key seals does not hide what the other keys open: words to read, and who asks to be contacted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback_app.store import Store, contact_requests, reading_queue
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.reading_queue import Notes
from feedback_app.store.secrets import Secrets, UnsealError
from tests.conftest import SECRET_KEY, WORDS_KEY
from tests.store.answering import open_round, send

OLD = Secrets(SECRET_KEY, (WORDS_KEY,))
NEW = Secrets(SECRET_KEY, ("C" * 43 + "=",))
BOTH = Secrets(SECRET_KEY, ("C" * 43 + "=", WORDS_KEY))
UNDER_OLD, UNDER_NEW = "i want to die, in spring", "i want to die, in autumn"


def in_both(store: Store, do: Callable[[str], object]) -> None:
    """Something under the old key, something under the new one; both keys are there afterwards."""
    for secrets, text in ((OLD, UNDER_OLD), (NEW, UNDER_NEW)):
        store.secrets = secrets
        do(text)
    store.secrets = BOTH


@pytest.fixture
def written(store: Store) -> Store:
    slug, _ = open_round(store)
    in_both(store, lambda words: send(store, slug, {"what_helps": words}))
    return store


@pytest.fixture
def asked(store: Store) -> Store:
    in_both(store, lambda name: contact_requests.put(store, name, Wanted(name, "07700 900123")))
    return store


@pytest.mark.parametrize(("left", "opens"), [(OLD, UNDER_OLD), (NEW, UNDER_NEW)])
def test_words_that_another_key_opens_can_be_read(
    written: Store, staff_id: int, left: Secrets, opens: str
) -> None:
    written.secrets = left
    found = reading_queue.queue(written, staff_id)
    assert ([item.words for item in found.items], found.lost) == ([opens], 1)
    item = found.items[0].id
    assert reading_queue.note(written, item, staff_id, Notes(done=("police",)))
    assert reading_queue.mark_read(written, [item], staff_id) == 1
    written.secrets = BOTH
    assert len(reading_queue.due(written)) == 1


def test_with_both_keys_all_words_can_be_read(written: Store) -> None:
    found = reading_queue.queue(written)
    assert ({item.words for item in found.items}, found.lost) == ({UNDER_OLD, UNDER_NEW}, 0)


def test_words_that_no_key_opens_say_so_when_they_are_asked_for(written: Store, staff_id: int) -> None:
    item = next(item.id for item in reading_queue.due(written) if item.words == UNDER_OLD)
    written.secrets = NEW
    with pytest.raises(UnsealError):
        reading_queue.find(written, item, staff_id)


def test_words_are_read_also_where_what_was_noted_beside_them_is_lost(written: Store, staff_id: int) -> None:
    item = next(item.id for item in reading_queue.due(written) if item.words == UNDER_NEW)
    written.secrets = Secrets(SECRET_KEY, (WORDS_KEY, "C" * 43 + "="))
    reading_queue.note(written, item, staff_id, Notes("Arabic", "a secret"))
    written.secrets = NEW
    (found,) = reading_queue.due(written, staff_id)
    assert (found.words, found.notes, found.notes_lost) == (UNDER_NEW, Notes(), True)
    with pytest.raises(UnsealError):
        reading_queue.note(written, item, staff_id, Notes("Arabic", "another"))
    written.secrets = BOTH
    assert "a secret" in {each.notes.translation for each in reading_queue.due(written)}


@pytest.mark.parametrize(("left", "opens"), [(OLD, UNDER_OLD), (NEW, UNDER_NEW)])
def test_requests_that_another_key_opens_are_listed(
    asked: Store, staff_id: int, left: Secrets, opens: str
) -> None:
    asked.secrets = left
    found = contact_requests.waiting(asked)
    assert ([request.wanted.name for request in found.requests], found.lost) == ([opens], 1)
    assert contact_requests.take(asked, found.requests[0].id, staff_id)
    assert contact_requests.deal_with(asked, found.requests[0].id, staff_id)
    assert contact_requests.numbers(asked).waiting == 1


def test_with_both_keys_all_requests_are_listed(asked: Store) -> None:
    found = contact_requests.waiting(asked)
    assert ({request.wanted.name for request in found.requests}, found.lost) == ({UNDER_OLD, UNDER_NEW}, 0)


def test_lost_requests_leave_the_list_its_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_requests, "AT_ONCE", 2)
    store.secrets = OLD
    for number in range(3):
        contact_requests.put(store, f"old {number}", Wanted("Sam", "x"))
    store.secrets = NEW
    for number in range(3):
        contact_requests.put(store, f"new {number}", Wanted("Jay", "x"))
    assert [request.wanted.name for request in contact_requests.listing(store)] == ["Jay", "Jay"]
