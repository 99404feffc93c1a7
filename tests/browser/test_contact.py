"""Asking to be contacted, on a phone: by keyboard, without script, without signal, and beside a survey that was begun."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, expect

from feedback_app.languages import OTHERS
from feedback_app.store import Store, contact_requests, rounds, staff
from tests.browser.conftest import Phone, says, until_kept, what_is_kept
from tests.browser.test_everyone import LOOKS, assert_not_cut_off, faults, wear
from tests.support.rounds import add_round, slug_of

ASKS = "Ask someone to contact me"
DONE = "We have your message"
NO_SIGNAL = "This needs signal, and there is none just now."
WORDS = {"name": "Sam", "reach": "07700 900123", "when": "after school", "about": "my brother"}
MINUTE = 60_000


@pytest.fixture(autouse=True)
def reader(store: Store) -> int:
    """Somebody who reads what is sent."""
    user_id = staff.add(store, "reader@example.org", ["safeguarding"])
    staff.set_password(store, user_id, "hash")
    return user_id


@pytest.fixture
def asking(browser_page: Page) -> Page:
    """The page on which somebody asks to be contacted, filled in."""
    browser_page.goto("/contact")
    fill(browser_page)
    return browser_page


def fill(page: Page) -> None:
    for name, words in WORDS.items():
        page.locator(f"#{name}").fill(words)


def typed(page: Page) -> dict[str, str]:
    return {name: page.locator(f"#{name}").input_value() for name in WORDS}


def press_send(page: Page) -> None:
    page.get_by_role("button", name="Send").click()


def asked(store: Store) -> list[str]:
    """The names that have been asked for."""
    return [request.wanted.name for request in contact_requests.listing(store)]


def test_somebody_asks_by_keyboard_alone(browser_page: Page, store: Store) -> None:
    browser_page.goto("/contact")
    browser_page.locator("#name").focus()
    for words in WORDS.values():
        browser_page.keyboard.type(words)
        browser_page.keyboard.press("Tab")
    expect(browser_page.get_by_role("button", name="Send")).to_be_focused()
    browser_page.keyboard.press("Enter")
    says(browser_page, DONE)
    assert asked(store) == ["Sam"]


def test_somebody_asks_without_script(plain_page: Page, store: Store) -> None:
    plain_page.goto("/help")
    plain_page.get_by_role("link", name=ASKS).click()
    fill(plain_page)
    press_send(plain_page)
    says(plain_page, DONE)
    assert asked(store) == ["Sam"]


def test_pressing_twice_asks_once(asking: Page, store: Store) -> None:
    asking.get_by_role("button", name="Send").dblclick()
    says(asking, DONE)
    assert asked(store) == ["Sam"]


def test_what_is_missing_is_said_first_and_what_was_typed_stays(asking: Page, store: Store) -> None:
    asking.locator("#reach").fill("")
    press_send(asking)
    problems = asking.get_by_role("group", name="Not sent yet")
    expect(problems).to_be_focused()
    assert typed(asking) == {**WORDS, "reach": ""}
    problems.get_by_role("link").click()
    expect(asking.locator("#reach")).to_be_focused()
    asking.keyboard.type("through my teacher")
    press_send(asking)
    says(asking, DONE)
    assert asked(store) == ["Sam"]


def test_without_signal_it_says_so_keeps_what_was_typed_and_queues_nothing(
    asking: Page, store: Store
) -> None:
    asking.context.set_offline(True)
    press_send(asking)
    expect(asking.get_by_role("status").filter(has_text=NO_SIGNAL)).to_be_visible()
    assert typed(asking) == WORDS
    asking.context.set_offline(False)
    assert what_is_kept(asking) == []
    press_send(asking)
    says(asking, DONE)
    assert asked(store) == ["Sam"]


def test_a_server_that_fails_is_not_called_a_lack_of_signal(asking: Page) -> None:
    asking.route("**/contact", lambda route: route.fulfill(status=503, body=""))
    press_send(asking)
    expect(asking.get_by_text("This could not be sent just now.")).to_be_visible()
    assert typed(asking) == WORDS


def test_the_worker_neither_keeps_the_page_nor_answers_for_it(phone: Phone, survey: str) -> None:
    page = phone.page
    page.goto(survey)
    until_kept(page, survey)
    page.reload()
    page.goto("/contact")
    fill(page)
    press_send(page)
    says(page, DONE)
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
             (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()"""
    )
    assert any("/s/" in url for url in kept)
    assert [url for url in kept if "/contact" in url] == []
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/contact")


def begun(phone: Phone, survey: str) -> None:
    phone.start(survey)
    phone.choose("Yes")
    phone.go_to("best_thing")
    phone.write("My words.")
    phone.press("Get help")


