"""A slip's QR code carries its code after the "#": it reaches the form, and neither the server's log nor the history."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from feedback_app.store import Store, codes
from feedback_app.store.guessing import MustWait
from tests.browser.conftest import (
    SAVED,
    THANKS,
    Look,
    Phone,
    answer_and_send,
    says,
    try_now,
    until,
    what_is_kept,
)
from tests.support.rounds import slug_of
from tests.support.signal import Signal

#: A code of the right form that is nobody's.
NOBODYS = "AAA-AAA-AAA"


def typed(page: Page) -> str:
    """What stands in the field for the code."""
    return page.locator("#code-field").input_value()


def test_a_code_in_the_address_is_filled_in_and_gone_from_it(coded: tuple[str, str], phone: Phone) -> None:
    address, code = coded
    phone.page.goto(f"{address}#{code}")
    expect(phone.page.get_by_role("link", name="Start")).to_be_visible()
    assert typed(phone.page) == code
    assert phone.page.evaluate("location.hash") == ""
    assert phone.page.url.endswith(address)


def test_it_lets_in_without_anything_typed(coded: tuple[str, str], phone: Phone, box: Look) -> None:
    address, code = coded
    phone.page.goto(f"{address}#{code}")
    answer_and_send(phone)
    says(phone.page, THANKS)
    assert len(box()) == 1


def test_it_is_in_no_address_that_the_server_sees_and_nowhere_in_the_browser(
    coded: tuple[str, str], phone: Phone, signal: Signal
) -> None:
    address, code = coded
    phone.page.goto(f"{address}#{code}")
    answer_and_send(phone)
    says(phone.page, THANKS)
    assert not any(code in path or code.replace("-", "") in path for _method, path in signal.seen)
    held = phone.page.evaluate(
        """async () => {
          const pages = [];
          for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) pages.push(request.url);
          return [JSON.stringify({ ...localStorage, ...sessionStorage }), document.cookie, ...pages, location.href,
            JSON.stringify(history.state), document.documentElement.outerHTML].join(" ");
        }"""
    )
    assert code not in held


def test_back_does_not_bring_it_into_the_address_again(coded: tuple[str, str], phone: Phone) -> None:
    address, code = coded
    phone.page.goto(f"{address}#{code}")
    phone.page.get_by_role("link", name="Start").click()
    phone.press("Next")
    phone.page.go_back()
    phone.page.go_back()
    expect(phone.page.get_by_role("link", name="Start")).to_be_visible()
    assert phone.page.evaluate("location.hash") == ""


def test_it_waits_with_the_answers_where_there_is_no_signal(
    coded: tuple[str, str], phone: Phone, signal: Signal, box: Look
) -> None:
    address, code = coded
    signal.is_up = False
    phone.page.goto(f"{address}#{code}")
    answer_and_send(phone)
    says(phone.page, SAVED)
    assert not any(code in record for record in what_is_kept(phone.page))
    signal.flow()
    try_now(phone)
    says(phone.page, THANKS)
    assert len(box()) == 1


def test_a_slip_scanned_into_an_open_page_is_taken_too(coded: tuple[str, str], phone: Phone) -> None:
    address, code = coded
    phone.page.goto(address)
    phone.page.evaluate("(code) => (location.hash = code)", code)
    expect(phone.page.locator("#code-field")).to_have_value(code)
    assert phone.page.evaluate("location.hash") == ""


def test_somebody_who_scans_it_while_answering_stays_where_they_are(
    coded: tuple[str, str], phone: Phone
) -> None:
    address, code = coded
    phone.start(address)
    phone.choose("Yes")
    phone.press("Next")
    phone.press("Next")
    step = phone.step
    phone.page.evaluate("(code) => (location.hash = code)", code)
    expect(phone.page.locator("#code-field")).to_have_value(code)
    assert phone.step == step
    phone.press("Back")
    phone.go_to("check")
    assert phone.page.locator("input:checked").count() == 1
    assert phone.page.evaluate("location.hash") == ""


def test_the_next_ones_slip_opens_the_survey_after_the_last_ones_answers_were_saved(
    coded: tuple[str, str], phone: Phone, signal: Signal
) -> None:
    address, code = coded
    signal.is_up = False
    phone.page.goto(f"{address}#{NOBODYS}")
    answer_and_send(phone)
    says(phone.page, SAVED)
    phone.page.goto(f"{address}#{code}")
    expect(phone.page.get_by_role("link", name="Start")).to_be_visible()
    expect(phone.page.locator("#code-field")).to_have_value(code)
    assert phone.page.locator("input:checked").count() == 0


def test_it_goes_along_to_another_wording(make_round: Callable[..., str], phone: Phone, store: Store) -> None:
    address = make_round("wellbeing", entry="codes")
    with store.writing() as session:
        (code,) = codes.make(session, store.secrets, slug_of(address), 1)
    phone.page.goto(f"{address}#{code}")
    phone.page.get_by_role("link", name="Short and easy").click()
    expect(phone.page).to_have_url(re.compile(r"wording=easy$"))
    assert typed(phone.page) == code


def test_leaving_takes_it_away(coded: tuple[str, str], phone: Phone) -> None:
    address, code = coded
    phone.page.goto(f"{address}#{code}")
    phone.page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
    phone.press("Leave")
    phone.page.wait_for_url("https://www.bbc.co.uk/weather")
    phone.page.go_back()
    expect(phone.page.locator("#code-field")).to_have_value("")
    assert phone.page.evaluate("location.hash") == ""


def test_a_survey_that_needs_no_code_takes_it_out_of_the_address_all_the_same(
    survey: str, phone: Phone
) -> None:
    phone.page.goto(f"{survey}#{NOBODYS}")
    expect(phone.page.get_by_role("link", name="Start")).to_be_visible()
    assert phone.page.evaluate("location.hash") == ""


def test_a_link_to_the_questions_still_opens_the_first(make_round: Callable[..., str], phone: Phone) -> None:
    phone.page.goto(f"{make_round(entry='codes')}#questions")
    assert phone.step not in ("welcome", "check")
    assert typed(phone.page) == ""


def test_who_has_to_wait_is_told_that_it_is_saved_and_it_goes_later(
    coded: tuple[str, str], phone: Phone, app: Flask, box: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, code = coded

    def wait(*_given: object) -> bool:
        raise MustWait

    with monkeypatch.context() as flooded:
        flooded.setattr(app.extensions["heard"].store.guesses, "look", wait)
        phone.page.goto(f"{address}#{code}")
        answer_and_send(phone)
        says(phone.page, SAVED)
        try_now(phone)
        expect(phone.page.locator("main [data-status]")).to_have_text(
            "Not sent yet. Your answers are still here."
        )
    assert box() == []
    # A try that is still under way, and will be told to wait, lets no other one pass.
    until(
        phone.page, "(document.querySelector('[data-try]')?.click(), !document.querySelector('[data-try]'))"
    )
    says(phone.page, THANKS)
    assert len(box()) == 1
