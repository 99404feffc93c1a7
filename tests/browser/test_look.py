"""Text and colours, as whoever holds the phone likes them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Phone

KEPT = "localStorage.getItem('heard-look')"


def choose(page: Page, what: str, value: str) -> None:
    """Choose in the panel, and close it."""
    page.get_by_role("button", name="Text and colours").click()
    page.get_by_role("group", name=what).get_by_role("button", name=value, exact=True).click()
    page.get_by_role("button", name="Close").click()


def size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_text_grows_at_once_and_on_every_page(browser_page: Page) -> None:
    browser_page.goto("/help")
    usual = size(browser_page)
    choose(browser_page, "Size of the text", "Largest")
    assert size(browser_page) > 1.5 * usual
    browser_page.goto("/privacy")
    assert size(browser_page) > 1.5 * usual


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_theme_that_was_chosen_goes_before_the_phones(browser_page: Page, scheme: str) -> None:
    browser_page.emulate_media(color_scheme="dark" if scheme == "light" else "light")
    browser_page.goto("/help")
    before = paper(browser_page)
    choose(browser_page, "Light or dark", scheme.title())
    chosen = paper(browser_page)
    browser_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    choose(browser_page, "Light or dark", "Like the phone")
    assert before != chosen == paper(browser_page)


def test_what_is_usual_again_leaves_nothing_behind(browser_page: Page) -> None:
    browser_page.goto("/help")
    choose(browser_page, "Colours", "Calm")
    assert browser_page.evaluate(KEPT) == '{"colours":"calm"}'
    choose(browser_page, "Colours", "Usual")
    assert browser_page.evaluate(KEPT) is None


def test_the_panel_shows_what_is_chosen(browser_page: Page) -> None:
    browser_page.goto("/help")
    choose(browser_page, "Space between words and lines", "More")
    browser_page.reload()
    browser_page.get_by_role("button", name="Text and colours").click()
    pressed = browser_page.locator("#look [aria-pressed=true]").all_text_contents()
    assert pressed == ["Usual", "More", "Usual", "Like the phone"]


def test_it_is_in_reach_during_a_question_and_loses_nothing(phone: Phone, survey: str) -> None:
    phone.start(survey)
    phone.choose("Yes")
    choose(phone.page, "Size of the text", "Large")
    expect(phone.page.get_by_role("button", name="Text and colours")).to_be_focused()
    assert phone.is_chosen(phone.step, "yes")


def test_a_phone_that_keeps_nothing_still_changes_the_page(browser_page: Page) -> None:
    browser_page.add_init_script(
        "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    browser_page.goto("/help")
    usual = size(browser_page)
    choose(browser_page, "Size of the text", "Large")
    assert size(browser_page) > usual


def test_what_was_kept_wrongly_is_passed_over(browser_page: Page) -> None:
    browser_page.goto("/help")
    for kept in ("nonsense", '{"text":"enormous","colours":7}', "null"):
        browser_page.evaluate("(kept) => localStorage.setItem('heard-look', kept)", kept)
        browser_page.reload()
        assert browser_page.locator("html").get_attribute("class") in (None, ""), kept


def test_without_script_there_is_no_button_that_does_nothing(plain_page: Page) -> None:
    plain_page.goto("/help")
    expect(plain_page.get_by_role("button", name="Text and colours")).to_be_hidden()
