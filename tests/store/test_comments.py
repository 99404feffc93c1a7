"""A comment becomes a quote through two people."""

from __future__ import annotations

import pytest

from feedback_app.store import Store, comments, counting
from feedback_app.store.comments import CommentError, Quote, SamePerson
from tests.store.answering import open_round, send


@pytest.fixture
def comment_id(store: Store) -> str:
    slug, _ = open_round(store)
    for number in range(10):
        send(store, slug, {"what_helps": "talking to Zebedee"} if number == 0 else {})
    counting.count(store, until_month="2026-11")
    (row,) = comments.listing(store)
    return row.id


def test_words_made_safe_by_one_and_approved_by_another_are_a_quote(
    store: Store, comment_id: str, staff_id: int, other_id: int
) -> None:
    comments.make_safe(store, comment_id, "talking to [name removed]", staff_id)
    assert comments.quotes(store, "wellbeing", "2026-27") == []
    comments.approve(store, comment_id, other_id)
    assert comments.quotes(store, "wellbeing", "2026-27") == [
        Quote("what_helps", "talking to [name removed]")
    ]


def test_nobody_approves_what_they_made_safe(store: Store, comment_id: str, staff_id: int) -> None:
    comments.make_safe(store, comment_id, "talking", staff_id)
    with pytest.raises(SamePerson):
        comments.approve(store, comment_id, staff_id)
    assert comments.get(store, comment_id).state == "made_safe"


def test_whoever_changed_the_words_last_or_before_cannot_approve(
    store: Store, comment_id: str, staff_id: int, other_id: int
) -> None:
    comments.make_safe(store, comment_id, "talking", staff_id)
    comments.make_safe(store, comment_id, "talking to someone", other_id)
    for person in (staff_id, other_id):
        with pytest.raises(SamePerson):
            comments.approve(store, comment_id, person)


def test_words_as_written_cannot_be_approved(store: Store, comment_id: str, other_id: int) -> None:
    with pytest.raises(CommentError):
        comments.approve(store, comment_id, other_id)


def test_a_withheld_comment_is_no_quote_and_says_why(store: Store, comment_id: str, staff_id: int) -> None:
    comments.withhold(store, comment_id, staff_id, "about_others")
    assert comments.quotes(store, "wellbeing", "2026-27") == []
    assert comments.get(store, comment_id).reason == "about_others"


@pytest.mark.parametrize("reason", ["", "because she lives in Hull"])
def test_a_reason_is_one_of_the_list(store: Store, comment_id: str, staff_id: int, reason: str) -> None:
    with pytest.raises(CommentError):
        comments.withhold(store, comment_id, staff_id, reason)


@pytest.mark.parametrize("comment_id", ["", "zz", "ff" * 16, "../../etc"])
def test_a_comment_that_is_not_there_gets_one_sentence(store: Store, comment_id: str, staff_id: int) -> None:
    with pytest.raises(CommentError, match="no such comment"):
        comments.make_safe(store, comment_id, "words", staff_id)
