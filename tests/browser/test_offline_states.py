"""What is said without signal can be read by everyone: no fault that axe finds, in any look, and nothing cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CANNOT, SAVED, WAITING, Phone, saved_without_signal, says
from tests.browser.test_everyone import LOOKS, faults, wear
from tests.browser.test_not_taken import UNABLE
from tests.support.clock import Clock
from tests.support.signal import Signal


@pytest.fixture
def legible(phone: Phone) -> Callable[[], None]:
    """Fails where the page that is shown has a fault in any look, or is cut off on a narrow screen."""

    def look() -> None:
        assert faults(phone.page) == []
        for each in LOOKS:
            wear(phone.page, each)
            assert faults(phone.page, "color-contrast") == [], each
        phone.page.set_viewport_size({"width": 320, "height": 568})
        root = "document.documentElement"
        assert phone.page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")

    return look


def test_saved_is_said_to_everyone(opened: Phone, signal: Signal, legible: Callable[[], None]) -> None:
    saved_without_signal(opened, signal)
    legible()


def test_what_waits_is_said_to_everyone(
    opened: Phone, signal: Signal, survey: str, legible: Callable[[], None]
) -> None:
    saved_without_signal(opened, signal)
    opened.page.goto(survey)
    expect(opened.page.get_by_text(WAITING)).to_be_visible()
    legible()


def test_what_came_too_late_is_said_to_everyone(
    opened: Phone, signal: Signal, survey: str, today: Clock, legible: Callable[[], None]
) -> None:
    saved_without_signal(opened, signal)
    # A page that is open might send them, and say so, before the next one opens.
    opened.page.goto("about:blank")
    today.move_to("2027-03-01")
    signal.flow()
    opened.page.goto(survey)
    expect(opened.page.get_by_text("because the survey is over: 1")).to_be_visible()
    legible()


def test_a_code_is_asked_for_in_a_way_that_everyone_can_answer(
    coded: tuple[str, str], phone: Phone, signal: Signal, legible: Callable[[], None]
) -> None:
    address, _code = coded
    signal.is_up = False
    phone.start(address)
    phone.choose("Yes")
    phone.go_to("check")
    phone.press("Send")
    says(phone.page, SAVED)
    phone.page.goto("about:blank")
    signal.flow()
    phone.page.goto(address)
    expect(phone.page.get_by_label("The code on your slip of paper")).to_be_visible()
    phone.press("Send")
    expect(phone.page.locator("[data-code-error]")).to_be_visible()
    legible()


def test_a_phone_that_keeps_nothing_says_so_to_everyone(
    phone: Phone, survey: str, legible: Callable[[], None]
) -> None:
    phone.page.add_init_script(UNABLE["no room"])
    phone.page.goto(survey)
    expect(phone.page.get_by_text(CANNOT)).to_be_visible()
    legible()
