"""Comments on their way to being quotes, and words that are read for safety."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback_app.staff import comments as staff_comments
from feedback_app.store import Store, comments, counting, reading_queue
from tests.staff.desk import Desk
from tests.store.answering import open_round, send
from tests.support.clock import Clock
from tests.support.pages import Page

WORDS = ("I hate the meetings", "the place is ok", "my carers are lovely and kind")


@pytest.fixture
def worker(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("participation", email="one@example.org")


@pytest.fixture
def colleague(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("participation", email="two@example.org")


@pytest.fixture
def ids(store: Store, today: Clock) -> dict[str, str]:
    """Three comments, counted with ten responses: words to id."""
    slug, _ = open_round(store)
    for number in range(10):
        send(store, slug, {"what_helps": WORDS[number]} if number < 3 else {"carers_listen": "yes"})
    today.end_month()
    counting.count(store)
    return {row.words: row.id for row in comments.listing(store)}


def make_safe(browser: Desk, comment_id: str, words: str, status: int = 200) -> Page:
    return browser.post(f"/staff/comments/{comment_id}/make-safe", {"safe_words": words}, status)


def test_a_comment_is_offered_as_it_was_written(worker: Desk, ids: dict[str, str]) -> None:
    page = worker.get(f"/staff/comments/{ids[WORDS[0]]}")
    assert page.one("//textarea").text.strip() == WORDS[0]


def test_a_long_list_comes_page_by_page(
    worker: Desk, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_comments, "AT_ONCE", 2)
    first = worker.get("/staff/comments")
    after = worker.get(first.one("//a[@rel='next']/@href"))
    listed = [quote.text for page in (first, after) for quote in page.all("//blockquote")]
    assert sorted(listed) == sorted(WORDS)
    assert "3 to 3 of 3" in after.text
    assert not after.all("//a[@rel='next']")


@pytest.mark.parametrize("number", ["0", "-1", "99", "x"])
def test_a_page_of_a_list_that_is_not_there_shows_one_that_is(
    worker: Desk, ids: dict[str, str], number: str
) -> None:
    assert len(worker.get(f"/staff/comments?page={number}").all("//blockquote")) == len(WORDS)


def test_made_safe_the_next_comment_is_offered(worker: Desk, ids: dict[str, str]) -> None:
    page = make_safe(worker, ids[WORDS[0]], "I hate the [details removed]")
    assert page.heading == "Make this comment safe"
    assert "I hate" not in page.text


def test_nobody_approves_what_they_made_safe(worker: Desk, store: Store, ids: dict[str, str]) -> None:
    make_safe(worker, ids[WORDS[0]], "I hate the meetings")
    page = worker.post(f"/staff/comments/{ids[WORDS[0]]}/approve")
    assert "You made these words safe, so somebody else has to approve them." in page.text
    assert comments.quotes(store, "wellbeing", "2026-27") == []


def test_a_colleague_approves_and_it_is_a_quote(
    worker: Desk, colleague: Desk, store: Store, ids: dict[str, str]
) -> None:
    make_safe(worker, ids[WORDS[0]], "I hate the [details removed]")
    colleague.post(f"/staff/comments/{ids[WORDS[0]]}/approve")
    assert [quote.words for quote in comments.quotes(store, "wellbeing", "2026-27")] == [
        "I hate the [details removed]"
    ]


def test_a_colleague_can_send_it_back(worker: Desk, colleague: Desk, ids: dict[str, str]) -> None:
    make_safe(worker, ids[WORDS[0]], "I hate Otterly Road")
    colleague.post(f"/staff/comments/{ids[WORDS[0]]}/send-back")
    page = colleague.get(f"/staff/comments/{ids[WORDS[0]]}")
    assert page.one("//textarea").text.strip() == "I hate Otterly Road"


def test_no_words_are_refused_beside_the_field(worker: Desk, ids: dict[str, str]) -> None:
    page = make_safe(worker, ids[WORDS[0]], "  ", 422)
    assert "Write the words as they may be published" in page.text


def test_withholding_needs_a_reason_of_the_list(worker: Desk, store: Store, ids: dict[str, str]) -> None:
    worker.post(f"/staff/comments/{ids[WORDS[0]]}/withhold", {"reason": "because I say so"}, 422)
    worker.post(f"/staff/comments/{ids[WORDS[0]]}/withhold", {"reason": "about_others"})
    assert comments.get(store, ids[WORDS[0]]).reason == "about_others"


def test_each_list_says_how_many_it_holds(worker: Desk, ids: dict[str, str]) -> None:
    make_safe(worker, ids[WORDS[0]], "I hate the meetings")
    text = worker.get("/staff/comments").text
    assert "To make safe 2" in text
    assert "To approve 1" in text


@pytest.mark.parametrize("comment_id", ["nothing", "00", "zz"])
def test_a_comment_that_is_not_there_is_no_page(worker: Desk, comment_id: str) -> None:
    worker.get(f"/staff/comments/{comment_id}", 404)


def test_words_are_escaped(worker: Desk, store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    for _ in range(10):
        send(store, slug, {"what_helps": "<script>alert(1)</script>"})
    today.end_month()
    counting.count(store)
    page = worker.get("/staff/comments")
    assert "<script>alert(1)</script>" in page.one("(//blockquote)[1]").text
    assert not page.all("//blockquote/script")


@pytest.fixture
def reader(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("safeguarding")


def test_worrying_words_are_read_on_the_day_and_first(reader: Desk, store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    send(store, slug, {"what_helps": "my dog"})
    send(store, slug, {"what_helps": "he hits me and I want to die"})
    assert [quote.text for quote in reader.get("/staff/reading").all("//blockquote")] == [
        "he hits me and I want to die"
    ]
    today.move_to("2026-11-23")
    assert [quote.text for quote in reader.get("/staff/reading").all("//blockquote")] == [
        "he hits me and I want to die",
        "my dog",
    ]


def test_what_was_read_is_gone_from_the_list(reader: Desk, store: Store, today: Clock) -> None:
    slug, _ = open_round(store)
    send(store, slug, {"what_helps": "my dog"})
    today.move_to("2026-11-23")
    item = reader.get("/staff/reading").value("read")
    page = reader.post("/staff/reading", {"read": item})
    assert "1 comment marked as read" in page.text
    assert reading_queue.due(store) == []


def test_ticking_nothing_is_one_clear_sentence(reader: Desk) -> None:
    assert "Tick the comments that you have read." in reader.post("/staff/reading").text
