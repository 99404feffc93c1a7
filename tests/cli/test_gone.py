"""A council's own survey whose file was taken away stops nothing else, and is told where it must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_surveys import write
from tests.support.clock import Clock
from tests.support.tables import rows_of, write_csv


@pytest.fixture
def own(heard: Command, environment: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Twelve responses of a past month are counted and twelve of this month wait; then the definition goes."""
    (tmp_path / "surveys").mkdir()
    write(tmp_path / "surveys")
    environment.setenv("HEARD_SURVEYS", str(tmp_path / "surveys"))
    for month in ("2026-09", "2026-11"):
        file = write_csv(tmp_path, rows_of(12, month=month, likes_it="yes"), f"{month}.csv")
        assert heard("responses", "import", file, "--survey", "own").status == 0
    environment.delenv("HEARD_SURVEYS")
    return environment


def test_recount_says_what_is_missing(heard: Command, own: pytest.MonkeyPatch) -> None:
    assert heard("recount").complaint == (
        "there are responses of own version 1, whose definition is gone; put it back (see HEARD_SURVEYS)"
    )


def test_the_other_surveys_are_counted(
    heard: Command, own: pytest.MonkeyPatch, today: Clock, tmp_path: Path
) -> None:
    file = write_csv(tmp_path, rows_of(12, month="2026-11", carers_listen="yes"))
    heard("responses", "import", file, "--survey", "wellbeing")
    today.end_month()
    assert heard("count").lines[0] == "wellbeing 2026-11: 12 responses counted"


def test_once_it_is_back_what_waited_is_counted(
    heard: Command, own: pytest.MonkeyPatch, today: Clock, tmp_path: Path
) -> None:
    today.end_month()
    heard("count")
    own.setenv("HEARD_SURVEYS", str(tmp_path / "surveys"))
    assert heard("count").lines[0] == "own 2026-11: 12 responses counted"
    assert heard("recount").status == 0
