"""Answering over HTTP, as a phone without script does, or a program that knows the question keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from feedback_app import conversation_token
from feedback_app.store import Store, codes
from feedback_app.store.ballot_box import new_receipt
from tests.support.clock import Clock
from tests.support.pages import PageChecker
from tests.support.rounds import slug_of
from tests.young_people.conftest import MakeRound

Look = Callable[[], list[dict[str, Any]]]


def test_answers_are_stored_and_thanks_follow(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any], box: Look
) -> None:
    answer = client.post(address_of_survey, data=answers)
    assert (answer.status_code, answer.location) == (303, f"{address_of_survey}/thanks")
    (response,) = box()
    assert response["how"] == "self"
    assert response["answers"]["talked_before"] == "yes"


def test_the_same_receipt_is_answered_alike_and_stored_once(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any], box: Look
) -> None:
    statuses = [client.post(address_of_survey, data=answers).status_code for _ in range(5)]
    assert statuses == [303] * 5
    assert len(box()) == 1


def test_every_page_opened_has_a_receipt_of_its_own(page: PageChecker, address_of_survey: str) -> None:
    receipts = {page.get(address_of_survey).value("receipt") for _ in range(3)}
    assert len(receipts) == 3


def test_words_wait_apart_from_the_choices(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any], box: Look, comments: Look
) -> None:
    client.post(address_of_survey, data=answers)
    assert "best_thing" not in box()[0]["answers"]
    (comment,) = comments()
    assert (comment["question"], comment["words"]) == ("best_thing", "Somebody listened.")


def test_a_follow_up_off_the_path_is_dropped(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any], box: Look
) -> None:
    client.post(address_of_survey, data={**answers, "talked_before_why": "could_not"})
    assert "talked_before_why" not in box()[0]["answers"]


def test_a_follow_up_on_the_path_is_kept(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any], box: Look
) -> None:
    client.post(address_of_survey, data={**answers, "talked_before": "no", "talked_before_why": "could_not"})
    assert box()[0]["answers"]["talked_before_why"] == "could_not"


@pytest.mark.parametrize(
    "said",
    [{}, {"best_thing": " \u200b\n"}, {"talked_before_why": "could_not"}],
    ids=["empty", "unseen", "off the path"],
)
def test_a_form_in_which_nothing_is_answered_is_not_stored_and_that_is_said(
    client: FlaskClient, page: PageChecker, address_of_survey: str, box: Look, said: dict[str, str]
) -> None:
    answer = client.post(address_of_survey, data={"receipt": new_receipt(), **said})
    assert (answer.status_code, answer.location) == (303, "/stopped")
    assert "Nothing was sent" in page.get(answer.location).text
    assert box() == []


def test_words_alone_are_an_answer(client: FlaskClient, address_of_survey: str, box: Look) -> None:
    client.post(address_of_survey, data={"receipt": new_receipt(), "best_thing": "Somebody listened."})
    assert set(box()[0]["answers"].values()) == {None}


def test_what_was_received_is_answered_as_received_though_it_comes_again_empty(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any]
) -> None:
    client.post(address_of_survey, data=answers)
    again = client.post(address_of_survey, data={"receipt": answers["receipt"]})
    assert again.location == f"{address_of_survey}/thanks"


def test_easy_questions_alone_are_asked_in_easy(page: PageChecker, make_round: MakeRound) -> None:
    easy = page.get(make_round("wellbeing") + "?wording=easy")
    assert easy.all("//input[@name='feeling_lately_easy']")
    assert not easy.all("//input[@name='feeling_lately']")
    assert easy.value("wording") == "easy"


def test_what_easy_asks_is_stored_from_easy(client: FlaskClient, make_round: MakeRound, box: Look) -> None:
    data = {"receipt": new_receipt(), "wording": "easy", "feeling_lately": "good", "carers_listen": "yes"}
    client.post(make_round("wellbeing"), data=data)
    assert "feeling_lately_easy" in box()[0]["answers"]
    assert "feeling_lately" not in box()[0]["answers"]


def test_a_wording_that_is_not_offered_becomes_the_first(page: PageChecker, address_of_survey: str) -> None:
    assert page.get(f"{address_of_survey}?wording=pirate").value("wording") == "standard"


def test_an_unknown_option_is_said_and_nothing_is_stored(
    page: PageChecker, address_of_survey: str, answers: dict[str, Any], box: Look
) -> None:
    mending = page.post(address_of_survey, {**answers, "talked_before": "maybe"}, status=422)
    (link,) = mending.all("//*[@data-problems]//a")
    assert link.get("href") == "#question-talked_before"
    assert "not one of the choices" in mending.text
    assert box() == []


def test_everything_given_is_still_there_to_be_mended(
    page: PageChecker, address_of_survey: str, answers: dict[str, Any]
) -> None:
    mending = page.post(address_of_survey, {**answers, "talked_before": "maybe"}, status=422)
    assert mending.one("//input[@name='how_attended'][@checked]/@value") == "attended"
    assert mending.one("//textarea[@name='best_thing']").text.strip() == "Somebody listened."
    assert mending.value("receipt") == answers["receipt"]


def test_a_hundred_thousand_emojis_come_back_with_how_many_too_many(
    page: PageChecker, address_of_survey: str, answers: dict[str, Any], box: Look
) -> None:
    mending = page.post(address_of_survey, {**answers, "best_thing": "😀" * 100_000}, status=422)
    assert "Letters too many: 98,000" in mending.text
    assert mending.one("//textarea[@name='best_thing']").text.strip() == "😀" * 100_000
    assert box() == []


def test_null_bytes_are_taken_out_of_words(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any], comments: Look
) -> None:
    client.post(address_of_survey, data={**answers, "best_thing": "kind\x00ness"})
    assert comments()[0]["words"] == "kindness"


@pytest.mark.parametrize("receipt", ["", "short", "x" * 65, "=" * 22, "é" * 22, "<script>alert(1)</script>"])
def test_without_a_proper_receipt_answers_come_back_with_a_new_one(
    page: PageChecker, address_of_survey: str, answers: dict[str, Any], receipt: str, box: Look
) -> None:
    mending = page.post(address_of_survey, {**answers, "receipt": receipt}, status=422)
    assert len(mending.value("receipt")) == 22
    assert mending.value("receipt") != receipt
    assert mending.one("//textarea[@name='best_thing']").text.strip() == "Somebody listened."
    assert box() == []


def test_words_that_look_like_markup_are_only_words(
    page: PageChecker, address_of_survey: str, answers: dict[str, Any]
) -> None:
    words = "</textarea><script>alert('@@receipt@@')</script>"
    mending = page.post(
        address_of_survey, {**answers, "best_thing": words, "talked_before": "maybe"}, status=422
    )
    assert mending.one("//textarea[@name='best_thing']").text.strip() == words


@pytest.fixture
def with_code(make_round: MakeRound, store: Store) -> tuple[str, str]:
    """A round by codes: its address, and a code as printed."""
    address = make_round("iro_review", entry="codes")
    with store.writing() as session:
        (code,) = codes.make(session, store.secrets, slug_of(address), 1)
    return address, code


def test_a_code_is_forgiven_its_spaces_and_case(
    client: FlaskClient, with_code: tuple[str, str], answers: dict[str, Any], box: Look
) -> None:
    address, code = with_code
    typed = " ".join(code.lower().replace("-", ""))
    assert client.post(address, data={**answers, "code": typed}).status_code == 303
    assert len(box()) == 1


def test_an_empty_form_uses_no_code_up(
    client: FlaskClient, with_code: tuple[str, str], answers: dict[str, Any], box: Look
) -> None:
    address, code = with_code
    client.post(address, data={"receipt": new_receipt(), "code": code})
    assert box() == []
    client.post(address, data={**answers, "code": code})
    assert len(box()) == 1


def test_a_code_works_once(
    page: PageChecker, client: FlaskClient, with_code: tuple[str, str], answers: dict[str, Any], box: Look
) -> None:
    address, code = with_code
    client.post(address, data={**answers, "code": code})
    again = page.post(address, {**answers, "receipt": new_receipt(), "code": code}, status=422)
    assert "does not work" in again.text
    assert len(box()) == 1


def test_a_used_code_with_its_own_receipt_is_thanked_again(
    client: FlaskClient, with_code: tuple[str, str], answers: dict[str, Any], box: Look
) -> None:
    address, code = with_code
    statuses = [client.post(address, data={**answers, "code": code}).status_code for _ in range(2)]
    assert statuses == [303, 303]
    assert len(box()) == 1


def test_a_missing_code_is_asked_for_at_its_field(
    page: PageChecker, with_code: tuple[str, str], answers: dict[str, Any]
) -> None:
    mending = page.post(with_code[0], answers, status=422)
    assert mending.one("//*[@data-problems]//a").get("href") == "#code"


def test_a_wrong_code_stays_to_be_mended(
    page: PageChecker, with_code: tuple[str, str], answers: dict[str, Any]
) -> None:
    assert page.post(with_code[0], {**answers, "code": "ABC"}, status=422).value("code") == "ABC"


def test_a_round_by_link_asks_for_no_code(page: PageChecker, address_of_survey: str) -> None:
    assert not page.get(address_of_survey).all("//input[@name='code']")


@pytest.mark.parametrize(
    ("opens", "closes", "status", "heading"),
    [(1, 20, 200, "This survey is not open yet"), (-30, -1, 410, "This survey has closed")],
)
def test_a_round_that_is_not_open_says_so_kindly(
    page: PageChecker, make_round: MakeRound, opens: int, closes: int, status: int, heading: str
) -> None:
    assert page.get(make_round(opens=opens, closes=closes), status).heading == heading


def test_an_unknown_link_says_what_to_do(page: PageChecker) -> None:
    assert page.get("/s/nowhere", 404).heading == "This link does not work"


def test_a_phone_that_was_offline_may_still_send_in_the_days_after_a_round_closed(
    client: FlaskClient, make_round: MakeRound, answers: dict[str, Any], box: Look
) -> None:
    assert client.post(make_round(opens=-30, closes=-14), data=answers).status_code == 303
    assert len(box()) == 1


@pytest.mark.parametrize(("opens", "closes", "status"), [(-40, -15, 410), (1, 20, 409)])
def test_answers_to_a_round_that_takes_none_are_not_kept_and_it_says_so(
    page: PageChecker,
    make_round: MakeRound,
    answers: dict[str, Any],
    box: Look,
    opens: int,
    closes: int,
    status: int,
) -> None:
    refused = page.post(make_round(opens=opens, closes=closes), answers, status)
    assert refused.heading == "Your answers could not be taken"
    assert box() == []


def test_answers_to_an_unknown_round_are_not_found(page: PageChecker, answers: dict[str, Any]) -> None:
    assert page.post("/s/nowhere", answers, 404).heading == "Your answers could not be taken"


@pytest.fixture
def conversation(store: Store, address_of_survey: str, answers: dict[str, Any]) -> dict[str, Any]:
    """A conversation's form as a member of staff sends it."""
    return {**answers, "conversation": conversation_token.make(store, slug_of(address_of_survey))}


