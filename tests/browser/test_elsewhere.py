"""Phones of these tests reach nothing but the application, and a page that asks anybody else fails its test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Error

from tests.support.browser import phone

WHAT_IS_FETCHED = "(address) => fetch(address, { mode: 'no-cors' }).then(() => 'something', () => 'nothing')"


def fetched(browser: Browser, address: str, asked: str) -> str:
    with phone(browser, address) as page:
        return str(page.evaluate(WHAT_IS_FETCHED, asked))


def visited(browser: Browser, address: str, asked: str) -> None:
    refused = pytest.raises(Error, match=r"ERR_NAME_NOT_RESOLVED|ERR_CONNECTION_REFUSED")
    with phone(browser, address) as page, refused:
        page.goto(asked)


@pytest.mark.parametrize("asked", ["https://example.org/", "http://127.0.0.1:49999/"])
@pytest.mark.parametrize("asking", [fetched, visited])
def test_whoever_asks_another_host_is_caught(
    browser: Browser, address: str, asked: str, asking: Callable[[Browser, str, str], object]
) -> None:
    with pytest.raises(AssertionError, match="another host was asked"):
        asking(browser, address, asked)


def test_what_a_test_answers_for_another_host_is_no_fault(browser: Browser, address: str) -> None:
    with phone(browser, address) as page:
        page.route("https://example.org/**", lambda route: route.fulfill(body="<h1>Elsewhere</h1>"))
        page.goto("https://example.org/")
        assert page.locator("h1").text_content() == "Elsewhere"
