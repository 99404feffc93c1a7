"""No signal, bad signal: a survey that was opened once can be answered, and what was handed to Send is sent once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Request, expect

from feedback_app.headers import CONTENT_SECURITY_POLICY
from feedback_app.store import Store, codes, rounds
from feedback_app.store.models import Round
from tests.browser.conftest import (
    SAVED,
    THANKS,
    Phone,
    until,
    until_kept,
    until_nothing_is_kept,
    what_is_kept,
)
from tests.support.browser import phone as new_phone
from tests.support.clock import Clock
from tests.support.rounds import slug_of
from tests.support.signal import Signal

Look = Callable[[], list[dict[str, Any]]]
WAITING = "Answers saved on this phone, not sent yet: 1"
CANNOT = "This phone cannot keep answers without signal."


@pytest.fixture
def signal(app: Flask) -> Iterator[Signal]:
    """The line to the server; up until a test takes it down."""
    line = Signal(app)
    yield line
    line.flow()


@pytest.fixture
def opened(signal: Signal, phone: Phone, survey: str) -> Phone:
    """A survey that this phone has opened once, and may open again without signal."""
    phone.page.goto(survey)
    until_kept(phone.page, survey)
    return phone


def says(page: Page, heading: str) -> None:
    """Wait until the page's heading says this."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def answer_and_send(phone: Phone, words: str = "") -> None:
    """Answer the first question and one in words, go to the last step and press Send."""
    phone.page.get_by_role("link", name="Start").click()
    phone.choose("Yes")
    phone.go_to("best_thing")
    phone.write(words)
    phone.go_to("check")
    phone.press("Send")


def saved_without_signal(phone: Phone, signal: Signal, words: str = "") -> None:
    """Answer where there is no signal."""
    signal.is_up = False
    answer_and_send(phone, words)
    says(phone.page, SAVED)


def test_a_survey_opened_once_opens_without_signal(opened: Phone, signal: Signal, survey: str) -> None:
    signal.is_up = False
    opened.start(survey)
    opened.choose("Yes")
    expect(opened.page.locator(".option").first).to_have_css("display", "block")


def test_the_browsers_own_offline_is_no_other(opened: Phone, signal: Signal, survey: str, box: Look) -> None:
    opened.page.context.set_offline(True)
    opened.page.goto(survey)
    answer_and_send(opened)
    says(opened.page, SAVED)
    opened.page.context.set_offline(False)
    says(opened.page, THANKS)
    assert len(box()) == 1


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


def test_answers_without_signal_are_saved_and_said_to_be(opened: Phone, signal: Signal, box: Look) -> None:
    saved_without_signal(opened, signal)
    expect(opened.page.locator("main")).to_contain_text("They go by themselves when there is signal")
    expect(opened.page.locator("main")).not_to_contain_text("Your answers are in")
    expect(opened.page.get_by_role("heading", level=1)).to_be_focused()
    expect(opened.page.get_by_role("heading", level=1)).to_be_in_viewport()
    assert box() == []


def test_a_page_that_says_saved_says_sent_once_it_is(opened: Phone, signal: Signal, box: Look) -> None:
    saved_without_signal(opened, signal)
    signal.flow()
    opened.press("Try now")
    says(opened.page, THANKS)
    assert len(box()) == 1


def test_what_was_saved_is_sent_by_itself(opened: Phone, signal: Signal, box: Look) -> None:
    saved_without_signal(opened, signal)
    signal.flow()
    opened.page.evaluate("dispatchEvent(new Event('online'))")
    says(opened.page, THANKS)
    assert len(box()) == 1


def test_what_was_saved_is_told_at_the_next_opening_and_sent(
    opened: Phone, signal: Signal, box: Look, survey: str
) -> None:
    saved_without_signal(opened, signal, "A secret.")
    opened.page.goto(survey)
    expect(opened.page.get_by_text(WAITING)).to_be_visible()
    assert "A secret." not in opened.page.content()
    signal.flow()
    opened.page.goto(survey)
    until_nothing_is_kept(opened.page)
    expect(opened.page.get_by_text(WAITING)).to_be_hidden()
    assert len(box()) == 1


