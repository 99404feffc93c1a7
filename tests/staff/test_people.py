"""The administrator's pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback_app.store import Store
from feedback_app.store import staff as accounts
from tests.staff.desk import Desk


@pytest.fixture
def admin(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("admin", email="admin@example.org")


def test_an_address_that_has_an_account_is_refused_and_nothing_typed_is_lost(admin: Desk) -> None:
    page = admin.post(
        "/staff/people/add", {"email": "admin@example.org", "roles": "board", "team": "East"}, 422
    )
    assert "admin@example.org already has an account" in page.text
    assert (page.value("email"), page.value("team")) == ("admin@example.org", "East")
    assert page.one("//input[@value='board']/@checked") is not None


@pytest.mark.parametrize("email", ["", "not an address", "<script>@example.org", "a@b"])
def test_what_is_no_address_is_refused(admin: Desk, email: str) -> None:
    admin.post("/staff/people/add", {"email": email, "roles": "board"}, 422)


def test_a_person_needs_a_role(admin: Desk) -> None:
    assert (
        "Choose at least one role" in admin.post("/staff/people/add", {"email": "new@example.org"}, 422).text
    )


def test_roles_and_team_can_be_changed(admin: Desk, store: Store) -> None:
    user_id = admin.account("someone@example.org", "board")
    admin.post(f"/staff/people/{user_id}", {"roles": ["iro", "participation"], "team": " East  team "})
    row = accounts.find(store, user_id)
    assert row is not None
    assert (row.roles, row.team) == (("iro", "participation"), "East team")


def test_a_changed_role_counts_from_the_next_request(admin: Desk, desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("board", email="someone@example.org")
    admin.post(f"/staff/people/{browser.account('someone@example.org')}", {"roles": "iro", "team": ""})
    assert browser.client.get("/staff/results").status_code == 403


def test_an_administrator_cannot_switch_off_their_own_account(admin: Desk, store: Store) -> None:
    admin.account("other@example.org", "admin")
    page = admin.post(f"/staff/people/{admin.account('admin@example.org')}/switch-off")
    assert "You cannot switch off your own account" in page.text
    assert admin.is_signed_in()


def test_the_last_administrator_cannot_give_the_role_away(admin: Desk) -> None:
    page = admin.post(
        f"/staff/people/{admin.account('admin@example.org')}", {"roles": "iro", "team": ""}, 422
    )
    assert "This is the last administrator" in page.text
    assert admin.get("/staff/people").heading == "People"


def test_somebody_switched_off_is_signed_out_and_shown_as_such(admin: Desk, desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("board", email="someone@example.org")
    page = admin.post(f"/staff/people/{browser.account('someone@example.org')}/switch-off")
    assert "Switched off" in page.text
    assert not browser.is_signed_in()


def test_somebody_switched_on_again_needs_a_new_link(admin: Desk, desk: Callable[[], Desk]) -> None:
    user_id = admin.account("someone@example.org", "board")
    admin.post(f"/staff/people/{user_id}/switch-off")
    admin.post(f"/staff/people/{user_id}/switch-on")
    browser = desk()
    browser.try_password("someone@example.org", "seven green bicycles")
    assert not browser.is_signed_in()


def test_a_locked_account_can_be_unlocked(admin: Desk, desk: Callable[[], Desk]) -> None:
    browser = desk()
    user_id = browser.account("someone@example.org", "board")
    for _ in range(5):
        browser.try_password("someone@example.org", "wrong")
    assert "Locked after wrong tries" in admin.get("/staff/people").text
    admin.post(f"/staff/people/{user_id}/unlock")
    browser.sign_in("board", email="someone@example.org")
    assert browser.is_signed_in()


def test_nobody_who_is_not_there_can_be_looked_at(admin: Desk) -> None:
    assert admin.get("/staff/people/999", 404).heading == "There is no such page"
