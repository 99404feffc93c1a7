"""Nothing that a young person reads or hears is left in English."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from feedback_app.help_lines import read_help_lines
from feedback_app.languages import LANGUAGES
from feedback_app.translating import extracting, updating
from feedback_app.translating.catalogue import FOLDER, TEMPLATE
from surveys.schema import Wording
from tests.support.pages import PageChecker
from tests.support.translations import marked

Offer = Callable[..., str]

#: Proper names, which are the same in every language.
NAMES = {"Heard", *(line.name for line in read_help_lines()), *(each.name for each in LANGUAGES)}
#: What these translations put around a text, and what stands between two of them.
_TRANSLATED = re.compile(r"ar«(?:[^«»]|«[^«»]*»)*»")
_READ_OUT = ("aria-label", "title", "alt", "placeholder", "data-title")


def test_the_template_holds_what_is_on_pages_and_in_surveys() -> None:
    """Where this fails, run ``make translations``, and translate what is new."""
    assert updating.as_bytes(extracting.template()) == (FOLDER / TEMPLATE).read_bytes()


def test_every_mark_in_a_text_is_explained_to_translators() -> None:
    found = {
        mark
        for message in extracting.template()
        if message.id
        for mark in re.findall(r"%\(\w+\)s|\{\w+\}", str(message.id))
    }
    assert found == set(extracting.MARKS)


def test_no_text_holds_markup() -> None:
    assert [m.id for m in extracting.template() if m.id and re.search(r"[<>]|&\w+;", str(m.id))] == []


@pytest.mark.parametrize("address", ["/", "/help", "/privacy", "/accessibility", "/stopped", "/s/any/thanks"])
def test_a_page_has_no_english_on_it(pages: PageChecker, address: str) -> None:
    assert english_on(pages.get(f"{address}?lang=ar").tree) == []


@pytest.mark.parametrize("survey", ["iro_review", "wellbeing", "end_of_placement"])
@pytest.mark.parametrize("wording", list(Wording))
def test_a_survey_has_no_english_on_it(
    pages: PageChecker, offer: Offer, survey: str, wording: Wording
) -> None:
    address = offer("ar", survey=survey, entry="both")
    assert english_on(pages.get(f"{address}?lang=ar&wording={wording}").tree) == []


@pytest.mark.parametrize("days", [{"opens": 5, "closes": 9}, {"opens": -9, "closes": -5}])
def test_a_survey_that_is_not_open_has_no_english_on_it(
    pages: PageChecker, offer: Offer, days: dict[str, int]
) -> None:
    status = 200 if days["opens"] > 0 else 410
    assert english_on(pages.get(f"{offer('ar', **days)}?lang=ar", status).tree) == []


def test_the_month_of_a_check_is_said_in_the_language(pages: PageChecker) -> None:
    assert "نوفمبر 2026" in pages.get("/help?lang=ar").text


def test_what_is_left_in_english_would_be_found() -> None:
    page = "<html><body><p>ar«Good» morning</p><button aria-label='Close'></button><p lang='en'>Staff</p></body></html>"
    assert english_on(html.document_fromstring(page)) == ["morning", "Close"]


def english_on(tree: Any) -> list[str]:
    """Texts with Latin letters that are no translation, name, code or council."""
    texts = tree.xpath("//text()[not(ancestor::*[@lang][not(self::html)])][not(ancestor::script)]")
    texts += [value for name in _READ_OUT for value in tree.xpath(f"//@{name}")]
    texts += [str(value) for value in tree.xpath("//@*[starts-with(name(), 'data-say-')]")]
    return [rest for text in texts if (rest := _english_in(str(text)))]


def _english_in(text: str) -> str:
    rest = _TRANSLATED.sub("", text.replace("\u2066", "").replace("\u2068", "").replace("\u2069", ""))
    for name in sorted(NAMES, key=len, reverse=True):
        rest = rest.replace(name, "")
    rest = rest.strip(" –:.,;/“”\n")
    return rest if re.search("[A-Za-z]", rest) else ""


def test_a_text_is_marked_as_these_tests_expect() -> None:
    assert _english_in(marked("ar", "Only if you answered “ar«No»” above.")) == ""
