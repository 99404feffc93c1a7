"""What is done to accounts is recorded: by whom, to whom, and which roles were given or taken away."""

from __future__ import annotations

import pytest

from feedback_app.store import Store, rounds, staff, staff_log
from feedback_app.store.staff_log import Entry
from tests.store.answering import open_round
from tests.support.clock import Clock


@pytest.fixture
def admin(store: Store) -> int:
    return staff.add(store, "admin@example.org", ["admin"])


def test_a_role_that_somebody_gives_themselves_is_recorded_by_its_name(
    store: Store, admin: int, today: Clock
) -> None:
    today.move_to("2026-11-20")
    staff.change(store, admin, ["admin", "safeguarding"], "", admin)
    assert staff_log.entries(store)[0] == Entry(
        today(), "admin@example.org", "gave the role safeguarding", "admin@example.org"
    )


def test_that_it_was_given_back_on_the_same_day_hides_nothing(store: Store, admin: int) -> None:
    staff.change(store, admin, ["admin", "safeguarding"], "", admin)
    staff.change(store, admin, ["admin"], "", admin)
    assert {one.what for one in staff_log.entries(store) if "safeguarding" in one.what} == {
        "gave the role safeguarding",
        "took the role safeguarding away",
    }


def test_every_role_that_changed_is_recorded_and_no_other(store: Store, admin: int, today: Clock) -> None:
    other = staff.add(store, "other@example.org", ["board", "iro"], by=admin)
    today.move_to("2026-12-01")
    staff.change(store, other, ["iro", "participation"], "", admin)
    assert {one for one in staff_log.entries(store) if one.day == today()} == {
        Entry(today(), "admin@example.org", what, "other@example.org")
        for what in ("gave the role participation", "took the role board away")
    }


def test_who_is_added_has_their_roles_recorded(store: Store, admin: int) -> None:
    staff.add(store, "new@example.org", ["board", "safeguarding"], by=admin)
    assert {one.what for one in staff_log.entries(store) if one.whom == "new@example.org"} == {
        "added",
        "gave the role board",
        "gave the role safeguarding",
    }


def test_what_came_from_the_command_line_is_told_as_that(store: Store, admin: int) -> None:
    assert admin
    assert {one.who for one in staff_log.entries(store)} == {staff_log.COMMAND_LINE}


def test_a_link_by_which_somebody_could_sign_in_as_another_is_recorded(
    store: Store, admin: int, today: Clock
) -> None:
    other = staff.add(store, "other@example.org", ["safeguarding"])
    today.move_to("2026-12-01")
    staff.end_sessions(store, other, admin)
    assert staff_log.entries(store)[0] == Entry(
        today(), "admin@example.org", "made a one-time link", "other@example.org"
    )


def test_another_team_and_nothing_at_all_are_told_apart_from_another_role(
    store: Store, admin: int, today: Clock
) -> None:
    today.move_to("2026-12-01")
    staff.change(store, admin, ["admin"], "East", admin)
    staff.change(store, admin, ["admin"], "East", admin)
    assert [one.what for one in staff_log.entries(store) if one.day == today()] == ["changed the team"]


def test_switching_off_and_on_and_unlocking_are_told(store: Store, admin: int, today: Clock) -> None:
    other = staff.add(store, "other@example.org", ["board"])
    for day, act in (
        ("2026-12-01", staff.switch_off),
        ("2026-12-02", staff.switch_on),
        ("2026-12-03", staff.unlock),
    ):
        today.move_to(day)
        act(store, other, admin)
    assert [one.what for one in staff_log.entries(store)[:3]] == ["unlocked", "switched on", "switched off"]


def test_what_is_done_to_anything_but_accounts_is_not_told(store: Store, admin: int) -> None:
    slug, _ = open_round(store, codes=2)
    before = staff_log.entries(store)
    rounds.make_codes(store, slug, 3, admin)
    assert staff_log.entries(store) == before
