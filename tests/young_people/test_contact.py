"""Asking somebody to get in touch."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email.message import EmailMessage
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select

from feedback_app import mail
from feedback_app.config import Smtp
from feedback_app.languages import OTHERS
from feedback_app.notices import Teller
from feedback_app.store import Store, contact_requests, readers, staff
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.models import ContactRequest
from feedback_app.young_people.contact import TELLER
from tests.support.clock import Clock
from tests.support.pages import PageChecker

WRITTEN = {"name": "Sam", "reach": "07700 900123", "when": "after school", "about": "my brother"}


@pytest.fixture
def reader(store: Store) -> int:
    return add_reader(store, "reader@example.org")


def add_reader(store: Store, email: str, role: str = "safeguarding") -> int:
    user_id = staff.add(store, email, [role])
    staff.set_password(store, user_id, "hash")
    return user_id


def test_a_request_is_stored_as_it_was_written(page: PageChecker, store: Store, reader: int) -> None:
    token = page.get("/contact").value("token")
    assert page.post("/contact", {**WRITTEN, "token": token}).heading == "We have your message"
    (request,) = contact_requests.listing(store)
    assert request.wanted == Wanted("Sam", "07700 900123", "after school", "my brother")
    assert request.answer_by == dt.date(2026, 11, 23)
    assert request.taken_by is None


def test_a_form_sent_twice_is_stored_once(page: PageChecker, store: Store, reader: int) -> None:
    token = page.get("/contact").value("token")
    for _ in range(3):
        page.post("/contact", {**WRITTEN, "token": token})
    assert len(contact_requests.listing(store)) == 1


def test_two_forms_with_the_same_words_are_two_requests(page: PageChecker, store: Store, reader: int) -> None:
    for _ in range(2):
        page.post("/contact", {**WRITTEN, "token": page.get("/contact").value("token")})
    assert len(contact_requests.listing(store)) == 2


def test_a_form_whose_token_was_lost_is_stored_all_the_same(
    page: PageChecker, store: Store, reader: int
) -> None:
    page.post("/contact", WRITTEN)
    assert len(contact_requests.listing(store)) == 1


@pytest.mark.parametrize("missing", ["name", "reach"])
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    page: PageChecker, store: Store, reader: int, missing: str
) -> None:
    answer = page.post("/contact", {**WRITTEN, missing: " \x00 "}, 422)
    kept = {str(field.name): field.value for field in answer.all("//form[@method='post']//*[@name]")}
    assert {name: kept[name].strip() for name in WRITTEN} == {**WRITTEN, missing: ""}
    assert answer.all(f"//*[@id='{missing}'][@aria-invalid='true']")
    assert contact_requests.listing(store) == []


def test_a_name_and_a_way_are_enough(page: PageChecker, store: Store, reader: int) -> None:
    page.post("/contact", {"name": "Sam", "reach": "through my carer"})
    assert contact_requests.listing(store)[0].wanted == Wanted("Sam", "through my carer")


def test_too_much_is_an_error_that_keeps_it(page: PageChecker, reader: int) -> None:
    answer = page.post("/contact", {**WRITTEN, "about": "x" * 2001}, 422)
    assert answer.one("//textarea[@name='about']").value.strip() == "x" * 2001


def test_the_page_says_by_when_over_a_weekend(page: PageChecker, reader: int, today: Clock) -> None:
    assert "by Monday 23 November" in page.get("/contact").text
    today.move_to("2026-12-24")
    assert "by Tuesday 29 December" in page.get("/contact").text


@pytest.mark.parametrize("tag", [language.tag for language in OTHERS])
def test_the_day_can_be_said_in_every_language(page: PageChecker, reader: int, tag: str) -> None:
    for address in ("/contact", "/contact/received"):
        assert page.get(f"{address}?lang={tag}").heading


def test_nobody_is_offered_a_form_that_nobody_would_read(page: PageChecker, store: Store) -> None:
    staff.add(store, "never.signed.in@example.org", ["safeguarding"])
    add_reader(store, "iro@example.org", "iro")
    answer = page.get("/contact")
    assert not answer.all("//form[@method='post']//textarea")
    assert answer.all("//a[starts-with(@href, 'tel:')]")


def test_nobody_is_offered_a_form_while_everybody_who_reads_it_is_away(
    page: PageChecker, store: Store, reader: int, today: Clock
) -> None:
    readers.add_absence(store, reader, today.day, today.day + dt.timedelta(days=3), by=reader)
    assert not page.get("/contact").all("//textarea")
    today.move_to("2026-11-23")
    assert page.get("/contact").all("//textarea")


def test_what_is_sent_when_nobody_could_read_it_is_not_said_to_be_sent(
    page: PageChecker, store: Store
) -> None:
    answer = page.post("/contact", WRITTEN, 422)
    assert "Nothing was sent." in answer.text
    assert contact_requests.listing(store) == []


def test_the_page_carries_nothing_of_a_survey(page: PageChecker, reader: int) -> None:
    answer = page.get("/contact")
    named = {field.name for field in answer.all("//form[@method='post']//*[@name]")}
    assert named == {"token", "name", "reach", "when", "about"}


def test_nothing_can_be_read_in_the_database(page: PageChecker, store: Store, reader: int) -> None:
    token = page.get("/contact").value("token")
    page.post("/contact", {**WRITTEN, "token": token})
    with store.reading() as session:
        (row,) = session.execute(select(ContactRequest.__table__))
    everything = b"|".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    for secret in ("Sam", "07700", token):
        assert secret.encode() not in everything


class Post:
    """A mail server that can be away."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.came = Event()
        self.is_away = False

    def send(self, _smtp: Smtp, message: EmailMessage) -> None:
        if self.is_away:
            self.came.set()
            raise ConnectionRefusedError
        self.sent.append(message)


@pytest.fixture
def post(app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch) -> Post:
    """A council with a mail server; ``came`` is set once what had to be sent was sent, or could not be."""
    server = Post()
    monkeypatch.setattr(mail, "send", server.send)
    monkeypatch.setattr("feedback_app.notices.PAUSE_SECONDS", 0)
    mark_told = contact_requests.mark_told

    def marked(store: Store, ids: list[bytes]) -> None:
        mark_told(store, ids)
        server.came.set()

    monkeypatch.setattr(contact_requests, "mark_told", marked)
    parts = app.extensions["heard"]
    smtp = Smtp(host="mail.example.org", sender="heard@example.org")
    app.extensions[TELLER] = Teller(
        replace(parts.config, smtp=smtp, public_url="https://heard.example.gov.uk"), parts.store
    )
    return server


def test_staff_are_told_at_once_without_a_word_of_it(
    page: PageChecker, store: Store, reader: int, post: Post
) -> None:
    page.post("/contact", WRITTEN)
    assert post.came.wait(20)
    (message,) = post.sent
    assert message["To"] == "reader@example.org"
    text = str(message)
    assert "A young person has asked to be contacted" in text
    assert "https://heard.example.gov.uk/staff/contact" in text
    assert not any(word in text for word in ("Sam", "07700", "brother"))
    assert contact_requests.numbers(store).untold == 0


def test_a_mail_server_that_is_away_loses_nothing(
    page: PageChecker, store: Store, reader: int, post: Post
) -> None:
    post.is_away = True
    assert page.post("/contact", WRITTEN).heading == "We have your message"
    assert post.came.wait(20)
    assert contact_requests.numbers(store).untold == 1
