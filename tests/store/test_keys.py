"""The key of words can be changed while Heard serves: nothing is lost, nothing stays under the old one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import LargeBinary, String, Text, select

from feedback_app.store import (
    Store,
    ballot_box,
    codes,
    comments,
    contact_requests,
    counting,
    keys,
    reading_queue,
    tallies,
)
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.keys import ENCRYPTED
from feedback_app.store.models import Base, KeyMark, ReadingItem, Round, SealedResponse
from feedback_app.store.reading_queue import Notes
from feedback_app.store.secrets import Secrets, UnsealError
from tests.attacks.loot import steal
from tests.conftest import SECRET_KEY, WORDS_KEY
from tests.store.answering import open_round, send
from tests.support.clock import Clock

NEW_KEY = "C" * 43 + "="
BOTH = Secrets(SECRET_KEY, (NEW_KEY, WORDS_KEY))
NEW_ALONE = Secrets(SECRET_KEY, (NEW_KEY,))
OLD_ALONE = Secrets(SECRET_KEY, (WORDS_KEY,))

#: Columns of bytes that are no keys of their table and no words: hashes under a key.
HASHES = {("key_mark", "secret")}


@pytest.fixture
def filled(store: Store, today: Clock, staff_id: int) -> Store:
    """A store with something in every column that is encrypted, under the old key."""
    keys.note(store)
    slug, _ = open_round(store)
    for number in range(12):
        send(store, slug, {"carers_listen": "yes", "what_helps": f"my nan {number}"})
    today.end_month()
    counting.count(store)
    comments.make_safe(store, comments.listing(store)[0].id, "my [name removed]", staff_id)
    for number in range(3):
        send(store, slug, {"trusted_adult": "no", "what_helps": f"my dog {number}"})
    with store.reading() as session:
        item = session.scalars(select(ReadingItem)).first()
    assert item
    reading_queue.note(store, item.id.hex(), staff_id, Notes(done=("lead",)))
    contact_requests.put(store, "a-random-number-of-a-form", Wanted("Sam", "07700 900123"))
    return store


def everything(store: Store) -> list[str]:
    """All that is encrypted, opened, in the order in which the tables hold it."""
    found = []
    with store.reading() as session:
        for model, columns in ENCRYPTED.items():
            for row in session.execute(select(*(getattr(model, name) for name in columns))):
                found += [repr(store.secrets.unseal(value)) for value in row if value is not None]
    return found


def tokens(store: Store) -> list[bytes]:
    with store.reading() as session:
        return [
            value
            for model, columns in ENCRYPTED.items()
            for row in session.execute(select(*(getattr(model, name) for name in columns)))
            for value in row
            if value is not None
        ]


def with_keys(store: Store, secrets: Secrets) -> Store:
    store.secrets = secrets
    return store


def test_every_column_of_bytes_is_a_key_a_hash_or_declared_as_encrypted() -> None:
    declared = {(model.__tablename__, name) for model, columns in ENCRYPTED.items() for name in columns}
    of_bytes = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and not column.primary_key
    }
    assert of_bytes - HASHES == declared


def test_no_other_column_holds_anything_encrypted(filled: Store) -> None:
    """Fernet's tokens begin alike, as bytes and as text."""
    found = set()
    with filled.reading() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, LargeBinary | String | Text):
                    values = session.scalars(select(column)).all()
                    if any(
                        bytes(v if isinstance(v, bytes) else str(v).encode()).startswith(b"gAAAA")
                        for v in values
                    ):
                        found.add((table.name, column.name))
    assert found == {(model.__tablename__, name) for model, columns in ENCRYPTED.items() for name in columns}


def test_after_a_rotation_the_new_key_alone_opens_everything(filled: Store) -> None:
    before = everything(filled)
    done = keys.rotate(with_keys(filled, BOTH))
    assert (done.changed, done.lost, done.is_whole, done.is_wiped) == (len(before), 0, True, True)
    assert sorted(everything(with_keys(filled, NEW_ALONE))) == sorted(before)
    assert filled.secrets.is_newest(tokens(filled)[0])


