"""A phone that goes from hand to hand shows nobody's answers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Phone

SECRET = "A secret."
MINUTE = 60_000
LEFT_FOR = "https://www.bbc.co.uk/weather"


@pytest.fixture
def told(phone: Phone, survey: str) -> Phone:
    """A survey with a choice and a secret in it, on a phone whose clock stands still."""
    phone.page.clock.install()
    phone.start(survey)
    phone.choose("Yes")
    phone.go_to("best_thing")
    phone.write(SECRET)
    return phone


def assert_tells_nothing(page: Page) -> None:
    """Neither the page, nor its fields, nor what is kept beside it."""
    assert SECRET not in page.content()
    if page.url == "about:blank":
        return
    held = page.evaluate(
        """[...document.querySelectorAll('textarea')].map((box) => box.value).join('')
           + document.querySelectorAll('form[data-survey] input:checked').length
           + JSON.stringify([history.state, { ...sessionStorage }, { ...localStorage }])"""
    )
    assert re.fullmatch(r'0\[(null|\{"depth":\d+\}),\{\},\{\}\]', held), held


def end_by_sending(phone: Phone) -> None:
    phone.press("Next")
    phone.go_to("check")
    phone.press("Send")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def end_by_stopping(phone: Phone) -> None:
    phone.press("Stop and wipe")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("You have stopped")


def end_by_idling(phone: Phone) -> None:
    phone.page.clock.fast_forward(21 * MINUTE)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Your answers are wiped")


ENDINGS = {"sent": end_by_sending, "stopped": end_by_stopping, "idle": end_by_idling}


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_shown_by_back_forward_reload_or_the_address(
    told: Phone, survey: str, ending: str
) -> None:
    page = told.page
    ENDINGS[ending](told)
    assert_tells_nothing(page)
    page.reload()
    assert_tells_nothing(page)
    page.go_back()
    assert page.url == "about:blank", "a step of the survey is still in the history"
    for go in (page.go_forward, page.go_forward, page.reload):
        go()
        assert_tells_nothing(page)
    page.goto(survey)
    assert_tells_nothing(page)


def test_a_warning_comes_before_and_one_press_keeps_everything(told: Phone) -> None:
    told.page.clock.fast_forward(18 * MINUTE)
    warning = told.page.get_by_role("alertdialog", name="Are you still there?")
    expect(warning).to_be_visible()
    told.press("I am still here")
    expect(warning).to_be_hidden()
    told.page.clock.fast_forward(17 * MINUTE)
    assert told.page.locator("textarea:visible").input_value() == SECRET


def test_whoever_goes_on_in_time_is_not_warned(told: Phone) -> None:
    for _ in range(3):
        told.page.clock.fast_forward(15 * MINUTE)
        told.page.locator("textarea:visible").press("x")
    expect(told.page.get_by_role("alertdialog")).to_be_hidden()
    expect(told.page.locator("textarea:visible")).to_be_visible()


def test_a_phone_that_slept_is_wiped_when_it_wakes(told: Phone) -> None:
    """Its timers did not run: only the clock tells."""
    told.page.clock.set_system_time(told.page.evaluate("Date.now()") + 8 * 60 * MINUTE)
    told.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(told.page.get_by_role("heading", level=1)).to_have_text("Your answers are wiped")
    assert_tells_nothing(told.page)


def test_the_first_touch_after_a_long_sleep_reveals_nothing(told: Phone) -> None:
    told.page.clock.set_system_time(told.page.evaluate("Date.now()") + 8 * 60 * MINUTE)
    told.page.mouse.click(180, 400)
    expect(told.page.get_by_role("heading", level=1)).to_have_text("Your answers are wiped")


def test_a_survey_that_was_not_begun_is_not_wiped(phone: Phone, survey: str) -> None:
    phone.page.clock.install()
    phone.page.goto(survey)
    phone.page.clock.fast_forward(60 * MINUTE)
    expect(phone.page.get_by_role("link", name="Start")).to_be_visible()


def test_whoever_comes_after_an_idle_phone_can_start_again(told: Phone) -> None:
    end_by_idling(told)
    told.page.get_by_role("link", name="Start again").click()
    assert told.step == "welcome"
    assert_tells_nothing(told.page)


def test_a_page_that_the_browser_kept_whole_comes_back_empty(told: Phone) -> None:
    told.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    told.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert told.step == "welcome"
    assert SECRET not in told.page.content()
    assert told.page.locator("form[data-survey] input:checked").count() == 0


def test_the_form_lets_no_browser_fill_it_again(phone: Phone, survey: str) -> None:
    """What a crashed or closed browser opens again, it fills from what it kept of each form that does not forbid it."""
    phone.page.goto(survey)
    assert phone.page.locator("form[data-survey]").get_attribute("autocomplete") == "off"


def test_leave_replaces_the_survey_in_the_history(told: Phone) -> None:
    told.page.route(LEFT_FOR, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
    told.press("Leave")
    told.page.wait_for_url(LEFT_FOR)
    told.page.go_back()
    assert told.page.url == "about:blank"
