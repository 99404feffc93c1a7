"""Opening and closing rounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback_app.store import Store, rounds
from tests.staff.desk import Desk
from tests.support.pages import Page

FORM = {"survey": "wellbeing", "opens": "2026-11-20", "closes": "2026-12-20", "entry": "link", "codes": ""}


@pytest.fixture
def worker(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("participation")


def open_round(worker: Desk, status: int = 200, **changes: str) -> Page:
    return worker.post("/staff/rounds/open", {**FORM, **changes}, status)


def test_an_opened_round_shows_its_link_and_code_picture(worker: Desk, store: Store) -> None:
    page = open_round(worker)
    slug = rounds.listing(store)[0].slug
    assert page.one("//*[@id='round-address']").text == f"http://localhost/s/{slug}"
    assert page.all("//*[name()='svg'][contains(@class, 'qr')]")


def test_young_people_can_open_the_link(worker: Desk, store: Store) -> None:
    open_round(worker)
    assert worker.client.get(f"/s/{rounds.listing(store)[0].slug}").status_code == 200


def test_codes_are_shown_once(worker: Desk, store: Store) -> None:
    page = open_round(worker, entry="codes", codes="12")
    codes = page.all("//*[@class='slip-code']/strong/@data-code")
    assert len(set(codes)) == 12
    slug = rounds.listing(store)[0].slug
    for address in (f"/staff/rounds/{slug}", "/staff/rounds", f"/staff/rounds/{slug}/poster"):
        text = worker.get(address).text
        assert not any(code in text for code in codes)


def test_a_code_that_was_shown_lets_somebody_in(worker: Desk, store: Store) -> None:
    page = open_round(worker, entry="codes", codes="1")
    code = page.one("//*[@class='slip-code']/strong/@data-code")
    slug = rounds.listing(store)[0].slug
    data = {"receipt": "A" * 22, "code": code, "wording": "standard"}
    assert worker.client.post(f"/s/{slug}", data=data).status_code == 303


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes": "2026-11-19"}, "The last day is before the first."),
        ({"opens": "2026-10-01", "closes": "2026-10-02"}, "The last day is over already."),
        ({"closes": "soon"}, "Write a day"),
        ({"entry": "codes"}, "Write how many codes to make"),
        ({"entry": "codes", "codes": "0"}, "Write a number from 1"),
        ({"entry": "codes", "codes": "99999"}, "Write a number from 1"),
        ({"entry": "codes", "codes": "many"}, "Write a whole number"),
        ({"survey": "no_such_survey"}, "Choose one of these."),
        ({"survey": ""}, "Choose a survey."),
    ],
)
def test_what_cannot_be_opened_is_said_and_nothing_typed_is_lost(
    worker: Desk, store: Store, changes: dict[str, str], sentence: str
) -> None:
    page = open_round(worker, 422, **changes)
    assert sentence in page.text
    assert page.value("opens") == changes.get("opens", FORM["opens"])
    assert rounds.listing(store) == []


def test_a_closed_round_takes_nobody_new(worker: Desk, store: Store) -> None:
    open_round(worker)
    slug = rounds.listing(store)[0].slug
    assert "Closed" in worker.post(f"/staff/rounds/{slug}/close").text
    assert worker.client.get(f"/s/{slug}").status_code == 410


def test_closing_a_closed_round_is_one_clear_sentence(worker: Desk, store: Store) -> None:
    open_round(worker)
    slug = rounds.listing(store)[0].slug
    worker.post(f"/staff/rounds/{slug}/close")
    assert "This round is closed already." in worker.post(f"/staff/rounds/{slug}/close").text


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_code_picture_can_be_taken_away(worker: Desk, store: Store, kind: str, begins: bytes) -> None:
    open_round(worker)
    answer = worker.client.get(f"/staff/rounds/{rounds.listing(store)[0].slug}/qr.{kind}")
    assert answer.data.startswith(begins)


def test_a_poster_says_the_address(worker: Desk, store: Store) -> None:
    open_round(worker)
    slug = rounds.listing(store)[0].slug
    page = worker.get(f"/staff/rounds/{slug}/poster")
    assert page.one("//*[@class='poster-address']").text_content() == f"localhost/s/{slug}"


@pytest.mark.parametrize("address", ["", "/poster", "/qr.png"])
def test_there_is_no_page_of_a_round_that_is_not_there(worker: Desk, address: str) -> None:
    assert worker.client.get(f"/staff/rounds/nothing{address}").status_code == 404


def test_a_poster_says_where_a_code_is_needed(worker: Desk, store: Store) -> None:
    open_round(worker, entry="codes", codes="2")
    slug = rounds.listing(store)[0].slug
    assert "You need a code" in worker.get(f"/staff/rounds/{slug}/poster").text
