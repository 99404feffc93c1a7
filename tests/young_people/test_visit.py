"""What an installed app and a visit need of the server: pages without a session, and a token that lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from feedback_app import conversation_token
from feedback_app.store import Store, rounds
from tests.support.clock import Clock
from tests.support.pages import PageChecker
from tests.support.rounds import slug_of

MakeRound = Callable[..., str]


def test_a_conversations_page_has_words_to_say_and_no_token(
    page: PageChecker, address_of_survey: str, store: Store
) -> None:
    opened = page.get(f"{address_of_survey}/conversation")
    asks = [q.ask for q in store.surveys.get("iro_review").questions if q.ask and "standard" in q.wordings]
    assert all(ask in opened.text for ask in asks)
    assert opened.value("conversation") == ""


def test_without_script_a_conversations_page_says_where_to_open_it(
    page: PageChecker, address_of_survey: str
) -> None:
    opened = page.get(f"{address_of_survey}/conversation")
    assert "open it from the staff pages" in opened.text
    assert opened.all("//form[@id='survey']/ancestor::*[@hidden]")


def test_a_conversation_can_be_held_in_short_and_easy_questions(
    page: PageChecker, address_of_survey: str
) -> None:
    assert page.get(f"{address_of_survey}/conversation?wording=easy").value("wording") == "easy"


def test_a_conversation_of_a_round_by_code_asks_for_none(page: PageChecker, make_round: MakeRound) -> None:
    opened = page.get(f"{make_round(entry='codes')}/conversation")
    assert not opened.all("//input[@name='code']")


@pytest.mark.parametrize(("opens", "closes", "status"), [(-9, -1, 410), (2, 9, 200)])
def test_a_conversation_is_held_while_its_round_is_open(
    page: PageChecker, make_round: MakeRound, opens: int, closes: int, status: int
) -> None:
    opened = page.get(f"{make_round(opens=opens, closes=closes)}/conversation", status)
    assert not opened.all("//form[@id='survey']")


def test_a_conversation_without_a_token_is_not_taken_for_a_young_persons_own(
    page: PageChecker, address_of_survey: str, answers: dict[str, Any], box: Callable[[], list[object]]
) -> None:
    page.post(address_of_survey, {**answers, "conversation": ""}, status=422)
    assert box() == []


def test_what_was_held_on_the_last_ready_day_is_taken_two_weeks_later(
    page: PageChecker, address_of_survey: str, answers: dict[str, Any], store: Store, today: Clock
) -> None:
    token = conversation_token.make(store, slug_of(address_of_survey))
    today.move_to("2026-12-18")
    page.post(address_of_survey, {**answers, "conversation": token})


@pytest.mark.parametrize(("closes", "until"), [(30, "2026-12-04"), (3, "2026-11-23")])
def test_a_device_is_ready_for_two_weeks_or_until_the_round_closes(
    store: Store, make_round: MakeRound, closes: int, until: str
) -> None:
    round_ = rounds.find(store, slug_of(make_round(closes=closes)))
    assert round_ is not None
    assert conversation_token.ready_until(store, round_).isoformat() == until


def test_the_page_for_visits_needs_no_session(page: PageChecker) -> None:
    visit = page.get("/visit")
    assert visit.heading == "On a visit"
    assert visit.all("//link[@rel='manifest']/@href") == ["/manifest.webmanifest"]


def test_the_page_for_visits_is_in_the_language_of_staff(page: PageChecker) -> None:
    visit = page.get("/visit", headers={"Accept-Language": "ar"})
    assert visit.one("//html").get("lang") == "en-GB"


def test_a_phone_that_was_handed_over_has_a_page_to_show(page: PageChecker) -> None:
    assert page.get("/handed-over").heading == "This phone was handed over"


def test_the_manifest_names_icons_that_are_there(client: FlaskClient) -> None:
    response = client.get("/manifest.webmanifest")
    manifest = response.get_json(force=True)
    assert response.mimetype == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/visit", "/", "standalone")
    assert {client.get(icon["src"]).status_code for icon in manifest["icons"]} == {200}
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} >= {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }


@pytest.mark.parametrize("path", ["", "?wording=easy"])
def test_a_young_persons_own_page_asks_for_no_manifest(
    page: PageChecker, address_of_survey: str, path: str
) -> None:
    assert not page.get(address_of_survey + path).all("//link[@rel='manifest']")
