"""The promise and its limits, before the first question and on the privacy page, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from lxml import html

from feedback_app import create_app
from feedback_app.config import Config
from feedback_app.languages import LANGUAGES, Language
from feedback_app.store import Store, rounds
from feedback_app.store.deadlines import Deadlines
from feedback_app.translating.catalogue import path_of, read_catalogue
from tests.support.clock import Clock
from tests.support.pages import PageChecker, words_of
from tests.support.rounds import slug_of

PROMISE = {
    "standard": (
        "We do not know who you are, and we will not try to find out. So we cannot come and help you from this form.",
        "A person whose job is keeping children safe reads what you write in your own words.",
        "If your words tell us who is in danger, we will act.",
        "Reading can take a few days. If you need help now, press “Get help”.",
    ),
    "easy": (
        "We do not know who you are. We will not try to find out. So we cannot come and help you from here.",
        "If you write something, a person who keeps children safe reads it.",
        "If you write who is in danger, we will do something.",
        "Reading can take a few days. If you need help now, press “Get help”.",
    ),
}
#: What an IRO says of the summary that they are told at the end to copy.
RECORD = (
    "At the end I can put what you said into your own review notes, which have your name on them. "
    "If you do not want something in there, you can tell me."
)
PROCEDURE = "https://www.example.gov.uk/safeguarding"


@pytest.fixture
def busy_page(config: Config, today: Clock, store: object) -> Iterator[PageChecker]:
    """Pages of a council that takes five working days, and has said where its procedure stands."""
    own = replace(config, deadlines=Deadlines(reading_days=5), procedure=PROCEDURE)
    app: Flask = create_app(own, today)
    yield PageChecker(app.test_client())
    parts = app.extensions["heard"]
    parts.analysis.close()
    parts.store.close()


def welcome(page: PageChecker, address: str) -> str:
    """What is read before the first question."""
    return words_of(page.get(address).one("//section[@data-step='welcome']"))


@pytest.mark.parametrize("wording", PROMISE)
def test_it_is_read_before_the_first_question(
    page: PageChecker, address_of_survey: str, wording: str
) -> None:
    text = welcome(page, f"{address_of_survey}?wording={wording}")
    assert [sentence for sentence in PROMISE[wording] if sentence not in text] == []


def test_an_iro_says_the_limits_of_a_conversation(page: PageChecker, address_of_survey: str) -> None:
    text = welcome(page, f"{address_of_survey}/conversation")
    for sentence in (
        "I will not write down your name here.",
        "If you tell me somebody is in danger, I will have to act on it, and I will tell you so.",
        "a person whose job is keeping children safe reads them too, without your name.",
        "follow your council’s safeguarding procedure yourself, at once",
    ):
        assert sentence in text
    assert "We do not know who you are" not in text


@pytest.mark.parametrize("wording", PROMISE)
def test_an_iro_says_what_may_go_into_the_child_s_own_record(
    page: PageChecker, address_of_survey: str, wording: str
) -> None:
    text = welcome(page, f"{address_of_survey}/conversation?wording={wording}")
    assert RECORD in text.partition("For you, before you start.")[0]


@pytest.mark.parametrize("language", LANGUAGES[1:], ids=lambda each: each.code)
def test_an_iro_says_it_in_every_language(
    page: PageChecker, address_of_survey: str, store: Store, language: Language
) -> None:
    rounds.set_languages(store, slug_of(address_of_survey), [language.code])
    text = welcome(page, f"{address_of_survey}/conversation?lang={language.tag}")
    translated = read_catalogue(path_of(language), language).translations.gettext(RECORD)
    assert translated != RECORD
    assert translated in text


def test_whoever_answers_alone_is_told_of_no_record(page: PageChecker, address_of_survey: str) -> None:
    assert "review notes" not in welcome(page, address_of_survey)


def test_an_iro_is_led_to_the_council_s_own_procedure(busy_page: PageChecker, address_of_survey: str) -> None:
    page = busy_page.get(f"{address_of_survey}/conversation")
    assert page.one(f"//a[@href='{PROCEDURE}']") is not None


def test_the_privacy_page_says_who_reads_words_and_by_when(page: PageChecker, busy_page: PageChecker) -> None:
    text = page.get("/privacy").text
    assert "They read it within 2 working days." in text
    assert PROMISE["standard"][0] in text
    assert "If your words tell us who is in danger, we will act" in text
    assert "They read it within 5 working days." in busy_page.get("/privacy").text


def test_the_privacy_page_says_what_the_phone_does_by_itself(page: PageChecker) -> None:
    assert "nothing is sent for it, and nobody is told" in page.get("/privacy").text


@pytest.mark.parametrize("ending", ["thanks", "stopped", "idle"])
def test_whoever_is_through_is_shown_who_can_help(
    page: PageChecker, address_of_survey: str, ending: str
) -> None:
    response = page.client.get(address_of_survey)
    tree = html.document_fromstring(response.get_data(as_text=True))
    (template,) = tree.xpath(f"//template[@data-ending='{ending}']")
    assert template.xpath(".//a[@href='tel:08001111']")
    assert template.xpath(".//a[@href='/contact']")
