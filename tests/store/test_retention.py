"""What is past its time is destroyed, whatever a council's time is, and nothing else is; what was, is a number."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from feedback_app.store import Store, comments, contact_requests, counting, daily, retention, rounds, tallies
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.models import (
    Base,
    Code,
    Comment,
    ContactRequest,
    ReadingItem,
    Receipt,
    Response,
    SealedComment,
    SealedResponse,
    TallyRow,
)
from feedback_app.store.periods import Periods
from feedback_app.store.retention import Gone
from feedback_app.store.secrets import Secrets, UnsealError
from tests.attacks.loot import steal
from tests.conftest import SECRET_KEY
from tests.store.answering import open_round, send
from tests.support.clock import Clock

OTHER_KEY = "B" * 43 + "="
SAID = {"carers_listen": "yes", "what_helps": "my nan's gravy"}


def held(store: Store, model: type[Base]) -> int:
    with store.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def fill(store: Store, number: int) -> None:
    slug, _ = open_round(store)
    for _ in range(number):
        send(store, slug, SAID)


@pytest.fixture
def counted(store: Store, today: Clock) -> Store:
    """Ten responses with words of November 2026, counted on the first of December."""
    fill(store, 10)
    today.end_month()
    counting.count(store)
    return store


def keep(store: Store, **months: int) -> None:
    store.deadlines = replace(store.deadlines, periods=Periods(**months))


def test_responses_stay_to_the_last_day_of_their_time_and_no_longer(counted: Store, today: Clock) -> None:
    today.move_to("2028-12-31")
    retention.retain(counted)
    assert held(counted, Response) == 10
    today.move_to("2029-01-01")
    retention.retain(counted)
    assert held(counted, Response) == 0
    assert Gone("response", "wellbeing", "2026-11", 10) in retention.destroyed(counted)


def test_tallies_stay(counted: Store, today: Clock) -> None:
    before = held(counted, TallyRow)
    today.move_to("2030-01-01")
    retention.retain(counted)
    assert held(counted, TallyRow) == before
    assert tallies.differences(counted) == []


def test_a_shorter_period_holds_for_what_is_there(counted: Store, today: Clock) -> None:
    today.move_to("2027-06-30")
    keep(counted, response_months=6)
    retention.retain(counted)
    assert held(counted, Response) == 10
    today.move_to("2027-07-01")
    retention.retain(counted)
    assert held(counted, Response) == 0


def test_a_longer_period_holds_for_what_is_there(counted: Store, today: Clock) -> None:
    keep(counted, response_months=60)
    today.move_to("2031-12-31")
    retention.retain(counted)
    assert held(counted, Response) == 10


def test_comments_stay_for_half_a_year_after_their_report_year(counted: Store, today: Clock) -> None:
    today.move_to("2027-09-30")
    retention.retain(counted)
    assert held(counted, Comment) == 10
    today.move_to("2027-10-01")
    retention.retain(counted)
    assert held(counted, Comment) == 0
    assert Gone("comment", "wellbeing", "2026-27", 10) in retention.destroyed(counted)


def test_a_council_may_destroy_comments_sooner(counted: Store, today: Clock) -> None:
    keep(counted, comment_months=1)
    today.move_to("2027-05-01")
    retention.retain(counted)
    assert held(counted, Comment) == 0


def test_approved_words_stay(counted: Store, today: Clock, staff_id: int, other_id: int) -> None:
    chosen = comments.listing(counted)[0].id
    comments.make_safe(counted, chosen, "gravy", staff_id)
    comments.approve(counted, chosen, other_id)
    today.move_to("2027-09-30")
    retention.retain(counted)
    assert comments.get(counted, chosen).words == "my nan's gravy"
    today.move_to("2035-01-01")
    assert retention.retain(counted) == 30
    assert retention.retain(counted) == 0
    assert Gone("original_words", "wellbeing", "2026-27", 1) in retention.destroyed(counted)
    assert comments.get(counted, chosen).words == "gravy"
    assert [quote.words for quote in comments.quotes(counted, "wellbeing", "2026-27")] == ["gravy"]


def test_a_quote_sent_back_is_not_destroyed_before_somebody_looked_at_it(
    counted: Store, today: Clock, staff_id: int, other_id: int
) -> None:
    chosen = comments.listing(counted)[0].id
    comments.make_safe(counted, chosen, "gravy", staff_id)
    comments.approve(counted, chosen, other_id)
    today.move_to("2035-01-10")
    comments.send_back(counted, chosen, staff_id)
    retention.retain(counted)
    assert comments.get(counted, chosen).state == "waiting"
    today.move_to("2035-08-01")
    retention.retain(counted)
    assert held(counted, Comment) == 0


def test_what_is_left_over_in_a_box_goes_as_a_number(store: Store, today: Clock) -> None:
    fill(store, 9)
    today.move_to("2028-12-01")
    daily.count_and_destroy(store)
    assert (held(store, SealedResponse), held(store, SealedComment)) == (0, 0)
    assert {(gone.what, gone.count) for gone in retention.destroyed(store)} >= {
        ("sealed_response", 9),
        ("sealed_comment", 9),
    }


def test_what_could_be_counted_is_counted_before_it_is_destroyed(store: Store, today: Clock) -> None:
    fill(store, 10)
    today.move_to("2028-12-01")
    daily.count_and_destroy(store)
    assert held(store, Response) == 10
    assert "sealed_response" not in {gone.what for gone in retention.destroyed(store)}


def test_without_the_key_what_waits_is_left_alone_and_the_rest_goes_in_its_time(
    counted: Store, today: Clock
) -> None:
    fill(counted, 10)
    today.move_to("2029-01-01")
    mine, counted.secrets = counted.secrets, Secrets(SECRET_KEY, (OTHER_KEY,))
    with pytest.raises(UnsealError):
        daily.count_and_destroy(counted)
    assert (held(counted, SealedResponse), held(counted, Response)) == (10, 0)
    counted.secrets = mine
    daily.count_and_destroy(counted)
    assert (held(counted, SealedResponse), held(counted, Response)) == (0, 10)


def test_a_request_that_nobody_dealt_with_does_not_stay_for_ever(store: Store, today: Clock) -> None:
    contact_requests.put(store, "a-random-number-of-a-form", Wanted("Sam", "07700 900123"))
    with store.reading() as session:
        due = session.scalars(select(ContactRequest.answer_by)).one()
    today.move_to(str(due.replace(year=2027, month=5)))
    retention.retain(store)
    assert held(store, ContactRequest) == 1
    today.move_to(str(due.replace(year=2027, month=5, day=due.day + 1)))
    retention.retain(store)
    assert held(store, ContactRequest) == 0
    assert retention.destroyed(store) == [Gone("contact_request", "", "2026-11", 1)]


def test_words_that_nobody_read_do_not_stay_for_ever(store: Store, today: Clock) -> None:
    fill(store, 1)
    today.move_to("2028-12-01")
    retention.retain(store)
    assert held(store, ReadingItem) == 0


def test_receipts_go_when_no_phone_can_send_again(store: Store, today: Clock) -> None:
    fill(store, 2)
    today.move_to("2027-02-28")
    retention.retain(store)
    assert held(store, Receipt) == 2
    today.move_to("2027-03-01")
    retention.retain(store)
    assert held(store, Receipt) == 0


def test_codes_go_when_they_let_nobody_in_any_more(store: Store, today: Clock) -> None:
    """A list of who got which slip would tell of the codes left who did not answer."""
    slug, (code, *_) = open_round(store, codes=4)
    send(store, slug, SAID, code=code)
    today.move_to("2027-02-28")
    retention.retain(store)
    assert held(store, Code) == 3
    today.move_to("2027-03-01")
    retention.retain(store)
    assert held(store, Code) == 0
    (row,) = rounds.listing(store)
    assert (row.codes_issued, row.codes_used, row.codes_left) == (4, 1, 0)


def test_nothing_of_what_was_destroyed_is_left_in_the_files(counted: Store, today: Clock) -> None:
    with counted.reading() as session:
        held = [
            *session.scalars(select(Response.id)),
            *(words[64:128] for words in session.scalars(select(Comment.words))),
        ]
    before = b"".join(steal(counted, whole=False).files.values())
    assert all(one in before for one in held)
    today.move_to("2029-01-01")
    retention.retain(counted)
    after = b"".join(steal(counted, whole=False).files.values())
    assert not any(one in after for one in held)


def test_where_nothing_is_over_nothing_is_written(counted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "transaction", lambda _self: pytest.fail("it wrote"))
    assert retention.retain(counted) == 0


def test_a_recount_knows_what_was_destroyed_of_a_month(counted: Store, today: Clock) -> None:
    today.move_to("2029-01-01")
    retention.retain(counted)
    assert tallies.differences(counted) == []


def test_a_recount_misses_responses_that_nobody_destroyed(counted: Store, today: Clock) -> None:
    with counted.writing() as session:
        session.delete(session.scalars(select(Response)).first())
    today.move_to("2029-01-01")
    retention.retain(counted)
    (difference,) = tallies.differences(counted)
    assert (difference.tally, difference.responses) == (10, 9)


def test_it_is_done_once_a_day(counted: Store, today: Clock) -> None:
    kept = daily.Daily(counted)
    assert kept.look()
    assert not kept.look()
    today.move_to("2029-01-01")
    assert kept.look()
    assert held(counted, Response) == 0


def test_a_day_that_fails_is_logged_without_a_word_and_does_not_end_it(
    store: Store, today: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    fill(store, 10)
    today.end_month()
    store.secrets = Secrets(SECRET_KEY, (OTHER_KEY,))
    kept = daily.Daily(store)
    with caplog.at_level(logging.INFO, logger="heard"):
        assert kept.look()
    assert [record.fields for record in caplog.records] == [{"error": "UnsealError"}]  # type: ignore[attr-defined]


def test_it_ends_when_it_is_told(store: Store) -> None:
    kept = daily.Daily(store)
    kept.start()
    kept.end()
    assert held(store, Response) == 0


def test_months_are_counted_from_when_a_past_year_was_imported() -> None:
    assert retention.comments_kept_from("2022-23", "2026-11") == "2026-11"
    assert retention.comments_kept_from("2026-27", "2026-11") == "2027-03"
