"""Conversations, handing over the phone, and counting conversations apart from answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback_app.store import Store, activity, ballot_box
from tests.staff.desk import Desk
from tests.store.answering import open_round
from tests.support.clock import Clock
from tests.support.pages import Page


@pytest.fixture
def iro(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("iro", team="North")


@pytest.fixture
def slug(store: Store) -> str:
    return open_round(store)[0]


def test_an_open_round_can_be_chosen(iro: Desk, slug: str) -> None:
    assert f"/staff/conversation/{slug}" in iro.get("/staff/conversation").all("//a/@href")


def test_where_nothing_is_open_the_page_says_whom_to_ask(iro: Desk) -> None:
    assert "Ask your participation team" in iro.get("/staff/conversation").text


def test_the_conversation_has_words_to_say(iro: Desk, slug: str, store: Store) -> None:
    text = iro.get(f"/staff/conversation/{slug}").text
    assert all(
        q.ask in text for q in store.surveys.get("wellbeing").questions if q.ask and "standard" in q.wordings
    )


def test_what_was_said_is_stored_and_shown_back(iro: Desk, slug: str, store: Store) -> None:
    form = iro.get(f"/staff/conversation/{slug}")
    data = {name: form.value(name) for name in ("receipt", "conversation", "wording")}
    page = iro.pages.post(f"/s/{slug}", {**data, "what_helps": "my cat"})
    assert "my cat" in page.text
    assert ballot_box.waiting(store, "wellbeing") == 1


def test_the_form_says_nothing_of_who_asks(iro: Desk, slug: str) -> None:
    page = iro.get(f"/staff/conversation/{slug}")
    form = page.one("//form[@id='survey']")
    assert form.get("action") == f"/s/{slug}"
    assert not form.xpath(".//input[@name='csrf_token']")


def test_the_short_and_easy_questions_can_be_asked(iro: Desk, slug: str) -> None:
    assert iro.get(f"/staff/conversation/{slug}?wording=easy").value("wording") == "easy"


def test_a_round_that_is_over_cannot_be_held(iro: Desk, slug: str, today: Clock) -> None:
    today.move_to("2027-03-01")
    assert iro.get(f"/staff/conversation/{slug}", 410).heading == "This round is not open"


def test_handing_over_the_phone_signs_out_first(iro: Desk, slug: str) -> None:
    page = iro.post(f"/staff/hand-over/{slug}")
    assert page.response.request.path == f"/s/{slug}"
    assert not iro.is_signed_in()


def test_handing_over_leaves_no_cookie(iro: Desk, slug: str) -> None:
    token = iro.token("/staff/")
    answer = iro.client.post(f"/staff/hand-over/{slug}", data={"csrf_token": token})
    assert "heard_staff=;" in answer.headers["Set-Cookie"]
    assert "Path=/staff" in answer.headers["Set-Cookie"]


def count(browser: Desk, rows: object, receipt: object = None) -> int:
    headers = {"X-CSRFToken": str(browser.get("/staff/").one("//body/@data-token"))}
    batch = {"receipt": receipt or ballot_box.new_receipt(), "rows": rows}
    return browser.client.post("/staff/activity", json=batch, headers=headers).status_code


def test_conversations_are_counted_by_team_survey_and_month(iro: Desk, store: Store) -> None:
    assert count(iro, [{"survey": "wellbeing", "month": "2026-11", "conversations": 3}]) == 204
    assert count(iro, [{"survey": "wellbeing", "month": "2026-11", "conversations": 2}]) == 204
    assert activity.listing(store, "2026-27") == [activity.ActivityRow("North", "wellbeing", "2026-11", 5)]


def test_a_batch_sent_again_is_counted_once(iro: Desk, store: Store) -> None:
    batch = [{"survey": "wellbeing", "month": "2026-11", "conversations": 3}]
    assert count(iro, batch, "the receipt of a batch") == 422
    assert [count(iro, batch, "the-receipt-of-a-batch") for _ in range(2)] == [204, 204]
    assert [row.conversations for row in activity.listing(store, "2026-27")] == [3]


@pytest.mark.parametrize(
    "rows",
    [
        {"survey": "wellbeing"},
        ["wellbeing"],
        [{"survey": "made_up", "month": "2026-11", "conversations": 1}],
        [{"survey": "wellbeing", "month": "2026-13", "conversations": 1}],
        [{"survey": "wellbeing", "month": "2027-01", "conversations": 1}],
        [{"survey": "wellbeing", "month": "2020-01", "conversations": 1}],
        [{"survey": "wellbeing", "month": "2026-11", "conversations": 0}],
        [{"survey": "wellbeing", "month": "2026-11", "conversations": 10_000}],
        [{"survey": "wellbeing", "month": "2026-11", "conversations": True}],
        [{"survey": ["wellbeing"], "month": "2026-11", "conversations": 1}],
    ],
)
def test_what_cannot_be_counted_is_refused_whole(iro: Desk, store: Store, rows: object) -> None:
    assert count(iro, rows) == 422
    assert activity.listing(store, "2026-27") == []


def cells(page: Page) -> list[str]:
    return [cell.text_content() for cell in page.all("//tbody/tr/*")]


def test_the_table_shows_each_team_in_tens_once_the_month_has_ended(
    iro: Desk, desk: Callable[[], Desk], today: Clock
) -> None:
    worker = desk().sign_in("participation")
    count(iro, [{"survey": "wellbeing", "month": "2026-10", "conversations": 9}])
    count(iro, [{"survey": "wellbeing", "month": "2026-11", "conversations": 14}])
    assert cells(worker.get("/staff/activity")) == []
    today.end_month()
    shown = cells(worker.get("/staff/activity"))
    assert (shown[:2], shown[8:10], shown[-1]) == (["North", "Wellbeing"], ["–", "10+"], "20+")
