"""Guessing codes is hopeless, nobody's address is kept, and a room of tablets behind one address is never stopped."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

import pytest
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from feedback_app.store import Store, ballot_box, codes, rounds
from feedback_app.store.ballot_box import Prepared, Sealed, Submission, new_receipt
from feedback_app.store.codes import ALPHABET, LENGTH, CodeRefused
from feedback_app.store.guessing import (
    DAY_FAILURES,
    ROUND_FAILURES,
    SOURCE_FAILURES,
    SOURCES,
    Guesses,
    MustWait,
)
from surveys.schema import Wording
from tests.store.answering import open_round

HOUR = 3_600.0
HOME = "203.0.113.7"


class Watch:
    """The time that the limits see; a test moves it."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(time, "time", watch)
    monkeypatch.setattr(time, "monotonic", watch)
    return watch


def never() -> bool:
    return False


def tries(guesses: Guesses, address: str, number: int, slug: str = "round") -> int:
    """How many of some wrong codes from an address are looked at."""
    looked = 0
    for _ in range(number):
        try:
            guesses.look(slug, guesses.source(address), never)
        except MustWait:
            continue
        looked += 1
    return looked


def flooded(guesses: Guesses) -> None:
    """Somebody else has guessed for as long as they were let."""
    assert tries(guesses, "198.51.100.1", ROUND_FAILURES + 50) == ROUND_FAILURES


def address_apart(guesses: Guesses, *others: str) -> str:
    """An address whose source is none of the others'."""
    taken = {guesses.source(other) for other in others}
    return next(a for n in range(99) if guesses.source(a := f"192.0.2.{n}") not in taken)


def test_few_failures_limit_nobody(watch: Watch) -> None:
    assert tries(Guesses(), HOME, ROUND_FAILURES) == ROUND_FAILURES


def test_after_many_a_source_that_failed_waits(watch: Watch) -> None:
    guesses = Guesses()
    flooded(guesses)
    assert tries(guesses, "198.51.100.1", 10) == 0


def test_one_that_has_not_failed_is_let_in_all_the_same(watch: Watch) -> None:
    guesses = Guesses()
    flooded(guesses)
    honest = address_apart(guesses, "198.51.100.1")
    for _ in range(200):
        assert guesses.look("round", guesses.source(honest), lambda: True)


def test_one_that_mistyped_a_little_is_let_in_too_and_then_waits(watch: Watch) -> None:
    guesses = Guesses()
    flooded(guesses)
    other = address_apart(guesses, "198.51.100.1")
    assert tries(guesses, other, 10) == SOURCE_FAILURES


def test_after_an_hour_it_is_forgotten(watch: Watch) -> None:
    guesses = Guesses()
    flooded(guesses)
    watch.seconds += HOUR + 1
    assert tries(guesses, "198.51.100.1", 5) == 5


def test_whoever_stays_under_the_limit_of_an_hour_meets_that_of_a_day(watch: Watch) -> None:
    guesses = Guesses()
    looked = 0
    for _ in range(24):
        looked += tries(guesses, HOME, ROUND_FAILURES - 1)
        watch.seconds += HOUR
    assert looked <= DAY_FAILURES + 24 * SOURCE_FAILURES


def test_one_rounds_failures_are_not_anothers(watch: Watch) -> None:
    guesses = Guesses()
    flooded(guesses)
    assert tries(guesses, "198.51.100.1", 20, slug="other") == 20


def test_addresses_are_told_apart_for_an_hour_and_by_no_salt_that_stays(watch: Watch) -> None:
    guesses = Guesses()
    before = [guesses.source(f"10.0.0.{n}") for n in range(50)]
    assert before == [guesses.source(f"10.0.0.{n}") for n in range(50)]
    watch.seconds += HOUR
    assert before != [guesses.source(f"10.0.0.{n}") for n in range(50)]


