"""The whole survey by keyboard, or by a switch that presses its keys: in the order it is read, always in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Phone

Look = Callable[[], list[dict[str, Any]]]
#: What has the focus: its words, whether that can be seen, and whether anything that stays on the screen covers it.
FOCUSED = """() => {
  const element = document.activeElement;
  const shown = element.matches("input[type=radio], input[type=checkbox]") ? element.nextElementSibling : element;
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return {
    words: (element.getAttribute("aria-label") ?? element.closest("label")?.innerText ?? element.innerText ?? element.name).trim(),
    tag: element.tagName,
    isMarked: getComputedStyle(shown).outlineStyle === "solid" && parseFloat(getComputedStyle(shown).outlineWidth) >= 2,
    isInSight: shown.contains(middle) || Boolean(middle?.contains(shown)) || Boolean(middle?.closest("label")?.contains(shown)),
  };
}"""


def press_until(page: Page, words: str) -> None:
    """Press Tab until something of these words has the focus; all on the way must be in sight and marked."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            continue
        assert focused["isMarked"], focused
        assert focused["isInSight"], focused
        if focused["words"].startswith(words):
            return
    raise AssertionError(f"{words} is not reached")


@pytest.mark.parametrize("size", [(360, 740), (360, 480), (320, 256)])
def test_the_whole_survey_is_done_with_tab_space_and_enter(
    phone: Phone, make_round: Callable[..., str], box: Look, size: tuple[int, int]
) -> None:
    page = phone.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{make_round('wellbeing')}?wording=easy")
    press_until(page, "Start")
    page.keyboard.press("Enter")
    press_until(page, "Yes")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-progress-text]")).to_have_text("2 of 7")
    press_until(page, "Skip")
    page.keyboard.press("Enter")
    while phone.step != "check":
        press_until(page, "Next")
        page.keyboard.press("Enter")
    press_until(page, "Send")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert [answers["trusted_adult"] for answers in box()] == ["yes"]


def test_arrow_keys_choose_within_a_question(phone: Phone, survey: str) -> None:
    phone.start(survey)
    press_until(phone.page, "Yes")
    phone.page.keyboard.press("ArrowDown")
    assert phone.is_chosen(phone.step, "no")


def test_enter_goes_on_from_the_question_itself(phone: Phone, survey: str) -> None:
    phone.start(survey)
    first = phone.step
    phone.page.keyboard.press("Enter")
    assert phone.step != first


def test_enter_in_words_is_a_new_line(phone: Phone, survey: str) -> None:
    phone.start(survey)
    phone.go_to("best_thing")
    phone.page.locator("textarea:visible").press("Enter")
    assert phone.page.locator("textarea:visible").input_value() == "\n"
    assert phone.step == "best_thing"


def test_a_new_question_is_announced_once_with_its_place(phone: Phone, survey: str) -> None:
    phone.start(survey)
    phone.press("Next")
    heading = phone.page.get_by_role("heading", level=2).locator("visible=true")
    expect(heading).to_be_focused()
    expect(heading).to_have_accessible_description("2 of 11")
    assert (
        phone.page.locator("[data-step]:visible [role=status], [data-step]:visible [aria-live]").count() == 0
    )


def test_a_dialog_keeps_the_focus_and_gives_it_back(phone: Phone, survey: str) -> None:
    phone.start(survey)
    phone.page.get_by_role("link", name="Get help").focus()
    phone.page.keyboard.press("Enter")
    assert phone.page.evaluate("document.activeElement.closest('dialog')?.id") == "help"
    phone.page.keyboard.press("Escape")
    expect(phone.page.get_by_role("link", name="Get help")).to_be_focused()
