"""Staff answer young people who asked to be contacted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from feedback_app import context
from feedback_app.store import Store, contact_requests
from feedback_app.store.contact_requests import Wanted
from tests.staff.desk import Desk
from tests.support.clock import Clock


@pytest.fixture
def ruth(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("safeguarding", email="ruth@example.org")


@pytest.fixture
def sam(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("safeguarding", email="sam@example.org")


@pytest.fixture
def request_id(store: Store) -> str:
    contact_requests.put(store, "a" * 22, Wanted("Jay", "07700 900123", "after 4", "<b>my brother</b>"))
    return contact_requests.listing(store)[0].id


def test_what_was_asked_is_shown_whole_and_escaped(ruth: Desk, request_id: str) -> None:
    page = ruth.get("/staff/contact")
    for said in ("Jay", "07700 900123", "after 4", "<b>my brother</b>", "23 November 2026"):
        assert said in page.text


def test_the_home_page_says_that_somebody_waits(ruth: Desk, request_id: str) -> None:
    assert "1 young person waiting, 1 not taken yet" in ruth.get("/staff/").text


def test_whoever_says_so_has_it_and_others_see_that(ruth: Desk, sam: Desk, request_id: str) -> None:
    assert "You have it." in ruth.post(f"/staff/contact/{request_id}/take").text
    page = sam.get("/staff/contact")
    assert "ruth@example.org has it." in page.text
    assert "Somebody was quicker." in sam.post(f"/staff/contact/{request_id}/take").text


def test_a_colleague_can_take_over(ruth: Desk, sam: Desk, request_id: str) -> None:
    ruth.post(f"/staff/contact/{request_id}/take")
    before = sam.get("/staff/contact").value("instead_of")
    assert "You have it." in sam.post(f"/staff/contact/{request_id}/take", {"instead_of": before}).text


def test_what_was_dealt_with_is_gone(ruth: Desk, store: Store, request_id: str) -> None:
    ruth.post(f"/staff/contact/{request_id}/take")
    page = ruth.post(f"/staff/contact/{request_id}/dealt-with")
    assert "destroyed, and counted" in page.text
    assert "Jay" not in page.text
    assert contact_requests.listing(store) == []
    assert "dealt with already" in ruth.post(f"/staff/contact/{request_id}/dealt-with").text


def test_what_is_overdue_is_told_to_those_who_can_mend_it(
    ruth: Desk, desk: Callable[[], Desk], request_id: str, today: Clock
) -> None:
    today.move_to("2026-11-24")
    assert "1 overdue." in ruth.get("/staff/contact").text
    page = desk().sign_in("admin").get("/staff/")
    assert "overdue to be answered" in page.text
    assert "Jay" not in page.text


def test_whoever_the_council_names_sees_the_list_whatever_their_role(
    app: Flask, desk: Callable[[], Desk], request_id: str
) -> None:
    parts = app.extensions["heard"]
    named = replace(parts.config, contact_to=("iro@example.org",))
    context.attach(app, replace(parts, config=named))
    page = desk().sign_in("iro", email="iro@example.org").get("/staff/contact")
    assert "Jay" in page.text
    desk().sign_in("iro", email="other@example.org").get("/staff/contact", 403)


def test_where_there_is_no_mail_server_it_is_said_that_nobody_is_told(
    ruth: Desk, desk: Callable[[], Desk]
) -> None:
    admin = desk().sign_in("admin")
    for page in (ruth.get("/staff/contact"), ruth.get("/staff/reading"), admin.get("/staff/readers")):
        assert "No mail server is set, so nobody is told by e-mail of worrying words" in page.text


def test_a_flood_is_told_and_nothing_of_it_is_lost(ruth: Desk, store: Store) -> None:
    for number in range(60):
        contact_requests.put(store, f"{number:022}", Wanted(f"N{number}", "x"))
    page = ruth.get("/staff/contact")
    assert "Unusually many contact requests wait." in page.text
    assert "10 more requests after these." in page.text
    assert contact_requests.numbers(store).waiting == 60
