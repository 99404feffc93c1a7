"""Bad signal: what was handed to Send waits on the phone, locked, and is sent once."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest
from playwright.sync_api import Browser, Request, expect

from feedback_app.store import Store, rounds
from feedback_app.store.models import Round
from tests.browser.conftest import (
    SAVED,
    THANKS,
    WAITING,
    Look,
    Phone,
    answer_and_send,
    saved_without_signal,
    says,
    try_now,
    until_kept,
    until_nothing_is_kept,
    what_is_kept,
)
from tests.support.browser import phone as new_phone
from tests.support.clock import Clock
from tests.support.rounds import slug_of
from tests.support.signal import Signal


def test_the_browsers_own_offline_is_no_other(opened: Phone, signal: Signal, survey: str, box: Look) -> None:
    opened.page.context.set_offline(True)
    opened.page.goto(survey)
    answer_and_send(opened)
    says(opened.page, SAVED)
    opened.page.context.set_offline(False)
    says(opened.page, THANKS)
    assert len(box()) == 1


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
    try_now(opened)
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
    try_now(opened)
    says(opened.page, THANKS)
    assert what_is_kept(opened.page) == []
    assert opened.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    assert opened.page.context.cookies() == []


def test_who_wants_to_try_while_a_try_fails_has_another_one_at_once(
    opened: Phone, signal: Signal, box: Look
) -> None:
    saved_without_signal(opened, signal)
    # From here on no time passes on the phone: nothing is tried again by itself.
    opened.page.clock.install()
    opened.page.clock.pause_at(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1))
    signal.is_up = True
    signal.hold("POST")
    with opened.page.expect_request(lambda request: request.method == "POST"):
        try_now(opened)
    try_now(opened)
    tries = count()
    signal.flow(lambda method, _path: method != "POST" or next(tries) > 0)
    says(opened.page, THANKS)
    assert len(box()) == 1


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
    try_now(opened)
    expect(opened.page.locator("main [data-status]")).to_contain_text("Not sent yet.")
    signal.flow()
    try_now(opened)
    says(opened.page, THANKS)
    assert len(bodies) >= 2
    assert len(set(bodies)) == 1


def test_a_try_without_signal_says_so(opened: Phone, signal: Signal) -> None:
    saved_without_signal(opened, signal)
    line = opened.page.locator("main [data-status]")
    try_now(opened)
    expect(line).to_have_text("Not sent yet. There is no signal just now.")


def test_a_server_that_fails_is_not_called_a_lack_of_signal(opened: Phone, signal: Signal) -> None:
    signal.instead = (503, "<h1>Out of order</h1>")
    answer_and_send(opened)
    says(opened.page, SAVED)
    try_now(opened)
    expect(opened.page.locator("main [data-status]")).to_have_text(
        "Not sent yet. Your answers are still here."
    )
    signal.instead = None
    try_now(opened)
    says(opened.page, THANKS)


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
    opened.choose("Yes")
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


def test_leaving_wipes_what_was_not_handed_to_send_and_leaves_what_was(
    opened: Phone, signal: Signal, survey: str, box: Look
) -> None:
    saved_without_signal(opened, signal)
    opened.start(survey)
    opened.choose("No")
    opened.page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))
    opened.press("Leave")
    opened.page.wait_for_url("https://www.bbc.co.uk/weather")
    opened.page.goto(survey)
    expect(opened.page.get_by_text(WAITING)).to_be_visible()
    assert opened.page.locator("input:checked").count() == 0
    signal.flow()
    opened.page.goto(survey)
    until_nothing_is_kept(opened.page)
    assert [answers["going_well_recognised"] for answers in box()] == ["yes"]


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


def test_two_tabs_send_what_waits_once(opened: Phone, signal: Signal, survey: str, box: Look) -> None:
    saved_without_signal(opened, signal)
    second = opened.page.context.new_page()
    second.goto(survey)
    signal.flow()
    for page in (opened.page, second):
        page.evaluate("dispatchEvent(new Event('online'))")
    says(opened.page, THANKS)
    assert len(box()) == 1


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
    try_now(opened)
    says(opened.page, THANKS)
    assert len(box()) == 1


def send_nothing(phone: Phone) -> None:
    """Go to the last step with every question left out, and press Send."""
    phone.page.get_by_role("link", name="Start").click()
    phone.go_to("check")
    phone.press("Send")


@pytest.mark.parametrize("is_up", [True, False])
def test_where_nothing_was_answered_nothing_is_sent_or_kept(
    opened: Phone, signal: Signal, box: Look, is_up: bool
) -> None:
    signal.is_up = is_up
    send_nothing(opened)
    says(opened.page, "You have stopped. That is fine.")
    assert what_is_kept(opened.page) == []
    assert box() == []


def test_what_nobody_can_see_is_not_tried_for_ever(opened: Phone, signal: Signal, box: Look) -> None:
    opened.page.get_by_role("link", name="Start").click()
    opened.go_to("best_thing")
    opened.write("\u200b")
    opened.go_to("check")
    opened.press("Send")
    says(opened.page, "You have stopped. That is fine.")
    until_nothing_is_kept(opened.page)
    assert box() == []
