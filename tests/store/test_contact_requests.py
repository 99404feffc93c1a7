"""Contact requests are taken by one, and destroyed when they are dealt with."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from feedback_app.store import Store, contact_requests, safeguarding_log, staff
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.models import ContactRequest
from tests.support.clock import Clock

SAM = Wanted("Sam", "07700 900123", "after school", "my brother")


@pytest.fixture
def request_id(store: Store) -> str:
    contact_requests.put(store, "a" * 22, SAM)
    return contact_requests.listing(store)[0].id


def test_one_takes_it_and_another_is_told_so(
    store: Store, request_id: str, staff_id: int, other_id: int
) -> None:
    assert contact_requests.take(store, request_id, staff_id)
    assert not contact_requests.take(store, request_id, other_id)
    assert contact_requests.listing(store)[0].taken_by == "one@example.org"


def test_somebody_can_take_over_from_whoever_was_shown(
    store: Store, request_id: str, staff_id: int, other_id: int
) -> None:
    contact_requests.take(store, request_id, staff_id)
    assert contact_requests.take(store, request_id, other_id, instead_of=staff_id)
    assert not contact_requests.take(store, request_id, staff_id, instead_of=staff_id)
    assert contact_requests.listing(store)[0].taken_by == "other@example.org"


def test_what_was_dealt_with_is_destroyed_and_counted(store: Store, request_id: str, staff_id: int) -> None:
    assert contact_requests.deal_with(store, request_id, staff_id)
    assert not contact_requests.deal_with(store, request_id, staff_id)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ContactRequest)) == 0
    (month,) = safeguarding_log.months(store)
    assert dict(month.done) == {"contact_dealt_with": 1}


def test_nothing_of_it_is_left_in_the_file(store: Store, request_id: str, staff_id: int) -> None:
    if store.file is None:
        return
    with store.reading() as session:
        sealed = session.scalars(select(ContactRequest.sealed)).one()
    contact_requests.deal_with(store, request_id, staff_id)
    for file in (store.file, Path(f"{store.file}-wal")):
        assert not file.exists() or sealed not in file.read_bytes()


def test_what_is_answered_after_its_day_is_counted_as_late(
    store: Store, request_id: str, staff_id: int, today: Clock
) -> None:
    today.move_to("2026-11-23")
    assert contact_requests.numbers(store).due == 1
    today.move_to("2026-11-24")
    assert contact_requests.numbers(store).late == 1
    assert contact_requests.listing(store)[0].is_late
    contact_requests.deal_with(store, request_id, staff_id)
    assert safeguarding_log.months(store)[0].done["contact_late"] == 1


def test_those_due_first_stand_first(store: Store, today: Clock) -> None:
    contact_requests.put(store, "b" * 22, Wanted("Later", "x"))
    today.move_to("2026-11-18")
    contact_requests.put(store, "c" * 22, Wanted("Sooner", "x"))
    assert [request.wanted.name for request in contact_requests.listing(store)] == ["Sooner", "Later"]


def test_a_leavers_requests_wait_for_somebody_else(store: Store, request_id: str, staff_id: int) -> None:
    contact_requests.take(store, request_id, staff_id)
    staff.switch_off(store, staff_id)
    assert contact_requests.listing(store)[0].taken_by is None
    assert contact_requests.numbers(store).untaken == 1


@pytest.mark.parametrize("other", ["", "no id", "ff" * 16])
def test_an_id_that_is_none_is_nobodys(store: Store, staff_id: int, other: str) -> None:
    assert not contact_requests.take(store, other, staff_id)
    assert not contact_requests.deal_with(store, other, staff_id)
