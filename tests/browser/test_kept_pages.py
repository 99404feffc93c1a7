"""No signal: a survey that was opened once opens and can be answered."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from feedback_app.headers import CONTENT_SECURITY_POLICY
from tests.browser.conftest import (
    THANKS,
    Phone,
    answer_and_send,
    says,
    until,
    until_kept,
)
from tests.support.clock import Clock
from tests.support.signal import Signal


def test_a_survey_opened_once_opens_without_signal(opened: Phone, signal: Signal, survey: str) -> None:
    signal.is_up = False
    opened.start(survey)
    opened.choose("Yes")
    expect(opened.page.locator(".option").first).to_have_css("display", "block")


def test_another_wording_is_shown_where_only_one_was_opened(
    opened: Phone, signal: Signal, survey: str
) -> None:
    signal.is_up = False
    opened.start(f"{survey}?wording=easy")
    assert opened.step != "welcome"


def test_a_line_that_brings_nothing_is_not_waited_for(opened: Phone, signal: Signal, survey: str) -> None:
    signal.hold()
    opened.start(survey)
    opened.choose("Yes")


def test_a_later_visit_with_signal_shows_what_is_new(
    opened: Phone, signal: Signal, survey: str, today: Clock
) -> None:
    today.move_to("2027-03-01")
    opened.page.goto(survey)
    says(opened.page, "This survey has closed")


def test_a_round_known_to_be_closed_stays_closed_without_signal(
    opened: Phone, signal: Signal, survey: str, today: Clock
) -> None:
    today.move_to("2027-03-01")
    opened.page.goto(f"{survey}?wording=easy")
    says(opened.page, "This survey has closed")
    until(opened.page, "(await caches.match(given, { ignoreVary: true }))?.status === 410", survey)
    signal.is_up = False
    opened.page.goto(survey)
    says(opened.page, "This survey has closed")


def test_the_first_visit_takes_five_requests(
    signal: Signal, browser: Browser, address: str, survey: str
) -> None:
    # Not by the usual phone: a browser whose requests are watched one by one does without its cache.
    with browser.new_context(base_url=address) as context:
        page = context.new_page()
        page.goto(survey)
        until_kept(page, survey)
    paths = [path.partition("?")[0] for _method, path in signal.seen]
    assert sorted(paths) == sorted([survey, "/static/heard.css", "/static/survey.js", "/sw.js", survey])


def test_only_pages_as_they_were_before_anybody_answered_are_kept(opened: Phone, survey: str) -> None:
    answer_and_send(opened, "A secret.")
    says(opened.page, THANKS)
    kept = opened.page.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          const found = {};
          for (const { url } of await cache.keys()) found[new URL(url).pathname] = await (await cache.match(url)).text();
          return found;
        }"""
    )
    assert sorted(kept) == sorted([survey, "/static/heard.css", "/static/survey.js"])
    assert 'name="receipt" value=""' in kept[survey]
    assert not re.search(r"<input[^>]* checked", kept[survey])
    assert not any("A secret." in text for text in kept.values())


def test_a_kept_page_keeps_its_security_headers(opened: Phone, survey: str) -> None:
    headers = opened.page.evaluate(
        "async (address) => Object.fromEntries((await caches.match(address, { ignoreVary: true })).headers)",
        survey,
    )
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"


def test_requests_of_page_and_worker_go_to_one_host_and_no_cookie_is_set(opened: Phone) -> None:
    asked: list[str] = []
    opened.page.context.on("request", lambda request: asked.append(request.url))
    opened.page.reload()
    answer_and_send(opened)
    says(opened.page, THANKS)
    host = opened.page.evaluate("location.origin")
    assert asked
    assert [url for url in asked if not url.startswith((host, "data:"))] == []
    assert opened.page.context.cookies() == []


@pytest.mark.parametrize("path", ["/help", "/privacy", "/s/any/thanks", "/stopped"])
def test_no_other_page_is_kept(opened: Phone, path: str) -> None:
    opened.page.goto(path)
    until(opened.page, "navigator.serviceWorker.controller")
    assert not opened.page.evaluate("caches.match(location.pathname).then(Boolean)")


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, "<main>Free wifi! Sign in.</main>"), (200, '<main data-page="thanks">'), (502, "Bad gateway")],
)
def test_what_somebody_else_answers_in_our_place_is_not_kept(
    opened: Phone, app: Flask, signal: Signal, survey: str, status: int, body: str
) -> None:
    signal.instead = (status, body)
    opened.page.goto(survey)
    signal.instead = None
    signal.is_up = False
    opened.start(survey)
    opened.choose("Yes")


def test_a_page_of_an_older_version_keeps_its_own_style_and_script(
    opened: Phone, signal: Signal, survey: str
) -> None:
    opened.page.evaluate(
        """async (address) => {
          const cache = await caches.open((await caches.keys())[0]);
          const text = await (await cache.match(address, { ignoreVary: true })).text();
          const old = text.replaceAll(/(heard\\.css|survey\\.js)\\?v=\\w+/g, "$1?v=old");
          for (const { url } of await cache.keys())
            if (url.includes("/static/")) {
              await cache.put(url.replace(/v=\\w+/, "v=old"), (await cache.match(url, { ignoreVary: true })).clone());
              await cache.delete(url);
            }
          await cache.put(address, new Response(old, { headers: { "Content-Type": "text/html" } }));
        }""",
        survey,
    )
    signal.is_up = False
    opened.start(survey)
    opened.choose("Yes")


def test_what_older_workers_kept_is_dropped(signal: Signal, phone: Phone, survey: str) -> None:
    signal.reaches = lambda _method, path: path != "/sw.js"
    phone.page.goto("/privacy")
    phone.page.evaluate("caches.open('heard-0').then((cache) => cache.put('/old', new Response('old')))")
    signal.flow()
    phone.page.goto(survey)
    until_kept(phone.page, survey)
    assert phone.page.evaluate("caches.keys()") == ["heard-1"]
