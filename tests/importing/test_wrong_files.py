"""A file that cannot be imported gets one line with its place, exit status 2, and leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from feedback_app.store import Store, ballot_box
from tests.cli.conftest import Census, Command
from tests.support.tables import HEADER, ROW, text, write_csv, write_xlsx

Refuse = Callable[[Path], str]


@pytest.fixture
def refuse(heard: Command, rows: Census) -> Refuse:
    """Imports a file that must be refused, and gives the one line of why."""

    def refuse_(file: Path) -> str:
        before = rows()
        complaint = heard("responses", "import", file, "--survey", "iro_review").complaint
        assert rows() == before
        assert complaint.startswith(file.name)
        return complaint

    return refuse_


def changed(column: str, value: str) -> tuple[str, ...]:
    """A row with one cell changed."""
    return tuple(value if name == column else cell for name, cell in zip(HEADER, ROW, strict=True))


CELLS = [
    ("talked_before", "perhaps", "'perhaps' is not one of its answers; expected yes, no, not_sure"),
    ("talked_before", "Yes", "'Yes' is not one of its answers; expected yes, no, not_sure"),
    ("talked_before", "yes;no", "'yes;no' is not one of its answers"),
    ("talked_before_why", "other;other", "'other;other' is not one of its answers"),
    ("talked_before_why", "because", "'because' is not one of its answers; expected did_not_want_to, "),
    ("how_attended", "\u202ednetta", "'\\u202ednetta' is not one of its answers"),
    ("how_attended", "x" * 5000, f"'{'x' * 60}…' is not one of its answers"),
    ("best_thing", "x" * 100_000, "holds 100000 characters; expected at most "),
    ("month", "", "is empty; expected the month as YYYY-MM"),
    ("month", "2022-13", "'2022-13' is not a month; expected YYYY-MM"),
    ("month", "2022-00", "'2022-00' is not a month; expected YYYY-MM"),
    ("month", "2022-1", "'2022-1' is not a month; expected YYYY-MM"),
    ("month", "22-01", "'22-01' is not a month; expected YYYY-MM"),
    ("month", "2022-01-01", "'2022-01-01' is not a month; expected YYYY-MM"),
    ("month", "2022 01", "'2022 01' is not a month; expected YYYY-MM"),
    ("month", "٢٠٢٢-٠١", "is not a month; expected YYYY-MM"),
    ("month", "2026-12", "'2026-12' is still to come; expected a month up to 2026-11"),
    ("month", "9999-12", "'9999-12' is still to come"),
    ("month", "1999-12", "'1999-12' is before 2000; expected a month from 2000-01 on"),
    ("month", "0000-01", "'0000-01' is before 2000"),
]


@pytest.mark.parametrize(("column", "value", "sentence"), CELLS)
def test_a_wrong_cell_is_told_with_row_and_column(
    refuse: Refuse, tmp_path: Path, column: str, value: str, sentence: str
) -> None:
    file = write_csv(tmp_path, [HEADER, *[ROW] * 12, changed(column, value)])
    complaint = refuse(file)
    assert complaint.startswith(f"answers.csv: row 14, column {column}: ")
    assert sentence in complaint


@pytest.mark.parametrize(("column", "value", "sentence"), [case for case in CELLS if len(case[1]) < 9_000])
def test_a_wrong_cell_of_a_spreadsheet_is_told_alike(
    refuse: Refuse, tmp_path: Path, column: str, value: str, sentence: str
) -> None:
    file = write_xlsx(tmp_path, [HEADER, *[ROW] * 12, changed(column, value)])
    complaint = refuse(file)
    assert complaint.startswith(f"answers.xlsx: row 14, column {column}: ")
    assert sentence in complaint


def test_an_answer_off_the_path_is_told(refuse: Refuse, tmp_path: Path) -> None:
    file = write_csv(tmp_path, [HEADER, ROW, changed("talked_before", "yes")])
    assert refuse(file) == (
        "answers.csv: row 3, column talked_before_why: is answered, but with the other answers of this row it is not asked"
    )


def test_rows_are_numbered_as_a_spreadsheet_shows_them(refuse: Refuse, tmp_path: Path) -> None:
    file = write_csv(tmp_path, [HEADER, changed("best_thing", "two\nlines"), changed("month", "2022-13")])
    assert refuse(file).startswith("answers.csv: row 3, column month: ")


TABLES: list[tuple[str, list[tuple[str, ...]], str]] = [
    (
        "an unknown key",
        [(*HEADER, "shoe_size"), (*ROW, "4")],
        "row 1, column shoe_size: is not known; expected month or a question of iro_review (",
    ),
    ("no month", [HEADER[1:], ROW[1:]], "row 1, column month: is missing; expected the month (YYYY-MM)"),
    (
        "a column twice",
        [(*HEADER, "month"), (*ROW, "2026-09")],
        "row 1, column month: is there twice; expected each",
    ),
    ("no question", [("month",), ("2026-09",)], "row 1: has no column for any question of iro_review"),
    (
        "a column without a name",
        [(*HEADER, ""), (*ROW, "x")],
        "row 1: column 6 has no name; expected month or a q",
    ),
    ("a short row", [HEADER, ROW, ROW[:-1]], "row 3: has 4 cells; expected 5, as in the header"),
    ("a long row", [HEADER, ROW, (*ROW, "more")], "row 3: has 6 cells; expected 5, as in the header"),
    ("a header alone", [HEADER], "has a header and nothing under it; expected a row for each response"),
    (
        "blank rows alone",
        [HEADER, ("",) * 5, (" ",) * 5],
        "has a header and nothing under it; expected a row",
    ),
    ("a blank header", [("", "", ""), ("a", "b", "c")], "row 1: column 1 has no name; expected month or"),
    (
        "columns without end",
        [tuple(f"c{n}" for n in range(16_000)), ROW],
        "row 1: has 16000 columns; expected at most",
    ),
    (
        "a name that commands the terminal",
        [("month", "talked_before", "\x1b[2J\r\n\x07"), ("2026-09", "yes", "x")],
        "row 1, column \\x1b[2J \\x07: is not known; ",
    ),
]


@pytest.mark.parametrize(
    ("table", "sentence"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES]
)
def test_a_wrong_table_is_told(
    refuse: Refuse, tmp_path: Path, table: list[tuple[str, ...]], sentence: str
) -> None:
    complaint = refuse(write_csv(tmp_path, table))
    assert complaint.removeprefix("answers.csv: ").startswith(sentence), complaint


GOOD = text([HEADER, ROW])
CONTENTS: list[tuple[str, bytes, str]] = [
    ("nothing", b"", "is empty; expected a header and a row for each response"),
    ("white space", b" \r\n\t\n", "is empty; expected a header and a row for each response"),
    (
        "a byte order mark alone",
        b"\xef\xbb\xbf",
        "is empty; expected a header and a row for each response",
    ),
    (
        "another encoding",
        text([HEADER, changed("best_thing", "café")]).encode("cp1252"),
        "row 2: byte 0xe9 is not UTF-8; expected a file saved as CSV UTF-8",
    ),
    ("UTF-16", GOOD.encode("utf-16"), "row 1: is UTF-16; expected a file saved as CSV UTF-8"),
    ("UTF-16 without a mark", GOOD.encode("utf-16-le"), "row 1: holds a null byte; expected plain text"),
    (
        "a null byte",
        GOOD.replace("biscuits", "bis\0cuits").encode(),
        "row 2: holds a null byte; expected plain text",
    ),
    (
        "a quotation mark that is not closed",
        text([HEADER, ROW]).encode() + b'2026-09,yes,,attended,"the\n' + GOOD.encode() * 5,
        'row 3: a quotation mark (") is opened and never closed',
    ),
    (
        "a quotation mark in the middle",
        GOOD.encode() + b'2026-09,yes,,attended,"the" best\n',
        "row 3: cannot be read as CSV (",
    ),
    (
        "a cell of ten megabytes",
        text([HEADER, changed("best_thing", "x" * 10_000_000)]).encode(),
        "row 2: a cell holds more than 100,000 characters",
    ),
    ("a picture", b"\x89PNG\r\n\x1a\n" + os.urandom(64), "row 1: byte 0x89 is not UTF-8"),
    ("a spreadsheet called .csv", b"PK\x03\x04" + bytes(40), "row 1: holds a null byte; expected plain text"),
]


@pytest.mark.parametrize(("content", "sentence"), [c[1:] for c in CONTENTS], ids=[c[0] for c in CONTENTS])
def test_wrong_content_is_told(refuse: Refuse, tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(content)
    complaint = refuse(file)
    assert complaint.removeprefix("answers.csv: ").startswith(sentence), complaint


def sparse(file: Path) -> None:
    with file.open("wb") as out:
        out.truncate(200_000_000)


@pytest.mark.parametrize("name", ["answers.csv", "answers.xlsx"])
def test_a_file_of_200_mb_is_told(refuse: Refuse, tmp_path: Path, name: str) -> None:
    sparse(tmp_path / name)
    assert refuse(tmp_path / name) == f"{name}: is 200 MB; expected at most 20 MB, so split it by month"


def test_a_file_that_is_not_there_is_told(refuse: Refuse, tmp_path: Path) -> None:
    assert refuse(tmp_path / "answers.csv") == "answers.csv: there is no such file"


def test_a_folder_is_told(refuse: Refuse, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").mkdir()
    assert refuse(tmp_path / "answers.csv") == "answers.csv: is not a file; expected a .csv or .xlsx file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_told_and_not_waited_for(refuse: Refuse, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "answers.csv")
    assert "is not a file" in refuse(tmp_path / "answers.csv")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever runs this may read every file"
)
def test_a_file_that_may_not_be_read_is_told(refuse: Refuse, tmp_path: Path) -> None:
    file = write_csv(tmp_path, [HEADER, ROW])
    file.chmod(0)
    assert refuse(file) == "answers.csv: cannot be read (Permission denied)"


@pytest.mark.parametrize("name", ["answers.txt", "answers.xls", "answers", "answers.csv.zip", ".csv"])
def test_another_kind_of_file_is_told(refuse: Refuse, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert refuse(tmp_path / name) == f"{name}: is neither a .csv nor an .xlsx file"


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return out.getvalue()


PACKAGES = [
    (
        "noise",
        os.urandom(5000),
        "is not a spreadsheet, whatever its name says; expected an Excel file (.xlsx)",
    ),
    ("CSV", GOOD.encode(), "is not a spreadsheet, whatever its name says; expected an Excel file (.xlsx)"),
    (
        "noise that begins well",
        b"PK\x03\x04" + os.urandom(5000),
        "is not a spreadsheet, whatever its name says",
    ),
    ("a zip of something else", zipped(readme=b"hello"), "is not a spreadsheet, whatever its name says"),
    ("an empty package", zipped(**{"[Content_Types].xml": b"<a/>"}), "cannot be read as a spreadsheet ("),
    (
        "a package of noise",
        zipped(**{"[Content_Types].xml": b"\xff\x00"}),
        "cannot be read as a spreadsheet (",
    ),
    (
        "a bomb",
        zipped(**{"[Content_Types].xml": b"<a/>", "xl/sheet1.xml": bytes(300_000_000)}),
        "unpacks to 300 MB; expected at most 40 MB",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), [p[1:] for p in PACKAGES], ids=[p[0] for p in PACKAGES])
def test_what_is_no_spreadsheet_is_told(
    refuse: Refuse, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "answers.xlsx"
    file.write_bytes(content)
    assert refuse(file).removeprefix("answers.xlsx: ").startswith(sentence)


def test_a_spreadsheet_cut_short_is_told(refuse: Refuse, tmp_path: Path) -> None:
    file = write_xlsx(tmp_path, [HEADER, ROW])
    file.write_bytes(file.read_bytes()[:-100])
    assert "is not a spreadsheet" in refuse(file)


VALUES: list[tuple[str, str, Any, str]] = [
    ("a formula", "best_thing", "=1+1", "is a formula; expected its value (paste as values)"),
    (
        "a month worked out",
        "month",
        '=TEXT(TODAY(),"yyyy-mm")',
        "is a formula; expected its value (paste as values)",
    ),
    ("a number", "best_thing", 10, "holds '10' as a number; expected text (format the column as text)"),
    ("a month as a number", "month", 202609, "holds '202609' as a number; expected text"),
    ("true", "talked_before", True, "holds 'True' as a number; expected text"),
    (
        "a date for an answer",
        "how_attended",
        dt.date(2026, 10, 10),
        "holds a date; expected an answer as text",
    ),
    ("a date for words", "best_thing", dt.date(2026, 10, 10), "holds a date; expected an answer as text"),
    ("a time", "month", dt.time(10, 30), "holds '10:30:00' as a number; expected text"),
    (
        "a date to come",
        "month",
        dt.date(2027, 1, 1),
        "'2027-01' is still to come; expected a month up to 2026-11",
    ),
    ("an error", "best_thing", "#REF!", "holds the error '#REF!'; expected text"),
]


@pytest.mark.parametrize(("column", "value", "sentence"), [v[1:] for v in VALUES], ids=[v[0] for v in VALUES])
def test_a_cell_that_is_not_text_is_told(
    refuse: Refuse, tmp_path: Path, column: str, value: object, sentence: str
) -> None:
    wrong = [value if name == column else cell for name, cell in zip(HEADER, ROW, strict=True)]
    complaint = refuse(write_xlsx(tmp_path, [HEADER, ROW, wrong]))
    assert complaint.startswith(f"answers.xlsx: row 3, column {column}: {sentence}")


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_a_second_sheet_is_told(refuse: Refuse, tmp_path: Path, state: str) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (HEADER, ROW):
        book.active.append(list(row))
    book.create_sheet("names").sheet_state = state
    book.save(tmp_path / "answers.xlsx")
    assert refuse(tmp_path / "answers.xlsx") == (
        "answers.xlsx: has 2 sheets; expected one, so that nothing is left unseen"
    )


def test_a_row_wider_than_the_header_is_told(refuse: Refuse, tmp_path: Path) -> None:
    file = write_xlsx(tmp_path, [HEADER, [*ROW, None, "a note"]])
    assert refuse(file) == "answers.xlsx: row 2: has 7 cells; expected 5, as in the header"


def test_a_file_is_imported_once(heard: Command, refuse: Refuse, tmp_path: Path) -> None:
    file = write_csv(tmp_path, [HEADER, ROW])
    assert heard("responses", "import", file, "--survey", "iro_review").status == 0
    assert refuse(file) == (
        "answers.csv: has been imported already; nothing was stored a second time"
        " (if these are other children who answered alike, add --number 2)"
    )


def test_other_children_who_answered_alike_are_imported_and_once_as_well(
    heard: Command, refuse: Refuse, store: Store, tmp_path: Path
) -> None:
    file = write_csv(tmp_path, [HEADER, ROW])
    for number in (1, 2):
        assert heard("responses", "import", file, "--survey", "iro_review", "--number", number).status == 0
    again = heard("responses", "import", file, "--survey", "iro_review", "--number", 2)
    assert again.complaint.endswith("add --number 3)")
    assert ballot_box.waiting(store, "iro_review") == 2


def test_a_file_is_not_other_childrens_where_none_like_it_was_imported(
    heard: Command, tmp_path: Path
) -> None:
    file = write_csv(tmp_path, [HEADER, ROW])
    refused = heard("responses", "import", file, "--survey", "iro_review", "--number", 2)
    assert refused.complaint == ("answers.csv: is not there as --number 1 yet; expected a smaller --number")


def test_rows_that_answer_nothing_are_left_out_and_said(heard: Command, tmp_path: Path) -> None:
    empty = ("2026-11", "", "", "", "\u200b ")
    wordy = ("2026-11", "", "", "", "the biscuits")
    file = write_csv(tmp_path, [HEADER, *[empty] * 5, wordy])
    assert heard("responses", "import", file, "--survey", "iro_review").lines == [
        "1 response imported; 1 of iro_review wait in the ballot box.",
        "5 rows answer no question and were left out: an empty row is no response.",
    ]


def test_a_file_of_rows_that_answer_nothing_is_told(refuse: Refuse, tmp_path: Path) -> None:
    assert refuse(write_csv(tmp_path, [HEADER, ("2026-11", "", "", "", "")])) == (
        "answers.csv: has no row in which a question is answered; expected a row for each response"
    )


def test_an_empty_workbook_is_said_to_be_empty(refuse: Refuse, tmp_path: Path) -> None:
    assert refuse(write_xlsx(tmp_path, [])) == (
        "answers.xlsx: is empty; expected a header and a row for each response"
    )


def test_rows_and_columns_in_another_order_are_the_same_file(
    heard: Command, refuse: Refuse, tmp_path: Path
) -> None:
    other = changed("best_thing", "the chairs")
    heard("responses", "import", write_csv(tmp_path, [HEADER, ROW, other]), "--survey", "iro_review")
    turned = [row[::-1] for row in (HEADER, other, ROW)]
    assert "has been imported already" in refuse(write_csv(tmp_path, turned, "sorted.csv"))


def test_one_wrong_row_of_a_thousand_stores_nothing(refuse: Refuse, tmp_path: Path) -> None:
    file = write_csv(tmp_path, [HEADER, *[ROW] * 1_000, changed("how_attended", "maybe")])
    assert refuse(file).startswith("answers.csv: row 1002, column how_attended: ")


def test_a_survey_that_is_not_there_is_told(heard: Command, tmp_path: Path) -> None:
    file = write_csv(tmp_path, [HEADER, ROW])
    assert heard("responses", "import", file, "--survey", "shoes").complaint == (
        "there is no survey 'shoes'; there are end_of_placement, iro_review, wellbeing"
    )
