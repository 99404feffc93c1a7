"""A published version is frozen, and a key keeps its meaning from version to version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from surveys.catalogue import Catalogue
from surveys.data import to_data
from surveys.published import check_published, fingerprint
from surveys.reading import BUILT_IN, PUBLISHED, load_catalogue
from surveys.schema import Survey
from tests.surveys.examples import COLOURS, Table, faces, one, question, read

GREEN = {"value": "green", "text": "Green"}


def published_entry(survey: Survey) -> str:
    """The lines that publish a version, to be added to ``published.toml``."""
    return (
        f'[[published]]\nkey = "{survey.key}"\nversion = {survey.version}\n'
        f'fingerprint = "{fingerprint(survey)}"\n'
    )


def frozen(folder: Path, *surveys: Survey) -> None:
    (folder / "published.toml").write_text("\n".join(map(published_entry, surveys)), "utf-8")


def told(folder: Path, *surveys: Survey) -> list[str]:
    return [problem.sentence for problem in check_published(Catalogue(surveys), [folder])]


def test_the_built_in_surveys_are_as_they_were_published() -> None:
    assert check_published(load_catalogue()) == ()


def test_every_built_in_survey_is_published() -> None:
    published = (BUILT_IN / PUBLISHED).read_text("utf-8")
    assert [survey.key for survey in load_catalogue() if published_entry(survey) not in published] == []


def test_an_unchanged_version_is_fine(tmp_path: Path) -> None:
    frozen(tmp_path, read(question("a")))
    assert told(tmp_path, read(question("a"))) == []


def test_what_is_not_published_may_change(tmp_path: Path) -> None:
    frozen(tmp_path, read(question("a")))
    assert told(tmp_path, read(question("a")), read(question("a", text="Other?"), version=2)) == []


def test_a_folder_without_the_list_has_published_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, read(question("a"))) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Other?"},
        {"title": "Other"},
        {"ask": "Say?"},
        {"help": "More."},
        {"headline": "felt otherwise"},
    ],
    ids=str,
)
def test_another_wording_needs_another_version(tmp_path: Path, changes: Table) -> None:
    before: Table = {"headline": "felt so", "positive": ["red"]}
    frozen(tmp_path, read(one("a", **before)))
    assert told(tmp_path, read(one("a", **{**before, **changes}))) == [
        'the wording of "example" version 1 was changed after it was published; make a new version'
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"options": [*COLOURS, GREEN]},
        {"options": COLOURS[::-1]},
        {"type": "many"},
        {"sensitive": True},
        {"breakdown": True},
        {"positive": ["blue"]},
    ],
    ids=str,
)
def test_another_meaning_needs_another_key(tmp_path: Path, changes: Table) -> None:
    before: Table = {"headline": "felt so", "positive": ["red"]}
    frozen(tmp_path, read(one("a", **before)))
    assert told(tmp_path, read(one("a", **{**before, **changes}))) == [
        'the meaning of "example" version 1 was changed after it was published; make a new question key'
    ]


def test_a_published_version_must_stay(tmp_path: Path) -> None:
    frozen(tmp_path, read(question("a")))
    assert told(tmp_path, read(question("a"), version=2)) == [
        '"example" version 1 was published and is gone; its answers cannot be read without it'
    ]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (question("a"), one("a"), "was of type yes_no"),
        (faces(3, "a"), faces(5, "a"), "had the faces face_1, face_2, face_3"),
        (question("a", sensitive=True), question("a"), "was sensitive"),
        (
            one("a", headline="x", positive=["red"]),
            one("a", headline="x", positive=["blue"]),
            "counted red as positive",
        ),
    ],
    ids=["type", "faces", "sensitive", "positive"],
)
def test_a_key_keeps_its_meaning_in_the_next_version(
    tmp_path: Path, before: Table, after: Table, change: str
) -> None:
    sentence = f'"a" {change} in version 1; a changed meaning needs a new key'
    assert told(tmp_path, read(before), read(after, version=2)) == [sentence]


def test_a_key_that_comes_back_later_still_has_its_meaning(tmp_path: Path) -> None:
    versions = read(question("a")), read(question("b"), version=2), read(one("a"), version=3)
    assert told(tmp_path, *versions) == [
        '"a" was of type yes_no in version 1; a changed meaning needs a new key'
    ]


def test_a_next_version_may_add_an_option_and_become_more_careful(tmp_path: Path) -> None:
    after = one("a", options=[*COLOURS, GREEN], sensitive=True)
    assert told(tmp_path, read(one("a")), read(after, version=2)) == []


def test_a_survey_goes_on_counting_what_it_counted(tmp_path: Path) -> None:
    later = read(question("a"), version=2, counts="conversations")
    assert told(tmp_path, read(question("a")), later) == [
        "counts was children in version 1; a survey of another kind needs a new key"
    ]


@pytest.mark.parametrize(
    "content",
    ["[[published]]\nkey = 'a'", "published = 3", "[[published]]\nkey = 'a'\nversion = 1\nhash = 'x'"],
)
def test_a_list_that_is_not_one_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "published.toml").write_text(content, "utf-8")
    assert told(tmp_path) == ["expected key, version and fingerprint"]


def test_a_list_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "published.toml").write_text("published =", "utf-8")
    assert "cannot be read" in told(tmp_path)[0]


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    assert fingerprint(read(question("a", text="Où?"))) == "467d5b2dca8aa7b9-9458f2f308c4d51f"


def test_the_described_survey_is_what_json_can_hold() -> None:
    data = to_data(load_catalogue().get("iro_review"))
    assert json.loads(json.dumps(data)) == data


def test_the_described_survey_says_everything() -> None:
    rule = {
        "all": [{"question": "a", "is_any_of": ["no"]}, {"any": [{"question": "a", "is_any_of": ["no"]}]}]
    }
    described: Any = to_data(read(question("a"), one("b", show_if=rule, help="Help.")))
    assert described["welcome"] == {"standard": {"title": "Hello", "about": "About this."}}
    assert [option["value"] for option in described["questions"][0]["options"]] == ["yes", "no", "not_sure"]
    assert described["questions"][1] == {
        "key": "b",
        "type": "one",
        "wordings": ["standard"],
        "title": "Title",
        "text": "Text?",
        "help": "Help.",
        "easy": None,
        "ask": None,
        "options": [
            {"value": "red", "text": "Red", "easy": None, "picture": None},
            {"value": "blue", "text": "Blue", "easy": None, "picture": None},
        ],
        "show_if": rule,
        "breakdown": False,
        "sensitive": False,
        "headline": None,
        "positive": [],
    }