def test_what_was_saved_is_locked(opened: Phone, signal: Signal) -> None:
    saved_without_signal(opened, signal, "A secret.")
    kept = what_is_kept(opened.page)
    assert len(kept) == 2
    assert not any("secret" in record or "best_thing" in record for record in kept)
    bytes_kept = opened.page.evaluate(
        """async () => {
          const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
          const database = await done(indexedDB.open("heard"));
          const stores = database.transaction(["keys", "records"]);
          const [record] = await done(stores.objectStore("records").getAll());
          const [{ key }] = await done(stores.objectStore("keys").getAll());
          database.close();
          return [new TextDecoder("latin1").decode(record.sealed), key.extractable];
        }"""
    )
    assert "secret" not in bytes_kept[0]
    assert bytes_kept[1] is False


def test_after_all_is_sent_no_answer_and_no_key_is_left(opened: Phone, signal: Signal) -> None:
    saved_without_signal(opened, signal)
    signal.flow()
    opened.press("Try now")
    says(opened.page, THANKS)
    assert what_is_kept(opened.page) == []
    assert opened.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    assert opened.page.context.cookies() == []


def test_a_reply_that_never_came_is_asked_for_again_and_stores_nothing_twice(
    opened: Phone, signal: Signal, box: Look
) -> None:
    signal.answers_posts = False
    answer_and_send(opened)
    says(opened.page, SAVED)
    assert len(box()) == 1
    signal.flow()
    opened.page.evaluate("dispatchEvent(new Event('online'))")
    says(opened.page, THANKS)
    assert len(box()) == 1


def test_each_try_sends_the_very_same(opened: Phone, signal: Signal) -> None:
    bodies: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            bodies.append(request.post_data or "")

    opened.page.on("request", note)
    saved_without_signal(opened, signal, "Ünïcödé & =")
    opened.page.evaluate("dispatchEvent(new Event('online'))")
    opened.press("Try now")
    expect(opened.page.locator("main [data-status]")).to_have_text(
        "Not sent yet. There is no signal just now."
    )
    signal.flow()
    opened.press("Try now")
    says(opened.page, THANKS)
    assert len(bodies) >= 2
    assert len(set(bodies)) == 1


def test_a_slow_reply_is_not_waited_for_with_the_answers_on_the_screen(
    opened: Phone, signal: Signal, box: Look
) -> None:
    opened.page.get_by_role("link", name="Start").click()
    opened.choose("Yes")
    opened.go_to("check")
    signal.hold()
    opened.press("Send")
    expect(opened.page.locator("[data-status]:visible")).to_have_text(
        "Saved on this phone, not sent yet. Sending…"
    )
    says(opened.page, SAVED)
    assert opened.page.locator("input:checked").count() == 0
    signal.flow()
    says(opened.page, THANKS)
    assert len(box()) == 1


def test_stop_while_sending_says_that_it_is_saved(opened: Phone, signal: Signal) -> None:
    opened.page.get_by_role("link", name="Start").click()
    opened.go_to("check")
    signal.hold()
    opened.press("Send")
    expect(opened.page.locator("[data-status]:visible")).to_contain_text("Saved on this phone")
    opened.press("Stop and wipe")
    says(opened.page, SAVED)


def test_stop_without_signal_wipes_and_says_so(opened: Phone, signal: Signal, survey: str) -> None:
    opened.page.get_by_role("link", name="Start").click()
    opened.choose("Yes")
    signal.is_up = False
    opened.press("Stop and wipe")
    says(opened.page, "You have stopped. That is fine.")
    assert what_is_kept(opened.page) == []


def test_help_can_be_found_without_signal(opened: Phone, signal: Signal) -> None:
    saved_without_signal(opened, signal)
    expect(opened.page.locator("main a[href='tel:08001111']")).to_be_visible()


def test_several_sets_wait_and_are_all_sent(opened: Phone, signal: Signal, survey: str, box: Look) -> None:
    for number in range(3):
        saved_without_signal(opened, signal, f"Number {number}")
        opened.page.goto(survey)
    expect(opened.page.get_by_text("not sent yet: 3")).to_be_visible()
    signal.flow()
    opened.page.goto(survey)
    until_nothing_is_kept(opened.page)
    expect(opened.page.get_by_text("not sent yet:")).to_be_hidden()
    assert len(box()) == 3


