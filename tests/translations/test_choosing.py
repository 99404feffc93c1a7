"""Which language somebody is answered in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from feedback_app import conversation_token
from feedback_app.languages import LANGUAGES, OTHERS, find, negotiate
from feedback_app.store import rounds
from feedback_app.store.ballot_box import new_receipt
from surveys import schema
from tests.support.pages import PageChecker, words_of
from tests.support.rounds import slug_of
from tests.support.translations import language, marked

Offer = Callable[..., str]

EVERY = tuple(LANGUAGES)
TITLE = "How was your review?"


@pytest.mark.parametrize(
    ("asked_for", "offered", "chosen"),
    [
        ("", EVERY, "en"),
        ("pl", EVERY, "pl"),
        ("PL", EVERY, "pl"),
        ("pl-PL,pl;q=0.9,en;q=0.8", EVERY, "pl"),
        ("en-GB,en;q=0.9,pl;q=0.8", EVERY, "en"),
        ("de,pl;q=0.5", EVERY, "pl"),
        ("de-DE,de", EVERY, "en"),
        ("*", EVERY, "en"),
        ("pl;q=0", EVERY, "en"),
        ("en;q=0.1,ar;q=0.9", EVERY, "ar"),
        ("ar-SY", EVERY, "ar"),
        ("fa-IR", EVERY, "fa"),
        ("fa", EVERY, "fa"),
        ("fa-AF", EVERY, "fa-AF"),
        ("prs", EVERY, "fa-AF"),
        ("prs-AF,en;q=0.5", ("fa",), "fa"),
        ("fa-AF", ("fa",), "fa"),
        ("fa-IR", ("fa_AF",), "fa-AF"),
        ("ckb-IQ", EVERY, "ckb"),
        ("ku-Arab-IQ", EVERY, "ckb"),
        ("ku", EVERY, "en"),
        ("sq-XK", EVERY, "sq"),
        ("pl", (), "en"),
        ("pl,uk;q=0.9", ("uk",), "uk"),
        ("plx", EVERY, "en"),
    ],
)
def test_the_browser_s_wish_is_followed_among_what_is_offered(
    asked_for: str, offered: tuple[Any, ...], chosen: str
) -> None:
    there = [each if each in EVERY else language(each) for each in offered]
    wanted = list(parse_accept_header(asked_for, LanguageAccept))
    assert negotiate(wanted, there).tag == chosen


def test_surveys_may_be_translated_into_just_the_languages_there_are() -> None:
    assert tuple(each.code for each in OTHERS) == schema.LANGUAGES


@pytest.mark.parametrize("each", LANGUAGES, ids=lambda each: each.tag)
def test_a_language_is_written_as_unicode_says(each: Any) -> None:
    assert each.direction == Locale.parse(each.code).text_direction
    assert find(each.tag) is find(each.code) is each


@pytest.mark.parametrize("tag", ["", "xx", "english", "../ar", "pl_PL", None])
def test_what_is_no_language_is_none(tag: str | None) -> None:
    assert find(tag) is None


def title(page: Any) -> str:
    return str(page.heading)


def test_a_draft_is_not_offered_by_itself(pages: PageChecker, offer: Offer) -> None:
    assert title(pages.get(f"{offer()}?lang=pl")) == TITLE
    assert title(pages.get(offer(survey="wellbeing"), headers={"Accept-Language": "pl"})) == "How are things?"


def test_a_draft_that_was_turned_on_is_offered(pages: PageChecker, offer: Offer) -> None:
    assert title(pages.get(f"{offer('pl')}?lang=pl")) == marked("pl", TITLE)


def test_a_reviewed_language_is_offered_by_itself(pages: PageChecker, offer: Offer) -> None:
    assert title(pages.get(offer(), headers={"Accept-Language": "uk,en;q=0.5"})) == marked("uk", TITLE)


def test_the_address_goes_before_the_browser_s_wish(pages: PageChecker, offer: Offer) -> None:
    page = pages.get(f"{offer('pl')}?lang=pl", headers={"Accept-Language": "uk"})
    assert title(page) == marked("pl", TITLE)


def test_english_can_be_chosen_against_the_browser_s_wish(pages: PageChecker, offer: Offer) -> None:
    page = pages.get(f"{offer()}?lang=en", headers={"Accept-Language": "uk"})
    assert title(page) == TITLE
    assert page.all("//footer//a[contains(@href, '/privacy?lang=en')]")


def test_an_unknown_language_is_as_none(pages: PageChecker, offer: Offer) -> None:
    assert title(pages.get(f"{offer()}?lang=tlh")) == TITLE


def test_a_page_says_its_language_and_direction(pages: PageChecker, offer: Offer) -> None:
    page = pages.get(f"{offer('ar')}?lang=ar")
    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")
    page = pages.get(f"{offer(survey='wellbeing')}")
    assert (page.tree.get("lang"), page.tree.get("dir")) == ("en-GB", "ltr")


def test_every_link_to_another_page_of_ours_carries_the_language(pages: PageChecker, offer: Offer) -> None:
    page = pages.get(f"{offer('ar')}?lang=ar")
    links = page.all("//a[starts-with(@href, '/')][not(@lang)][not(starts-with(@href, '/leave'))]/@href")
    assert links
    assert [link for link in links if "lang=ar" not in link] == []
    assert page.one("//form[@data-survey]/@data-thanks").endswith("/thanks?lang=ar")


def test_in_english_no_address_carries_a_language(pages: PageChecker, offer: Offer) -> None:
    page = pages.get(offer("ar"))
    assert page.all("//a[contains(@href, 'lang=')][not(@hreflang)]") == []
    assert page.all("//input[@name='lang']") == []


@pytest.mark.parametrize("address", ["/", "/help", "/privacy", "/accessibility", "/stopped", "/s/any/thanks"])
def test_every_page_can_be_read_in_a_language(pages: PageChecker, address: str) -> None:
    page = pages.get(f"{address}?lang=ar")
    assert page.heading.startswith("ar«")
    assert page.tree.get("dir") == "rtl"


@pytest.mark.parametrize("address", ["/nowhere?lang=ar", "/s/nothing?lang=ar"])
def test_a_page_that_is_not_there_is_said_in_the_language(pages: PageChecker, address: str) -> None:
    assert pages.get(address, 404).heading.startswith("ar«")


def test_a_closed_round_says_so_in_the_language(pages: PageChecker, offer: Offer) -> None:
    closed = pages.get(f"{offer('ar', closes=-20, opens=-30)}?lang=ar", 410)
    assert closed.heading == marked("ar", "This survey has closed")


def answers(**changes: str) -> dict[str, str]:
    return {"receipt": new_receipt(), "wording": "standard", "talked_before": "yes", **changes}


def test_answers_given_in_a_language_are_thanked_for_in_it(reader: FlaskClient, offer: Offer) -> None:
    address = offer("ar")
    sent = reader.post(address, data=answers(lang="ar"))
    assert (sent.status_code, sent.location) == (303, f"{address}/thanks?lang=ar")


def test_answers_given_in_english_are_thanked_for_at_the_address_that_scripts_know(
    reader: FlaskClient, offer: Offer
) -> None:
    address = offer("ar")
    assert reader.post(address, data=answers()).location == f"{address}/thanks"


def test_what_is_to_be_mended_is_said_in_the_language(pages: PageChecker, offer: Offer) -> None:
    page = pages.post(offer("ar"), answers(lang="ar", receipt="", best_thing="x" * 3000), 422)
    assert page.tree.get("dir") == "rtl"
    assert page.value("lang") == "ar"
    assert "Letters too many: 1,000" in words_of(page.one("//*[@id='error-best_thing']"))
    problems = [words_of(problem) for problem in page.all("//*[@data-problem]")]
    assert [problem for problem in problems if not problem.startswith("ar«")] == []


def test_a_refused_code_is_said_in_the_language(pages: PageChecker, offer: Offer) -> None:
    page = pages.post(offer("ar", entry="codes"), answers(lang="ar"), 422)
    problem = words_of(page.one("//*[@data-problem='code']"))
    assert problem == marked("ar", "Type the code from your slip of paper.")


def test_too_much_at_once_is_said_without_looking_into_it(reader: FlaskClient, offer: Offer) -> None:
    sent = reader.post(f"{offer('ar')}?lang=ar", data=answers(best_thing="x" * 3_000_000))
    assert sent.status_code == 413
    assert 'dir="rtl"' in sent.text


def test_the_same_answers_in_another_language_are_the_same_answers(reader: FlaskClient, offer: Offer) -> None:
    address = offer("ar")
    values = [
        PageChecker(reader).get(f"{address}{lang}").all("//form[@data-survey]//input[@type='radio']/@value")
        for lang in ("", "?lang=ar")
    ]
    assert values[0] == values[1]
    assert reader.post(address, data=answers(lang="ar")).status_code == 303


def test_caches_are_told_where_the_browser_s_wish_decided(reader: FlaskClient, offer: Offer) -> None:
    address = offer()
    assert "Accept-Language" in reader.get(address).headers["Vary"]
    assert "Accept-Language" not in reader.get(f"{address}?lang=uk").headers["Vary"]


def test_prepared_pages_of_two_languages_are_never_mixed(pages: PageChecker, offer: Offer) -> None:
    address = offer("ar", "pl")
    seen = [title(pages.get(f"{address}?lang={tag}")) for tag in ("ar", "en", "pl", "ar", "en", "pl")]
    assert seen == [marked("ar", TITLE), TITLE, marked("pl", TITLE)] * 2


def test_a_language_turned_on_later_is_in_the_picker_at_once(
    pages: PageChecker, offer: Offer, translated: Flask
) -> None:
    address, picker = offer(), "//details[@class='languages']//a/@lang"
    assert pages.get(address).all(picker) == ["en-GB", "uk"]
    rounds.set_languages(translated.extensions["heard"].store, slug_of(address), ["pl"])
    assert pages.get(address).all(picker) == ["en-GB", "uk", "pl"]


def test_the_picker_names_each_language_in_its_own_words(pages: PageChecker, offer: Offer) -> None:
    page = pages.get(f"{offer('ar', 'pl')}?wording=easy&lang=pl")
    links = page.all("//details[@class='languages']//a")
    assert [(a.get("lang"), a.get("dir"), a.text) for a in links] == [
        ("en-GB", "ltr", "English"),
        ("ar", "rtl", "العربية"),
        ("uk", "ltr", "Українська"),
        ("pl", "ltr", "Polski"),
    ]
    assert [a.get("lang") for a in links if a.get("aria-current")] == ["pl"]
    assert [a.get("href") for a in links if "wording=easy" not in a.get("href")] == []


def test_where_there_is_only_english_there_is_no_picker(page: PageChecker, offer: Offer) -> None:
    assert page.get(offer()).all("//details[@class='languages']") == []


DRAFT = "This translation is a draft. No native speaker has checked it yet."


def test_a_draft_says_that_it_is_one_in_its_own_language(pages: PageChecker, offer: Offer) -> None:
    assert marked("pl", DRAFT) in pages.get(f"{offer('pl')}?lang=pl").text


@pytest.mark.parametrize("address", ["/help", "/privacy", "/s/any/thanks"])
def test_every_page_of_a_draft_says_so_and_no_other(pages: PageChecker, address: str) -> None:
    assert marked("pl", DRAFT) in pages.get(f"{address}?lang=pl").text
    assert DRAFT not in pages.get(f"{address}?lang=uk").text


def test_what_is_reviewed_is_not_called_a_draft(pages: PageChecker, offer: Offer) -> None:
    address = offer()
    assert DRAFT not in pages.get(f"{address}?lang=uk").text
    assert DRAFT not in pages.get(address).text


@pytest.fixture
def token(translated: Flask) -> Callable[[str], str]:
    """What an IRO's device keeps for a round's conversations."""
    store = translated.extensions["heard"].store
    return lambda address: conversation_token.make(store, slug_of(address))


def test_a_conversation_is_in_english_whatever_the_iro_s_browser_asks_for(
    pages: PageChecker, offer: Offer
) -> None:
    page = pages.get(f"{offer()}/conversation", headers={"Accept-Language": "uk"})
    assert page.tree.get("lang") == "en-GB"
    assert page.value("lang") == "en"


def test_a_conversation_can_be_held_in_a_language(pages: PageChecker, offer: Offer) -> None:
    page = pages.get(f"{offer('ar')}/conversation?lang=ar")
    prompt = (
        "Let's start with the good things. At your last review, did we talk about what is going well for you?"
    )
    assert marked("ar", prompt) in page.text
    assert page.all("//details[@class='languages']//a[contains(@href, '/conversation?lang=uk')]")


def test_the_record_of_a_conversation_is_in_english_with_what_was_asked_beside_it(
    pages: PageChecker, offer: Offer, token: Callable[[str], str]
) -> None:
    address = offer("ar")
    page = pages.post(address, answers(lang="ar", conversation=token(address), best_thing="كل شيء"))
    assert page.tree.get("lang") == "en-GB"
    question = "Before your review, did your IRO talk with you?"
    (row,) = page.all(f"//dl/div[dt[contains(., '{question}')]]")
    assert words_of(row) == f"{question} {marked('ar', question)} Yes {marked('ar', 'Yes')}"
    assert "كل شيء" in page.text


def test_the_record_of_a_conversation_in_english_says_everything_once(
    pages: PageChecker, offer: Offer, token: Callable[[str], str]
) -> None:
    address = offer("ar")
    page = pages.post(address, answers(lang="en", conversation=token(address)))
    assert page.text.count("Before your review, did your IRO talk with you?") == 1
