"""Whatever a young person sends is taken, and shown to staff as nothing but words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from analysis import data_formats
from analysis.words.harmless import harmless
from feedback_app import conversation_token
from feedback_app.store import Store, ballot_box, counting
from feedback_app.store.models import SealedComment
from surveys.schema import WORDS_LIMIT
from tests.journeys.conftest import Phone
from tests.staff.desk import Desk
from tests.support.clock import Clock
from tests.support.hostile import MANY_EMOJIS, TEXTS
from tests.support.pages import PageChecker, words_of

#: What would run, or fetch; a survey's data stands in a script that is none.
RUNS = "//script[not(@src) and not(contains(@type, 'json') or @type='text/plain')] | //*[@onerror] | //img | //iframe | //object"


def words_in_the_box(store: Store) -> list[str]:
    with store.reading() as session:
        return [
            store.secrets.unseal(sealed)["words"] for sealed in session.scalars(select(SealedComment.sealed))
        ]


def sendable(words: str) -> str:
    """Words as a phone can send them: half a character is none."""
    return words.encode("utf-8", "replace").decode()


def expected(words: str) -> str:
    """What words become once they were sent."""
    return harmless(sendable(words)).strip()


def test_words_are_taken_and_nothing_beside_them_is_lost(app: Flask, link: str, store: Store) -> None:
    for words in TEXTS.values():
        phone = Phone(app, link).open()
        answered = phone.send(how_attended="attended", best_thing=sendable(words), one_change="the biscuits")
        assert answered.status_code == 303
    assert ballot_box.waiting(store, "iro_review") == len(TEXTS)
    beside = ["the biscuits"] * len(TEXTS)
    assert sorted(words_in_the_box(store)) == sorted([*beside, *map(expected, TEXTS.values())])


def test_a_null_byte_among_the_answers_loses_none_of_them(app: Flask, link: str, store: Store) -> None:
    phone = Phone(app, link).open()
    assert phone.send(how_attended="attended\0", best_thing="gravy").status_code == 422
    assert phone.send(how_attended="attended", best_thing="gra\0vy").status_code == 303
    assert words_in_the_box(store) == ["gravy"]


def test_a_page_with_what_to_mend_gives_words_back_as_words(app: Flask, link: str) -> None:
    phone = Phone(app, link).open()
    pages = PageChecker(app.test_client())
    for words in TEXTS.values():
        page = pages.check(phone.send(receipt="wrong", best_thing=sendable(words), code=sendable(words)), 422)
        assert page.all(RUNS) == []
        assert page.one("//textarea[@name='best_thing']").text.strip() == expected(words)


def test_the_record_of_a_conversation_shows_words_as_words(app: Flask, link: str, store: Store) -> None:
    pages = PageChecker(app.test_client())
    for words in TEXTS.values():
        phone = Phone(app, link).open()
        token = conversation_token.make(store, link.removeprefix("/s/"))
        page = pages.check(phone.send(conversation=token, best_thing=sendable(words)))
        assert page.all(RUNS) == []
        assert " ".join(expected(words).split()) in page.text


def test_a_hundred_thousand_emojis_are_told_and_given_back(app: Flask, link: str) -> None:
    phone = Phone(app, link).open()
    page = PageChecker(app.test_client()).check(phone.send(best_thing=MANY_EMOJIS), 422)
    assert len(page.one("//textarea[@name='best_thing']").text.strip()) == 100_000
    assert f"{100_000 - WORDS_LIMIT:,}" in page.text


@pytest.mark.parametrize("role", ["participation", "safeguarding"])
def test_staff_see_words_and_nothing_runs(
    app: Flask, desk: Callable[[], Desk], link: str, store: Store, today: Clock, role: str
) -> None:
    for words in TEXTS.values():
        Phone(app, link).open().send(best_thing=sendable(words))
    today.end_month()
    counting.count(store)
    page = desk().sign_in(role).get("/staff/comments" if role == "participation" else "/staff/reading")
    assert page.all(RUNS) == []
    seen = [words_of(quote) for quote in page.all("//blockquote")]
    told = {" ".join(expected(words).split()) for words in TEXTS.values()}
    shown = [words for words in told if words in seen]
    assert len(shown) >= 15


@pytest.mark.parametrize(
    "address", ["/s/%00", "/s/a%00b", "/s/%ED%A0%80", "/s/%FF", "/s/%E2%80%AE", "/s/" + "x" * 5_000]
)
def test_a_strange_address_is_one_that_is_not_here(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address, data={"receipt": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["receipt", "code", "wording", "conversation", "lang", "\0"])
@pytest.mark.parametrize(
    "what", ["null bytes", "controls", "what is no character", "a script", "a long word"]
)
def test_what_comes_beside_the_answers_is_taken_apart_without_harm(
    app: Flask, link: str, name: str, what: str
) -> None:
    phone = Phone(app, link).open()
    answered = phone.send(**{name: TEXTS[what]}, best_thing="gravy")
    assert answered.status_code in (303, 422)
    assert "<script>alert" not in answered.get_data(as_text=True)


@pytest.mark.parametrize(
    "what", ["null bytes", "lone surrogates", "what is no character", "a script", "a long word"]
)
def test_staff_may_type_anything_at_the_door(app: Flask, store: Store, what: str) -> None:
    words = sendable(TEXTS[what])
    answered = Desk(app, store).try_password(f"{words}@example.org", words)
    assert answered.status_code in (200, 401, 422)


@pytest.mark.parametrize("what", ["null bytes", "what is no character", "a script", "a long word"])
def test_an_administrator_may_type_anything(desk: Callable[[], Desk], what: str) -> None:
    admin = desk().sign_in("admin")
    token = admin.token("/staff/")
    for email, team in ((f"{TEXTS[what]}@example.org", "North"), ("new@example.org", TEXTS[what])):
        data = {"csrf_token": token, "email": email, "team": team, "roles": "iro"}
        answered = admin.client.post("/staff/people/add", data=data, follow_redirects=True)
        assert answered.status_code in (200, 422)
        assert "<script>alert" not in answered.get_data(as_text=True)


@pytest.mark.parametrize("what", TEXTS)
def test_a_cell_of_the_figures_is_no_formula(what: str) -> None:
    assert not data_formats.cell(TEXTS[what]).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert data_formats.cell("93%") == "93%"