def test_a_conversation_is_answered_with_what_was_said(
    page: PageChecker, address_of_survey: str, conversation: dict[str, Any], box: Look
) -> None:
    summary = page.post(address_of_survey, conversation)
    assert summary.heading == "What was said"
    assert "Somebody listened." in summary.text
    assert "Left out" in summary.text
    assert "Leave out of the record what the child does not want in there" in summary.text
    assert box()[0]["how"] == "conversation"


def test_the_summary_shows_no_question_that_was_not_asked(
    page: PageChecker, address_of_survey: str, conversation: dict[str, Any], store: Store
) -> None:
    summary = page.post(address_of_survey, {**conversation, "talked_before_why": "could_not"})
    assert store.surveys.get("iro_review").question("talked_before_why").text not in summary.text


def test_a_conversation_sent_twice_is_summed_up_again_and_stored_once(
    page: PageChecker, address_of_survey: str, conversation: dict[str, Any], box: Look
) -> None:
    texts = {page.post(address_of_survey, conversation).text for _ in range(2)}
    assert len(texts) == 1
    assert len(box()) == 1


def test_a_conversation_needs_no_code(
    page: PageChecker, make_round: MakeRound, answers: dict[str, Any], store: Store
) -> None:
    address = make_round(entry="codes")
    token = conversation_token.make(store, slug_of(address))
    assert page.post(address, {**answers, "conversation": token}).heading == "What was said"


def test_a_token_of_nobodys_making_is_refused_with_the_answers_kept(
    page: PageChecker, address_of_survey: str, conversation: dict[str, Any], box: Look
) -> None:
    mending = page.post(address_of_survey, {**conversation, "conversation": "made-up"}, status=422)
    assert mending.one("//textarea[@name='best_thing']").text.strip() == "Somebody listened."
    assert box() == []


def test_a_conversation_opened_too_long_ago_is_refused(
    page: PageChecker, address_of_survey: str, conversation: dict[str, Any], today: Clock, box: Look
) -> None:
    today.move_to("2026-12-19")
    page.post(address_of_survey, conversation, status=422)
    assert box() == []
