"""Results and the report: only what disclosure control lets through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from analysis.bands import partitions
from analysis.settings import Rules
from feedback_app import context
from feedback_app.staff.bars import reach
from feedback_app.staff.report import file_name
from feedback_app.store import Store, ballot_box
from tests.staff.desk import Desk
from tests.store.answering import open_round, send
from tests.support.clock import Clock
from tests.support.pages import Page

YEAR = "2026-27"
RESULTS = f"/staff/results/iro_review?period={YEAR}"


@pytest.fixture
def board(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("board")


@pytest.fixture
def slug(store: Store) -> str:
    return open_round(store, "iro_review")[0]


def answer(store: Store, slug: str, yes: int, no: int = 0) -> None:
    for number in range(yes + no):
        send(store, slug, {"role_explained": "yes" if number < yes else "no"})


def figures(page: Page, title: str) -> list[str]:
    """The shares in the table of a question."""
    return [cell.text for cell in page.all(f"//section[h2[contains(., '{title}')]]//table//td")]


def test_nine_responses_show_nothing_after_the_month(
    board: Desk, store: Store, slug: str, today: Clock
) -> None:
    answer(store, slug, 9)
    today.end_month()
    page = board.get(RESULTS)
    assert "Nothing has been counted yet" in page.text
    assert "Fewer than 10 responses in the ballot box" in page.text
    assert "%" not in page.text


def test_with_a_tenth_all_ten_are_shown_once_the_month_has_ended(
    board: Desk, store: Store, slug: str, today: Clock
) -> None:
    answer(store, slug, 8, no=2)
    assert "Nothing has been counted yet" in board.get(RESULTS).text
    today.end_month()
    page = board.get(RESULTS)
    assert figures(page, "role explained") == ["80%", "20%", "0%"]
    assert "10 answered" in page.text


def test_a_question_that_fewer_than_ten_answered_says_why_it_is_withheld(
    board: Desk, store: Store, slug: str, today: Clock
) -> None:
    answer(store, slug, 9)
    send(store, slug, {"plan_understood": "yes"})
    today.end_month()
    page = board.get(RESULTS)
    assert figures(page, "role explained") == ["withheld"] * 3
    assert "Withheld: fewer than 10 answered" in page.text


@pytest.fixture
def by_how(board: Desk, store: Store, slug: str, today: Clock) -> Page:
    """The page where twelve answered by themselves and three in a conversation."""
    answer(store, slug, 12)
    for _ in range(3):
        send(store, slug, {"role_explained": "yes"}, how="conversation")
    today.end_month()
    return board.get(f"{RESULTS}&by=how")


def test_a_breakdown_withholds_small_groups(by_how: Page) -> None:
    rows = by_how.all("//section[h2[contains(., 'role explained')]]//tbody/tr")
    said = {row.xpath("th")[0].text: [cell.text for cell in row.xpath("td")] for row in rows}
    assert said["Everyone"][0] == "100%"
    assert set(said["In a conversation"]) == {"withheld"}


def test_a_reason_says_whose_figures_it_is_about(by_how: Page) -> None:
    whose = by_how.all("//section[h2[contains(., 'role explained')]]/p[@class='why']/strong/text()")
    assert whose == ["Every group:"]


def test_rounds_are_told_apart_by_their_days(board: Desk, store: Store, slug: str, today: Clock) -> None:
    answer(store, slug, 12)
    today.end_month()
    assert "20 November 2026 to 19 January 2027" in board.get(f"{RESULTS}&by=round").text


@pytest.mark.parametrize(
    "query", ["period=nonsense", "period=2026-13", "period=m2026-13", "period=2026-27.5", "by=role_explained"]
)
def test_what_cannot_be_asked_for_is_no_page(board: Desk, query: str) -> None:
    board.get(f"/staff/results/iro_review?{query}", 404)


def test_there_is_no_page_of_a_survey_that_is_not_there(board: Desk) -> None:
    board.get("/staff/results/made_up", 404)


def test_a_month_can_be_chosen(board: Desk, store: Store, slug: str, today: Clock) -> None:
    answer(store, slug, 10)
    today.end_month()
    assert "November 2026: 10" in board.get("/staff/results/iro_review?period=m2026-11").text


def test_every_figure_of_a_chart_stands_in_its_table_too(
    board: Desk, store: Store, slug: str, today: Clock
) -> None:
    answer(store, slug, 8, no=2)
    today.end_month()
    for section in board.get(RESULTS).all("//section[contains(@class, 'figures')]"):
        shown = [value.text for value in section.xpath(".//*[contains(@class, 'bar-value')]")]
        if shown:
            assert shown == [cell.text for cell in section.xpath(".//td")]


def test_every_band_has_its_place_on_a_bar() -> None:
    said = {
        band.words for base in (10, 20, 50, 1000) for bands in partitions(base, Rules()) for band in bands
    }
    assert all(reach(None, words) for words in said)


def test_a_bars_band_holds_every_count_of_the_band() -> None:
    for bands in partitions(300, Rules()):
        for band in bands:
            least, most = reach(None, band.words) or (0, 0)
            assert least <= 100 * band.least / 300
            assert 100 * band.most / 300 <= most


def test_what_is_withheld_has_no_bar() -> None:
    assert reach(None, "withheld") is None


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
def test_the_report_can_be_taken_away(board: Desk, store: Store, slug: str, today: Clock, kind: str) -> None:
    answer(store, slug, 8, no=2)
    today.end_month()
    found = board.client.get(f"/staff/report/{YEAR}.{kind}")
    assert found.status_code == 200
    assert found.headers["Content-Disposition"].endswith(f'told-us-{YEAR}.{kind}"')


def test_the_report_page_says_what_it_will_contain(
    board: Desk, store: Store, slug: str, today: Clock
) -> None:
    answer(store, slug, 8, no=2)
    today.end_month()
    assert "80% said that their IRO explained" in board.get(f"/staff/report?period={YEAR}").text


@pytest.mark.parametrize("address", [f"{YEAR}.pdf", "m2026-11.docx", "nonsense.docx"])
def test_a_report_that_cannot_be_is_no_page(board: Desk, address: str) -> None:
    assert board.client.get(f"/staff/report/{address}").status_code == 404


def test_a_report_is_named_after_council_and_period() -> None:
    assert (
        file_name("Example & Sons’ Council", "2022-23.1")
        == "Example-Sons-Council-what-children-told-us-2022-23-Q1"
    )


@pytest.fixture
def demonstration(app: Flask) -> None:
    parts = app.extensions["heard"]
    context.attach(app, replace(parts, config=replace(parts.config, demo=True)))


@pytest.mark.usefixtures("demonstration")
def test_in_the_demonstration_the_month_can_be_ended(board: Desk, store: Store, slug: str) -> None:
    answer(store, slug, 10)
    assert "10 responses counted in November 2026" in board.post("/staff/results/end-month").text
    assert ballot_box.waiting(store, "iro_review") == 0


@pytest.mark.usefixtures("demonstration")
def test_ending_the_month_with_nine_counts_nothing_and_says_so(board: Desk, store: Store, slug: str) -> None:
    answer(store, slug, 9)
    assert "Nothing was counted" in board.post("/staff/results/end-month").text


def test_outside_the_demonstration_no_month_can_be_ended(board: Desk, store: Store, slug: str) -> None:
    answer(store, slug, 10)
    board.post("/staff/results/end-month", status=404)
    assert ballot_box.waiting(store, "iro_review") == 10
    assert "End the month" not in board.get("/staff/results").text
