"""A survey answered on a phone, one question at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SAVED, Phone, until_so, what_is_kept

Look = Callable[[], list[dict[str, Any]]]
LEFT_FOR = "https://www.bbc.co.uk/weather"


@pytest.fixture
def begun(phone: Phone, survey: str) -> Phone:
    """A survey at its first question."""
    phone.start(survey)
    return phone


@pytest.fixture
def elsewhere(browser_page: Page) -> Callable[[], None]:
    """Answers for the site that "leave this page" goes to."""
    browser_page.route(
        LEFT_FOR, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html")
    )
    return lambda: browser_page.wait_for_url(LEFT_FOR)


def test_a_whole_survey_is_sent_and_stored_once(begun: Phone, box: Look) -> None:
    begun.go_to("talked_before")
    begun.choose("Yes")
    begun.go_to("best_thing")
    begun.write("Somebody listened.")
    begun.press("Next")
    begun.go_to("check")
    begun.press("Send")
    begun.page.wait_for_url("**/thanks")
    assert [answers["talked_before"] for answers in box()] == ["yes"]


def test_each_question_stands_alone_with_its_place_in_the_whole(begun: Phone) -> None:
    expect(begun.page.locator("[data-progress-text]")).to_have_text("1 of 11")
    begun.press("Next")
    expect(begun.page.locator("[data-progress-text]")).to_have_text("2 of 11")
    assert begun.step == "talked_before"


def test_the_new_question_has_the_focus(begun: Phone) -> None:
    begun.press("Next")
    assert begun.page.evaluate("document.activeElement.closest('[data-step]').dataset.step") == begun.step
    assert begun.page.evaluate("document.activeElement.tagName") == "H2"


def test_choosing_moves_nowhere_until_next_is_pressed(begun: Phone) -> None:
    first = begun.step
    begun.choose("Yes")
    assert begun.step == first


@pytest.mark.parametrize("way", ["button", "phone"])
def test_back_keeps_the_answers(begun: Phone, way: str) -> None:
    first = begun.step
    begun.choose("No")
    begun.press("Next")
    begun.page.go_back() if way == "phone" else begun.press("Back")
    expect(begun.page.locator(f"[data-step={first}]")).to_be_visible()
    assert begun.is_chosen(first, "no")


def test_skip_takes_the_answer_away(begun: Phone) -> None:
    first = begun.step
    begun.choose("No")
    begun.press("Skip")
    assert begun.step != first
    assert not begun.is_chosen(first, "no")


def test_a_follow_up_appears_only_where_it_applies(begun: Phone) -> None:
    begun.go_to("talked_before")
    begun.choose("No")
    expect(begun.page.locator("[data-progress-text]")).to_have_text("2 of 11")
    begun.press("Next")
    assert begun.step == "talked_before_why"
    begun.press("Back")
    begun.choose("Yes")
    begun.press("Next")
    assert begun.step != "talked_before_why"


def test_an_answer_to_an_abandoned_follow_up_is_not_sent(begun: Phone) -> None:
    begun.go_to("talked_before")
    begun.choose("No")
    begun.press("Next")
    begun.page.locator("input[name='talked_before_why']").first.check()
    begun.press("Back")
    expect(begun.page.locator("[data-step=talked_before]")).to_be_visible()
    begun.choose("Yes")
    begun.go_to("check")
    with begun.page.expect_request(lambda request: request.method == "POST") as sent:
        begun.press("Send")
    assert "talked_before=yes" in (sent.value.post_data or "")
    assert "talked_before_why" not in (sent.value.post_data or "")


def test_an_answer_can_be_changed_from_the_check(begun: Phone, box: Look) -> None:
    begun.go_to("role_explained")
    begun.choose("No")
    begun.go_to("check")
    begun.page.locator("[data-change=role_explained]").click()
    begun.choose("Yes")
    begun.press("Next")
    assert begun.step == "check"
    begun.press("Send")
    begun.page.wait_for_url("**/thanks")
    assert box()[0]["role_explained"] == "yes"


def test_a_change_that_opens_a_follow_up_leads_through_it(begun: Phone) -> None:
    begun.go_to("check")
    begun.page.locator("[data-change=talked_before]").click()
    begun.choose("No")
    begun.press("Next")
    assert begun.step == "talked_before_why"
    begun.press("Next")
    assert begun.step == "check"


def test_the_check_says_what_was_left_out(begun: Phone) -> None:
    begun.go_to("check")
    expect(begun.page.locator(".answers .left-out")).to_have_count(11)


def test_stop_wipes_everything_and_says_so(begun: Phone, box: Look, survey: str) -> None:
    begun.choose("Yes")
    begun.press("Stop and wipe")
    begun.page.wait_for_url("**/stopped")
    expect(begun.page.get_by_role("heading", level=1)).to_contain_text("You have stopped")
    begun.page.goto(survey)
    assert begun.page.locator("input:checked").count() == 0
    assert box() == []


@pytest.mark.parametrize("status", [200, 500, 503])
def test_a_page_that_is_not_ours_is_never_taken_for_thanks(begun: Phone, status: int) -> None:
    begun.choose("Yes")
    begun.go_to("check")
    begun.page.route("**/s/*", lambda route: route.fulfill(status=status, body="<main>Free wifi!</main>"))
    begun.press("Send")
    expect(begun.page.get_by_role("heading", level=1)).to_have_text(SAVED)


def test_pressing_send_twice_sends_once(begun: Phone, box: Look) -> None:
    begun.choose("Yes")
    begun.go_to("check")
    begun.page.evaluate("for (let i = 0; i < 5; i++) document.querySelector('[data-send]').click()")
    begun.page.wait_for_url("**/thanks")
    assert len(box()) == 1


def test_after_send_nobody_finds_the_answers_by_going_back(begun: Phone, survey: str) -> None:
    begun.choose("Yes")
    begun.go_to("best_thing")
    begun.write("A secret.")
    begun.go_to("check")
    begun.press("Send")
    begun.page.wait_for_url("**/thanks")
    for _ in range(3):
        begun.page.go_back()
        assert "A secret." not in begun.page.content()
        assert begun.page.locator("input:checked").count() == 0
    begun.page.goto(survey)
    assert begun.page.locator("input:checked").count() == 0


def test_a_reload_shows_no_answers(begun: Phone) -> None:
    begun.choose("Yes")
    begun.page.reload()
    assert begun.step == "welcome"
    assert begun.page.locator("input:checked").count() == 0


def test_nothing_is_kept_on_the_phone(begun: Phone) -> None:
    begun.choose("Yes")
    begun.go_to("check")
    begun.press("Send")
    begun.page.wait_for_url("**/thanks")
    assert begun.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    assert what_is_kept(begun.page) == []
    assert begun.page.context.cookies() == []


def test_leave_goes_to_an_ordinary_site_and_wipes(begun: Phone, elsewhere: Callable[[], None]) -> None:
    begun.choose("Yes")
    begun.press("Next")
    begun.press("Leave")
    elsewhere()


def test_shift_pressed_three_times_leaves(begun: Phone, elsewhere: Callable[[], None]) -> None:
    for _ in range(3):
        begun.page.keyboard.press("Shift")
    elsewhere()


def test_capital_letters_do_not_leave(begun: Phone) -> None:
    begun.go_to("best_thing")
    begun.page.locator("textarea:visible").press_sequentially("ABCDE")
    for letter in "ABC":
        begun.page.keyboard.press(f"Shift+{letter}")
    assert begun.step == "best_thing"


def test_help_opens_above_the_question_and_loses_nothing(begun: Phone) -> None:
    begun.choose("Yes")
    begun.press("Get help")
    expect(begun.page.get_by_role("dialog")).to_contain_text("0800 1111")
    begun.press("Close")
    expect(begun.page.get_by_role("dialog")).to_have_count(0)
    assert begun.is_chosen(begun.step, "yes")


def test_the_privacy_page_can_be_read_without_losing_anything(begun: Phone) -> None:
    begun.choose("Yes")
    begun.press("Your privacy")
    expect(begun.page.get_by_role("dialog")).to_contain_text("What we do not keep")
    begun.press("Close")
    assert begun.is_chosen(begun.step, "yes")


def test_words_too_long_are_said_before_going_on_until_they_fit(begun: Phone) -> None:
    begun.go_to("best_thing")
    begun.write("😀" * 2_001)
    expect(begun.page.locator("[data-count]:visible")).to_have_text("Letters too many: 1")
    begun.press("Next")
    assert begun.step == "best_thing"
    expect(begun.page.locator("[data-error]:visible")).to_contain_text("Letters too many: 1")
    begun.write("It fits now.")
    expect(begun.page.locator("[data-error]:visible")).to_have_count(0)


def test_what_the_server_wants_mended_is_shown_with_every_answer_kept(
    phone: Phone, make_round: Callable[..., str]
) -> None:
    phone.start(make_round(entry="codes"))
    phone.choose("Yes")
    first = phone.step
    phone.go_to("check")
    phone.page.get_by_label("Your code").fill("ABCD")
    phone.press("Send")
    expect(phone.page.locator("[data-problems]")).to_be_focused()
    expect(phone.page.locator("#error-code")).to_contain_text("does not look right")
    assert phone.is_chosen(first, "yes")


def test_a_round_closed_meanwhile_is_said_kindly(begun: Phone, store: Any) -> None:
    from sqlalchemy import update

    from feedback_app.store.models import Round

    begun.choose("Yes")
    begun.go_to("check")
    with store.writing() as session:
        session.execute(
            update(Round).values(
                opens=store.today().replace(year=2025), closes=store.today().replace(year=2025)
            )
        )
    # What another process closes may look open for a second.
    until_so(begun.page, lambda: begun.page.request.get(begun.page.url).status == 410)
    begun.press("Send")
    expect(begun.page.get_by_role("heading", level=1)).to_have_text("Your answers could not be taken")


def test_the_whole_survey_can_be_done_by_keyboard(phone: Phone, survey: str, box: Look) -> None:
    phone.page.goto(survey)
    phone.page.get_by_role("link", name="Start").focus()
    phone.page.keyboard.press("Enter")
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Space")
    first = phone.step
    while phone.step != "check":
        phone.page.locator("[data-next]").focus()
        phone.page.keyboard.press("Enter")
    phone.page.locator("[data-send]").focus()
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url("**/thanks")
    assert box()[0][first] == "yes"


def test_enter_on_an_option_goes_on(begun: Phone) -> None:
    first = begun.step
    begun.page.locator("input[type=radio]:visible").first.press("Enter")
    assert begun.step != first


def test_rather_not_say_and_other_choices_put_each_other_out(begun: Phone) -> None:
    begun.page.evaluate(
        """() => {
          for (const input of document.querySelectorAll('[data-step]:not([hidden]) input')) input.type = 'checkbox';
          document.querySelector('[data-step]:not([hidden]) input:last-of-type').value = 'prefer_not_to_say';
        }"""
    )
    boxes = begun.page.locator("[data-step]:visible input")
    boxes.nth(1).check()
    boxes.nth(0).check()
    assert not boxes.nth(1).is_checked()


def test_a_double_tap_passes_over_no_question(begun: Phone) -> None:
    begun.page.locator("[data-next]").dblclick()
    expect(begun.page.locator("[data-progress-text]")).to_have_text("2 of 11")


def test_easy_asks_at_most_eight_with_a_drawing_on_each(phone: Phone, make_round: Callable[..., str]) -> None:
    phone.page.goto(make_round("wellbeing"))
    phone.press("Short and easy")
    phone.page.wait_for_url("**wording=easy")
    phone.press("Start")
    steps = []
    while phone.step != "check":
        steps.append(phone.step)
        expect(phone.page.locator("[data-step]:visible svg.picture").first).to_be_visible()
        phone.press("Next")
    assert len(steps) <= 8
