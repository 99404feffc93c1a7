"""A year of releases: quarter after quarter, then the year; the same in June and in July; one breakdown, then another.

Whoever reads all of them, on screens and in documents, finds no group that could not be shown by itself.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from feedback_app.store import Store, counting
from tests.journeys.conftest import MakeDesk
from tests.staff.desk import Desk
from tests.support.clock import Clock
from tests.support.pages import Page

RESULTS = "/staff/results/end_of_placement"
TOGETHER_SMALL = "together with figures that have been shown before it would lay bare a small number"


@pytest.fixture
def board(desk: MakeDesk) -> Desk:
    return desk().sign_in("board")


def count(store: Store, month: str, number: int, **answers: Any) -> None:
    """Count so many who answered alike."""
    given = {"ending": "planned", "placement_type": "foster_other", **answers}
    records = [{"version": 1, "round": None, "how": None, "answers": dict(given)} for _ in range(number)]
    with store.writing() as session:
        counting.enter(store, session, "end_of_placement", month, records)


def quarter(store: Store, month: str, told: int, not_told: int, skipped: int = 0) -> None:
    """Count a quarter in its first month."""
    for number, value in ((told, "yes"), (not_told, "no"), (skipped, None)):
        count(store, month, number, told_in_time=value)


def section(page: Page, title: str = "Told in good time") -> Any:
    return page.one(f"//section[h2[contains(., '{title}')]]")


def answered(page: Page, title: str = "Told in good time") -> str:
    """What is said of how many answered."""
    return " ".join(section(page, title).xpath(".//p[@class='base']")[0].text_content().split())


def shares(page: Page, title: str = "Told in good time") -> list[str]:
    return [cell.text for cell in section(page, title).xpath(".//table//td")]


def word_document(board: Desk, period: str) -> str:
    """Everything that a reader of the report reads."""
    found = board.client.get(f"/staff/report/{period}.docx")
    assert found.status_code == 200
    document = Document(io.BytesIO(found.get_data()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_quarters_then_the_year(board: Desk, store: Store, today: Clock) -> None:
    for number, month in enumerate(("2025-04", "2025-07", "2025-10"), start=1):
        quarter(store, month, told=24, not_told=6)
        today.move_to(("2025-07-10", "2025-10-10", "2026-01-10")[number - 1])
        assert answered(board.get(f"{RESULTS}?period=2025-26.{number}")).startswith("30 answered")
        word_document(board, f"2025-26.{number}")
    quarter(store, "2026-01", told=1, not_told=3, skipped=20)
    today.move_to("2026-04-10")
    page = board.get(f"{RESULTS}?period=2025-26")
    assert answered(page).startswith("How many answered is withheld")
    assert shares(page)[0] == "between three quarters and 9 in 10"
    assert "figures that were shown while the year ran would otherwise lay bare a small number" in page.text
    assert "114" in page.text


def test_the_years_document_and_spreadsheet_say_no_more_than_its_page(
    board: Desk, store: Store, today: Clock
) -> None:
    for number, month in enumerate(("2025-04", "2025-07", "2025-10"), start=1):
        quarter(store, month, told=24, not_told=6)
        today.move_to(("2025-07-10", "2025-10-10", "2026-01-10")[number - 1])
        word_document(board, f"2025-26.{number}")
    quarter(store, "2026-01", told=1, not_told=3, skipped=20)
    today.move_to("2026-04-10")
    text = word_document(board, "2025-26")
    assert "between three quarters and 9 in 10" in text
    assert "how many answered is withheld" in text
    assert "78%" not in text
    book = load_workbook(io.BytesIO(board.client.get("/staff/report/2025-26.xlsx").get_data()))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True) if "Yes" in row]
    told = next(row for row in rows if "between three quarters and 9 in 10" in row)
    assert "withheld" in told
    assert 78 not in told
    assert any("while the year ran" in str(cell) for cell in told)


def test_the_year_first_and_then_its_quarters(board: Desk, store: Store, today: Clock) -> None:
    for month in ("2025-04", "2025-07", "2025-10"):
        quarter(store, month, told=24, not_told=6)
    quarter(store, "2026-01", told=1, not_told=3, skipped=20)
    today.move_to("2026-04-10")
    pages = [board.get(f"{RESULTS}?period=2025-26.{number}") for number in (1, 2, 3, 4)]
    assert [answered(page)[:2] for page in pages] == ["30", "30", "Ho", "Ho"]
    assert "so that the figure of the whole year can be shown" in pages[2].text
    assert answered(board.get(f"{RESULTS}?period=2025-26")).startswith("94 answered")


def test_the_same_year_in_june_and_in_july(board: Desk, store: Store, today: Clock) -> None:
    quarter(store, "2025-05", told=20, not_told=10)
    today.move_to("2025-06-10")
    assert answered(board.get(f"{RESULTS}?period=2025-26")).startswith("30 answered")
    quarter(store, "2025-06", told=2, not_told=1, skipped=15)
    today.move_to("2025-07-10")
    july = board.get(f"{RESULTS}?period=2025-26")
    assert answered(july).startswith("How many answered is withheld")
    assert TOGETHER_SMALL in july.text


def test_one_breakdown_and_then_another(board: Desk, store: Store, today: Clock) -> None:
    today.move_to("2026-04-10")
    count(store, "2025-04", 20, told_in_time="yes")
    count(store, "2025-04", 4, told_in_time="no", placement_type="childrens_home")
    count(store, "2025-04", 30, told_in_time="yes", ending="sudden", placement_type="childrens_home")
    first = board.get(f"{RESULTS}?period=2025-26&by=ending")
    assert "the two together could lay bare" not in first.text
    second = board.get(f"{RESULTS}?period=2025-26&by=placement_type")
    rows = {
        row.xpath("th")[0].text: [
            cell.text for cell in row.xpath("td") for _ in range(int(cell.get("colspan", 1)))
        ]
        for row in section(second).xpath(".//tbody/tr")
    }
    assert rows["Everyone"][-2] == "54"
    assert "because another breakdown has been shown" in second.text
    assert [cells[-2] for who, cells in rows.items() if "hildren" in who or "foster" in who] == [
        "withheld",
        "withheld",
        "withheld",
    ]


def test_what_was_shown_stays_as_it_was(board: Desk, store: Store, today: Clock) -> None:
    quarter(store, "2025-04", told=24, not_told=6)
    today.move_to("2026-04-10")
    before = board.get(f"{RESULTS}?period=2025-26").text
    board.get(f"{RESULTS}?period=2025-26.1")
    board.get(f"{RESULTS}?period=2025-26&by=ending")
    assert board.get(f"{RESULTS}?period=2025-26").text == before