def test_a_source_stands_for_a_multitude_of_addresses(watch: Watch) -> None:
    guesses = Guesses()
    found = {guesses.source(f"10.{a}.{b}.1") for a in range(256) for b in range(100)}
    assert len(found) == SOURCES
    assert all(int(source) < SOURCES for source in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:7::1", "2001:db8:7:ffff:1:2:3:4"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "no address"),
    ],
)
def test_one_site_is_one_source(watch: Watch, one: str, other: str) -> None:
    guesses = Guesses()
    assert guesses.source(one) == guesses.source(other)


def remembered(limiter: MovingWindowRateLimiter) -> dict[str, int]:
    """What a limiter remembers: how many failures, by what it calls them."""
    assert isinstance(limiter.storage, MemoryStorage)
    return {name: len(failures) for name, failures in limiter.storage.events.items()}


def test_the_limits_remember_no_address(watch: Watch) -> None:
    guesses = Guesses()
    tries(guesses, HOME, 20)
    names = " ".join([*remembered(guesses._rounds), *remembered(guesses._sources)])
    assert guesses.source(HOME) in names
    assert HOME not in names


def test_the_whole_world_guessing_takes_a_bounded_memory(watch: Watch) -> None:
    guesses = Guesses()
    for n in range(6_000):
        tries(guesses, f"10.{n >> 8}.{n & 255}.1", 1)
    assert len(remembered(guesses._sources)) <= SOURCES
    assert max(remembered(guesses._sources).values()) <= SOURCE_FAILURES
    assert sum(remembered(guesses._rounds).values()) <= ROUND_FAILURES + DAY_FAILURES


def most_in(hours: float, workers: int, sources: int = SOURCES) -> float:
    """At most how many codes of a round can be tried and looked at in some hours, from so many sources.

    In any day each process looks at ``DAY_FAILURES`` before it limits anybody, and then at ``SOURCE_FAILURES`` of each source for
    each salt. One day and one hour more are for what was tried at the ends.
    """
    freely = DAY_FAILURES * (hours / 24 + 1)
    limited = SOURCE_FAILURES * min(sources, SOURCES) * (hours + 1)
    return workers * (freely + limited)


def test_no_attack_gets_more_looked_at_than_was_worked_out(watch: Watch) -> None:
    """Twelve hours, with a new address for every guess."""
    guesses = Guesses()
    looked = 0
    drawn = random.Random(16)
    for _ in range(2 * 12):
        for _ in range(4_000):
            address = f"{drawn.randrange(1, 224)}.{drawn.randrange(256)}.{drawn.randrange(256)}.1"
            looked += tries(guesses, address, 1)
        watch.seconds += HOUR / 2
    assert looked <= most_in(12, workers=1)
    # The bound is one that an attack comes near, not one that means nothing.
    assert looked > most_in(12, workers=1) / 3


POSSIBLE = len(ALPHABET) ** LENGTH
YEAR = 366 * 24
MONTH = 31 * 24


@pytest.mark.parametrize(
    ("who", "hours", "sources", "most"),
    [
        ("somebody with one address, for a year", YEAR, 1, 0.01),
        ("somebody with a hundred, for a month", MONTH, 100, 0.01),
        ("somebody with all there are, for a month", MONTH, SOURCES, 0.05),
    ],
)
def test_guessing_is_hopeless(who: str, hours: float, sources: int, most: float) -> None:
    """Two processes serve, and five hundred codes are out all the time: what is expected to be found is far under one."""
    assert most_in(hours, 2, sources) * 500 / POSSIBLE < most, who


# In the ballot box


@pytest.fixture
def phone(store: Store) -> Callable[..., str]:
    """Sends one response from an address, and says what became of it."""

    def send(slug: str, code: str | None, address: str = HOME, receipt: str | None = None) -> str:
        round_ = rounds.find(store, slug)
        assert round_
        submission = Submission(
            survey=store.surveys.get(round_.survey_key),
            round=round_,
            wording=Wording.STANDARD,
            how="self",
            answers={},
            receipt=receipt or new_receipt(),
            code=code,
            source=store.guesses.source(address),
        )
        try:
            return ballot_box.seal(store, submission).value
        except CodeRefused:
            return "refused"
        except MustWait:
            return "wait"

    return send


