"""Things wanted at the same time are done together, and each gets its own outcome."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from feedback_app.store import Store, ballot_box, counting
from feedback_app.store.ballot_box import RoundClosed, Sealed, new_receipt
from feedback_app.store.codes import CodeRefused
from feedback_app.store.gathering import Gathering
from feedback_app.store.voiding import void_round
from tests.store.answering import open_round, send
from tests.support.clock import Clock


def test_what_gathers_while_one_is_done_is_done_together() -> None:
    gathering: Gathering[int, int] = Gathering()
    begun, go_on = threading.Event(), threading.Event()
    batches: list[list[int]] = []

    def note(values: Sequence[int]) -> list[int]:
        batches.append(sorted(values))
        begun.set()
        go_on.wait(timeout=30)
        return [value * value for value in values]

    with ThreadPoolExecutor(9) as threads:
        first = threads.submit(gathering.do, 0, note)
        begun.wait(timeout=30)
        others = [threads.submit(gathering.do, number, note) for number in range(1, 9)]
        while len(gathering._gathered) < 8:
            pass
        go_on.set()
        outcomes = [done.result() for done in (first, *others)]
    assert batches == [[0], list(range(1, 9))]
    assert outcomes == [0, 1, 4, 9, 16, 25, 36, 49, 64]


def test_an_error_is_for_the_one_whom_it_concerns() -> None:
    gathering: Gathering[int, None] = Gathering()

    def refuse(values: Sequence[int]) -> list[None]:
        raise ValueError(str(values[0]))

    with pytest.raises(ValueError, match="7"):
        gathering.do(7, refuse)


def test_where_all_fail_together_each_is_tried_alone() -> None:
    gathering: Gathering[int, str] = Gathering()
    begun, go_on = threading.Event(), threading.Event()

    def odd_ones_fail(values: Sequence[int]) -> list[str]:
        begun.set()
        go_on.wait(timeout=30)
        if any(value % 2 for value in values):
            raise ValueError(f"{len(values)}")
        return ["done" for _ in values]

    def outcome(value: int) -> str:
        try:
            return gathering.do(value, odd_ones_fail)
        except ValueError as error:
            return f"failed among {error}"

    with ThreadPoolExecutor(5) as threads:
        first = threads.submit(outcome, 0)
        begun.wait(timeout=30)
        others = [threads.submit(outcome, number) for number in range(1, 5)]
        while len(gathering._gathered) < 4:
            pass
        go_on.set()
        found = [first.result(), *(other.result() for other in others)]
    assert found == ["done", "failed among 1", "done", "failed among 1", "done"]


def test_many_phones_at_once_are_each_stored_once(store: Store) -> None:
    slug, codes = open_round(store, codes=10)
    receipts = [new_receipt() for _ in range(10)]

    def phone(number: int) -> str:
        # Each response is sent three times.
        try:
            return send(store, slug, {}, receipts[number % 10], codes[number % 10]).value
        except CodeRefused:
            return "refused"

    def stranger(_number: int) -> str:
        # The code is nobody's.
        try:
            return send(store, slug, {}, code="AAA-AAA-AAA").value
        except CodeRefused:
            return "refused"

    with ThreadPoolExecutor(12) as threads:
        strangers = threads.map(stranger, range(5))
        outcomes = list(threads.map(phone, range(30)))
    assert sorted(outcomes) == ["already"] * 20 + ["stored"] * 10
    assert list(strangers) == ["refused"] * 5
    assert send(store, slug, {}, receipts[0], codes[0]) is Sealed.ALREADY


def test_one_code_on_several_phones_at_once_lets_in_one(store: Store) -> None:
    slug, codes = open_round(store, codes=6)

    def phone(number: int) -> str:
        try:
            return send(store, slug, {}, code=codes[number % 6]).value
        except CodeRefused:
            return "refused"

    with ThreadPoolExecutor(12) as threads:
        outcomes = list(threads.map(phone, range(36)))
    assert sorted(outcomes) == ["refused"] * 30 + ["stored"] * 6


def test_answers_that_come_while_their_round_is_voided_are_destroyed_or_refused(
    store: Store, today: Clock
) -> None:
    poisoned, _ = open_round(store)
    good, _ = open_round(store)

    def phone(number: int) -> str:
        try:
            return send(store, poisoned if number % 2 else good, {}).value
        except RoundClosed:
            return "refused"

    with ThreadPoolExecutor(9) as threads:
        outcomes = threads.map(phone, range(40))
        threads.submit(void_round, store, poisoned).result()
        assert set(outcomes) <= {"stored", "refused"}
    today.end_month()
    assert [batch.responses for batch in counting.count(store)] == [20]
    assert ballot_box.waiting(store, "wellbeing") == 0
