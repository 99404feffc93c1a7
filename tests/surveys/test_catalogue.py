"""The built-in surveys and a council's own, every version of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveys.problems import SurveyErrors
from surveys.reading import BUILT_IN, load_catalogue

SURVEY = """
key = "{key}"
version = {version}
counts = "children"
title = "{title}"
minutes = 2
welcome.standard = {{ title = "Hello", about = "About this." }}

[[questions]]
key = "carers_listen"
type = "yes_no"
title = "Carers listen"
text = "Do they listen?"
"""


def put(folder: Path, name: str, key: str, version: int = 1, title: str = "An example") -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(SURVEY.format(key=key, version=version, title=title), "utf-8")


def test_the_built_in_surveys_are_there() -> None:
    assert [survey.key for survey in load_catalogue().current()] == [
        "end_of_placement",
        "iro_review",
        "wellbeing",
    ]


def test_a_council_has_its_own_beside_them(tmp_path: Path) -> None:
    put(tmp_path, "summer_trip.toml", "summer_trip")
    catalogue = load_catalogue([BUILT_IN, tmp_path])
    assert "summer_trip" in catalogue
    assert "wellbeing" in catalogue


def test_the_newest_version_is_the_one_meant(tmp_path: Path) -> None:
    put(tmp_path, "trip.2.toml", "trip", version=2)
    put(tmp_path, "trip.10.toml", "trip", version=10)
    put(tmp_path, "trip.toml", "trip", version=1)
    catalogue = load_catalogue([tmp_path])
    assert catalogue.get("trip").version == 10
    assert [survey.version for survey in catalogue.current()] == [10]


def test_an_older_version_can_still_be_had(tmp_path: Path) -> None:
    put(tmp_path, "trip.1.toml", "trip", version=1, title="Old")
    put(tmp_path, "trip.toml", "trip", version=2, title="New")
    assert load_catalogue([tmp_path]).get("trip", 1).title == "Old"


def test_every_version_is_gone_through_in_order(tmp_path: Path) -> None:
    put(tmp_path, "trip.toml", "trip", version=2)
    put(tmp_path, "trip.1.toml", "trip", version=1)
    put(tmp_path, "camp.toml", "camp")
    assert [(s.key, s.version) for s in load_catalogue([tmp_path])] == [("camp", 1), ("trip", 1), ("trip", 2)]


@pytest.mark.parametrize(("key", "version"), [("nothing", None), ("wellbeing", 9_999)])
def test_what_is_not_there_is_a_key_error(key: str, version: int | None) -> None:
    with pytest.raises(KeyError):
        load_catalogue().get(key, version)


def test_the_same_version_twice_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path / "a", "trip.toml", "trip")
    put(tmp_path / "b", "trip.1.toml", "trip")
    with pytest.raises(SurveyErrors, match=r'b/trip\.1\.toml: "trip" version 1 is also in .*a/trip\.toml'):
        load_catalogue([tmp_path / "a", tmp_path / "b"])


def test_the_same_folder_twice_is_no_problem(tmp_path: Path) -> None:
    put(tmp_path, "trip.toml", "trip")
    assert "trip" in load_catalogue([tmp_path, tmp_path])


def test_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", "b")
    put(tmp_path, "c.toml", "c", title=" ")
    with pytest.raises(SurveyErrors) as caught:
        load_catalogue([tmp_path, tmp_path / "missing"])
    assert [Path(problem.file).name for problem in caught.value.problems] == ["missing", "a.toml", "c.toml"]


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path, "trip.toml", "trip")
    (tmp_path / "README.md").write_text("Our surveys", "utf-8")
    (tmp_path / "published.toml").write_text("", "utf-8")
    assert [survey.key for survey in load_catalogue([tmp_path])] == ["trip"]
