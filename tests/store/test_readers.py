"""Who reads, in which order, and who is away."""

from __future__ import annotations

import datetime as dt

import pytest

from feedback_app.store import Store, readers, staff
from feedback_app.store.readers import AbsenceError
from tests.support.clock import Clock


@pytest.fixture
def people(store: Store) -> dict[str, int]:
    """Three readers, by their first letter."""
    ids = {}
    for name in ("anna", "ben", "cem"):
        ids[name] = staff.add(store, f"{name}@example.org", ["safeguarding"])
        staff.set_password(store, ids[name], "hash")
    return ids


def day(number: int) -> dt.date:
    return dt.date(2026, 11, number)


def order(store: Store) -> list[str]:
    return [reader.email.partition("@")[0] for reader in readers.listing(store)]


def here(store: Store, on: dt.date) -> list[str]:
    there = readers.on_duty(readers.listing(store), on)
    return [reader.email.partition("@")[0] for reader in there]


def test_readers_stand_in_the_order_that_an_administrator_gave_them(
    store: Store, people: dict[str, int]
) -> None:
    assert order(store) == ["anna", "ben", "cem"]
    readers.move_up(store, people["cem"], by=people["anna"])
    readers.move_up(store, people["cem"], by=people["anna"])
    assert order(store) == ["cem", "anna", "ben"]
    readers.move_up(store, people["cem"], by=people["anna"])
    assert order(store) == ["cem", "anna", "ben"]


def test_a_new_reader_comes_last(store: Store, people: dict[str, int]) -> None:
    readers.move_up(store, people["ben"], by=people["anna"])
    staff.add(store, "aaron@example.org", ["safeguarding"])
    assert order(store) == ["ben", "anna", "cem", "aaron"]


def test_the_next_one_covers_for_whoever_is_away(store: Store, people: dict[str, int]) -> None:
    readers.add_absence(store, people["anna"], day(23), day(25), by=people["anna"])
    assert here(store, day(22)) == ["anna", "ben", "cem"]
    assert here(store, day(23)) == ["ben", "cem"]
    assert here(store, day(25)) == ["ben", "cem"]
    assert here(store, day(26)) == ["anna", "ben", "cem"]


def test_absences_that_touch_become_one(store: Store, people: dict[str, int]) -> None:
    for first, last in ((23, 24), (27, 28), (25, 26)):
        readers.add_absence(store, people["anna"], day(first), day(last), by=people["anna"])
    assert readers.listing(store)[0].away == ((day(23), day(28)),)


def test_an_absence_can_be_taken_back(store: Store, people: dict[str, int]) -> None:
    readers.add_absence(store, people["anna"], day(23), day(25), by=people["anna"])
    readers.remove_absence(store, people["anna"], day(23), by=people["anna"])
    assert here(store, day(24)) == ["anna", "ben", "cem"]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (day(25), day(24), "The last day is before the first."),
        (day(10), day(19), "These days are over."),
        (day(23), dt.date(2028, 1, 1), "That is more than a year. Take the role from them instead."),
    ],
)
def test_days_that_make_no_sense_get_one_sentence(
    store: Store, people: dict[str, int], first: dt.date, last: dt.date, sentence: str
) -> None:
    with pytest.raises(AbsenceError) as refused:
        readers.add_absence(store, people["anna"], first, last, by=people["anna"])
    assert str(refused.value) == sentence


def test_what_is_over_is_forgotten(store: Store, people: dict[str, int], today: Clock) -> None:
    readers.add_absence(store, people["anna"], day(23), day(25), by=people["anna"])
    today.move_to(day(26))
    assert readers.listing(store)[0].away == ()


def test_somebody_who_never_signed_in_is_not_on_duty(store: Store) -> None:
    staff.add(store, "new@example.org", ["safeguarding"])
    assert order(store) == ["new"]
    assert here(store, day(23)) == []


def test_a_leaver_and_other_roles_do_not_read(store: Store, people: dict[str, int]) -> None:
    staff.add(store, "iro@example.org", ["iro"])
    staff.switch_off(store, people["anna"])
    assert order(store) == ["ben", "cem"]


def test_whoever_is_named_receives_contact_requests_beside_the_readers(
    store: Store, people: dict[str, int]
) -> None:
    staff.add(store, "iro@example.org", ["iro"])
    named = [person.email for person in readers.receivers(store, ["iro@example.org", "gone@example.org"])]
    assert named == ["anna@example.org", "ben@example.org", "cem@example.org", "iro@example.org"]
