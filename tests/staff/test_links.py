"""One-time links, forgotten passwords and what a password must be."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask import Flask

from feedback_app import context, mail
from feedback_app.config import Smtp
from feedback_app.staff import passwords
from feedback_app.store import Store
from feedback_app.store import staff as accounts
from tests.staff.desk import PASSWORD, Desk

NEW = "four tall red chairs"


def new_link(admin: Desk, email: str) -> str:
    """The path of a new one-time link, made by an administrator for a new account."""
    page = admin.post("/staff/people/add", {"email": email, "roles": "board", "team": ""})
    return str(urlsplit(page.one("//*[@id='one-time-link']").text).path)


def use(browser: Desk, link: str, password: str, status: int = 200) -> str:
    """Set a password by a link; the heading of the answer."""
    token = browser.token(link)
    return browser.pages.post(link, {"csrf_token": token, "password": password}, status).heading


def test_a_new_person_sets_a_password_by_their_link_and_signs_in(desk: Callable[[], Desk]) -> None:
    link = new_link(desk().sign_in("admin"), "new@example.org")
    browser = desk()
    assert use(browser, link, NEW) == "Sign in"
    browser.try_password("new@example.org", NEW)
    assert browser.is_signed_in()


def test_a_link_works_once(desk: Callable[[], Desk]) -> None:
    link = new_link(desk().sign_in("admin"), "new@example.org")
    use(desk(), link, NEW)
    assert desk().get(link, 410).heading == "This link is over"


def test_a_link_opened_twice_before_it_is_used_still_works_once(desk: Callable[[], Desk]) -> None:
    link = new_link(desk().sign_in("admin"), "new@example.org")
    first, second = desk(), desk()
    tokens = first.token(link), second.token(link)
    first.pages.post(link, {"csrf_token": tokens[0], "password": NEW})
    second.pages.post(link, {"csrf_token": tokens[1], "password": "another long password"}, 410)


def test_a_link_is_void_after_three_days(desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    link = new_link(desk().sign_in("admin"), "new@example.org")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3 * 86_400 + 60)
    desk().get(link, 410)


def test_a_newer_link_voids_an_older_one(desk: Callable[[], Desk], store: Store) -> None:
    admin = desk().sign_in("admin")
    older = new_link(admin, "new@example.org")
    row = accounts.find_by_email(store, "new@example.org")
    assert row is not None
    admin.post(f"/staff/people/{row.id}/link")
    desk().get(older, 410)


def test_a_link_somebody_made_up_is_over(desk: Callable[[], Desk]) -> None:
    desk().get("/staff/set-password/made-up", 410)


def test_a_leavers_link_is_void(desk: Callable[[], Desk], store: Store) -> None:
    link = new_link(desk().sign_in("admin"), "new@example.org")
    row = accounts.find_by_email(store, "new@example.org")
    assert row is not None
    accounts.switch_off(store, row.id)
    desk().get(link, 410)


def test_setting_a_password_ends_every_session(desk: Callable[[], Desk], store: Store) -> None:
    browser = desk().sign_in("board", email="someone@example.org")
    admin = desk().sign_in("admin")
    page = admin.post(f"/staff/people/{browser.account('someone@example.org')}/link")
    link = urlsplit(page.one("//*[@id='one-time-link']").text).path
    use(desk(), link, NEW)
    assert not browser.is_signed_in()


@pytest.mark.parametrize(
    "password", ["short", "new@example.org", "passwordpassword", "123456789012345", "aaaaaaaaaaaaaaaa"]
)
def test_a_password_that_is_tried_first_is_refused_beside_its_field(
    desk: Callable[[], Desk], password: str
) -> None:
    link = new_link(desk().sign_in("admin"), "new@example.org")
    assert use(desk(), link, password, 422) == "Set your password"


@pytest.mark.parametrize(
    "password", [PASSWORD, NEW, "correct horse battery staple", "ünïcödé wörds too", "aaaa bbbb cccc dddd"]
)
def test_a_long_password_needs_neither_capitals_nor_digits(password: str) -> None:
    assert passwords.problem(password, "new@example.org") is None


def test_a_password_is_the_same_however_its_accents_are_typed() -> None:
    assert passwords.normal("cafe\u0301") == passwords.normal("caf\u00e9")


@pytest.fixture
def sent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """E-mails sent, for an application that has a mail server."""
    parts = app.extensions["heard"]
    smtp = Smtp(host="mail.example.org", sender="heard@example.org")
    context.attach(app, replace(parts, config=replace(parts.config, smtp=smtp)))
    sent: list[EmailMessage] = []
    monkeypatch.setattr(mail, "send", lambda _smtp, message: sent.append(message))
    monkeypatch.setattr(mail, "send_soon", lambda _smtp, message: sent.append(message))
    return sent


def ask(browser: Desk, email: str) -> str:
    token = browser.token("/staff/forgotten")
    return browser.pages.post("/staff/forgotten", {"csrf_token": token, "email": email}).text


def test_a_forgotten_password_is_answered_alike_for_everyone(
    desk: Callable[[], Desk], sent: list[EmailMessage]
) -> None:
    browser = desk()
    browser.account("someone@example.org", "board")
    assert ask(browser, "someone@example.org") == ask(browser, "nobody@example.org")
    assert [message["To"] for message in sent] == ["someone@example.org"]


def test_a_link_that_was_sent_sets_a_new_password(desk: Callable[[], Desk], sent: list[EmailMessage]) -> None:
    browser = desk()
    browser.account("someone@example.org", "board")
    ask(browser, "someone@example.org")
    link = next(line for line in sent[0].get_content().splitlines() if line.startswith("http"))
    use(browser, urlsplit(link).path, NEW)
    browser.try_password("someone@example.org", NEW)
    assert browser.is_signed_in()


def test_a_leaver_is_sent_nothing(desk: Callable[[], Desk], store: Store, sent: list[EmailMessage]) -> None:
    browser = desk()
    accounts.switch_off(store, browser.account("someone@example.org", "board"))
    ask(browser, "someone@example.org")
    assert sent == []


def test_asking_for_a_link_signs_nobody_out(desk: Callable[[], Desk], sent: list[EmailMessage]) -> None:
    browser = desk().sign_in("board", email="someone@example.org")
    ask(desk(), "someone@example.org")
    assert len(sent) == 1
    assert browser.is_signed_in()


def test_where_mail_can_be_sent_the_administrator_is_not_shown_the_link(
    desk: Callable[[], Desk], sent: list[EmailMessage]
) -> None:
    page = desk().sign_in("admin").post("/staff/people/add", {"email": "new@example.org", "roles": "board"})
    assert not page.all("//*[@id='one-time-link']")
    assert [message["To"] for message in sent] == ["new@example.org"]


def test_where_mail_cannot_be_sent_the_page_says_to_ask_the_administrator(desk: Callable[[], Desk]) -> None:
    assert "Ask your administrator" in desk().get("/staff/forgotten").text