def test_a_next_person_is_not_told_of_those_before_in_the_middle_of_answering(
    opened: Phone, signal: Signal, survey: str
) -> None:
    saved_without_signal(opened, signal)
    opened.page.goto(survey)
    expect(opened.page.get_by_text(WAITING)).to_be_visible()
    opened.page.get_by_role("link", name="Start").click()
    expect(opened.page.get_by_text(WAITING)).to_be_hidden()


def test_what_waited_for_seven_days_is_sent_though_the_round_has_closed(
    opened: Phone, signal: Signal, survey: str, store: Store, today: Clock, box: Look
) -> None:
    saved_without_signal(opened, signal)
    today.move_to(today.day + dt.timedelta(days=37))
    signal.flow()
    opened.page.goto(survey)
    says(opened.page, "This survey has closed")
    until_nothing_is_kept(opened.page)
    assert len(box()) == 1


def test_what_comes_too_late_is_said_and_removed(
    opened: Phone, signal: Signal, survey: str, today: Clock, box: Look
) -> None:
    saved_without_signal(opened, signal)
    opened.page.goto(survey)
    expect(opened.page.get_by_text(WAITING)).to_be_visible()
    today.move_to("2027-03-01")
    signal.flow()
    opened.page.goto(survey)
    expect(opened.page.get_by_text("because the survey is over: 1")).to_be_visible()
    opened.page.goto(survey)
    says(opened.page, "This survey has closed")
    expect(opened.page.get_by_text("because the survey is over: 1")).to_be_hidden()
    assert box() == []
    assert what_is_kept(opened.page) == []


@pytest.fixture
def coded(signal: Signal, phone: Phone, make_round: Callable[..., str], store: Store) -> tuple[str, str]:
    """A survey that needs a code, opened once, and a code for it."""
    address = make_round(entry="codes")
    with store.writing() as session:
        (code,) = codes.make(session, store.secrets, slug_of(address), 1)
    phone.page.goto(address)
    until_kept(phone.page, address)
    return address, code


def test_a_wrong_code_without_signal_is_asked_for_again_without_showing_the_answers(
    coded: tuple[str, str], phone: Phone, signal: Signal, box: Look
) -> None:
    address, code = coded
    signal.is_up = False
    phone.start(address)
    phone.go_to("best_thing")
    phone.write("A secret.")
    phone.go_to("check")
    phone.page.get_by_label("Your code").fill("AAAA-AAAA")
    phone.press("Send")
    says(phone.page, SAVED)
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


def test_a_wrong_code_with_signal_is_mended_at_once_and_nothing_waits(
    coded: tuple[str, str], phone: Phone, box: Look
) -> None:
    address, code = coded
    phone.start(address)
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


def test_two_tabs_send_what_waits_once(opened: Phone, signal: Signal, survey: str, box: Look) -> None:
    saved_without_signal(opened, signal)
    second = opened.page.context.new_page()
    second.goto(survey)
    signal.flow()
    for page in (opened.page, second):
        page.evaluate("dispatchEvent(new Event('online'))")
    says(opened.page, THANKS)
    assert len(box()) == 1


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


def test_other_phones_hold_nothing_of_this_one(
    opened: Phone, signal: Signal, survey: str, browser: Browser, address: str
) -> None:
    saved_without_signal(opened, signal)
    signal.flow()
    with new_phone(browser, address) as page:
        page.goto(survey)
        until_kept(page, survey)
        expect(page.get_by_text(WAITING)).to_be_hidden()


def test_a_round_and_its_page_may_be_closed_by_staff_while_answers_wait(
    opened: Phone, signal: Signal, survey: str, store: Store, box: Look
) -> None:
    saved_without_signal(opened, signal)
    rounds.close_round(store, slug_of(survey))
    with store.reading() as session:
        assert session.get_one(Round, slug_of(survey)).state(store.today()) == "closed"
    signal.flow()
    opened.press("Try now")
    says(opened.page, THANKS)
    assert len(box()) == 1
