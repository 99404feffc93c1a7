"""A key that is lost is a sentence for staff and for whoever runs the server; young people notice nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback_app.store import Store, ballot_box, counting, keys, retention
from feedback_app.store.secrets import MISSING_KEY, Secrets
from tests.conftest import SECRET_KEY, WORDS_KEY
from tests.journeys.conftest import Phone
from tests.staff.desk import Desk
from tests.support.clock import Clock

OTHER_KEY = "B" * 43 + "="


@pytest.fixture
def lost(app: Flask, link: str, store: Store, today: Clock) -> Iterator[Store]:
    """The application's store, without the key under which ten responses were counted and ten wait."""
    keys.note(store)
    held: Store = app.extensions["heard"].store
    for _ in range(2):
        for number in range(10):
            Phone(app, link).open().send(best_thing=f"my nan {number}")
        if today().month == 11:
            today.end_month()
            counting.count(store)
    before, held.secrets = held.secrets, Secrets(SECRET_KEY, (OTHER_KEY,))
    yield held
    held.secrets = before


def test_young_people_answer_as_always(app: Flask, link: str, lost: Store) -> None:
    before = ballot_box.waiting(lost, "iro_review")
    phone = Phone(app, link).open()
    assert phone.send(how_attended="attended", best_thing="gravy").status_code == 303
    assert phone.send().status_code == 303
    assert ballot_box.waiting(lost, "iro_review") == before + 1


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("participation", "/staff/comments"),
        ("participation", "/staff/results/iro_review?period=2026-27"),
        ("board", "/staff/report?period=2026-27"),
    ],
)
def test_staff_are_told_in_a_sentence(
    desk: Callable[[], Desk], lost: Store, today: Clock, role: str, address: str
) -> None:
    member = desk().sign_in(role)
    today.end_month()
    page = member.get(address, 503)
    assert MISSING_KEY in page.text
    assert retention.destroyed(lost) == []


@pytest.mark.usefixtures("lost")
def test_pages_without_words_are_there(desk: Callable[[], Desk]) -> None:
    admin = desk().sign_in("admin")
    assert admin.get("/staff/").response.status_code == 200
    assert admin.get("/staff/people").response.status_code == 200
    reader = desk().sign_in("safeguarding")
    for address in ("/staff/", "/staff/reading"):
        assert "cannot be opened" in reader.get(address).text
    assert admin.get("/staff/destroyed").heading == "What has been destroyed"


def test_the_health_check_says_which(client: FlaskClient, lost: Store, store: Store) -> None:
    answered = client.get("/health")
    assert (answered.status_code, answered.json) == (503, {"status": "failed", "why": MISSING_KEY})
    lost.secrets = store.secrets
    assert client.get("/health").json == {"status": "ok"}
    lost.secrets = Secrets("another one: sixty-four characters that nobody has to keep secret", (WORDS_KEY,))
    assert client.get("/health").json == {"status": "failed", "why": keys.NOT_THE_SAME}


def test_what_was_destroyed_is_shown_to_staff_as_numbers(
    desk: Callable[[], Desk], link: str, app: Flask, store: Store, today: Clock
) -> None:
    for _ in range(10):
        Phone(app, link).open().send(best_thing="my nan")
    today.end_month()
    counting.count(store)
    today.move_to("2029-01-01")
    retention.retain(store)
    page = desk().sign_in("admin").get("/staff/destroyed")
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.all("//tbody/tr")]
    assert ["Your IRO and your reviews", "November 2026", "10 or more"] in rows
    assert ["Your IRO and your reviews", "2026-27", "10 or more"] in rows
