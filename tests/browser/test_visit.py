"""A visit with an IRO's tablet: made ready at the office, used without signal, handed over, and sent when back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from feedback_app.store import Store, activity, ballot_box, rounds
from tests.browser.conftest import Phone, until
from tests.staff.desk import PASSWORD, Desk
from tests.support.browser import chromium, phone
from tests.support.clock import Clock
from tests.support.rounds import slug_of
from tests.support.signal import Signal

STAFF_ONLY = ("/staff/", "/staff/conversation", "/staff/report", "/visit", "/s/iroreviewlink/conversation")
HANDED_OVER = "This phone was handed over"
#: Whether the mark on the device says that the server has ended the session.
SESSION_IS_ENDED = """await new Promise((resolve) => {
  const request = indexedDB.open("heard-device");
  request.onsuccess = () => {
    const mark = request.result.transaction("things").objectStore("things").get("handed over");
    mark.onsuccess = () => (request.result.close(), resolve(mark.result?.isSignedOut));
  };
})"""


@pytest.fixture
def tablet(
    browser: Browser, app: Flask, store: Store, address: str, survey: str, today: Clock
) -> Iterator[Page]:
    """A council's tablet on the day of the tests, with an open round to visit."""
    Desk(app, store).account("iro@example.org", "iro", team="North")
    with phone(browser, address) as page:
        page.set_viewport_size({"width": 800, "height": 1280})
        page.context.clock.set_fixed_time(f"{today()}T10:00:00")
        yield page


@pytest.fixture
def ready(tablet: Page) -> Page:
    """The tablet after its IRO has signed in and opened Conversations, still at the office."""
    sign_in(tablet)
    tablet.goto("/staff/conversation")
    expect(tablet.get_by_text("This device is ready for a visit until 4 December 2026")).to_be_visible()
    return tablet


@pytest.fixture
def lose(ready: Page, signal: Signal) -> Callable[[], None]:
    """Nothing reaches the server from now on, and the browser knows it."""

    def lose() -> None:
        signal.is_up = False
        ready.context.set_offline(True)

    return lose


@pytest.fixture
def find(ready: Page, signal: Signal) -> Callable[[], None]:
    """There is signal again."""

    def find() -> None:
        signal.flow()
        ready.context.set_offline(False)

    return find


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/staff/sign-in")
    page.get_by_label("E-mail address").fill("iro@example.org")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


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


def heading(page: Page) -> Locator:
    return page.locator("h1:visible")


def hold_conversation(page: Page, words: str = "my cat") -> None:
    """Answer what can be answered in words, and send."""
    talk = Phone(page)
    page.get_by_role("link", name="Start", exact=True).click()
    talk.go_to("best_thing")
    talk.write(words)
    talk.go_to("check")
    talk.press("Send")
    expect(heading(page)).to_have_text("What was said")


def answer_alone(page: Page) -> None:
    """A young person leaves everything out and sends."""
    young = Phone(page)
    page.get_by_role("link", name="Start", exact=True).click()
    young.go_to("check")
    young.press("Send")


def hand_over(page: Page) -> None:
    """From the page for visits, which is open."""
    page.get_by_role("button", name="Hand over the phone").click()
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_role("link", name="Start", exact=True)).to_be_visible()


