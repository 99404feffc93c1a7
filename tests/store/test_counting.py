"""Counting follows the rule: ended months only, ten or more together, carried forward until then."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from feedback_app.config import Config
from feedback_app.store import Store, ballot_box, comments, counting, tallies
from feedback_app.store.counting import BOX_SIZE, batches_of, kept_groups
from feedback_app.store.models import Destroyed, Response, SealedComment, SealedResponse, TallyRow
from feedback_app.store.opening import open_store
from tests.store.answering import open_round, send
from tests.store.tallied import tallied
from tests.support.clock import Clock

MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]


def total(store: Store, month: str, question: str = "*", option: str = "responses") -> int:
    return tallied(store, "wellbeing", month)["", question, option]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([("2026-01", 9)], []),
        ([("2026-01", 10)], [("2026-01", ["2026-01"])]),
        ([("2026-01", 4), ("2026-02", 6)], [("2026-02", ["2026-01", "2026-02"])]),
        ([("2026-01", 4), ("2026-03", 5), ("2026-04", 1)], [("2026-04", ["2026-01", "2026-03", "2026-04"])]),
        ([("2026-01", 12), ("2026-02", 9)], [("2026-01", ["2026-01"])]),
        (
            [("2026-01", 10), ("2026-02", 9), ("2026-03", 30)],
            [("2026-01", ["2026-01"]), ("2026-03", ["2026-02", "2026-03"])],
        ),
    ],
)
def test_months_are_carried_forward_until_ten_are_together(
    sizes: list[tuple[str, int]], expected: list[tuple[str, list[str]]]
) -> None:
    assert batches_of(sizes) == expected


@given(st.lists(st.integers(1, 25), max_size=12))
def test_no_batch_is_ever_under_ten_and_what_is_left_is(sizes: list[int]) -> None:
    months = list(zip(MONTHS, sizes, strict=False))
    batches = batches_of(months)
    size = dict(months)
    counted = [month for _, together in batches for month in together]
    assert all(sum(size[m] for m in together) >= BOX_SIZE for _, together in batches)
    assert all(month == together[-1] for month, together in batches)
    assert sum(number for month, number in months if month not in counted) < BOX_SIZE
    assert counted == [month for month, _ in months][: len(counted)]


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 40), max_size=5), st.integers(0, 30))
def test_neither_a_kept_group_nor_the_rest_is_under_ten(sizes: dict[str, int], others: int) -> None:
    whole = sum(sizes.values()) + others
    kept = kept_groups(sizes, whole)
    rest = whole - sum(sizes[group] for group in kept)
    assert all(sizes[group] >= BOX_SIZE for group in kept)
    assert not kept or rest == 0 or rest >= BOX_SIZE


def test_nine_are_not_counted_and_with_a_tenth_all_ten_are(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(9):
        send(store, slug, {"carers_listen": "yes"})
    today.end_month()
    assert total(store, "2026-11") == 0
    assert ballot_box.waiting(store, "wellbeing") == 9
    send(store, slug, {"carers_listen": "no"})
    assert total(store, "2026-12") == 0
    today.end_month()
    assert total(store, "2026-12") == 10
    assert total(store, "2026-12", "carers_listen", "yes") == 9
    assert ballot_box.waiting(store, "wellbeing") == 0


def test_a_month_that_has_not_ended_is_not_counted(store: Store) -> None:
    slug, _ = open_round(store)
    for _ in range(12):
        send(store, slug, {"carers_listen": "yes"})
    assert counting.count(store) == []
    assert ballot_box.waiting(store, "wellbeing") == 12


def test_surveys_are_counted_apart(store: Store, today: Clock) -> None:
    wellbeing, _ = open_round(store)
    review, _ = open_round(store, "iro_review")
    for _ in range(6):
        send(store, wellbeing, {"carers_listen": "yes"})
        send(store, review, {"talked_before": "yes"})
    today.end_month()
    assert counting.count(store) == []


def test_skips_and_not_saying_are_no_answers(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for answer in ["yes"] * 6 + ["prefer_not_to_say"] * 3 + [None]:
        send(store, slug, {"carers_listen": answer})
    today.end_month()
    assert total(store, "2026-11", "carers_listen", "answered") == 6
    assert total(store, "2026-11", "carers_listen", "prefer_not_to_say") == 3
    assert total(store, "2026-11", "carers_listen", "skipped") == 1


def test_what_is_off_the_path_is_not_counted(store: Store, today: Clock) -> None:
    slug, _ = open_round(store, "iro_review")
    for _ in range(10):
        send(store, slug, {"talked_before": "yes", "talked_before_why": "other"})
    today.end_month()
    asked = {question for _, question, _ in tallied(store, "iro_review", "2026-11")}
    assert "talked_before" in asked
    assert "talked_before_why" not in asked


def test_a_counted_response_has_a_new_id_and_no_month_of_answering(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(4):
        send(store, slug, {"carers_listen": "yes"})
    with store.reading() as session:
        sealed = set(session.scalars(select(SealedResponse.id)))
    today.end_month()
    for _ in range(6):
        send(store, slug, {"carers_listen": "yes"})
    today.end_month()
    counting.count(store)
    with store.reading() as session:
        responses = session.scalars(select(Response)).all()
    assert {r.month for r in responses} == {"2026-12"}
    assert not {r.id for r in responses} & sealed


def test_the_way_of_answering_is_kept_only_where_ten_share_it(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for number in range(23):
        send(store, slug, {"carers_listen": "yes"}, how="conversation" if number < 3 else "self")
    today.end_month()
    counting.count(store)
    with store.reading() as session:
        kept = dict(session.execute(select(Response.how, func.count()).group_by(Response.how)).all())
    # Twenty alone could be kept, but all minus those twenty would be the three.
    assert kept == {None: 23}


def test_fewer_than_ten_never_share_a_round_and_a_way_of_answering(store: Store, today: Clock) -> None:
    """Twelve came by each round and twelve in each way, but only one in a conversation of the first round."""
    first, _ = open_round(store)
    second, _ = open_round(store)
    for number in range(12):
        send(store, first, {"carers_listen": "yes"}, how="conversation" if number == 0 else "self")
        send(store, second, {"carers_listen": "yes"}, how="self" if number == 0 else "conversation")
    today.end_month()
    counting.count(store)
    with store.reading() as session:
        kept = session.execute(
            select(Response.round_slug, Response.how, func.count()).group_by(
                Response.round_slug, Response.how
            )
        )
        assert {tuple(row) for row in kept} == {(first, None, 12), (second, None, 12)}


def test_two_ways_of_answering_with_ten_each_are_kept(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for number in range(20):
        send(store, slug, {"carers_listen": "yes"}, how="conversation" if number < 10 else "self")
    today.end_month()
    found = tallied(store, "wellbeing", "2026-11", "how")
    assert {group: number for (group, _, option), number in found.items() if option == "responses"} == {
        "": 20,
        "self": 10,
        "conversation": 10,
    }


def test_a_declared_breakdown_is_tallied(store: Store, today: Clock) -> None:
    slug, _ = open_round(store, "end_of_placement")
    for number in range(24):
        send(store, slug, {"ending": "planned" if number < 12 else "sudden", "told_in_time": "yes"})
    today.end_month()
    found = tallied(store, "end_of_placement", "2026-11", "ending")
    told = {group: found[group, "told_in_time", "yes"] for group in ("", "planned", "sudden")}
    assert told == {"": 24, "planned": 12, "sudden": 12}


def test_words_can_be_read_by_staff_only_once_the_box_is_counted(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for number in range(10):
        send(store, slug, {"what_helps": f"thing {number}"})
    assert comments.listing(store) == []
    today.end_month()
    counting.count(store)
    found = comments.listing(store, "waiting", "wellbeing", "2026-27")
    assert {row.words for row in found} == {f"thing {number}" for number in range(10)}
    with store.reading() as session:
        assert session.scalars(select(func.count()).select_from(SealedComment)).one() == 0


def test_counting_twice_changes_nothing(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(10):
        send(store, slug, {"carers_listen": "yes"})
    today.end_month()
    assert [batch.responses for batch in counting.count(store)] == [10]
    assert counting.count(store) == []
    assert total(store, "2026-11") == 10


def test_a_month_can_be_ended_at_will_for_the_demonstration(store: Store) -> None:
    slug, _ = open_round(store)
    for _ in range(10):
        send(store, slug, {"carers_listen": "yes"})
    assert [batch.month for batch in counting.count(store, until_month="2026-11")] == ["2026-11"]


def test_a_recount_finds_every_tally_right(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(14):
        send(store, slug, {"carers_listen": "yes", "feeling_lately": "okay"})
    today.end_month()
    counting.count(store)
    assert tallies.differences(store) == []


def test_a_recount_finds_a_tally_that_is_wrong(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(14):
        send(store, slug, {"carers_listen": "yes"})
    today.end_month()
    counting.count(store)
    with store.writing() as session:
        row = session.scalars(
            select(TallyRow).where(
                TallyRow.question == "carers_listen", TallyRow.option == "yes", TallyRow.breakdown == ""
            )
        ).one()
        row.count += 1
    (difference,) = tallies.differences(store)
    assert (difference.tally, difference.responses) == (15, 14)


def test_after_two_years_responses_go_and_tallies_stay(store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(10):
        send(store, slug, {"carers_listen": "yes"})
    today.end_month()
    counting.count(store)
    today.move_to(dt.date(2029, 1, 2))
    later, _ = open_round(store)
    for _ in range(10):
        send(store, later, {"carers_listen": "yes"})
    today.end_month()
    counting.count(store)
    assert total(store, "2026-11") == 10
    with store.reading() as session:
        gone = session.scalars(select(Destroyed).where(Destroyed.what == "response")).one()
        kept = session.scalars(select(func.count()).select_from(Response)).one()
    assert (gone.month, gone.count, kept) == ("2026-11", 10, 10)
    assert tallies.differences(store) == []


def test_a_council_may_open_larger_boxes_only(database_url: str, tmp_path: Path, config: Config) -> None:
    file = tmp_path / "disclosure.toml"
    file.write_text("box_size = 12\n", encoding="utf-8")
    opened = open_store(replace(config, disclosure=file), lambda: dt.date(2026, 11, 20))
    try:
        slug, _ = open_round(opened)
        for _ in range(11):
            send(opened, slug, {"trusted_adult": "yes"})
        opened.today = lambda: dt.date(2026, 12, 1)
        assert counting.count(opened) == []
        send(opened, slug, {"trusted_adult": "yes"})
        opened.today = lambda: dt.date(2027, 1, 1)
        assert [batch.responses for batch in counting.count(opened)] == [12]
    finally:
        opened.close()
