"""Questions turned like pages, with a finger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Phone

Finger = Callable[..., None]
RIGHT, LEFT = (60, 300), (300, 60)


@pytest.fixture
def finger(browser_page: Page) -> Finger:
    """Moves a finger from one place to another, in steps."""
    screen: CDPSession = browser_page.context.new_cdp_session(browser_page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": x, "y": y} for x, y in points]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def move(across: tuple[int, int], down: tuple[int, int] = (300, 310), *, fingers: int = 1) -> None:
        touch("touchStart", *((across[0], down[0] + 80 * each) for each in range(fingers)))
        for part in (1, 2, 3, 4):
            x = across[0] + (across[1] - across[0]) * part / 4
            y = down[0] + (down[1] - down[0]) * part / 4
            touch("touchMove", *((x, y + 80 * each) for each in range(fingers)))
        touch("touchEnd")

    return move


@pytest.fixture
def second(phone: Phone, survey: str) -> Phone:
    """A survey at its second question."""
    phone.start(survey)
    phone.press("Next")
    return phone


def place(phone: Phone) -> str:
    return str(phone.page.locator("[data-progress-text]").text_content())


def test_a_swipe_to_the_left_goes_on(second: Phone, finger: Finger) -> None:
    finger(LEFT)
    expect(second.page.locator("[data-progress-text]")).to_have_text("3 of 11")


def test_a_swipe_to_the_right_goes_back_and_keeps_the_answer(second: Phone, finger: Finger) -> None:
    second.choose("Yes")
    finger(RIGHT)
    expect(second.page.locator("[data-progress-text]")).to_have_text("1 of 11")
    assert second.is_chosen("talked_before", "yes")


def test_swipes_are_mirrored_where_writing_runs_to_the_left(second: Phone, finger: Finger) -> None:
    second.page.evaluate("document.documentElement.dir = 'rtl'")
    finger(RIGHT)
    expect(second.page.locator("[data-progress-text]")).to_have_text("3 of 11")


def test_what_is_no_clear_swipe_moves_nowhere(second: Phone, finger: Finger) -> None:
    moves: dict[str, dict[str, Any]] = {
        "short": {"across": (200, 160)},
        "slanting": {"across": (300, 100), "down": (200, 340)},
        "scrolling": {"across": (200, 190), "down": (500, 200)},
        "from the edge": {"across": (5, 250)},
        "two fingers": {"across": (300, 60), "fingers": 2},
    }
    for what, move in moves.items():
        finger(**move)
        assert place(second) == "2 of 11", what


def test_a_finger_in_words_moves_nowhere(phone: Phone, survey: str, finger: Finger) -> None:
    phone.start(survey)
    phone.go_to("best_thing")
    middle = phone.page.locator("textarea:visible").bounding_box()
    assert middle
    finger(LEFT, (int(middle["y"]) + 60, int(middle["y"]) + 60))
    assert phone.step == "best_thing"


def test_words_being_selected_stay_selected(second: Phone, finger: Finger) -> None:
    second.page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('[data-step]:not([hidden]) h2'))"
    )
    finger(LEFT)
    assert place(second) == "2 of 11"


def test_a_swipe_neither_starts_a_survey_nor_sends_it(phone: Phone, survey: str, finger: Finger) -> None:
    phone.page.goto(survey)
    finger(LEFT)
    assert phone.step == "welcome"
    phone.press("Start")
    phone.go_to("check")
    finger(LEFT)
    assert phone.step == "check"
    expect(phone.page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
