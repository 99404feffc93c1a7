"""Conversations held on a visit without signal, sent when there is signal again, and counted apart from their answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from feedback_app.store import Store, activity, ballot_box
from tests.browser.conftest import until_so
from tests.browser.visit.conftest import heading, hold_conversation
from tests.support.clock import Clock
from tests.support.signal import Signal


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


@pytest.fixture
def over(ready: Page, lose: Callable[[], None], survey: str, today: Clock) -> Page:
    """The tablet with a conversation that waits, on a day on which the token it was recorded with is over; no signal yet."""
    lose()
    ready.goto(f"{survey}/conversation")
    hold_conversation(ready)
    ready.goto("about:blank")
    today.move_to("2026-12-20")
    return ready


@pytest.mark.slow
def test_what_waited_longer_than_its_token_lasts_is_sent_when_conversations_is_opened_again(
    over: Page, find: Callable[[], None], signal: Signal, survey: str, store: Store
) -> None:
    find()
    over.goto("/visit")
    # Page or service worker, whichever comes first, tries to send.
    until_so(over, lambda: ("POST", survey) in signal.seen)
    assert ballot_box.waiting(store, "iro_review") == 0
    over.goto("/staff/conversation")
    expect(over.get_by_text("This device is ready for a visit")).to_be_visible()
    over.goto("/visit")
    expect(over.get_by_text("All sent.")).to_be_visible()
    assert ballot_box.waiting(store, "iro_review") == 1


@pytest.mark.slow
@pytest.mark.parametrize("is_left", [False, True], ids=["page stays open", "page is left"])
def test_what_is_refused_for_its_old_token_after_the_new_one_came_is_sent_with_that(
    over: Page, signal: Signal, survey: str, store: Store, is_left: bool
) -> None:
    signal.hold("POST")
    signal.is_up = True
    over.context.set_offline(False)
    over.goto("/visit")
    until_so(over, lambda: ("POST", survey) in signal.held)
    office = over if is_left else over.context.new_page()
    office.goto("/staff/conversation")
    expect(office.get_by_text("This device is ready for a visit")).to_be_visible()
    signal.flow()
    if is_left:
        over.goto("/visit")
    expect(over.get_by_text("All sent.")).to_be_visible()
    assert ballot_box.waiting(store, "iro_review") == 1


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
