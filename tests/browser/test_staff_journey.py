"""Staff in Chromium: a conversation on a phone, the phone handed over, and a comment made safe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Page, expect

from feedback_app.store import (
    Store,
    activity,
    ballot_box,
    comments,
    contact_requests,
    counting,
    reading_queue,
)
from feedback_app.store.contact_requests import Wanted
from tests.browser.test_everyone import faults
from tests.staff.desk import PASSWORD, Desk
from tests.store.answering import open_round, send
from tests.support.clock import Clock

SignIn = Callable[..., None]
PAGES = (
    "/staff/",
    "/staff/help",
    "/staff/conversation",
    "/staff/rounds",
    "/staff/rounds/open",
    "/staff/results",
    "/staff/results/iro_review",
    "/staff/results/iro_review?by=how",
    "/staff/comments",
    "/staff/report",
    "/staff/activity",
    "/staff/reading",
    "/staff/reading/months",
    "/staff/readers",
    "/staff/contact",
    "/staff/people",
    "/staff/people/add",
    "/staff/people/1",
)


@pytest.fixture
def sign_in(app: Flask, store: Store, browser_page: Page) -> SignIn:
    """Sign in on the phone as somebody with these roles."""

    def sign_in(*roles: str) -> None:
        Desk(app, store).account("someone@example.org", *roles, team="North")
        browser_page.goto("/staff/sign-in")
        browser_page.get_by_label("E-mail address").fill("someone@example.org")
        browser_page.get_by_label("Password", exact=True).fill(PASSWORD)
        browser_page.get_by_role("button", name="Sign in").click()
        expect(browser_page.get_by_role("heading", level=1)).to_have_text("What waits for you")

    return sign_in


def hold_conversation(page: Page) -> None:
    """Skip every question but the first, and send."""
    page.get_by_role("link", name="Start", exact=True).click()
    page.locator("label.option").locator("visible=true").first.click()
    page.locator("[data-next]").click()
    while page.locator("[data-skip]").is_visible():
        page.locator("[data-skip]").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What was said")


def test_a_conversation_ends_with_a_summary_and_is_stored_once(
    browser_page: Page, sign_in: SignIn, store: Store
) -> None:
    slug, _ = open_round(store, "iro_review")
    sign_in("iro")
    browser_page.goto(f"/staff/conversation/{slug}")
    hold_conversation(browser_page)
    assert ballot_box.waiting(store, "iro_review") == 1


def test_a_conversation_is_counted_on_a_later_day_apart_from_its_answers(
    browser_page: Page, sign_in: SignIn, store: Store
) -> None:
    slug, _ = open_round(store, "iro_review")
    sign_in("iro")
    for day in (18, 18, 19):
        browser_page.clock.set_fixed_time(f"2026-11-{day}T10:00:00")
        browser_page.goto(f"/staff/conversation/{slug}")
        hold_conversation(browser_page)
    browser_page.clock.set_fixed_time("2026-11-18T12:00:00")
    browser_page.goto("/staff/")
    assert activity.listing(store, "2026-27") == []
    browser_page.clock.set_fixed_time("2026-11-20T10:00:00")
    with browser_page.expect_response("**/staff/activity"):
        browser_page.goto("/staff/")
    assert activity.listing(store, "2026-27") == [activity.ActivityRow("North", "iro_review", "2026-11", 3)]


def test_handed_over_the_phone_does_not_lead_back_to_staff_pages(
    browser_page: Page, sign_in: SignIn, store: Store
) -> None:
    open_round(store, "iro_review")
    sign_in("iro")
    browser_page.goto("/staff/conversation")
    browser_page.get_by_role("button", name="Hand over the phone").click()
    browser_page.get_by_role("button", name="Hand over", exact=True).click()
    expect(browser_page.get_by_role("link", name="Start", exact=True)).to_be_visible()
    assert browser_page.context.cookies() == []
    browser_page.go_back()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("This phone was handed over")


def test_a_name_is_taken_out_with_a_button(
    browser_page: Page, sign_in: SignIn, store: Store, today: Clock
) -> None:
    slug, _ = open_round(store)
    for _ in range(10):
        send(store, slug, {"what_helps": "Priya helps"})
    today.end_month()
    counting.count(store)
    sign_in("participation")
    browser_page.goto(f"/staff/comments/{comments.listing(store)[0].id}")
    area = browser_page.get_by_label("As it may be published")
    area.evaluate("area => area.setSelectionRange(0, 5)")
    browser_page.get_by_role("button", name="[name removed]").click()
    expect(area).to_have_value("[name removed] helps")


def test_codes_that_are_shown_once_are_not_left_by_mistake(browser_page: Page, sign_in: SignIn) -> None:
    sign_in("participation")
    browser_page.goto("/staff/rounds/open")
    browser_page.get_by_label("Wellbeing").check()
    browser_page.get_by_label("Single-use codes").check()
    browser_page.get_by_label("How many codes").fill("3")
    browser_page.get_by_role("button", name="Open the round").click()
    expect(browser_page.get_by_role("button", name="Print 3 slips")).to_be_visible()
    asked: list[str] = []

    def leave_all_the_same(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    browser_page.once("dialog", leave_all_the_same)
    browser_page.get_by_role("link", name="Rounds").first.click()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Rounds")
    assert asked == ["beforeunload"]


def test_words_are_acted_on_noted_and_left_to_somebody_else(
    browser_page: Page, sign_in: SignIn, store: Store
) -> None:
    slug, _ = open_round(store, "iro_review")
    for words in ("i want to die", "he hits me at night"):
        send(store, slug, {"best_thing": words})
    sign_in("safeguarding")
    browser_page.goto("/staff/reading")
    hits = browser_page.get_by_role("listitem").filter(has_text="he hits me")
    hits.get_by_role("link", name="Act on this").click()
    browser_page.get_by_label("Rang the police").check()
    browser_page.get_by_role("button", name="Save and keep it here").click()
    expect(browser_page.get_by_text("Recorded already")).to_be_visible()
    browser_page.get_by_role("button", name="Save, mark as read and erase").click()
    expect(browser_page.get_by_text("he hits me")).to_have_count(0)

    browser_page.once("dialog", lambda dialog: dialog.accept())
    browser_page.get_by_role("button", name="Somebody else should read this").click()
    expect(browser_page.get_by_text("nobody else can read it now")).to_be_visible()
    assert [item.words for item in reading_queue.due(store)] == ["i want to die"]


def test_staff_pages_fit_a_phone_and_pass_axe(
    browser_page: Page, sign_in: SignIn, store: Store, today: Clock
) -> None:
    slug, _ = open_round(store, "iro_review")
    for number in range(10):
        send(store, slug, {"role_explained": "yes", "best_thing": f"she listens {number}"})
    today.end_month()
    counting.count(store)
    comment = comments.listing(store)[0].id
    contact_requests.put(store, "a" * 22, Wanted("Sam" * 20, "07700900123" * 8))
    sign_in("iro", "participation", "board", "safeguarding", "admin")
    item = reading_queue.due(store)[0].id
    found = []
    for path in (
        *PAGES,
        f"/staff/rounds/{slug}",
        f"/staff/conversation/{slug}",
        f"/staff/comments/{comment}",
        f"/staff/reading/{item}",
    ):
        browser_page.goto(path)
        found += [f"{path}: {fault}" for fault in faults(browser_page)]
        if not browser_page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"{path}: wider than the phone")
    assert found == []
