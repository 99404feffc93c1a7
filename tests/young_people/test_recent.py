"""Pages asked for again within a second are answered without asking Flask, and are never another person's or another day's."""

from __future__ import annotations

import re

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from feedback_app.store import Store, rounds
from feedback_app.young_people import recent
from tests.support.clock import Clock
from tests.support.rounds import add_round, slug_of

_RECEIPT = re.compile(r'name="receipt" value="([^"]+)"')


@pytest.fixture
def asked(app: Flask) -> list[str]:
    """The paths that Flask itself was asked for."""
    paths: list[str] = []
    app.before_request(lambda: paths.append(request.path))
    return paths


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the clock that only goes forward says; it stands still unless a test moves it."""
    seconds = [100.0]
    monkeypatch.setattr("feedback_app.young_people.recent.time.monotonic", lambda: seconds[0])
    return seconds


@pytest.fixture
def survey(store: Store) -> str:
    return add_round(store)


def test_what_was_answered_a_moment_ago_is_not_asked_of_flask(
    client: FlaskClient, survey: str, asked: list[str]
) -> None:
    first, second = client.get(survey), client.get(survey)
    assert asked == [survey]
    assert (second.status, list(second.headers)) == (first.status, list(first.headers))
    assert _RECEIPT.sub("", second.text) == _RECEIPT.sub("", first.text)


def test_every_copy_has_a_receipt_of_its_own(client: FlaskClient, survey: str) -> None:
    receipts = [found for _ in range(5) for found in _RECEIPT.findall(client.get(survey).text)]
    assert len(receipts) == len(set(receipts)) == 5


@pytest.mark.parametrize(
    "differently",
    [
        {"query_string": {"wording": "easy"}},
        {"headers": {"Accept-Language": "pl"}},
        {"headers": {"Accept-Encoding": "gzip"}},
    ],
)
def test_whoever_asks_differently_is_answered_anew(
    client: FlaskClient, survey: str, asked: list[str], differently: dict[str, dict[str, str]]
) -> None:
    client.get(survey)
    client.get(survey, **differently)
    assert len(asked) == 2


def test_after_a_second_flask_is_asked_again(
    client: FlaskClient, survey: str, asked: list[str], now: list[float]
) -> None:
    client.get(survey)
    now[0] += rounds.RECENT_SECONDS + 0.1
    client.get(survey)
    assert len(asked) == 2


def test_a_round_closed_here_is_closed_at_once(client: FlaskClient, survey: str, app: Flask) -> None:
    assert client.get(survey).status_code == 200
    rounds.close_round(app.extensions["heard"].store, slug_of(survey))
    assert client.get(survey).status_code == 410


def test_yesterdays_page_is_not_todays(client: FlaskClient, survey: str, today: Clock) -> None:
    assert client.get(survey).status_code == 200
    today.move_to("2027-06-01")
    assert client.get(survey).status_code == 410


def test_what_is_sent_is_always_asked_of_flask(client: FlaskClient, survey: str, asked: list[str]) -> None:
    for _ in range(2):
        assert client.post(survey).status_code == 422
    assert len(asked) == 2


def test_pages_of_staff_are_never_remembered(client: FlaskClient, app: Flask) -> None:
    assert client.get("/staff/sign-in").status_code == 200
    assert app.extensions["heard"].store.recent == {}


def test_a_flood_of_addresses_fills_no_memory(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "_MOST_ANSWERS", 10)
    for number in range(50):
        client.get(f"/privacy?{number}")
    assert 0 < len(app.extensions["heard"].store.recent) <= 10