def test_beside_a_survey_it_opens_a_page_of_its_own_and_no_answer_is_lost(phone: Phone, survey: str) -> None:
    begun(phone, survey)
    with phone.page.context.expect_page() as opening:
        phone.page.get_by_role("dialog").get_by_role("link", name=ASKS).click()
    says(opening.value, ASKS)
    assert opening.value.evaluate("[opener, document.referrer, history.length, location.search]") == [
        None,
        "",
        1,
        "",
    ]
    opening.value.close()
    phone.press("Close")
    assert phone.page.locator("textarea:visible").input_value() == "My words."


def test_beside_a_survey_without_signal_nothing_opens_and_no_answer_is_lost(
    phone: Phone, survey: str
) -> None:
    begun(phone, survey)
    phone.page.context.set_offline(True)
    dialog = phone.page.get_by_role("dialog")
    dialog.get_by_role("link", name=ASKS).click()
    expect(dialog.get_by_role("status")).to_contain_text(NO_SIGNAL)
    assert len(phone.page.context.pages) == 1
    phone.press("Close")
    assert phone.page.locator("textarea:visible").input_value() == "My words."


def test_reading_on_privacy_and_help_loses_nothing_that_was_typed(asking: Page) -> None:
    asking.get_by_role("link", name="Your privacy").click()
    expect(asking.get_by_role("dialog", name="More to read")).to_be_visible()
    asking.get_by_role("dialog").get_by_role("button", name="Close").click()
    asking.get_by_role("link", name="Get help").click()
    expect(asking.get_by_role("dialog", name="Get help")).to_be_visible()
    assert typed(asking) == WORDS


def test_what_was_typed_is_gone_when_the_page_is_left(asking: Page) -> None:
    asking.goto("/help")
    asking.go_back()
    assert set(typed(asking).values()) == {""}


def test_what_was_sent_is_not_shown_by_going_back(asking: Page) -> None:
    press_send(asking)
    says(asking, DONE)
    asking.go_back()
    assert set(typed(asking).values()) == {""}


def test_what_was_typed_is_wiped_on_a_phone_that_is_put_down(browser_page: Page) -> None:
    browser_page.clock.install()
    browser_page.goto("/contact")
    fill(browser_page)
    browser_page.clock.fast_forward(19 * MINUTE)
    assert typed(browser_page) == WORDS
    browser_page.clock.fast_forward(2 * MINUTE)
    expect(browser_page.locator("#name")).to_have_value("")


def test_whoever_goes_on_typing_is_not_interrupted(browser_page: Page) -> None:
    browser_page.clock.install()
    browser_page.goto("/contact")
    fill(browser_page)
    for _ in range(3):
        browser_page.clock.fast_forward(15 * MINUTE)
        browser_page.locator("#about").press("x")
    assert typed(browser_page)["about"].endswith("xxx")


@pytest.mark.parametrize("with_errors", [False, True])
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_page_has_no_fault_in_any_look_and_is_not_cut_off(
    browser_page: Page, tag: str, with_errors: bool
) -> None:
    browser_page.goto(f"/contact?lang={tag}")
    if with_errors:
        browser_page.locator("main [type='submit']").click()
        expect(browser_page.locator("form .problems")).to_be_visible()
    assert faults(browser_page) == []
    for look in LOOKS:
        wear(browser_page, look)
        assert faults(browser_page, "color-contrast") == [], look
    assert_not_cut_off(browser_page, tag)


def test_the_page_fits_on_the_smallest_phone_in_every_language(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 568})
    for each in OTHERS:
        # The page of help is held against the same in the test of all languages.
        for address in ("/contact", "/contact/received", "/privacy"):
            browser_page.goto(f"{address}?lang={each.tag}")
            assert faults(browser_page) == [], each.tag
            assert browser_page.evaluate("document.documentElement.scrollWidth <= innerWidth"), each.tag


def test_the_answer_has_no_fault(asking: Page) -> None:
    press_send(asking)
    says(asking, DONE)
    assert faults(asking) == []
    assert_not_cut_off(asking, DONE)


def test_in_arabic_it_is_asked_and_answered_in_arabic(
    phone: Phone, store: Store, make_round: Callable[..., str]
) -> None:
    address = add_round(store, "wellbeing")
    rounds.set_languages(store, slug_of(address), ["ar"])
    phone.page.goto(f"{address}?lang=ar")
    phone.page.locator("[data-open='help']").first.click()
    with phone.page.context.expect_page() as opening:
        phone.page.locator("dialog#help .contact-link a").click()
    page = opening.value
    fill(page)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.locator("main [type='submit']").click()
    expect(page.locator("main[data-page='contact_received']")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ar"
