"""``heard lint-export`` says what a file carries beyond what it shows, and ends as scripts expect."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_surveys import OWN

OPTIONS = """options = [
  {value = "often", text = "Often"},
  {value = "never", text = "Never"},
]
"""
ROWS = "bedtime,dinner\noften,never\nnever,often\noften,often\n"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Three responses to a council's own survey: too few to tell by how the words repeat."""
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def test_rows_of_a_survey_in_the_council_s_folder_are_found(
    run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: Path
) -> None:
    assert run("lint-export", rows).lines == [f"{rows}: nothing more than it shows"]
    (tmp_path / "own.toml").write_text(OWN.format(key="own", type="one") + OPTIONS, encoding="utf-8")
    monkeypatch.setenv("HEARD_SURVEYS", str(tmp_path))
    ran = run("lint-export", rows)
    assert (ran.status, ran.out) == (1, f"{rows}: the table: looks like one row a response\n")


def test_rows_of_a_survey_that_nobody_knows_are_found_where_there_are_more(run: Command, rows: Path) -> None:
    rows.write_text(ROWS + "never,never\n", encoding="utf-8")
    assert run("lint-export", rows).status == 1


def test_a_folder_of_surveys_that_is_not_there_is_told(
    run: Command, monkeypatch: pytest.MonkeyPatch, rows: Path
) -> None:
    monkeypatch.setenv("HEARD_SURVEYS", "/no/such/folder")
    assert run("lint-export", rows).complaint == (
        "/no/such/folder: the folder cannot be read: No such file or directory"
    )
