"""The whole job: a round is opened, ten young people answer, the month ends, and a report goes to the board."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from flask import Flask

from feedback_app.store import Store, ballot_box, comments
from tests.journeys.conftest import MakeDesk, Phone
from tests.staff.desk import Desk
from tests.support.clock import Clock

ANSWERS = {
    "wording": "standard",
    "talked_before": "yes",
    "how_attended": "attended",
    "views_considered": "yes",
}
RESULTS = "/staff/results/iro_review?period=2026-27"
WORDS = "Priya remembered my rabbit"
SAFE = "[name removed] remembered my rabbit"

Answer = Callable[[int], None]


@pytest.fixture
def answer(app: Flask, link: str) -> Answer:
    """So many young people answer; every third sends the form twice, and one says something in their own words."""

    def answer_(number: int) -> None:
        for place in range(number):
            phone = Phone(app, link).open()
            words = {"best_thing": WORDS} if place == 4 else {}
            statuses = [phone.send(**ANSWERS, **words).status_code for _ in range(1 + (place % 3 == 0))]
            assert set(statuses) == {303}

    return answer_


def test_nine_are_shown_to_no_role(desk: MakeDesk, answer: Answer, today: Clock) -> None:
    answer(9)
    today.end_month()
    for role in ("participation", "board", "admin", "iro", "safeguarding"):
        worker = desk().sign_in(role)
        for address in (RESULTS, "/staff/results", "/staff/report", "/staff/comments"):
            response = worker.client.get(address)
            text = response.get_data(as_text=True)
            assert "%" not in text.partition("<main")[2], (role, address)
            assert WORDS not in text


def test_with_a_tenth_and_the_month_ended_all_ten_are_shown(
    participation: Desk, answer: Answer, today: Clock
) -> None:
    answer(9)
    answer(1)
    assert "100%" not in participation.get(RESULTS).text
    today.end_month()
    text = participation.get(RESULTS).text
    assert "100%" in text
    assert "10" in text.split()


def test_a_session_is_kept_going_by_whoever_says_they_are_still_here(participation: Desk) -> None:
    token = participation.token("/staff/")
    assert participation.client.post("/staff/stay", data={"csrf_token": token}).status_code == 204
    assert participation.client.post("/staff/stay").status_code >= 400


def test_what_waits_is_told_in_steps_of_ten(participation: Desk, answer: Answer) -> None:
    answer(9)
    assert "fewer than 10" in participation.get("/staff/rounds").text
    answer(1)
    assert "10 or more" in participation.get("/staff/rounds").text


def counted_comment(store: Store) -> str:
    (row,) = comments.listing(store, "waiting")
    assert row.words == WORDS
    return row.id


@pytest.fixture
def approved(participation: Desk, colleague: Desk, answer: Answer, today: Clock, store: Store) -> Desk:
    """The comment was made safe by one and approved by another."""
    answer(10)
    today.end_month()
    participation.get(RESULTS)
    comment = counted_comment(store)
    participation.post(f"/staff/comments/{comment}/make-safe", {"safe_words": SAFE})
    participation.post(f"/staff/comments/{comment}/approve")
    assert comments.quotes(store, "iro_review", "2026-27") == []
    colleague.post(f"/staff/comments/{comment}/approve")
    return participation


def words_of_report(worker: Desk, kind: str) -> str:
    response = worker.client.get(f"/staff/report/2026-27.{kind}")
    assert response.status_code == 200
    if kind == "html":
        return response.get_data(as_text=True)
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(response.data)) as package:
            return package.read("xl/sharedStrings.xml").decode()
    document = Document(io.BytesIO(response.data))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
def test_the_report_holds_the_percentages_and_the_quote(approved: Desk, kind: str) -> None:
    words = words_of_report(approved, kind)
    assert "100%" in words or (kind == "xlsx" and "100" in words)
    assert SAFE in words
    assert "Priya" not in words


def test_a_safeguarding_reader_sees_the_words_before_they_are_counted(
    desk: MakeDesk, answer: Answer, today: Clock
) -> None:
    reader = desk().sign_in("safeguarding")
    answer(5)
    today.move_to("2026-11-23")
    assert WORDS in reader.get("/staff/reading").text


def test_a_form_sent_by_hand_is_stored_once_however_often(app: Flask, link: str, store: Store) -> None:
    phone = Phone(app, link, {"receipt": "A" * 22})
    answers = [phone.send(talked_before="no", talked_before_why="could_not") for _ in range(6)]
    assert {(sent.status_code, sent.headers["Location"]) for sent in answers} == {(303, f"{link}/thanks")}
    assert ballot_box.waiting(store, "iro_review") == 1