@contextmanager
def kept_browser(browser: Browser, address: str, folder: Path) -> Iterator[Page]:
    """A Chromium that keeps what it is given in a folder, until it is opened again."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=chromium(),
        args=["--no-sandbox"] if as_root else [],
        base_url=address,
        viewport={"width": 800, "height": 1280},
    )
    try:
        yield context.pages[0]
    finally:
        context.close()


# Made ready


def test_a_device_is_ready_once_conversations_was_opened(ready: Page) -> None:
    ready.goto("/visit")
    expect(ready.get_by_role("heading", name="Your IRO and your reviews")).to_be_visible()
    expect(ready.get_by_text("Ready until 4 December 2026")).to_be_visible()


def test_a_device_that_is_not_ready_says_how_it_gets_so(tablet: Page) -> None:
    tablet.goto("/visit")
    expect(tablet.get_by_role("heading", name="This device is not ready for a visit")).to_be_visible()


def test_a_conversation_needs_the_token_of_its_device(tablet: Page, survey: str) -> None:
    tablet.goto(f"{survey}/conversation")
    expect(tablet.get_by_text("This conversation is not ready here")).to_be_visible()
    expect(tablet.locator("form")).to_be_hidden()


def test_conversations_lead_to_the_page_that_needs_no_session(ready: Page, survey: str) -> None:
    ready.get_by_role("link", name="Start the conversation").click()
    ready.wait_for_url(f"**{survey}/conversation")
    ready.context.clear_cookies()
    hold_conversation(ready)
    expect(ready.get_by_text("Stored, without anybody’s name")).to_be_visible()


def test_a_device_is_ready_for_two_weeks_only(ready: Page, survey: str) -> None:
    ready.context.clock.set_fixed_time("2026-12-05T10:00:00")
    ready.goto("/visit")
    expect(ready.get_by_role("heading", name="This device is not ready for a visit")).to_be_visible()
    ready.goto(f"{survey}/conversation")
    expect(ready.get_by_text("This conversation is not ready here")).to_be_visible()


def test_a_visit_can_be_forgotten(ready: Page, survey: str) -> None:
    ready.goto("/visit")
    ready.get_by_role("button", name="Forget on this device").click()
    expect(ready.get_by_role("heading", name="This device is not ready for a visit")).to_be_visible()
    ready.goto(f"{survey}/conversation")
    expect(ready.get_by_text("This conversation is not ready here")).to_be_visible()


# Without signal


@pytest.mark.slow
def test_five_conversations_in_a_row_without_signal_are_sent_at_the_office(
    ready: Page, lose: Callable[[], None], find: Callable[[], None], store: Store
) -> None:
    lose()
    ready.goto("/visit")
    ready.get_by_role("link", name="Start a conversation").click()
    for number in range(5):
        hold_conversation(ready, f"my cat {number}")
        expect(ready.get_by_text("Saved on this device, not sent yet")).to_be_visible()
        expect(ready.locator("#said")).to_contain_text(f"my cat {number}")
        ready.get_by_role("link", name="Start another conversation").click()
        expect(ready.get_by_role("link", name="Start", exact=True)).to_be_visible()
    ready.goto("/visit")
    expect(ready.get_by_text("5 conversations or surveys are saved on this device")).to_be_visible()
    assert ballot_box.waiting(store, "iro_review") == 0
    find()
    expect(ready.get_by_text("All sent.")).to_be_visible()
    assert ballot_box.waiting(store, "iro_review") == 5


def test_a_saved_conversation_that_gets_through_says_that_it_is_stored(
    ready: Page, lose: Callable[[], None], find: Callable[[], None], survey: str
) -> None:
    lose()
    ready.goto(f"{survey}/conversation")
    hold_conversation(ready)
    expect(ready.get_by_text("Saved on this device, not sent yet")).to_be_visible()
    find()
    expect(ready.get_by_text("Stored, without anybody’s name")).to_be_visible()
    expect(ready.locator("#said")).to_contain_text("my cat")


def test_without_signal_a_staff_page_leads_to_the_page_for_visits(
    ready: Page, lose: Callable[[], None]
) -> None:
    lose()
    ready.goto("/staff/results")
    expect(heading(ready)).to_have_text("On a visit")


def test_what_was_said_can_be_copied(ready: Page, survey: str) -> None:
    ready.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ready.goto(f"{survey}/conversation")
    hold_conversation(ready)
    ready.get_by_role("button", name="Copy").click()
    expect(ready.get_by_role("button", name="Copied")).to_be_visible()
    copied = ready.evaluate("navigator.clipboard.readText()")
    assert "my cat" in copied
    assert "Left out" in copied


@pytest.mark.parametrize("way", ["reload", "go_back"])
def test_what_was_said_is_gone_with_the_page(
    ready: Page, lose: Callable[[], None], survey: str, way: str
) -> None:
    lose()
    ready.goto(f"{survey}/conversation")
    hold_conversation(ready)
    if way == "go_back":
        ready.goto("/visit")
    getattr(ready, way)()
    expect(ready.get_by_role("link", name="Start", exact=True)).to_be_visible()
    assert "my cat" not in ready.content()


def test_a_visit_has_the_languages_of_its_round(
    tablet: Page, signal: Signal, survey: str, store: Store
) -> None:
    rounds.set_languages(store, slug_of(survey), ["ar"])
    sign_in(tablet)
    tablet.goto("/staff/conversation")
    until(tablet, f"await caches.match('{survey}?lang=ar&wording=easy')")
    signal.is_up = False
    for page in (f"{survey}/conversation", survey):
        tablet.goto(f"{page}?lang=ar")
        expect(tablet.locator("html[lang=ar][dir=rtl]")).to_be_attached()
        expect(tablet.locator("[data-start]")).to_be_visible()
        tablet.goto(f"{page}?lang=en")
        expect(tablet.locator("html[lang=en-GB]")).to_be_attached()


@pytest.mark.slow
def test_what_waited_longer_than_its_token_lasts_is_sent_when_conversations_is_opened_again(
    ready: Page,
    lose: Callable[[], None],
    find: Callable[[], None],
    signal: Signal,
    survey: str,
    store: Store,
    today: Clock,
) -> None:
    lose()
    ready.goto(f"{survey}/conversation")
    hold_conversation(ready)
    ready.goto("about:blank")
    today.move_to("2026-12-20")
    find()
    ready.goto("/visit")
    # Page or service worker, whichever comes first, tries to send.
    for _ in range(750):
        if any(method == "POST" and path.startswith(survey) for method, path in signal.seen):
            break
        ready.evaluate("new Promise((again) => setTimeout(again, 20))")
    else:
        pytest.fail("nothing was tried to be sent")
    assert ballot_box.waiting(store, "iro_review") == 0
    ready.goto("/staff/conversation")
    expect(ready.get_by_text("This device is ready for a visit")).to_be_visible()
    # An answer to the old token may come after the new one is there: the next opening sends then.
    for _ in range(4):
        ready.goto("/visit")
        with suppress(AssertionError):
            expect(ready.get_by_text("All sent.")).to_be_visible(timeout=4_000)
            break
    assert ballot_box.waiting(store, "iro_review") == 1


# Handed over


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


# Counted


def test_conversations_without_a_session_are_counted_on_a_later_day(
    ready: Page, lose: Callable[[], None], find: Callable[[], None], survey: str, store: Store
) -> None:
    lose()
    ready.goto(f"{survey}/conversation")
    hold_conversation(ready)
    find()
    ready.goto("/staff/")
    assert activity.listing(store, "2026-27") == []
    ready.context.clock.set_fixed_time("2026-11-21T10:00:00")
    with ready.expect_response("**/staff/activity"):
        ready.goto("/staff/")
    ready.goto("/staff/")
    assert activity.listing(store, "2026-27") == [activity.ActivityRow("North", "iro_review", "2026-11", 1)]


# Installed


def test_chromium_finds_an_app_to_install(
    browser: Browser, address: str, survey: str, tmp_path: Path
) -> None:
    with kept_browser(browser, address, tmp_path) as page:
        page.goto("/visit")
        devtools = page.context.new_cdp_session(page)
        manifest = devtools.send("Page.getAppManifest")
        assert manifest["url"] == f"{address}/manifest.webmanifest"
        assert manifest["errors"] == []
        assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


# For everyone


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_a_visit_have_no_fault_and_fit(
    ready: Page, lose: Callable[[], None], survey: str, theme: Literal["light", "dark"]
) -> None:
    ready.emulate_media(color_scheme=theme, reduced_motion="reduce")
    ready.set_viewport_size({"width": 320, "height": 640})
    found = faults(ready)
    ready.goto("/visit")
    found += faults(ready)
    ready.get_by_role("button", name="Hand over the phone").click()
    found += faults(ready)
    lose()
    ready.goto(f"{survey}/conversation")
    hold_conversation(ready)
    found += faults(ready)
    ready.goto("/visit")
    hand_over(ready)
    ready.goto("/staff/")
    found += faults(ready)
    assert found == []


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    found = [
        f"{page.url} {fault['id']}: {node['html'][:120]}"
        for fault in Axe().run(page).response["violations"]
        for node in fault["nodes"]
    ]
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return found if fits else [*found, f"{page.url} is wider than the screen"]
