"""Survey definitions are listed, checked and shown; nothing is asked of a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from surveys.reading import BUILT_IN
from tests.cli.conftest import Command

OWN = """
key = "{key}"
version = 1
counts = "children"
title = "Our own"
minutes = 2

[welcome.standard]
title = "Hello"
about = "About this."

[[questions]]
key = "likes_it"
type = "{type}"
title = "Likes it"
text = "Do you like it?"
"""


def write(folder: Path, key: str = "own", type_: str = "yes_no") -> Path:
    file = folder / "own.toml"
    file.write_text(OWN.format(key=key, type=type_), encoding="utf-8")
    return file


def test_the_built_in_surveys_are_listed(run: Command) -> None:
    assert [line.split("\t")[0] for line in run("surveys", "list").lines] == [
        "end_of_placement",
        "iro_review",
        "wellbeing",
    ]


def test_the_built_in_surveys_are_good(run: Command) -> None:
    lines = run("surveys", "check").lines
    assert len(lines) == 3
    assert all(" questions, " in line and ": good; fingerprint " in line for line in lines)


@pytest.mark.parametrize("key", ["end_of_placement", "iro_review", "wellbeing"])
def test_a_built_in_survey_is_shown(run: Command, key: str) -> None:
    assert json.loads("\n".join(run("surveys", "show", key, "--format", "json").lines))["key"] == key


def test_a_file_is_checked_and_shown(run: Command, tmp_path: Path) -> None:
    file = write(tmp_path)
    assert run("surveys", "check", file).lines[0].startswith("own version 1: 1 questions, standard: good")
    assert json.loads("\n".join(run("surveys", "show", file).lines))["questions"][0]["key"] == "likes_it"


def test_every_built_in_file_is_checked_by_its_path(run: Command) -> None:
    files = [BUILT_IN / f"{key}.toml" for key in ("end_of_placement", "iro_review", "wellbeing")]
    assert len(run("surveys", "check", *files).lines) == 3


def test_a_councils_own_survey_stands_beside_the_built_in_ones(
    run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(tmp_path)
    monkeypatch.setenv("HEARD_SURVEYS", str(tmp_path))
    assert "own\t1\t1\tOur own" in run("surveys", "list").lines


def test_every_problem_is_told_at_once_with_its_place(run: Command, tmp_path: Path) -> None:
    checked = run("surveys", "check", write(tmp_path, "Not A Key", "slider"))
    assert (checked.status, checked.out) == (2, "")
    assert len(checked.err.splitlines()) >= 2
    assert all(line.startswith(str(tmp_path / "own.toml")) for line in checked.err.splitlines())


def test_a_good_file_beside_a_wrong_one_does_not_hide_it(run: Command, tmp_path: Path) -> None:
    checked = run("surveys", "check", BUILT_IN / "wellbeing.toml", tmp_path / "none.toml")
    assert (checked.status, checked.out) == (2, "")
    assert "none.toml" in checked.err


@pytest.mark.parametrize("arguments", [("list",), ("check",), ("show", "wellbeing")])
def test_a_folder_of_surveys_that_is_not_there_is_told(
    run: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HEARD_SURVEYS", "/no/such/folder")
    assert (
        run("surveys", *arguments).complaint
        == "/no/such/folder: the folder cannot be read: No such file or directory"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("shoes",), "there is no survey 'shoes'; there are end_of_placement, iro_review, wellbeing"),
        (("wellbeing", "--version", "99"), "there is no survey 'wellbeing' in version 99; there are "),
        (("/no/such.toml",), "/no/such.toml: cannot be read: No such file or directory"),
    ],
)
def test_a_survey_that_is_not_there_is_told(run: Command, arguments: tuple[str, ...], sentence: str) -> None:
    assert run("surveys", "show", *arguments).complaint.startswith(sentence)
