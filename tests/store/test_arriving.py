"""What arrives is put in with its receipt, all of it or nothing, in as few steps as the database can do it with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from feedback_app.store import Store
from feedback_app.store.arriving import Arrival, put_in_new
from feedback_app.store.models import ReadingItem, Receipt, SealedComment, SealedResponse
from feedback_app.store.secrets import random_id
from tests.store.answering import open_round

MODELS = (Receipt, SealedResponse, SealedComment, ReadingItem)


def arrival(slug: str, digest: bytes, words: int = 1) -> Arrival:
    waiting = {"survey_key": "wellbeing", "month": "2026-11", "kept_from": "2026-11", "sealed": b"sealed"}
    response = {**waiting, "id": random_id(), "round_slug": slug}
    comments = [{**waiting, "id": random_id()} for _ in range(words)]
    reading = [
        {"id": random_id(), "read_by": dt.date(2026, 11, 24), "sealed": b"sealed"} for _ in range(words)
    ]
    return Arrival({"digest": digest, "forget_after": "2026-12"}, ([response], comments, reading))


def with_response(given: Arrival, **changed: Any) -> Arrival:
    (response,), *rest = given.rows
    return replace(given, rows=([{**response, **changed}], *rest))


def numbers(store: Store) -> list[int]:
    """How many receipts, responses, words and words to be read there are."""
    with store.reading() as session:
        return [session.scalars(select(func.count()).select_from(model)).one() for model in MODELS]


def test_everything_goes_in_with_its_receipt(store: Store) -> None:
    slug, _ = open_round(store)
    assert put_in_new(store, [arrival(slug, b"one", words=2), arrival(slug, b"two", words=0)]) == [True, True]
    assert numbers(store) == [2, 2, 2, 2]


def test_of_what_arrives_together_only_what_is_new_goes_in(store: Store) -> None:
    slug, _ = open_round(store)
    put_in_new(store, [arrival(slug, b"one")])
    together = [arrival(slug, digest) for digest in (b"two", b"one", b"three")]
    assert put_in_new(store, together) == [True, False, True]
    assert numbers(store) == [3, 3, 3, 3]


def test_what_arrives_twice_at_once_goes_in_once(store: Store) -> None:
    slug, _ = open_round(store)
    assert put_in_new(store, [arrival(slug, b"one"), arrival(slug, b"one")]) == [True, False]
    assert numbers(store) == [1, 1, 1, 1]


def test_without_any_words_the_answers_go_in_alone(store: Store) -> None:
    slug, _ = open_round(store)
    assert put_in_new(store, [arrival(slug, b"one", words=0)]) == [True]
    assert numbers(store) == [1, 1, 0, 0]


def test_where_the_database_refuses_a_row_nothing_goes_in_and_the_next_does(store: Store) -> None:
    slug, _ = open_round(store)
    error = store.engine.dialect.loaded_dbapi.IntegrityError
    with pytest.raises(error):
        put_in_new(store, [arrival(slug, b"one"), arrival("noround", b"two")])
    assert numbers(store) == [0, 0, 0, 0]
    assert put_in_new(store, [arrival(slug, b"one")]) == [True]


def test_a_transaction_after_it_is_one_that_can_be_undone(store: Store) -> None:
    slug, _ = open_round(store)
    put_in_new(store, [arrival(slug, b"one")])

    def begin_and_fail() -> None:
        with store.writing() as session:
            session.add(Receipt(digest=b"undone", forget_after="2026-12"))
            session.flush()
            raise KeyError

    for _ in range(3):
        with pytest.raises(KeyError):
            begin_and_fail()
    assert numbers(store)[0] == 1


@pytest.mark.only_on("postgres")
def test_a_text_that_is_too_long_is_refused_and_not_cut_off(store: Store) -> None:
    slug, _ = open_round(store)
    error = store.engine.dialect.loaded_dbapi.DataError
    with pytest.raises(error, match="too long"):
        put_in_new(store, [with_response(arrival(slug, b"one"), survey_key="x" * 300)])
