"""What Heard cannot take, and phones that can keep nothing: nobody is told what is not so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import (
    CANNOT,
    SAVED,
    THANKS,
    WAITING,
    Look,
    Phone,
    answer_and_send,
    saved_without_signal,
    says,
    until_nothing_is_kept,
    until_so,
    what_is_kept,
)
from tests.support.clock import Clock
from tests.support.signal import Signal


def test_what_comes_too_late_is_said_and_removed(
    opened: Phone, signal: Signal, survey: str, today: Clock, box: Look
) -> None:
    saved_without_signal(opened, signal)
    opened.page.goto(survey)
    expect(opened.page.get_by_text(WAITING)).to_be_visible()
    # A page that is open might send them, and say so, before the next one opens.
    opened.page.goto("about:blank")
    today.move_to("2027-03-01")
    signal.flow()
    opened.page.goto(survey)
    expect(opened.page.get_by_text("because the survey is over: 1")).to_be_visible()
    opened.page.goto(survey)
    says(opened.page, "This survey has closed")
    expect(opened.page.get_by_text("because the survey is over: 1")).to_be_hidden()
    assert box() == []
    until_nothing_is_kept(opened.page)


def answer_with_a_wrong_code(phone: Phone, address: str, words: str = "") -> None:
    """Send answers that stay on the phone, with a code that nobody was given; the page is left."""
    phone.start(address)
    phone.choose("Yes")
    if words:
        phone.go_to("best_thing")
        phone.write(words)
    phone.go_to("check")
    phone.page.get_by_label("Your code").fill("AAAA-AAAA")
    phone.press("Send")
    says(phone.page, SAVED)
    phone.page.goto("about:blank")


def test_a_wrong_code_without_signal_is_asked_for_again_without_showing_the_answers(
    coded: tuple[str, str], phone: Phone, signal: Signal, box: Look
) -> None:
    address, code = coded
    signal.is_up = False
    answer_with_a_wrong_code(phone, address, "A secret.")
    signal.flow()
    phone.page.goto(address)
    field = phone.page.get_by_label("The code on your slip of paper")
    field.fill("AAAA")
    phone.press("Send")
    expect(phone.page.locator("[data-code-error]")).to_contain_text("does not look right")
    assert "A secret." not in phone.page.content()
    field.fill(code)
    field.press("Enter")
    expect(field).to_be_hidden()
    until_nothing_is_kept(phone.page)
    assert len(box()) == 1


def test_a_code_typed_while_the_wrong_one_is_on_its_way_is_the_one_that_counts(
    coded: tuple[str, str], phone: Phone, signal: Signal
) -> None:
    address, code = coded
    signal.is_up = False
    answer_with_a_wrong_code(phone, address)
    signal.flow()
    phone.page.goto(address)
    field = phone.page.get_by_label("The code on your slip of paper")
    expect(field).to_be_visible()
    signal.hold("POST")
    phone.page.reload()
    until_so(phone.page, lambda: ("POST", address) in signal.held)
    second = phone.page.context.new_page()
    second.goto(address)
    again = second.get_by_label("The code on your slip of paper")
    again.fill(code)
    again.press("Enter")
    signal.flow()
    until_nothing_is_kept(second)
    expect(again).to_be_hidden()


def test_a_wrong_code_with_signal_is_mended_at_once_and_nothing_waits(
    coded: tuple[str, str], phone: Phone, box: Look
) -> None:
    address, code = coded
    phone.start(address)
    phone.choose("Yes")
    phone.go_to("check")
    phone.page.get_by_label("Your code").fill("ABCD")
    phone.press("Send")
    expect(phone.page.locator("#error-code")).to_contain_text("does not look right")
    assert what_is_kept(phone.page) == []
    phone.page.get_by_label("Your code").fill(code)
    phone.press("Send")
    says(phone.page, THANKS)
    assert len(box()) == 1


UNABLE = {
    "no database": "Object.defineProperty(window, 'indexedDB', { value: undefined })",
    "no room": """const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...given) {
          if (this.name !== "records") return put.apply(this, given);
          throw new DOMException("full", "QuotaExceededError");
        };""",
    "no locks for keys": "Object.defineProperty(crypto, 'subtle', { value: undefined })",
    "no worker": "delete Navigator.prototype.serviceWorker",
}


@pytest.mark.parametrize("lack", UNABLE)
def test_a_phone_that_cannot_keep_answers_says_so_before_the_first_question(
    phone: Phone, survey: str, lack: str
) -> None:
    phone.page.add_init_script(UNABLE[lack])
    phone.page.goto(survey)
    expect(phone.page.get_by_text(CANNOT)).to_be_visible()


def test_a_phone_that_can_keep_answers_says_nothing(opened: Phone) -> None:
    expect(opened.page.get_by_text(CANNOT)).to_be_hidden()


def test_a_phone_that_cannot_keep_answers_sends_them_at_once(
    phone: Phone, signal: Signal, survey: str, box: Look
) -> None:
    phone.page.add_init_script(UNABLE["no room"])
    phone.page.goto(survey)
    signal.reaches = lambda method, _path: method != "POST"
    answer_and_send(phone, "Still here")
    expect(phone.page.get_by_text("Not sent yet. Your answers are still here.")).to_be_visible()
    expect(phone.page.locator("textarea[name=best_thing]")).to_have_value("Still here")
    signal.flow()
    phone.press("Try again")
    says(phone.page, THANKS)
    assert len(box()) == 1
