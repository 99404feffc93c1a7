"""A tablet that an IRO takes on a visit, and what is done with it there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from feedback_app.store import Store
from tests.browser.conftest import Phone
from tests.staff.desk import PASSWORD, Desk
from tests.support.browser import chromium, phone
from tests.support.clock import Clock
from tests.support.signal import Signal

HANDED_OVER = "This phone was handed over"


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
