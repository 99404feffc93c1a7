"""Another tool's columns and values become ours by a mapping."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Census, Command
from tests.support.tables import write_csv

THEIRS = [("When", "Did you talk?", "Worker"), *[("Sept 2026", "Y", "somebody")] * 12]
MAP = """
[columns]
"When" = "month"
"Did you talk?" = "talked_before"
"Worker" = ""

[values.month]
"Sept 2026" = "2026-09"

[values.talked_before]
"Y" = "yes"
"""

Refuse = Callable[[str], str]


@pytest.fixture
def refuse(heard: Command, rows: Census, tmp_path: Path) -> Refuse:
    """Imports by a mapping that must be refused, and gives the one line of why."""
    file = write_csv(tmp_path, THEIRS)

    def refuse_(mapping: str) -> str:
        (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
        before = rows()
        arguments = ("responses", "import", file, "--survey", "iro_review", "--map", tmp_path / "map.toml")
        complaint = heard(*arguments).complaint
        assert rows() == before
        return complaint

    return refuse_


def test_mapped_answers_are_counted(heard: Command, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    file = write_csv(tmp_path, THEIRS)
    assert (
        heard("responses", "import", file, "--survey", "iro_review", "--map", tmp_path / "map.toml").status
        == 0
    )
    found = heard("results", "iro_review", "--from", "2026-09", "--to", "2026-09", "--format", "json").out
    questions = {question["key"]: question for question in json.loads(found)["questions"]}
    assert questions["talked_before"]["options"][0] == {"key": "yes", "percent": 100, "shown": "100%"}


def test_without_the_mapping_the_first_column_is_told(heard: Command, tmp_path: Path) -> None:
    complaint = heard("responses", "import", write_csv(tmp_path, THEIRS), "--survey", "iro_review").complaint
    assert complaint.startswith(
        "answers.csv: row 1, column When: is not known; expected month or a question of"
    )


WRONG = [
    ("columns = 1", "map.toml: [columns] holds something that is not text"),
    ('[columns]\n"When" = 1', "map.toml: [columns] holds something that is not text"),
    ("values = 1", "map.toml: values is not a table"),
    ("[rows]", "map.toml: [rows] is not known; expected [columns] and [values.QUESTION]"),
    ("[columns", "map.toml: is not TOML: "),
    (f"x = {'9' * 5000}", "map.toml: is not TOML: a number is too long"),
    (f"x = {'[' * 20_000}", "map.toml: is not TOML: "),
    (MAP.replace('"When" = "month"', ""), "answers.csv: row 1, column When: is not known"),
    (
        MAP.replace('"Worker" = ""', '"Worker" = "month"'),
        "answers.csv: row 1, column When: is month, and so is another",
    ),
    (
        MAP + '[values.shoes]\n"a" = "b"',
        "answers.csv: the mapping has [values.shoes], which is no question of iro_review",
    ),
    (
        MAP.replace('"Worker"', '"Nobody"'),
        "answers.csv: row 1, column Nobody: is named in the mapping but is not in",
    ),
    (
        MAP.replace('"yes"', '"maybe"'),
        "answers.csv: row 2, column Did you talk?: 'maybe' is not one of its answers",
    ),
    (MAP.replace("Sept 2026", "Sep 2026"), "answers.csv: row 2, column When: 'Sept 2026' is not a month"),
]


@pytest.mark.parametrize(("mapping", "sentence"), WRONG)
def test_a_wrong_mapping_is_told(refuse: Refuse, mapping: str, sentence: str) -> None:
    assert refuse(mapping).startswith(sentence)


def test_a_mapping_that_is_not_there_is_told(heard: Command, tmp_path: Path) -> None:
    arguments = (
        "responses",
        "import",
        write_csv(tmp_path, THEIRS),
        "--survey",
        "iro_review",
        "--map",
        "nothing.toml",
    )
    assert heard(*arguments).complaint == "nothing.toml: there is no such file"
