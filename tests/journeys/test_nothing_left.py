"""What is left behind of who answered: nothing in the logs, no cookie, and one response however the lines failed."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from feedback_app import logs
from feedback_app.store import Store, ballot_box
from tests.journeys.conftest import Phone
from tests.staff.desk import Desk
from tests.support.clock import Clock

SECRETS = ("203.0.113.77", "Phone/1.0", "gravy on sundays", "chose_not_to", "utm_secret", "talked_before")


class Lines(logging.Handler):
    """Every line that a process would have written to its log, debugging included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logs.JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Lines]:
    """What is logged from here on, by anybody, at the level that a server logs at."""
    root, handler = logging.getLogger(), Lines()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


def test_young_people_leave_no_line(app: Flask, link: str, log: Lines) -> None:
    log.lines.clear()
    phone = Phone(app, link).open()
    phone.send(how_attended="chose_not_to", best_thing="gravy on sundays")
    phone.send()
    client = app.test_client()
    for address in (
        f"{link}?utm_secret=1",
        f"{link}/thanks",
        "/help",
        "/leave",
        "/privacy",
        "/",
        "/s/nothing",
    ):
        client.get(address)
    client.post(link, data={"receipt": "wrong", "how_attended": "shoes"})
    assert log.lines == []


def test_a_whole_journey_logs_nothing_about_who_answered(
    app: Flask, link: str, participation: Desk, log: Lines, today: Clock
) -> None:
    receipts = []
    for _ in range(10):
        phone = Phone(app, link).open()
        phone.send(how_attended="chose_not_to", best_thing="gravy on sundays")
        receipts.append(phone.answers["receipt"])
    today.end_month()
    participation.get("/staff/results/iro_review?period=2026-27&utm_secret=1")
    participation.get("/staff/comments")
    written = "\n".join(log.lines)
    assert not [secret for secret in (*SECRETS, *receipts, link.removeprefix("/s/")) if secret in written]


def test_what_staff_do_is_logged_by_page_and_no_more(participation: Desk, log: Lines) -> None:
    log.lines.clear()
    participation.get("/staff/results?utm_secret=1")
    (line,) = [json.loads(line) for line in log.lines]
    assert set(line) == {"time", "level", "logger", "event", "endpoint", "status", "milliseconds"}
    assert (line["endpoint"], line["status"]) == ("staff.results", 200)


def test_a_failure_is_logged_without_what_was_sent(
    app: Flask, link: str, log: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_store: object, submission: ballot_box.Submission) -> None:
        raise RuntimeError(f"could not store {submission.answers} {submission.receipt}")

    monkeypatch.setattr("feedback_app.young_people.views.seal", fail)
    phone = Phone(app, link).open()
    log.lines.clear()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert phone.send(how_attended="chose_not_to", best_thing="gravy on sundays").status_code == 500
    written = "\n".join(log.lines)
    assert "RuntimeError" in written
    assert not [secret for secret in (*SECRETS, phone.answers["receipt"]) if secret in written]


def test_no_page_for_young_people_sets_a_cookie(app: Flask, link: str) -> None:
    phone = Phone(app, link).open()
    answers = [phone.send(how_attended="attended"), phone.send(how_attended="shoes")]
    client = app.test_client()
    pages = (
        link,
        f"{link}?wording=easy",
        f"{link}/thanks",
        "/",
        "/help",
        "/leave",
        "/stopped",
        "/privacy",
        "/accessibility",
    )
    answers += [client.get(page) for page in (*pages, "/s/nothing", "/nothing")]
    assert not [a.request.path for a in answers if a.headers.getlist("Set-Cookie")]


def test_five_at_once_with_one_receipt_are_one_response(app: Flask, link: str, store: Store) -> None:
    phone = Phone(app, link).open()
    phone.answers |= {"how_attended": "attended", "best_thing": "gravy on sundays"}
    with ThreadPoolExecutor(5) as pool:
        statuses = list(pool.map(lambda _: phone.send().status_code, range(5)))
    assert statuses == [303] * 5
    assert ballot_box.waiting(store, "iro_review") == 1


def test_twenty_at_once_are_twenty_responses(app: Flask, link: str, store: Store) -> None:
    phones = [Phone(app, link).open() for _ in range(20)]
    with ThreadPoolExecutor(5) as pool:
        statuses = list(pool.map(lambda phone: phone.send(how_attended="attended").status_code, phones))
    assert statuses == [303] * 20
    assert ballot_box.waiting(store, "iro_review") == 20
