"""Surveys in another language on a phone: mirrored where it runs from right to left, and answered to the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from feedback_app.languages import OTHERS, Language
from feedback_app.store import Store, rounds
from tests.browser.conftest import Phone
from tests.browser.test_everyone import faults
from tests.staff.desk import PASSWORD, Desk
from tests.support.rounds import add_round, slug_of

Look = Callable[[], list[dict[str, Any]]]

#: Where each of two pieces of an element's text begins, from the left.
_LEFT_OF = """(element, pieces) => pieces.map((piece) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(piece);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + piece.length);
    return range.getBoundingClientRect().left;
  }
  return null;
})"""


@pytest.fixture
def round_in_arabic(store: Store) -> str:
    address = add_round(store, "wellbeing", entry="both")
    rounds.set_languages(store, slug_of(address), ["ar", "pl"])
    return address


@pytest.fixture
def arabic(phone: Phone, round_in_arabic: str) -> Phone:
    """The first question in Arabic."""
    phone.page.goto(f"{round_in_arabic}?lang=ar")
    phone.page.locator("[data-start]").click()
    return phone


def left_of(element: Locator, *pieces: str) -> list[float]:
    found: list[float] = element.evaluate(_LEFT_OF, list(pieces))
    return found


def left(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["x"]


def pass_over(phone: Phone) -> None:
    """Leave everything out."""
    phone.go_to("check")


def test_the_way_back_is_on_the_right_and_the_way_on_is_on_the_left(arabic: Phone) -> None:
    back, stop = arabic.page.locator("[data-back]"), arabic.page.locator("button[data-stop]")
    skip, on = arabic.page.locator("[data-skip]"), arabic.page.locator("[data-next]")
    assert left(back) > left(stop)
    assert left(skip) > left(on)
    for arrow in (back.locator("svg"), on.locator("svg")):
        assert arrow.evaluate("(svg) => getComputedStyle(svg).transform") == "matrix(-1, 0, 0, 1, 0, 0)"


def test_in_english_arrows_point_as_drawn(phone: Phone, round_in_arabic: str) -> None:
    phone.start(round_in_arabic)
    arrow = phone.page.locator("[data-next] svg")
    assert arrow.evaluate("(svg) => getComputedStyle(svg).transform") == "none"


def test_a_choice_s_mark_stands_right_of_its_words(arabic: Phone) -> None:
    option = arabic.page.locator(".option:visible").first
    assert left(option.locator("input")) > left(option.locator(".option-text"))


@pytest.mark.parametrize(
    ("page", "pieces"),
    [
        ("/help", ("0800", "1111")),
        ("/help", ("0808", "5792")),
        ("/privacy", ("0303", "1113")),
        ("/accessibility", ("0808", "0082")),
    ],
)
@pytest.mark.parametrize("tag", ["ar", "fa", "ps"])
def test_a_telephone_number_is_read_in_its_order(
    browser_page: Page, page: str, pieces: tuple[str, str], tag: str
) -> None:
    browser_page.goto(f"{page}?lang={tag}")
    first, last = left_of(browser_page.locator("main"), *pieces)
    assert first < last


def test_a_code_is_typed_from_left_to_right(arabic: Phone) -> None:
    pass_over(arabic)
    field = arabic.page.locator("#code-field")
    assert field.evaluate("(input) => getComputedStyle(input).direction") == "ltr"


def test_a_survey_is_answered_in_a_language_to_the_end(arabic: Phone, box: Look) -> None:
    arabic.page.locator(".option:visible").first.click()
    pass_over(arabic)
    arabic.page.locator("[data-send]").click()
    expect(arabic.page.locator("main[data-page='thanks']")).to_be_visible()
    assert arabic.page.evaluate("document.documentElement.dir") == "rtl"
    assert "lang=ar" in arabic.page.url
    assert [answers["trusted_adult"] for answers in box()] == ["yes"]
    assert arabic.page.context.cookies() == []


def test_words_run_as_they_are_written(arabic: Phone) -> None:
    while "words" not in str(arabic.page.locator("[data-step]:visible").get_attribute("data-kind")):
        arabic.page.locator("[data-next]").click()
    box = arabic.page.locator("textarea:visible")
    assert box.evaluate("(area) => getComputedStyle(area).unicodeBidi") == "plaintext"


def test_a_language_is_picked_without_script(plain_page: Page, round_in_arabic: str) -> None:
    plain_page.goto(f"{round_in_arabic}?wording=easy")
    plain_page.locator("details.languages summary").click()
    plain_page.get_by_role("link", name="Polski").click()
    assert plain_page.locator("html").get_attribute("lang") == "pl"
    assert "wording=easy" in plain_page.url


def test_the_record_of_a_conversation_in_a_language_is_in_english_as_well(
    phone: Phone, round_in_arabic: str, app: Flask, store: Store
) -> None:
    page, slug = phone.page, slug_of(round_in_arabic)
    Desk(app, store).account("iro@example.org", "iro")
    page.goto("/staff/sign-in")
    page.get_by_label("E-mail address").fill("iro@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/staff/")
    page.goto(f"/staff/conversation/{slug}?lang=ar")
    page.locator("[data-start]").click()
    page.locator(".option:visible").first.click()
    pass_over(phone)
    page.locator("[data-send]").click()
    row = page.locator("[data-said] > div").first
    expect(row.locator("dt")).to_contain_text("Is there an adult you trust and can talk to?")
    expect(row.locator("dd")).to_contain_text("Yes")
    expect(row.locator("span[lang='ar'][dir='rtl']")).to_have_count(2)
    expect(page.locator("[data-said] > div").nth(1).locator("dd")).to_have_text("Left out")


@pytest.mark.parametrize("each", OTHERS, ids=lambda each: each.tag)
def test_axe_finds_nothing_in_any_language_and_nothing_is_cut_off_on_a_small_phone(
    phone: Phone, store: Store, each: Language
) -> None:
    address = add_round(store, "wellbeing", entry="both")
    rounds.set_languages(store, slug_of(address), [each.code])
    phone.page.set_viewport_size({"width": 320, "height": 568})
    phone.page.goto(f"{address}?lang={each.tag}&wording=easy")
    phone.page.locator("details.languages summary").click()
    check(phone.page, each)
    phone.page.locator("[data-start]").click()
    check(phone.page, each)
    pass_over(phone)
    check(phone.page, each)
    phone.page.goto(f"/help?lang={each.tag}")
    check(phone.page, each)


def check(page: Page, language: Language) -> None:
    assert faults(page) == []
    assert page.locator("html").get_attribute("lang") == language.html
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
