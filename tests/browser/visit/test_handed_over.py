"""A tablet handed over to young people: nothing of the staff's opens on it until somebody signs in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from feedback_app.store import Store, ballot_box
from tests.browser.conftest import Phone, until
from tests.browser.visit.conftest import HANDED_OVER, hand_over, heading, kept_browser, sign_in
from tests.staff.desk import Desk
from tests.support.signal import Signal

STAFF_ONLY = ("/staff/", "/staff/conversation", "/staff/report", "/visit", "/s/iroreviewlink/conversation")
#: Whether the mark on the device says that the server has ended the session.
SESSION_IS_ENDED = """await new Promise((resolve) => {
  const request = indexedDB.open("heard-device");
  request.onsuccess = () => {
    const mark = request.result.transaction("things").objectStore("things").get("handed over");
    mark.onsuccess = () => (request.result.close(), resolve(mark.result?.isSignedOut));
  };
})"""


def until_all_is_sent(page: Page) -> None:
    """Wait until no answers wait on the device."""
    until(
        page,
        """!(await new Promise((found, failed) => {
          const opening = indexedDB.open("heard");
          opening.onerror = failed;
          opening.onsuccess = () => {
            const counting = opening.result.transaction("records").objectStore("records").count();
            counting.onsuccess = () => (opening.result.close(), found(counting.result));
          };
        }))""",
    )


def answer_alone(page: Page) -> None:
    """A young person answers one question and sends."""
    young = Phone(page)
    page.get_by_role("link", name="Start", exact=True).click()
    young.choose("Yes")
    young.go_to("check")
    young.press("Send")


@pytest.mark.parametrize("has_signal", [True, False], ids=["signal", "no signal"])
def test_a_handed_over_device_shows_nothing_for_staff(
    ready: Page, lose: Callable[[], None], has_signal: bool
) -> None:
    ready.goto("/visit")
    if not has_signal:
        lose()
    hand_over(ready)
    for address in STAFF_ONLY:
        ready.goto(address)
        expect(heading(ready)).to_have_text(HANDED_OVER)
    second = ready.context.new_page()
    second.goto("/staff/conversation")
    expect(heading(second)).to_have_text(HANDED_OVER)


@pytest.mark.parametrize("has_signal", [True, False], ids=["signal", "no signal"])
def test_the_way_back_through_the_history_shows_nothing_for_staff(
    ready: Page, lose: Callable[[], None], has_signal: bool
) -> None:
    ready.goto("/staff/")
    ready.goto("/visit")
    if not has_signal:
        lose()
    hand_over(ready)
    ready.reload()
    expect(ready.get_by_role("link", name="Start", exact=True)).to_be_visible()
    for _ in range(3):
        ready.go_back()
        expect(heading(ready)).to_have_text(HANDED_OVER)


def test_a_staff_page_in_another_tab_covers_itself(ready: Page) -> None:
    visit = ready.context.new_page()
    visit.goto("/visit")
    hand_over(visit)
    expect(heading(ready)).to_have_text(HANDED_OVER)


def test_a_staff_page_that_the_browser_keeps_for_back_is_covered(ready: Page) -> None:
    ready.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(heading(ready)).to_have_count(0)


def test_a_phone_that_cannot_be_kept_safe_is_not_handed_over(tablet: Page, signal: Signal) -> None:
    """Neither can the server end the session, nor is there a worker that refuses its pages."""
    tablet.add_init_script("delete Navigator.prototype.serviceWorker")
    sign_in(tablet)
    tablet.goto("/staff/conversation")
    expect(tablet.get_by_text("This device is not ready for a visit.", exact=True)).to_be_visible()
    signal.is_up = False
    tablet.get_by_role("button", name="Hand over the phone").click()
    tablet.get_by_role("button", name="Hand over", exact=True).click()
    expect(tablet.get_by_role("alert")).to_contain_text("Not handed over")
    signal.flow()
    tablet.reload()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Conversations")


def test_without_a_worker_the_phone_is_handed_over_while_there_is_signal(tablet: Page, survey: str) -> None:
    tablet.add_init_script("delete Navigator.prototype.serviceWorker")
    sign_in(tablet)
    tablet.goto("/staff/conversation")
    hand_over(tablet)
    tablet.goto("/staff/")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(tablet)
    expect(heading(tablet)).to_have_text("What waits for you")


def test_from_the_staff_pages_the_phone_is_handed_over_likewise(ready: Page) -> None:
    hand_over(ready)
    assert ready.context.cookies() == []
    ready.go_back()
    expect(heading(ready)).to_have_text(HANDED_OVER)


def test_a_session_is_ended_at_the_first_contact(
    ready: Page, lose: Callable[[], None], find: Callable[[], None], survey: str
) -> None:
    ready.goto("/visit")
    lose()
    hand_over(ready)
    assert ready.context.cookies() != []
    find()
    ready.goto(survey)
    until(ready, SESSION_IS_ENDED)
    assert ready.context.cookies() == []


def test_one_young_person_after_another_answers_without_staff(
    ready: Page, lose: Callable[[], None], find: Callable[[], None], store: Store
) -> None:
    ready.goto("/visit")
    lose()
    hand_over(ready)
    for _ in range(2):
        answer_alone(ready)
        expect(heading(ready)).to_have_text("Saved on this phone, not sent yet")
        ready.get_by_role("link", name="Next person").click()
    expect(ready.get_by_role("link", name="Start", exact=True)).to_be_visible()
    find()
    ready.reload()
    until_all_is_sent(ready)
    expect(ready.get_by_text("Answers saved on this phone")).to_be_hidden()
    assert ballot_box.waiting(store, "iro_review") == 2


def test_after_somebody_stopped_the_next_person_starts_with_an_empty_survey(ready: Page, survey: str) -> None:
    hand_over(ready)
    young = Phone(ready)
    ready.get_by_role("link", name="Start", exact=True).click()
    young.choose("Yes")
    young.press("Next")
    young.press("Stop and wipe")
    ready.get_by_role("link", name="Next person").click()
    ready.wait_for_url(f"**{survey}")
    ready.get_by_role("link", name="Start", exact=True).click()
    expect(ready.locator("input:checked")).to_have_count(0)


def test_from_the_page_that_refuses_the_way_leads_back_to_the_survey(ready: Page, survey: str) -> None:
    hand_over(ready)
    ready.goto("/staff/")
    ready.get_by_role("link", name="Next person").click()
    ready.wait_for_url(f"**{survey}")


def test_a_wrong_password_gives_nothing_back(ready: Page) -> None:
    hand_over(ready)
    sign_in(ready, "not the password")
    expect(ready.get_by_role("heading", level=1)).to_have_text("Sign in")
    ready.goto("/visit")
    expect(heading(ready)).to_have_text(HANDED_OVER)


@pytest.mark.parametrize("has_signal", [True, False], ids=["signal", "no signal"])
def test_a_sign_in_gives_the_device_back(
    ready: Page, lose: Callable[[], None], find: Callable[[], None], has_signal: bool
) -> None:
    ready.goto("/visit")
    if not has_signal:
        lose()
    hand_over(ready)
    if not has_signal:
        find()
    sign_in(ready)
    expect(heading(ready)).to_have_text("What waits for you")
    ready.goto("/visit")
    expect(heading(ready)).to_have_text("On a visit")


def test_without_signal_nobody_can_sign_in(ready: Page, lose: Callable[[], None]) -> None:
    ready.goto("/visit")
    lose()
    hand_over(ready)
    ready.goto("/staff/sign-in")
    expect(heading(ready)).to_have_text(HANDED_OVER)


def test_a_session_that_was_not_ended_is_no_way_back(
    ready: Page, lose: Callable[[], None], find: Callable[[], None]
) -> None:
    """The old cookie is still there when the signal comes back: it must not count as a sign-in."""
    ready.goto("/visit")
    lose()
    hand_over(ready)
    find()
    ready.goto("/staff/")
    expect(heading(ready)).to_have_text(HANDED_OVER)


@pytest.mark.slow
def test_a_restarted_device_is_still_handed_over(
    app: Flask, store: Store, browser: Browser, signal: Signal, address: str, survey: str, tmp_path: Path
) -> None:
    Desk(app, store).account("iro@example.org", "iro")
    with kept_browser(browser, address, tmp_path) as page:
        sign_in(page)
        page.goto("/staff/conversation")
        expect(page.get_by_text("This device is ready for a visit")).to_be_visible()
        page.goto("/visit")
        signal.is_up = False
        hand_over(page)
    with kept_browser(browser, address, tmp_path) as page:
        for path in STAFF_ONLY:
            page.goto(path)
            expect(heading(page)).to_have_text(HANDED_OVER)
        page.get_by_role("link", name="Next person").click()
        expect(page.get_by_role("link", name="Start", exact=True)).to_be_visible()
        signal.flow()
        page.goto("/staff/")
        expect(heading(page)).to_have_text(HANDED_OVER)
        until(page, SESSION_IS_ENDED)
        assert page.context.cookies() == []
