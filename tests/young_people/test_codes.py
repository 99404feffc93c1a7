"""Codes over HTTP: no answer tells whether a code was ever printed, and who guesses is told to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from feedback_app import context
from feedback_app.config import Config
from feedback_app.store import Store, codes
from feedback_app.store.ballot_box import new_receipt
from feedback_app.store.guessing import Guesses, MustWait
from feedback_app.young_people import source
from tests.support.pages import PageChecker
from tests.support.rounds import slug_of

Box = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def two(make_round: Callable[..., str], store: Store) -> tuple[str, list[str]]:
    """A round by codes, and two of them."""
    address = make_round("iro_review", entry="codes")
    with store.writing() as session:
        return address, codes.make(session, store.secrets, slug_of(address), 2)


def test_a_used_code_an_unknown_one_and_another_rounds_are_answered_byte_for_byte_alike(
    client: FlaskClient,
    make_round: Callable[..., str],
    store: Store,
    two: tuple[str, list[str]],
    answers: dict[str, Any],
) -> None:
    address, (used, _) = two
    other = make_round("wellbeing", entry="codes")
    with store.writing() as session:
        (elsewhere,) = codes.make(session, store.secrets, slug_of(other), 1)
    client.post(address, data={**answers, "code": used})
    receipt, answered = new_receipt(), set()
    for code in (used, "AAA-AAA-AAA", elsewhere):
        response = client.post(address, data={**answers, "receipt": receipt, "code": code})
        # What was typed stands in its field, to be mended; nothing else differs.
        body = response.get_data().replace(code.encode(), b"THE CODE")
        answered.add((response.status, body, str(sorted(response.headers.items()))))
    assert len(answered) == 1


@pytest.fixture
def flooded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many wrong codes have come from here."""

    def wait(*_given: object) -> bool:
        raise MustWait

    monkeypatch.setattr(app.extensions["heard"].store.guesses, "look", wait)


@pytest.mark.usefixtures("flooded")
def test_who_has_to_wait_is_told_so_and_keeps_everything(
    page: PageChecker, two: tuple[str, list[str]], answers: dict[str, Any], box: Box
) -> None:
    address, (code, _) = two
    waiting = page.post(address, {**answers, "code": code}, status=429)
    assert "Not sent yet" in waiting.text
    assert "wait a little while, then press Send again" in waiting.text
    assert waiting.value("code") == code
    assert waiting.value("receipt") == answers["receipt"]
    assert waiting.one("//input[@name='talked_before'][@checked]").get("value") == "yes"
    assert "Somebody listened." in waiting.one("//textarea[@name='best_thing']").text
    assert int(waiting.response.headers["Retry-After"]) > 0
    assert box() == []


@pytest.mark.usefixtures("flooded")
def test_a_round_by_link_is_not_touched_by_a_flood(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any], box: Box
) -> None:
    assert client.post(address_of_survey, data=answers).status_code == 303
    assert len(box()) == 1


@pytest.fixture
def behind(app: Flask, config: Config) -> Callable[[int], Flask]:
    """The application behind so many proxies."""

    def stand(proxies: int) -> Flask:
        context.attach(app, replace(app.extensions["heard"], config=replace(config, proxies=proxies)))
        return app

    return stand


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, None, "203.0.113.7"),
        (0, "6.6.6.6", "203.0.113.7"),
        (1, "198.51.100.4", "198.51.100.4"),
        (1, "6.6.6.6, 198.51.100.4", "198.51.100.4"),
        (2, "6.6.6.6, 198.51.100.4, 10.0.0.1", "198.51.100.4"),
        (2, "198.51.100.4", ""),
        (1, None, ""),
    ],
)
def test_an_address_is_believed_from_the_trusted_proxies_alone(
    behind: Callable[[int], Flask],
    monkeypatch: pytest.MonkeyPatch,
    proxies: int,
    told: str | None,
    address: str,
) -> None:
    app = behind(proxies)
    asked: list[str] = []

    def note(_guesses: Guesses, address: str) -> str:
        asked.append(address)
        return "7"

    monkeypatch.setattr(Guesses, "source", note)
    headers = {"X-Forwarded-For": told} if told else {}
    with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": "203.0.113.7"}):
        assert source.source_of_request() == "7"
        assert request.remote_addr == "203.0.113.7", "nothing else comes to know the address"
    assert asked == [address]


def test_no_address_is_asked_for_where_no_code_is(
    client: FlaskClient, address_of_survey: str, answers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Guesses, "source", lambda *_: pytest.fail("the address was asked for"))
    assert client.post(address_of_survey, data=answers).status_code == 303
