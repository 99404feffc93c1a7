"""What a council's own spreadsheet does to a file without asking is understood; words are kept as they were written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from feedback_app.importing.responses import import_responses
from feedback_app.store import Store
from feedback_app.store.models import SealedComment, SealedResponse
from surveys.schema import Survey
from tests.cli.conftest import Command
from tests.support.tables import HEADER, ROW, text, write_csv, write_xlsx
from tests.surveys import examples

GOOD = text([HEADER, ROW])
Kept = Callable[[Path], dict[str, Any]]


@pytest.fixture
def kept(heard: Command, store: Store) -> Kept:
    """Imports a file of one response, and gives what waits in the box: month, answers and words together."""

    def kept_(file: Path) -> dict[str, Any]:
        assert heard("responses", "import", file, "--survey", "iro_review").lines == [
            "1 response imported; 1 of iro_review wait in the ballot box."
        ]
        with store.reading() as session:
            response = session.scalars(select(SealedResponse)).one()
            comments = [store.secrets.unseal(c.sealed) for c in session.scalars(select(SealedComment))]
        answers = store.secrets.unseal(response.sealed)["answers"]
        return {"month": response.month, **answers, **{c["question"]: c["words"] for c in comments}}

    return kept_


WRITTEN = [
    ("plain", GOOD.encode()),
    ("without an end of line", GOOD.rstrip("\n").encode()),
    ("with a byte order mark", b"\xef\xbb\xbf" + GOOD.encode()),
    ("with the line ends of Windows", GOOD.replace("\n", "\r\n").encode()),
    ("with the line ends of old Macs", GOOD.replace("\n", "\r").encode()),
    ("with semicolons", text([HEADER, ROW], ";").encode()),
    ("with tabs", text([HEADER, ROW], "\t").encode()),
    ("with spaces around", text([HEADER, [f"  {cell}\u00a0" for cell in ROW]]).encode()),
    ("with spaces in the header", text([[f" {name} " for name in HEADER], ROW]).encode()),
    ("with everything quoted", "\n".join(",".join(f'"{c}"' for c in row) for row in (HEADER, ROW)).encode()),
    ("with blank rows", text([HEADER, ("",) * 5, ROW, ()]).encode()),
    ("with columns in another order", text([HEADER[::-1], ROW[::-1]]).encode()),
]


@pytest.mark.parametrize("content", [w[1] for w in WRITTEN], ids=[w[0] for w in WRITTEN])
def test_a_table_is_read_however_it_is_written(kept: Kept, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(content)
    assert kept(file) == dict(zip(HEADER, ROW, strict=True))


WORDS = [
    '=HYPERLINK("https://example.org","click")',
    "@SUM(A1)",
    "+44 and -1",
    "the 🐈‍⬛ cat 👍🏽",
    "أحب بيتي",
    'she said "no, thanks"; and left',
    "one\ntwo\n\nthree",
    "café ﬁne Ⅷ",
    "2026-09",
    "null",
    "x" * 1000,
    "'; DROP TABLE response; --",
    "<b>bold</b> {{ 7 * 7 }} %s \\n",
]


@pytest.mark.parametrize("words", WORDS)
def test_words_are_kept_as_they_were_written(kept: Kept, tmp_path: Path, words: str) -> None:
    assert kept(write_csv(tmp_path, [HEADER, (*ROW[:-1], words)]))["best_thing"] == words


@pytest.mark.parametrize("words", WORDS)
def test_words_of_a_spreadsheet_are_kept_as_they_were_written(kept: Kept, tmp_path: Path, words: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEADER))
    sheet.append(list(ROW))
    cell = sheet.cell(2, len(HEADER))
    cell.value, cell.data_type = words, "s"
    book.save(tmp_path / "answers.xlsx")
    assert kept(tmp_path / "answers.xlsx")["best_thing"] == words


def test_what_would_turn_words_round_is_taken_out_of_them(kept: Kept, tmp_path: Path) -> None:
    words = "\u202edetrever\u202c"
    assert kept(write_csv(tmp_path, [HEADER, (*ROW[:-1], words)]))["best_thing"] == "detrever"


def test_windows_line_ends_within_words_become_plain(kept: Kept, tmp_path: Path) -> None:
    assert kept(write_csv(tmp_path, [HEADER, (*ROW[:-1], "one\r\ntwo")]))["best_thing"] == "one\ntwo"


@pytest.mark.parametrize("day", [dt.date(2026, 9, 1), dt.datetime(2026, 9, 30, 23, 59)])
def test_a_month_that_a_spreadsheet_made_a_date_of_is_a_month(
    kept: Kept, tmp_path: Path, day: dt.date
) -> None:
    assert kept(write_xlsx(tmp_path, [HEADER, [day, *ROW[1:]]]))["month"] == "2026-09"


def test_empty_cells_at_the_end_of_a_row_are_skipped_questions(kept: Kept, tmp_path: Path) -> None:
    assert kept(write_xlsx(tmp_path, [HEADER, ROW[:3]]))["how_attended"] is None


def test_a_question_without_a_column_was_not_asked(kept: Kept, tmp_path: Path) -> None:
    assert "views_considered" not in kept(write_csv(tmp_path, [HEADER, ROW]))


@pytest.fixture
def colours() -> Survey:
    """A survey with a question of several choices, one of which may be kept to oneself."""
    return examples.read(
        examples.question("likes", type="many", options=examples.COLOURS, sensitive=True),
        examples.question("why", type="words"),
        key="colours",
    )


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("red;blue", ["red", "blue"]),
        (" blue ; red ", ["red", "blue"]),
        ("red;", ["red"]),
        ("prefer_not_to_say", ["prefer_not_to_say"]),
        ("", None),
    ],
)
def test_several_choices_stand_between_semicolons(
    store: Store, tmp_path: Path, colours: Survey, cell: str, answer: list[str] | None
) -> None:
    rows = [("month", "likes", "why"), ("2026-09", cell, "because")]
    import_responses(store, write_csv(tmp_path, rows), colours)
    with store.reading() as session:
        sealed = session.scalars(select(SealedResponse.sealed)).one()
    assert store.secrets.unseal(sealed)["answers"]["likes"] == answer
