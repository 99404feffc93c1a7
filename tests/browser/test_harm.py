"""Where words suggest harm, the phone itself shows who can help: gently, once, and nobody is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from analysis.words import phone_signs
from feedback_app.languages import OTHERS, Language
from feedback_app.store import Store, rounds
from tests.browser.conftest import Phone, until_kept
from tests.browser.test_everyone import LOOKS, assert_not_cut_off, faults, wear
from tests.browser.test_reading_aloud import STUB, go_on, said
from tests.browser.test_shared_phone import ENDINGS
from tests.support.rounds import add_round, slug_of
from tests.support.signal import Signal

CASES = json.loads(
    (Path(__file__).parents[1] / "data" / "phone_signs_cases.json").read_text(encoding="utf-8")
)
SIGN = "He hits me when nobody is there."
ANOTHER_SIGN = "I want to die."
ORDINARY = "My IRO remembered that I swim, and asked how it was going."
OFFER = "If something is hurting you or scaring you, you can talk to someone now."
#: Longer than the pause after which the phone looks.
PAUSE_MS = 2_000


@pytest.fixture
def writing(phone: Phone, survey: str) -> Phone:
    """The first question in words, on a phone whose clock stands still."""
    phone.page.clock.install()
    phone.start(survey)
    phone.go_to("best_thing")
    return phone


def help_on(page: Page) -> Locator:
    return page.locator("[data-care]")


def write_and_pause(phone: Phone, words: str) -> None:
    phone.write(words)
    phone.page.clock.run_for(PAUSE_MS)


def assert_no_help(page: Page) -> None:
    expect(help_on(page)).to_have_text("")


def test_the_phone_finds_what_the_server_finds(browser_page: Page) -> None:
    lists = {case["language"]: phone_signs.for_page(case["language"]) for case in CASES}
    browser_page.goto("/help")
    found = browser_page.evaluate(
        """async ([cases, lists]) => {
          const { saysHarm } = await import("/static/survey/harm.js");
          return cases.map(({ words, language }) => saysHarm(words, lists[language]));
        }""",
        [CASES, lists],
    )
    wrong = [case for case, is_found in zip(CASES, found, strict=True) if is_found != case["expected"]]
    assert wrong == []


def test_help_appears_under_the_question_at_a_pause(writing: Phone) -> None:
    write_and_pause(writing, SIGN)
    expect(help_on(writing.page)).to_contain_text(OFFER)
    expect(help_on(writing.page).get_by_role("link", name="Childline")).to_have_attribute(
        "href", "tel:08001111"
    )
    expect(help_on(writing.page).get_by_role("link", name="Shout")).to_have_attribute(
        "href", "sms:85258?body=SHOUT"
    )


def test_the_beginning_of_the_help_is_on_the_screen(writing: Phone) -> None:
    write_and_pause(writing, SIGN)
    sentence = writing.page.get_by_text(OFFER).bounding_box()
    buttons = writing.page.locator("[data-actions]").bounding_box()
    assert sentence is not None
    assert buttons is not None
    assert sentence["y"] + sentence["height"] <= buttons["y"]


def test_nothing_appears_while_somebody_writes(writing: Phone) -> None:
    writing.write(SIGN)
    writing.page.clock.run_for(1_000)
    writing.page.locator("textarea:visible").press_sequentially(" And")
    writing.page.clock.run_for(1_000)
    assert_no_help(writing.page)


def test_help_appears_where_somebody_goes_on_without_a_pause(writing: Phone) -> None:
    writing.write(SIGN)
    writing.press("Next")
    expect(help_on(writing.page)).to_contain_text(OFFER)
    expect(writing.page.locator("[data-step]:visible h2")).to_be_focused()


def test_help_appears_where_somebody_skips_what_was_written(writing: Phone) -> None:
    writing.write(SIGN)
    writing.press("Skip")
    expect(help_on(writing.page)).to_contain_text(OFFER)
    writing.press("Back")
    assert_no_help(writing.page)
    expect(writing.page.locator("textarea:visible")).to_have_value("")


def test_nothing_appears_for_ordinary_words(writing: Phone) -> None:
    write_and_pause(writing, ORDINARY)
    assert_no_help(writing.page)
    writing.press("Next")
    assert_no_help(writing.page)


def test_help_appears_once_at_a_question(writing: Phone) -> None:
    write_and_pause(writing, SIGN)
    help_on(writing.page).get_by_role("button", name="Close").click()
    assert_no_help(writing.page)
    write_and_pause(writing, f"{SIGN} {ANOTHER_SIGN}")
    assert_no_help(writing.page)
    writing.press("Next")
    assert_no_help(writing.page)


def test_help_appears_again_at_another_question(writing: Phone) -> None:
    write_and_pause(writing, SIGN)
    writing.press("Back")
    assert_no_help(writing.page)
    write_and_pause(writing, ANOTHER_SIGN)
    expect(help_on(writing.page)).to_contain_text(OFFER)


def test_help_is_announced_politely_and_takes_no_focus(writing: Phone) -> None:
    region = help_on(writing.page).get_by_role("status")
    expect(region).to_have_count(1)
    write_and_pause(writing, SIGN)
    expect(region).to_have_text(OFFER)
    expect(writing.page.locator("textarea:visible")).to_be_focused()
    expect(writing.page.locator("textarea:visible")).to_have_value(SIGN)


def test_whoever_closes_the_help_is_back_at_the_question(writing: Phone) -> None:
    write_and_pause(writing, SIGN)
    writing.page.keyboard.press("Tab")
    close = help_on(writing.page).get_by_role("button", name="Close")
    close.focus()
    writing.page.keyboard.press("Enter")
    expect(writing.page.locator("[data-step]:visible h2")).to_be_focused()
    expect(writing.page.locator("textarea:visible")).to_have_value(SIGN)


def test_whoever_listens_hears_it(browser_page: Page, survey: str) -> None:
    browser_page.add_init_script(f"({STUB})([{{ lang: 'en-GB', localService: true }}])")
    browser_page.clock.install()
    phone = Phone(browser_page)
    phone.start(survey)
    phone.go_to("best_thing")
    write_and_pause(phone, SIGN)
    phone.press("Listen")
    for _ in range(20):
        go_on(browser_page)
    heard = said(browser_page)
    assert heard.index(OFFER) < next(n for n, text in enumerate(heard) if text.startswith("Childline"))


def test_nothing_is_asked_of_the_network_for_it(writing: Phone, survey: str) -> None:
    # Until then the page itself is fetched, to be there without signal.
    until_kept(writing.page, survey)
    asked: list[str] = []
    writing.page.context.on("request", lambda request: asked.append(request.url))
    write_and_pause(writing, SIGN)
    expect(help_on(writing.page)).to_contain_text(OFFER)
    writing.press("Next")
    assert asked == []


def test_nothing_is_kept_of_it(writing: Phone) -> None:
    write_and_pause(writing, SIGN)
    kept = writing.page.evaluate(
        "async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases()])"
    )
    writing.press("Stop and wipe")
    after = writing.page.evaluate(
        "async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await indexedDB.databases()])"
    )
    assert kept == after


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_is_gone_with_the_answers(writing: Phone, survey: str, ending: str) -> None:
    write_and_pause(writing, SIGN)
    ENDINGS[ending](writing)
    expect(writing.page.get_by_text(OFFER)).to_have_count(0)


def test_the_next_person_is_helped_as_if_nothing_had_been(writing: Phone) -> None:
    write_and_pause(writing, SIGN)
    page = writing.page
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert_no_help(page)
    writing.press("Start")
    writing.go_to("best_thing")
    write_and_pause(writing, SIGN)
    expect(help_on(page)).to_contain_text(OFFER)


def test_it_works_without_signal(opened: Phone, signal: Signal, survey: str) -> None:
    signal.is_up = False
    opened.page.clock.install()
    opened.start(survey)
    opened.go_to("best_thing")
    write_and_pause(opened, SIGN)
    expect(help_on(opened.page).get_by_role("link", name="Childline")).to_be_visible()


def test_a_sign_in_the_language_of_the_page_is_found_and_one_in_english_as_well(
    phone: Phone, store: Store
) -> None:
    address = add_round(store, "wellbeing")
    rounds.set_languages(store, slug_of(address), ["ar"])
    phone.page.clock.install()
    phone.page.goto(f"{address}?lang=ar")
    phone.page.locator("[data-start]").click()
    for words in ("هو يضربني كل يوم", SIGN):
        while not phone.page.locator("textarea:visible").count():
            phone.page.locator("[data-next]").click()
        write_and_pause(phone, words)
        expect(help_on(phone.page).get_by_role("link", name="Childline")).to_be_visible()
        phone.page.locator("[data-next]").click()


@pytest.mark.parametrize("each", OTHERS, ids=lambda each: each.tag)
def test_a_sign_in_any_language_is_found_on_its_page_and_the_help_fits(
    phone: Phone, store: Store, each: Language
) -> None:
    address = add_round(store, "wellbeing")
    rounds.set_languages(store, slug_of(address), [each.code])
    phone.page.set_viewport_size({"width": 320, "height": 568})
    phone.page.clock.install()
    phone.page.goto(f"{address}?lang={each.tag}&wording=easy")
    phone.page.locator("[data-start]").click()
    while not phone.page.locator("textarea:visible").count():
        phone.page.locator("[data-next]").click()
    write_and_pause(phone, phone_signs.signs_of(each.code).phrases[0].strip())
    expect(help_on(phone.page).get_by_role("link", name="Childline")).to_be_visible()
    expect(help_on(phone.page)).not_to_contain_text(OFFER)
    assert faults(phone.page) == []
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_filter_reads_such_words_in_the_list_of_the_page(phone: Phone, survey: str) -> None:
    phone.page.goto(survey)
    text = phone.page.locator("[data-signs]").text_content()
    assert text
    assert [phrase for phrase in phone_signs.signs_of("en").phrases if phrase.strip() in text] == []


def test_the_help_has_no_fault_in_any_look_and_is_not_cut_off(writing: Phone) -> None:
    write_and_pause(writing, SIGN)
    assert faults(writing.page) == []
    for look in LOOKS:
        wear(writing.page, look)
        assert faults(writing.page, "color-contrast") == [], look
    assert_not_cut_off(writing.page, "help")


def test_a_page_without_script_has_the_help_lines_on_it(plain_page: Page, survey: str) -> None:
    plain_page.goto(survey)
    expect(plain_page.get_by_role("link", name="Childline")).to_be_visible()


def test_in_a_conversation_the_phone_looks_for_nothing(
    browser_page: Page, make_round: Callable[..., Any]
) -> None:
    browser_page.goto(f"{make_round()}/conversation")
    expect(browser_page.locator("[data-care], [data-signs]")).to_have_count(0)
