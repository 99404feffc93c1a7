"""The figures that a county published for 2022/23 come out again, on either database, in every form."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.support.tables import PUBLISHED, read_csv, write_xlsx

EXPECTED = json.loads((PUBLISHED / "expected.json").read_text(encoding="utf-8"))
YEAR = ("--from", "2022-04", "--to", "2023-03")
NUMBER = {"iro_review": 100, "wellbeing": 191}


def load(heard: Command, survey: str) -> None:
    assert heard("responses", "import", PUBLISHED / f"{survey}.csv", "--survey", survey).lines == [
        f"{NUMBER[survey]} responses imported; 0 of {survey} wait in the ballot box."
    ]


def results(heard: Command, survey: str, *more: str) -> Any:
    return json.loads("\n".join(heard("results", survey, *YEAR, *more, "--format", "json").lines))


@pytest.mark.parametrize("survey", NUMBER)
def test_every_published_percentage_comes_out_with_its_base(heard: Command, survey: str) -> None:
    load(heard, survey)
    found = results(heard, survey)
    assert found["responses"] == EXPECTED[survey]["children"]
    questions = {question["key"]: question for question in found["questions"]}
    for key, percentages in EXPECTED[survey]["percent"].items():
        shown = {option["key"]: option["percent"] for option in questions[key]["options"]}
        assert {value: shown[value] for value in percentages} == percentages
        assert questions[key]["base"] == EXPECTED[survey]["children"]


def test_results_have_the_shape_that_scripts_rely_on(heard: Command) -> None:
    load(heard, "iro_review")
    found = results(heard, "iro_review")
    assert list(found) == ["survey", "from", "to", "responses", "questions"]
    assert (found["survey"], found["from"], found["to"]) == ("iro_review", "2022-04", "2023-03")
    assert list(found["questions"][0]) == ["key", "base", "skipped", "options"]
    questions = {question["key"]: question for question in found["questions"]}
    assert questions["talked_before"]["options"][0] == {"key": "yes", "percent": 92, "shown": "92%"}


def test_a_question_that_nobody_was_asked_is_withheld(heard: Command) -> None:
    load(heard, "wellbeing")
    asked = {question["key"]: question for question in results(heard, "wellbeing")["questions"]}
    assert (asked["feeling_lately"]["base"], asked["feeling_lately"]["skipped"]) == (None, None)
    assert {option["percent"] for option in asked["feeling_lately"]["options"]} == {None}


def test_as_csv_a_row_is_an_option(heard: Command) -> None:
    load(heard, "iro_review")
    found = list(csv.DictReader(heard("results", "iro_review", *YEAR, "--format", "csv").lines))
    row = next(row for row in found if (row["question"], row["option"]) == ("how_attended", "attended"))
    assert row == {
        "group": "",
        "question": "how_attended",
        "option": "attended",
        "percent": "73",
        "shown": "73%",
        "base": "100",
        "skipped": "0",
        "survey": "iro_review",
        "from": "2022-04",
        "to": "2023-03",
        "by": "",
    }


def test_as_a_table_the_heading_says_what_and_when(heard: Command) -> None:
    load(heard, "iro_review")
    lines = heard("results", "iro_review", *YEAR).lines
    assert lines[0] == "Your IRO and your reviews, April 2022 to March 2023: 100"
    assert any(line.split() == ["how_attended", "chose_not_to", "14", "14%", "100", "0"] for line in lines)


def test_the_same_figures_as_a_spreadsheet_are_the_same_file(heard: Command, tmp_path: Path) -> None:
    load(heard, "wellbeing")
    again = write_xlsx(tmp_path, read_csv(PUBLISHED / "wellbeing.csv"))
    refused = heard("responses", "import", again, "--survey", "wellbeing")
    assert refused.complaint.startswith(
        "answers.xlsx: has been imported already; nothing was stored a second"
    )


def test_a_spreadsheet_gives_the_same_figures(heard: Command, tmp_path: Path) -> None:
    file = write_xlsx(tmp_path, read_csv(PUBLISHED / "iro_review.csv"))
    assert heard("responses", "import", file, "--survey", "iro_review").status == 0
    assert results(heard, "iro_review")["responses"] == 100


def test_recount_finds_every_tally_right(heard: Command) -> None:
    load(heard, "iro_review")
    load(heard, "wellbeing")
    assert heard("recount").lines == ["Every tally is what the responses say."]
