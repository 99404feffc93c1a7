"""What readers see where a key is missing: everything that opens, and one sentence of what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from feedback_app.store import Store, contact_requests
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.secrets import Secrets
from tests.conftest import SECRET_KEY, WORDS_KEY
from tests.staff.desk import Desk
from tests.store.answering import open_round, send

OTHER_KEY = "C" * 43 + "="
LOST = "cannot be opened, because a key is missing: nothing is lost, and whoever runs Heard has to put it back into HEARD_WORDS_KEYS today."


@pytest.fixture
def filled(store: Store) -> Store:
    """Two comments and two requests under a key that the application has not, and one of each under its own."""
    slug, _ = open_round(store)
    for key, number in ((OTHER_KEY, 2), (WORDS_KEY, 1)):
        store.secrets = Secrets(SECRET_KEY, (key,))
        for _ in range(number):
            send(store, slug, {"what_helps": "i want to die"})
        for each in range(number):
            contact_requests.put(store, f"{key}{each}", Wanted("Jay", "07700 900123"))
    return store


@pytest.fixture
def reader(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("safeguarding")


def test_words_that_open_are_shown_and_the_others_told(filled: Store, reader: Desk) -> None:
    page = reader.get("/staff/reading")
    assert len(page.all("//blockquote")) == 1
    assert f"2 comments {LOST}" in page.text


def test_requests_that_open_are_shown_and_the_others_told(filled: Store, reader: Desk) -> None:
    page = reader.get("/staff/contact")
    assert [heading.text for heading in page.all("//li//h2")] == ["Jay"]
    assert f"2 contact requests {LOST}" in page.text
    assert "after these" not in page.text


def test_the_home_page_says_that_some_cannot_be_opened(filled: Store, reader: Desk) -> None:
    page = reader.get("/staff/")
    assert "1 comment to read, and 2 that cannot be opened" in page.text


def test_with_both_keys_everything_is_shown(filled: Store, reader: Desk, app: Flask) -> None:
    app.extensions["heard"].store.secrets = Secrets(SECRET_KEY, (WORDS_KEY, OTHER_KEY))
    for address in ("/staff/reading", "/staff/contact"):
        page = reader.get(address)
        assert len(page.all("//ul[@class='comments']/li")) == 3
        assert "cannot be opened" not in page.text
