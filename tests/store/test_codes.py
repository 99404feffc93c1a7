"""Codes: easy to read aloud, checked by their last letter, kept as keyed hashes, and no help to whoever guesses."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select

from feedback_app.store import Store, codes, rounds
from feedback_app.store.ballot_box import Sealed, new_receipt
from feedback_app.store.codes import ALPHABET, LENGTH, CodeRefused, read
from feedback_app.store.models import Code, Round
from tests.store.answering import open_round, send

bodies = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
places = st.integers(0, LENGTH)
NEEDS_ONE = Round(slug="x", entry="codes")


def whole(body: str) -> str:
    """A body with its check letter."""
    return body + codes._check(body)


def is_read(code: str) -> bool:
    try:
        return read(NEEDS_ONE, code) == code
    except CodeRefused:
        return False


@given(bodies)
def test_a_code_as_it_was_made_is_read(body: str) -> None:
    assert is_read(whole(body))


@given(bodies, places, st.sampled_from(ALPHABET))
def test_any_one_wrong_letter_is_caught(body: str, place: int, other: str) -> None:
    code = whole(body)
    wrong = code[:place] + other + code[place + 1 :]
    assert is_read(wrong) is (wrong == code)


@given(bodies, places, places)
def test_any_two_letters_that_changed_places_are_caught(body: str, one: int, two: int) -> None:
    letters = list(whole(body))
    letters[one], letters[two] = letters[two], letters[one]
    swapped = "".join(letters)
    assert is_read(swapped) is (swapped == whole(body))


def test_every_pair_of_neighbours_that_differ_is_caught_wherever_it_stands() -> None:
    """Not by luck of the draw: each pair of letters in each place, the check letter's among them."""
    for place in range(LENGTH):
        for first in ALPHABET:
            for second in ALPHABET:
                if place == LENGTH - 1:
                    body = "A" * (LENGTH - 1) + first
                    code = whole(body)
                    assert code[-1] == first or not is_read(body[:-1] + code[-1] + first)
                elif first != second:
                    body = "A" * place + first + second + "A" * (LENGTH - 2 - place)
                    swapped = "A" * place + second + first + "A" * (LENGTH - 2 - place)
                    assert not is_read(swapped + whole(body)[-1])


@pytest.mark.parametrize("alike", ["0O", "1IL", "2Z", "5S", "8B", "UV"])
def test_no_two_letters_look_alike(alike: str) -> None:
    assert not set(alike) & set(ALPHABET)


def test_the_number_of_letters_is_a_prime_so_that_the_check_holds() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 23
    assert LENGTH < 22


@pytest.mark.parametrize(
    "write",
    [
        lambda code: code,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " – "),
        lambda code: f"  {code}\n",
        # A keyboard for Chinese writes wide letters, one for Arabic or Farsi its own figures.
        lambda code: code.translate({ord(c): ord(c) + 0xFEE0 for c in ALPHABET}),
        lambda code: code.translate({ord(c): 0x0660 + int(c) for c in "34679"}),
        lambda code: code.translate({ord(c): 0x06F0 + int(c) for c in "34679"}),
    ],
)
def test_a_code_is_read_however_a_phone_writes_it(store: Store, write: Callable[[str], str]) -> None:
    slug, (code,) = open_round(store, codes=1)
    assert send(store, slug, {}, code=write(code)) is Sealed.STORED


def test_a_printed_code_is_short_and_in_groups(store: Store) -> None:
    _, printed = open_round(store, codes=50)
    assert all(re.fullmatch(rf"[{ALPHABET}]{{3}}(-[{ALPHABET}]{{3}}){{2}}", code) for code in printed)
    assert len(set(printed)) == 50


def test_no_group_of_a_code_is_a_word_to_be_hurt_by(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    unkind = iter("FATFATFAACDEFGHJ")
    monkeypatch.setattr(secrets, "choice", lambda _letters: next(unkind))
    _, (code,) = open_round_of_one(store, monkeypatch)
    assert code.startswith("ACD-EFG-HJ")


def open_round_of_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[str]]:
    """A code for a round whose link was made before, so that only the code draws letters."""
    with store.writing() as session:
        today = store.today()
        session.add(
            Round(
                slug="aaa",
                survey_key="wellbeing",
                survey_version=1,
                opens=today,
                closes=today,
                entry="codes",
                codes_issued=1,
            )
        )
        session.flush()
        return "aaa", codes.make(session, store.secrets, "aaa", 1)


def test_only_keyed_hashes_are_stored(store: Store) -> None:
    slug, printed = open_round(store, codes=20)
    with store.reading() as session:
        stored = session.execute(select(Code.round_slug, Code.digest)).all()
    assert {row.round_slug for row in stored} == {slug}
    plain = {code.replace("-", "") for code in printed}
    expected = {store.secrets.keyed_hash("code", slug, code) for code in plain}
    assert {row.digest for row in stored} == expected
    assert all(len(row.digest) == 32 for row in stored)
    assert not any(code.encode() in row.digest for row in stored for code in plain)


def test_the_order_of_printing_is_not_the_order_of_storing(store: Store) -> None:
    """Printed in the order of their hashes, the first slip of the pile would be the first row of the table."""
    slug, printed = open_round(store, codes=40)
    hashed = [store.secrets.keyed_hash("code", slug, code.replace("-", "")) for code in printed]
    assert hashed != sorted(hashed)
    with store.reading() as session:
        assert hashed != session.scalars(select(Code.digest)).all()