def test_before_a_rotation_it_does_not(filled: Store) -> None:
    with pytest.raises(UnsealError):
        everything(with_keys(filled, NEW_ALONE))


def test_after_a_rotation_the_old_key_opens_nothing(filled: Store) -> None:
    keys.rotate(with_keys(filled, BOTH))
    assert not any(map(OLD_ALONE.is_newest, tokens(filled)))


def test_a_rotation_tells_neither_when_it_was_nor_how_long_words_are(filled: Store) -> None:
    before = sorted(map(len, tokens(filled)))
    keys.rotate(with_keys(filled, BOTH))
    assert sorted(map(len, tokens(filled))) == before
    assert {Fernet(NEW_KEY).extract_timestamp(token) for token in tokens(filled)} == {0}


def test_a_second_rotation_changes_nothing(filled: Store) -> None:
    keys.rotate(with_keys(filled, BOTH))
    before = tokens(filled)
    assert keys.rotate(filled).changed == 0
    assert sorted(tokens(filled)) == sorted(before)


class Killed(BaseException):
    """As though the process had been ended there."""


@pytest.mark.parametrize("after", [1, 2, 4])
def test_a_rotation_that_was_ended_half_way_lost_nothing_and_goes_on(
    filled: Store, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_ROWS_TOGETHER", 3)
    before = sorted(everything(filled))
    seen = []

    def kill(rows: int) -> None:
        seen.append(rows)
        if len(seen) == after:
            raise Killed

    with pytest.raises(Killed):
        keys.rotate(with_keys(filled, BOTH), kill)
    assert sorted(everything(filled)) == before
    assert 0 < sum(map(filled.secrets.is_newest, tokens(filled))) < len(before)
    keys.rotate(filled)
    assert sorted(everything(with_keys(filled, NEW_ALONE))) == before


def test_while_it_rotates_others_send_count_and_read(
    filled: Store, today: Clock, monkeypatch: pytest.MonkeyPatch, staff_id: int
) -> None:
    monkeypatch.setattr(keys, "_ROWS_TOGETHER", 2)
    store = with_keys(filled, BOTH)
    slug, _ = open_round(store)
    ended, chosen = Event(), comments.listing(store, "waiting")[0].id

    def send_on() -> int:
        sent = 0
        while not ended.is_set() or sent < 10:
            send(store, slug, {"carers_listen": "yes", "what_helps": f"my cat {sent}"})
            sent += 1
        return sent

    with ThreadPoolExecutor(3) as pool:
        senders = [pool.submit(send_on) for _ in range(2)]
        made = pool.submit(comments.make_safe, store, chosen, "made safe meanwhile", staff_id)
        try:
            done = keys.rotate(store)
            made.result()
        finally:
            ended.set()
        sent = sum(sender.result() for sender in senders)
    assert (done.lost, done.is_whole) == (0, True)
    with_keys(store, NEW_ALONE)
    assert len(everything(store)) > sent
    assert comments.get(store, chosen).safe_words == "made safe meanwhile"
    today.end_month()
    counting.count(store)
    assert ballot_box.waiting(store, "wellbeing") == 0
    assert tallies.differences(store) == []


def test_words_changed_under_its_hands_are_not_overwritten(
    filled: Store, monkeypatch: pytest.MonkeyPatch, staff_id: int
) -> None:
    store, chosen = with_keys(filled, BOTH), comments.listing(filled, "waiting")[0].id
    apply: Callable[..., None] = keys._apply

    def change_first(*arguments: object) -> None:
        monkeypatch.setattr(keys, "_apply", apply)
        comments.make_safe(store, chosen, "changed meanwhile", staff_id)
        apply(*arguments)

    monkeypatch.setattr(keys, "_apply", change_first)
    keys.rotate(store)
    assert comments.get(with_keys(store, NEW_ALONE), chosen).safe_words == "changed meanwhile"


def sent_under(store: Store, secrets: Secrets, slug: str, number: int) -> None:
    """So many answer through a process that was started with these keys."""
    ours, store.secrets = store.secrets, secrets
    for _ in range(number):
        send(store, slug, {"carers_listen": "yes"})
    store.secrets = ours


def test_what_is_sealed_under_the_old_key_while_it_rotates_is_told(filled: Store) -> None:
    slug, _ = open_round(filled)
    store, pages = with_keys(filled, BOTH), []

    def send_then(rows: int) -> None:
        pages.append(rows)
        if len(pages) == 2:
            # The table of answers that wait has been gone through by now.
            sent_under(store, OLD_ALONE, slug, 3)

    done = keys.rotate(store, send_then)
    assert (done.late, done.lost, done.is_whole) == (3, 0, True)
    everything(with_keys(store, NEW_ALONE))


def test_what_was_sealed_under_the_old_key_since_it_rotated_is_told_by_the_next_run(filled: Store) -> None:
    slug, _ = open_round(filled)
    store = with_keys(filled, BOTH)
    assert keys.rotate(store).late == 0
    sent_under(store, OLD_ALONE, slug, 2)
    done = keys.rotate(store)
    assert (done.changed, done.late) == (2, 2)
    done = keys.rotate(store)
    assert (done.changed, done.late) == (0, 0)


def test_a_rotation_goes_round_no_more_than_a_few_times(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_MOST_ROUNDS", 1)
    assert not keys.rotate(with_keys(filled, BOTH)).is_whole


def test_what_no_key_opens_is_counted_and_left_as_it_is(filled: Store) -> None:
    before = tokens(filled)
    done = keys.rotate(with_keys(filled, NEW_ALONE))
    assert (done.changed, done.lost) == (0, len(before))
    assert sorted(tokens(filled)) == sorted(before)
    assert all(one.lost and not one.newest for one in keys.standings(filled))


def test_nothing_that_was_under_the_old_key_is_left_in_the_files(filled: Store) -> None:
    """The mark is left out: it holds a word that everybody knows."""
    with filled.reading() as session:
        mark = session.scalars(select(KeyMark.words)).one()
    before = [token for token in tokens(filled) if token != mark]
    keys.rotate(with_keys(filled, BOTH))
    files = b"".join(steal(filled, whole=False).files.values())
    assert any(token in files for token in tokens(filled))
    assert not any(token[64:128] in files for token in before)


def test_rows_lie_in_the_order_of_their_random_ids_afterwards(filled: Store) -> None:
    keys.rotate(with_keys(filled, BOTH))
    with filled.reading() as session:
        ids = session.scalars(select(SealedResponse.id)).all()
    assert list(ids) == sorted(ids)


def test_a_missing_key_is_seen_at_a_glance(filled: Store) -> None:
    assert keys.can_words_be_opened(filled)
    assert keys.can_words_be_opened(with_keys(filled, BOTH))
    assert not keys.can_words_be_opened(with_keys(filled, NEW_ALONE))


def test_a_missing_key_is_seen_before_anything_is_stored(store: Store) -> None:
    keys.note(store)
    assert not keys.can_words_be_opened(with_keys(store, NEW_ALONE))


def test_another_secret_key_is_seen(store: Store) -> None:
    assert keys.is_secret_key_the_same(store), "nothing is known of it yet"
    keys.note(store)
    assert keys.is_secret_key_the_same(store)
    with_keys(
        store, Secrets("another one: sixty-four characters that nobody has to keep secret", (WORDS_KEY,))
    )
    keys.note(store)
    assert not keys.is_secret_key_the_same(store)


def test_another_secret_key_on_purpose_makes_codes_void(store: Store) -> None:
    keys.note(store)
    slug, _ = open_round(store, codes=5)
    with_keys(
        store, Secrets("another one: sixty-four characters that nobody has to keep secret", (WORDS_KEY,))
    )
    assert keys.accept_secret_key(store) == 5
    assert keys.is_secret_key_the_same(store)
    with store.reading() as session:
        round_ = session.get(Round, slug)
        assert round_ is not None
        assert (round_.codes_void, codes.left(session)) == (5, {})


def test_keys_are_noted_once(store: Store) -> None:
    keys.note(store)
    keys.note(store)
    with store.reading() as session:
        assert len(session.scalars(select(KeyMark)).all()) == 1