def some_code(drawn: random.Random) -> str:
    """A code of the right form, by somebody who knows how the check letter is made."""
    body = "".join(drawn.choice(ALPHABET) for _ in range(LENGTH))
    return body + codes._check(body)


def test_a_room_of_thirty_tablets_behind_one_address_is_never_stopped(
    store: Store, phone: Callable[..., str]
) -> None:
    slug, printed = open_round(store, codes=30)
    _, elsewhere = open_round(store, codes=30)
    outcomes = []
    for code, other in zip(printed, elsewhere, strict=True):
        # Each of them mistypes twice, and takes somebody else's slip first.
        assert phone(slug, code[:-1] + "?") == phone(slug, code[1:]) == phone(slug, other) == "refused"
        outcomes.append(phone(slug, code))
    assert outcomes == ["stored"] * 30


def test_mistyped_codes_are_no_guesses(store: Store, phone: Callable[..., str]) -> None:
    slug, (code,) = open_round(store, codes=1)
    wrong = code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]
    assert {phone(slug, wrong) for _ in range(ROUND_FAILURES + 20)} == {"refused"}
    assert phone(slug, code) == "stored"


def test_in_a_flood_the_guesser_waits_and_an_honest_phone_does_not(
    store: Store, phone: Callable[..., str]
) -> None:
    slug, (code, another) = open_round(store, codes=2)
    drawn = random.Random(4)
    for _ in range(ROUND_FAILURES):
        phone(slug, some_code(drawn), "198.51.100.1")
    assert phone(slug, some_code(drawn), "198.51.100.1") == "wait"
    assert phone(slug, code, "198.51.100.1") == "wait", (
        "its code is not looked at, so a right one tells nothing"
    )
    honest = address_apart(store.guesses, "198.51.100.1")
    assert phone(slug, another, honest) == "stored"


def test_what_waited_is_taken_later(store: Store, phone: Callable[..., str], watch: Watch) -> None:
    slug, (code,) = open_round(store, codes=1)
    drawn, receipt = random.Random(5), new_receipt()
    for _ in range(ROUND_FAILURES):
        phone(slug, some_code(drawn))
    assert phone(slug, code, receipt=receipt) == "wait"
    watch.seconds += HOUR + 1
    assert phone(slug, code, receipt=receipt) == Sealed.STORED.value


def test_in_a_flood_what_was_received_is_answered_as_received(
    store: Store, phone: Callable[..., str]
) -> None:
    slug, (code,) = open_round(store, codes=1)
    receipt, drawn = new_receipt(), random.Random(6)
    phone(slug, code, receipt=receipt)
    for _ in range(ROUND_FAILURES + 5):
        phone(slug, some_code(drawn))
    assert phone(slug, code, receipt=receipt) == Sealed.ALREADY.value


def test_a_flood_costs_honest_phones_none_of_their_batches(
    store: Store, phone: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each batch that is undone is stored again one by one: with a flood, none is."""
    from concurrent.futures import ThreadPoolExecutor

    slug, printed = open_round(store, codes=24)
    drawn = random.Random(7)
    wrong = [some_code(drawn) for _ in range(200)]
    undone: list[Exception] = []
    whole = ballot_box._seal_all

    def seal_all(store: Store, prepared: Sequence[Prepared]) -> list[Sealed]:
        try:
            return whole(store, prepared)
        except Exception as error:
            undone.append(error)
            raise

    monkeypatch.setattr(ballot_box, "_seal_all", seal_all)
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(lambda code: phone(slug, code), [*wrong[:100], *printed, *wrong[100:]]))
    assert outcomes.count("stored") == 24
    assert outcomes.count("refused") == 200
    assert undone == []
