"""Young people's pages look a round up once a second at most, and see at once what their own process changes."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from feedback_app.store import Store, rounds
from tests.support.rounds import add_round, slug_of


def test_a_round_looked_up_again_is_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback_app.store.rounds.time.monotonic", lambda: 100.0)
    slug = slug_of(add_round(store))
    rounds.recent(store, slug)
    read: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *seen: read.append(seen[2]))
    assert rounds.recent(store, slug) is not None
    assert read == []


def test_a_round_is_read_again_after_a_second(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = slug_of(add_round(store))
    now = [100.0]
    monkeypatch.setattr("feedback_app.store.rounds.time.monotonic", lambda: now[0])
    first = rounds.recent(store, slug)
    now[0] += rounds.RECENT_SECONDS + 0.1
    assert rounds.recent(store, slug) is not first


def test_a_round_closed_here_is_seen_closed_at_once(store: Store) -> None:
    slug = slug_of(add_round(store))
    rounds.recent(store, slug)
    rounds.close_round(store, slug)
    found = rounds.recent(store, slug)
    assert found is not None
    assert found.state(store.today()) == "closed"


def test_a_link_that_leads_nowhere_is_not_remembered(store: Store) -> None:
    assert rounds.recent(store, "nothere") is None
    assert store.recent == {}
