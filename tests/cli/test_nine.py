"""Nine responses alone are shown nowhere, in any form; with a tenth, and the month over, all ten are."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from feedback_app.store import Store
from tests.cli.conftest import Command
from tests.store.answering import open_round, send
from tests.store.tallied import tallied
from tests.support.clock import Clock
from tests.support.tables import rows_of, write_csv

#: The Clock says November 2026, in the report year 2026-27.
MONTH = ("--from", "2026-11", "--to", "2026-11")
QUARTER = ("--from", "2026-10", "--to", "2026-12")
YEAR = ("--from", "2026-04", "--to", "2027-03")
PERIODS = (MONTH, QUARTER, YEAR)
WORDS = "zebra crossing"


def answer(store: Store, slug: str, number: int) -> None:
    for _ in range(number):
        send(store, slug, {"carers_listen": "yes", "what_helps": WORDS})


def text_of(file: Path) -> str:
    """Every word of a report, whatever it is packed in."""
    content = file.read_bytes()
    if file.suffix == ".html":
        return re.sub(r"data:image[^\"']*|<[^>]*>", " ", content.decode())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]*>", " ", " ".join(parts))


@pytest.fixture
def slug(store: Store) -> str:
    return open_round(store)[0]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("breakdown", [(), ("--by", "how"), ("--by", "round")])
def test_nine_are_in_no_result(
    heard: Command, store: Store, today: Clock, slug: str, period: tuple[str, ...], breakdown: tuple[str, ...]
) -> None:
    answer(store, slug, 9)
    today.end_month()
    found = json.loads(
        "\n".join(heard("results", "wellbeing", *period, *breakdown, "--format", "json").lines)
    )
    assert found["responses"] in (None, 0)
    for group in [found, *found.get("groups", [])]:
        for question in group["questions"]:
            assert (question["base"] or 0, question["skipped"] or 0) == (0, 0)
            assert not any(option["percent"] for option in question["options"])


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_nine_look_like_none_at_all(heard: Command, store: Store, today: Clock, slug: str, form: str) -> None:
    today.end_month()
    none = heard("results", "wellbeing", *YEAR, "--format", form).lines
    today.move_to("2026-11-20")
    answer(store, slug, 9)
    today.end_month()
    assert heard("results", "wellbeing", *YEAR, "--format", form).lines == none


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
def test_nine_are_in_no_report(
    heard: Command, store: Store, today: Clock, slug: str, tmp_path: Path, kind: str
) -> None:
    answer(store, slug, 9)
    today.end_month()
    file = tmp_path / f"report.{kind}"
    assert heard("report", "--year", "2026-27", "--to", file).status == 0
    text = text_of(file)
    assert "carers" not in text
    assert WORDS not in text


def test_nine_wait_in_the_box(heard: Command, store: Store, today: Clock, slug: str) -> None:
    answer(store, slug, 9)
    today.end_month()
    assert heard("count").lines == ["end_of_placement: 0 wait", "iro_review: 0 wait", "wellbeing: 9 wait"]


def test_ten_wait_while_their_month_lasts(heard: Command, store: Store, slug: str) -> None:
    answer(store, slug, 10)
    assert "wellbeing: 10 wait" in heard("count").lines


def test_with_a_tenth_all_ten_are_counted(heard: Command, store: Store, today: Clock, slug: str) -> None:
    answer(store, slug, 9)
    today.end_month()
    heard("count")
    answer(store, slug, 1)
    today.end_month()
    assert heard("count").lines[0] == "wellbeing 2026-12: 10 responses counted"


@pytest.mark.parametrize("period", PERIODS)
def test_ten_are_in_every_result(
    heard: Command, store: Store, today: Clock, slug: str, period: tuple[str, ...]
) -> None:
    answer(store, slug, 10)
    today.end_month()
    found = json.loads("\n".join(heard("results", "wellbeing", *period, "--format", "json").lines))
    asked = {question["key"]: question for question in found["questions"]}
    assert found["responses"] == 10
    assert asked["carers_listen"]["base"] == 10
    # Sensitive, and chosen by everyone: a band, never 100%.
    assert asked["carers_listen"]["options"][0]["percent"] is None
    assert asked["carers_listen"]["options"][0]["shown"].startswith("more than")


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx"])
def test_ten_are_in_every_report(
    heard: Command, store: Store, today: Clock, slug: str, tmp_path: Path, kind: str
) -> None:
    answer(store, slug, 10)
    today.end_month()
    file = tmp_path / f"report.{kind}"
    assert heard("report", "--year", "2026-27", "--to", file).lines == [f"{file}: April 2026 to March 2027"]
    assert "carers" in text_of(file)
    assert WORDS not in text_of(file)


def test_nine_imported_wait_for_a_tenth(heard: Command, tmp_path: Path) -> None:
    nine = write_csv(tmp_path, rows_of(9, talked_before="yes"))
    one = write_csv(tmp_path, rows_of(1, month="2026-10", talked_before="no"), "one.csv")
    assert heard("responses", "import", nine, "--survey", "iro_review").lines == [
        "9 responses imported; 9 of iro_review wait in the ballot box."
    ]
    assert heard("responses", "import", one, "--survey", "iro_review").lines == [
        "1 response imported; 0 of iro_review wait in the ballot box."
    ]


def test_imports_of_past_months_are_counted_at_once_by_the_same_rule(
    heard: Command, store: Store, tmp_path: Path
) -> None:
    rows = (
        rows_of(4, month="2025-05", talked_before="yes") + rows_of(7, month="2025-07", talked_before="no")[1:]
    )
    file = write_csv(tmp_path, [*rows, *rows_of(3, month="2025-08", talked_before="no")[1:]])
    assert heard("responses", "import", file, "--survey", "iro_review").lines == [
        "14 responses imported; 3 of iro_review wait in the ballot box."
    ]
    found = {
        month: tallied(store, "iro_review", month)["", "*", "responses"]
        for month in ("2025-05", "2025-07", "2025-08")
    }
    assert found == {"2025-05": 0, "2025-07": 11, "2025-08": 0}