def refusal(store: Store, slug: str, code: str | None, receipt: str | None = None) -> str:
    with pytest.raises(CodeRefused) as refused:
        send(store, slug, {}, receipt, code=code)
    return refused.value.sentence


def test_a_used_code_an_unknown_one_and_another_rounds_are_refused_alike(store: Store) -> None:
    slug, (used, _) = open_round(store, codes=2)
    _, (elsewhere,) = open_round(store, codes=1)
    send(store, slug, {}, code=used)
    assert len({refusal(store, slug, code) for code in (used, whole("A" * LENGTH), elsewhere)}) == 1


def test_whoever_knows_a_genuine_code_can_ask_once_and_asking_uses_it_up(store: Store) -> None:
    """The threat model tells it, under what is not stopped."""
    slug, (used, unused) = open_round(store, codes=2)
    send(store, slug, {}, code=used)
    refusal(store, slug, used)
    assert send(store, slug, {}, code=unused) is Sealed.STORED
    refusal(store, slug, unused)
    assert rounds.listing(store)[0].sealed == 2


def test_they_cost_the_same_statements(store: Store) -> None:
    slug, (used, _) = open_round(store, codes=2)
    _, (elsewhere,) = open_round(store, codes=1)
    send(store, slug, {}, code=used)
    assert len({tuple(statements(store, slug, code)) for code in (used, whole("A" * LENGTH), elsewhere)}) == 1


def statements(store: Store, slug: str, code: str) -> list[str]:
    """What the database is asked while a code is refused."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        refusal(store, slug, code)
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
    return asked


def test_a_wrong_code_never_waits_for_its_turn_to_write(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug, _ = open_round(store, codes=1)
    monkeypatch.setattr(store, "transaction", lambda: pytest.fail("a wrong code asked to write"))
    refusal(store, slug, whole("A" * LENGTH))
    refusal(store, slug, "ABCDEFGH")


def test_a_receipt_that_came_before_is_answered_whatever_stands_for_a_code(store: Store) -> None:
    slug, (code,) = open_round(store, codes=1)
    receipt = new_receipt()
    send(store, slug, {}, receipt, code)
    for typed in (code, None, "nonsense", whole("A" * LENGTH)):
        assert send(store, slug, {}, receipt, typed) is Sealed.ALREADY


def test_used_is_what_was_made_and_is_not_left(store: Store) -> None:
    slug, printed = open_round(store, codes=5)
    for code in printed[:2]:
        send(store, slug, {}, code=code)
    (row,) = rounds.listing(store)
    assert (row.codes_issued, row.codes_left, row.codes_used) == (5, 3, 2)


def test_more_codes_for_an_open_round_let_in_beside_the_first(store: Store, staff_id: int) -> None:
    slug, first = open_round(store, codes=2)
    more = rounds.make_codes(store, slug, 3, staff_id)
    assert [send(store, slug, {}, code=code) for code in (*first, *more)] == [Sealed.STORED] * 5
    (row,) = rounds.listing(store)
    assert (row.codes_issued, row.codes_left, row.codes_used) == (5, 0, 5)


@pytest.mark.parametrize(("number", "left"), [(0, 4_998), (-1, 4_998), (4_999, 4_998), (10**9, 4_998)])
def test_a_round_has_no_more_codes_than_can_be_kept_apart(store: Store, number: int, left: int) -> None:
    slug, _ = open_round(store, codes=2)
    with pytest.raises(rounds.RoundError, match=f"{left:,} more can be made"):
        rounds.make_codes(store, slug, number)


def test_how_many_can_be_made_does_not_tell_how_many_were_used(store: Store) -> None:
    slug, printed = open_round(store, codes=2)
    send(store, slug, {}, code=printed[0])
    with pytest.raises(rounds.RoundError, match="4,998 more can be made"):
        rounds.make_codes(store, slug, 4_999)


def test_a_round_by_link_alone_and_a_closed_one_get_no_codes(store: Store) -> None:
    by_link, _ = open_round(store)
    over, _ = open_round(store, codes=1)
    rounds.close_round(store, over)
    for slug, sentence in ((by_link, "needs no codes"), (over, "is closed"), ("nothing", "no such round")):
        with pytest.raises(rounds.RoundError, match=sentence):
            rounds.make_codes(store, slug, 1)


def test_a_round_by_both_lets_in_with_a_code_and_without_and_refuses_a_wrong_one(store: Store) -> None:
    today = store.today()
    slug, (code,) = rounds.open_round(store, "wellbeing", today, today, "both", 1)
    assert send(store, slug, {}, code=code) is Sealed.STORED
    assert send(store, slug, {}) is Sealed.STORED
    refusal(store, slug, code)
    assert rounds.listing(store)[0].sealed == 2


def test_codes_are_drawn_evenly(store: Store) -> None:
    _, printed = open_round(store, codes=2_000)
    drawn = Counter("".join(code.replace("-", "")[:LENGTH] for code in printed))
    expected = 2_000 * LENGTH / len(ALPHABET)
    # Eight standard deviations: no honest draw comes near.
    assert all(abs(number - expected) < 8 * expected**0.5 for number in drawn.values())
    assert set(drawn) == set(ALPHABET)
