"""A participation worker turns languages on for a round."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from flask import Flask

from feedback_app.catalogues import Catalogues
from feedback_app.store import Store, rounds
from tests.staff.desk import Desk
from tests.staff.test_rounds import FORM
from tests.support.pages import Page
from tests.support.rounds import add_round, slug_of
from tests.support.sharing import ReadCatalogues
from tests.support.translations import translate


def _without_one(message: Message) -> None:
    if message.id == "Start":
        message.string = ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ukrainian is reviewed, Arabic and Polish are drafts, Albanian lacks a text, and of the others there is nothing."""
    made = tmp_path_factory.mktemp("translations")
    translate(made, "uk", reviewed=True)
    translate(made, "ar")
    translate(made, "pl")
    translate(made, "sq", change=_without_one)
    return made


@pytest.fixture(scope="module")
def read(folder: Path) -> Catalogues:
    """The same, each read when it is first asked for."""
    return Catalogues(folder)


@pytest.fixture
def worker(app: Flask, read: Catalogues, desk: Callable[[], Desk]) -> Desk:
    app.extensions["heard_catalogues"] = ReadCatalogues(read)
    return desk().sign_in("participation")


@pytest.fixture
def slug(store: Store) -> str:
    return slug_of(add_round(store, "wellbeing"))


def turned_on(store: Store, slug: str) -> tuple[str, ...]:
    found = rounds.find(store, slug)
    assert found is not None
    return found.turned_on


def save(worker: Desk, slug: str, *languages: str) -> Page:
    return worker.post(f"/staff/rounds/{slug}/languages", {"languages": list(languages)})


def boxes(page: Page) -> list[str]:
    return [str(value) for value in page.all("//input[@name='languages']/@value")]


def test_whole_drafts_can_be_turned_on(worker: Desk, slug: str) -> None:
    assert boxes(worker.get(f"/staff/rounds/{slug}")) == ["ar", "pl"]
    assert boxes(worker.get("/staff/rounds/open")) == ["ar", "pl"]


def test_each_language_says_how_far_it_is(worker: Desk, slug: str) -> None:
    text = worker.get(f"/staff/rounds/{slug}").text
    assert "Offered anyway: English, Ukrainian." in text
    assert "not yet checked by a native speaker" in text
    assert "Albanian (99% translated, 1 text is missing)" in text


def test_a_language_turned_on_is_offered_to_young_people_at_once(
    worker: Desk, store: Store, slug: str
) -> None:
    save(worker, slug, "pl")
    assert turned_on(store, slug) == ("pl",)
    assert 'lang="pl"' in worker.client.get(f"/s/{slug}?lang=pl").text
    ticked = worker.get(f"/staff/rounds/{slug}").all("//input[@name='languages'][@checked]/@value")
    assert ticked == ["pl"]


def test_a_language_is_turned_off_again(worker: Desk, store: Store, slug: str) -> None:
    save(worker, slug, "pl", "ar")
    save(worker, slug, "ar")
    assert turned_on(store, slug) == ("ar",)


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("sq", "Wellbeing cannot be offered in Albanian yet: 1 text is not translated."),
        ("tlh", "There is no language 'tlh'"),
    ],
)
def test_what_cannot_be_turned_on_is_said(
    worker: Desk, store: Store, slug: str, tag: str, sentence: str
) -> None:
    assert sentence in save(worker, slug, "pl", tag).text
    assert turned_on(store, slug) == ()


def test_a_round_is_opened_with_languages(worker: Desk, store: Store) -> None:
    worker.post("/staff/rounds/open", {**FORM, "languages": ["ar", "pl"]})
    assert turned_on(store, rounds.listing(store)[0].slug) == ("ar", "pl")


def test_a_round_is_not_opened_in_a_language_that_is_not_whole(worker: Desk, store: Store) -> None:
    page = worker.post("/staff/rounds/open", {**FORM, "languages": ["sq"]}, 422)
    assert "Wellbeing cannot be offered in Albanian yet" in page.text
    assert rounds.listing(store) == []


def test_a_poster_names_the_languages_in_their_own_words(worker: Desk, slug: str) -> None:
    save(worker, slug, "pl")
    assert "English · Українська · Polski" in worker.get(f"/staff/rounds/{slug}/poster").text


def test_only_participation_workers_turn_languages_on(desk: Callable[[], Desk], slug: str) -> None:
    iro = desk().sign_in("iro")
    assert iro.client.post(f"/staff/rounds/{slug}/languages").status_code in (400, 403)


def test_a_conversation_on_a_staff_page_can_be_in_a_language(worker: Desk, store: Store, slug: str) -> None:
    save(worker, slug, "ar")
    page = worker.get(f"/staff/conversation/{slug}?lang=ar")
    assert page.tree.get("dir") == "rtl"
    assert page.all(f"//details[@class='languages']//a[starts-with(@href, '/staff/conversation/{slug}')]")
