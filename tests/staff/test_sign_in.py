"""Signing in, staying signed in, being locked out, and leaving."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from feedback_app.staff import security
from feedback_app.store import Store
from feedback_app.store import staff as accounts
from feedback_app.store.models import User
from tests.staff.desk import PASSWORD, Desk, hashed

EMAIL = "someone@example.org"


def fail(browser: Desk, times: int = 5) -> None:
    for _ in range(times):
        browser.try_password(EMAIL, "not the password at all")


def rest_is_over(store: Store) -> None:
    with store.writing() as session:
        for user in session.query(User):
            user.locked_until = accounts.now_utc() - dt.timedelta(seconds=1)


def test_the_right_password_opens_the_home_page(desk: Callable[[], Desk]) -> None:
    assert desk().sign_in("iro", email=EMAIL).is_signed_in()


def test_the_address_is_taken_in_whatever_case_it_is_typed(desk: Callable[[], Desk]) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    browser.try_password(" SomeOne@Example.org ", PASSWORD)
    assert browser.is_signed_in()


def test_a_wrong_password_is_refused_and_the_address_stays_in_its_field(desk: Callable[[], Desk]) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    page = browser.pages.check(browser.try_password(EMAIL, "wrong"), 422)
    assert page.value("email") == EMAIL
    assert not browser.is_signed_in()


def test_an_unknown_address_is_answered_as_a_wrong_password_is(desk: Callable[[], Desk]) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    known = browser.pages.check(browser.try_password(EMAIL, "wrong"), 422).text
    unknown = browser.pages.check(browser.try_password("nobody@example.org", "wrong"), 422).text
    assert known == unknown


def test_after_five_failures_the_right_password_is_refused_with_the_same_sentence(
    desk: Callable[[], Desk],
) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    wrong = browser.pages.check(browser.try_password(EMAIL, "wrong"), 422).text
    fail(browser, 4)
    assert browser.pages.check(browser.try_password(EMAIL, PASSWORD), 422).text == wrong
    assert not browser.is_signed_in()


def test_four_failures_lock_nobody_out(desk: Callable[[], Desk]) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    fail(browser, 4)
    browser.try_password(EMAIL, PASSWORD)
    assert browser.is_signed_in()


def test_a_sign_in_forgets_the_failures_before_it(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("iro", email=EMAIL)
    second = desk()
    fail(second, 4)
    second.try_password(EMAIL, PASSWORD)
    fail(browser, 4)
    third = desk()
    third.try_password(EMAIL, PASSWORD)
    assert third.is_signed_in()


def test_when_the_rest_is_over_the_right_password_works(desk: Callable[[], Desk], store: Store) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    fail(browser)
    rest_is_over(store)
    browser.try_password(EMAIL, PASSWORD)
    assert browser.is_signed_in()


def test_each_further_failure_doubles_the_rest() -> None:
    assert [accounts.lock_minutes(failures) for failures in (4, 5, 6, 7, 50)] == [0, 15, 30, 60, 1440]


def test_tries_during_a_rest_do_not_make_it_longer(desk: Callable[[], Desk], store: Store) -> None:
    browser = desk()
    user_id = browser.account(EMAIL, "iro")
    fail(browser)
    before = accounts.find(store, user_id)
    fail(browser)
    assert accounts.find(store, user_id) == before


def test_guesses_made_at_the_same_time_are_not_more_than_those_made_one_by_one(
    desk: Callable[[], Desk], store: Store
) -> None:
    user_id, now = desk().account(EMAIL, "iro"), accounts.now_utc()
    with ThreadPoolExecutor(12) as threads:
        allowed = list(threads.map(lambda _: accounts.may_try(store, user_id, now), range(24)))
    assert sum(allowed) == accounts.FAILURES_ALLOWED


def test_one_accounts_failures_lock_no_other_account(desk: Callable[[], Desk]) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    fail(browser)
    assert browser.sign_in("board").is_signed_in()


def test_a_leavers_session_ends_with_the_next_request(desk: Callable[[], Desk], store: Store) -> None:
    browser = desk().sign_in("iro", email=EMAIL)
    accounts.switch_off(store, browser.account(EMAIL))
    assert not browser.is_signed_in()
    browser.try_password(EMAIL, PASSWORD)
    assert not browser.is_signed_in()


def test_a_session_ends_after_half_an_hour_without_a_request(
    desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = desk().sign_in("iro")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 29 * 60)
    assert browser.is_signed_in()
    monkeypatch.setattr(time, "time", lambda: now + 60 * 60)
    assert not browser.is_signed_in()


def test_a_session_ends_after_twelve_hours_however_busy(
    desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = desk().sign_in("iro")
    monkeypatch.setattr(security, "SESSION_HOURS_AT_MOST", 0)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 5)
    assert not browser.is_signed_in()


def test_the_session_cookie_is_for_staff_pages_alone(desk: Callable[[], Desk]) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    cookie = browser.try_password(EMAIL, PASSWORD).headers["Set-Cookie"]
    assert "Path=/staff" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_session_cookie_holds_nothing_of_the_browser_or_its_address(
    desk: Callable[[], Desk], app: Flask
) -> None:
    browser = desk().sign_in("iro")
    with browser.client.session_transaction(path="/staff", base_url="http://localhost/staff") as session:
        assert set(session) <= {
            "_user_id",
            "_fresh",
            "_permanent",
            "fs_cc",
            "fs_paa",
            "csrf_token",
            "started",
        }


def test_young_peoples_pages_see_no_session_of_somebody_signed_in(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("iro")
    answer = browser.client.get("/help")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_signing_out_ends_the_session(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("iro")
    browser.post("/staff/sign-out")
    assert not browser.is_signed_in()


def test_a_form_without_a_token_is_refused_with_a_page(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("participation")
    page = browser.pages.post("/staff/rounds/open", {"survey": "wellbeing"}, 400)
    assert page.heading == "Please try again"


def test_every_staff_form_carries_a_token(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("participation", "admin", "safeguarding")
    for address in ("/staff/", "/staff/rounds/open", "/staff/people/add", "/staff/conversation"):
        forms = browser.get(address).all(
            "//form[@method='post'][starts-with(@action, '/staff') or not(@action)]"
        )
        assert all(form.xpath(".//input[@name='csrf_token']/@value") for form in forms)


#: A device without a page has no token: it asks to be signed out, and the browser has to say that one of our pages asks.
WITHOUT_A_TOKEN = {"staff.handed_over": 403}


def test_every_post_to_a_staff_page_needs_a_token(desk: Callable[[], Desk], app: Flask) -> None:
    browser = desk().sign_in("iro", "participation", "board", "safeguarding", "admin", email=EMAIL)
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("staff.") and "POST" in (rule.methods or ()):
            address = rule.build(dict.fromkeys(rule.arguments, "1") | {"user_id": 1})
            assert address is not None
            path = address[1] if rule.arguments else rule.rule
            path = path if path.startswith("/staff") else f"/staff{path}"
            refusal = WITHOUT_A_TOKEN.get(rule.endpoint, 400)
            assert browser.client.post(path).status_code == refusal, path
    assert browser.is_signed_in()


def test_after_signing_in_the_page_that_was_asked_for_is_shown(desk: Callable[[], Desk]) -> None:
    browser = desk()
    browser.account(EMAIL, "board")
    asked_for = browser.client.get("/staff/report?period=2022-23").location
    token = browser.token(asked_for)
    answer = browser.client.post(asked_for, data={"csrf_token": token, "email": EMAIL, "password": PASSWORD})
    assert answer.location == "/staff/report?period=2022-23"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com/", "/s/abc", "/staff\\..", "/staffroom"]
)
def test_signing_in_leads_to_no_other_place(desk: Callable[[], Desk], elsewhere: str) -> None:
    browser = desk()
    browser.account(EMAIL, "board")
    token = browser.token("/staff/sign-in")
    answer = browser.client.post(
        "/staff/sign-in",
        query_string={"next": elsewhere},
        data={"csrf_token": token, "email": EMAIL, "password": PASSWORD},
    )
    assert answer.location == "/staff/"


def test_over_tls_a_form_needs_no_referrer(desk: Callable[[], Desk]) -> None:
    browser = desk()
    browser.account(EMAIL, "iro")
    page = browser.pages.get("/staff/sign-in", base_url="https://localhost")
    data = {"csrf_token": page.value("csrf_token"), "email": EMAIL, "password": PASSWORD}
    assert browser.client.post("/staff/sign-in", data=data, base_url="https://localhost").status_code == 303


def test_passwords_are_kept_as_argon2id(app: Flask) -> None:
    assert hashed(app).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def change(browser: Desk, old: str, new: str, status: int = 200) -> str:
    return browser.post("/staff/password", {"old": old, "password": new}, status).text


def test_a_password_can_be_changed_by_whoever_knows_it(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("iro", email=EMAIL)
    change(browser, PASSWORD, "four tall red chairs")
    other = desk()
    other.try_password(EMAIL, "four tall red chairs")
    assert other.is_signed_in()


def test_changing_a_password_ends_every_other_session(desk: Callable[[], Desk]) -> None:
    here, elsewhere = desk().sign_in("iro", email=EMAIL), desk().sign_in("iro", email=EMAIL)
    change(here, PASSWORD, "four tall red chairs")
    assert here.is_signed_in()
    assert not elsewhere.is_signed_in()


def test_a_password_is_not_changed_by_somebody_who_does_not_know_it(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("iro", email=EMAIL)
    assert "That is not your password now" in change(browser, "a guess", "four tall red chairs", 422)


def test_guessing_the_old_password_locks_the_account(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("iro", email=EMAIL)
    for _ in range(5):
        change(browser, "a guess", "four tall red chairs", 422)
    other = desk()
    other.try_password(EMAIL, PASSWORD)
    assert not other.is_signed_in()


def test_a_sign_in_page_left_open_too_long_says_so_and_keeps_the_address(desk: Callable[[], Desk]) -> None:
    page = desk().pages.post("/staff/sign-in", {"email": EMAIL, "password": PASSWORD}, 400)
    assert page.heading == "Sign in"
    assert page.value("email") == EMAIL
    assert "This page was open for too long" in page.text


def test_words_sent_after_the_session_ended_are_given_back_to_copy(desk: Callable[[], Desk]) -> None:
    page = desk().pages.post("/staff/comments/00/make-safe", {"safe_words": "half an hour of work"}, 400)
    assert page.heading == "You are signed out"
    assert page.one("//textarea").text.strip() == "half an hour of work"
