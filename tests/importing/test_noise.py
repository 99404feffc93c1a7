"""Whatever stands in a file, it is imported or refused with one line: nothing else can happen."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from feedback_app.importing.problem import ImportProblem
from feedback_app.importing.responses import import_responses
from feedback_app.importing.table import read_table
from feedback_app.store import Store, ballot_box
from tests.support.tables import HEADER, ROW, text

#: Words that come near to being right.
CELLS = st.sampled_from(
    [
        *HEADER,
        *ROW,
        "",
        " ",
        "yes",
        "no",
        "2026-13",
        "2099-01",
        "prefer_not_to_say",
        ";",
        '"',
        "\n",
        "=1",
        "\ufeff",
    ]
)
COLUMNS = st.sampled_from([*HEADER, "views_considered", "shoes", ""])
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def reads_or_refuses(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    problem = ""
    try:
        table = read_table(file)
    except ImportProblem as refused:
        problem = str(refused)
    else:
        assert all(len(cells) == len(table.header) for _, cells in table.rows)
    assert not problem or problem.startswith(f"{file.name}: ")


@quick
@given(content=st.binary(max_size=300))
@example(b'"')
@example(b"\xef\xbb\xbf\xff")
def test_noise_as_csv(folder: Path, content: bytes) -> None:
    reads_or_refuses(folder / "noise.csv", content)


@quick
@given(content=st.text(alphabet='",;\t\r\n\0\ufeffab\u202e', max_size=60))
def test_noise_of_csv(folder: Path, content: str) -> None:
    reads_or_refuses(folder / "noise.csv", content.encode())


@quick
@given(content=st.binary(max_size=300), head=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06"]))
def test_noise_as_a_spreadsheet(folder: Path, content: bytes, head: bytes) -> None:
    reads_or_refuses(folder / "noise.xlsx", head + content)


@cache
def spreadsheet() -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (HEADER, ROW):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


@quick
@given(data=st.data())
def test_a_spreadsheet_with_bytes_changed(folder: Path, data: st.DataObject) -> None:
    content = bytearray(spreadsheet())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, 10_000)) % len(content)] = data.draw(st.integers(0, 255))
    reads_or_refuses(folder / "changed.xlsx", bytes(content))


@settings(quick, max_examples=60)
@given(header=st.lists(COLUMNS, max_size=6), rows=st.lists(st.lists(CELLS, max_size=6), max_size=4))
@example(list(HEADER), [list(ROW)])
def test_any_table_is_imported_whole_or_not_at_all(
    folder: Path, store: Store, header: list[str], rows: list[list[str]]
) -> None:
    (folder / "table.csv").write_text(text([header, *rows]), encoding="utf-8", newline="")
    before = ballot_box.waiting(store, "iro_review")
    number, problem = 0, "none"
    try:
        number = import_responses(store, folder / "table.csv", store.surveys.get("iro_review")).responses
    except ImportProblem as refused:
        problem = str(refused)
    assert len(problem.splitlines()) == 1
    after = ballot_box.waiting(store, "iro_review")
    assert after == before + number or after < 10 <= before + number
