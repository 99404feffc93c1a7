"""Rounds to answer, and a look into the ballot box."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from feedback_app.store import Store
from feedback_app.store.ballot_box import new_receipt
from feedback_app.store.models import SealedComment, SealedResponse
from tests.support.rounds import add_round

MakeRound = Callable[..., str]


@pytest.fixture
def make_round(store: Store) -> MakeRound:
    """Makes a round of a survey and returns its address: see ``add_round``."""

    return functools.partial(add_round, store)


@pytest.fixture
def address_of_survey(make_round: MakeRound) -> str:
    """An open round of ``iro_review``, by link."""
    return make_round()


@pytest.fixture
def answers() -> dict[str, Any]:
    """A form as a phone sends it."""
    return {
        "receipt": new_receipt(),
        "wording": "standard",
        "talked_before": "yes",
        "how_attended": "attended",
        "best_thing": "Somebody listened.",
    }


@pytest.fixture
def box(store: Store) -> Callable[[], list[dict[str, Any]]]:
    """Everything that waits in the ballot box, opened."""

    def look() -> list[dict[str, Any]]:
        with store.reading() as session:
            return [store.secrets.unseal(sealed) for sealed in session.scalars(select(SealedResponse.sealed))]

    return look


@pytest.fixture
def comments(store: Store) -> Callable[[], list[dict[str, Any]]]:
    """Every comment that waits, opened."""

    def look() -> list[dict[str, Any]]:
        with store.reading() as session:
            return [store.secrets.unseal(sealed) for sealed in session.scalars(select(SealedComment.sealed))]

    return look
