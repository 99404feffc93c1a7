"""A tablet made ready for a visit at the office: with what, for how long, and what its pages look like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from feedback_app.store import Store, rounds
from tests.browser.conftest import until
from tests.browser.test_everyone import faults as faults_by_axe
from tests.browser.visit.conftest import hand_over, hold_conversation, kept_browser, sign_in
from tests.support.rounds import slug_of
from tests.support.signal import Signal


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
    found = [f"{page.url} {fault}" for fault in faults_by_axe(page)]
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return found if fits else [*found, f"{page.url} is wider than the screen"]
