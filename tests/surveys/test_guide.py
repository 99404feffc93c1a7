"""The guide for councils says everything about a survey's file, and its example works."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from surveys.pictures import PICTURES
from surveys.reading import survey_from_data
from surveys.schema import (
    RESERVED_KEYS,
    RESERVED_VALUES,
    Option,
    Question,
    QuestionType,
    Survey,
    Wording,
)

GUIDE = (Path(__file__).resolve().parents[2] / "docs/surveys.md").read_text("utf-8")


def section(heading: str) -> str:
    """From a heading to the next one of its level or a higher one."""
    level = heading.split(" ", maxsplit=1)[0]
    after = GUIDE.split(f"\n{heading}\n")[1]
    return re.split(rf"\n#{{1,{len(level)}}} ", after)[0]


def rows(text: str) -> set[str]:
    """The names in the first column of a table."""
    return set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE))


def names(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))


def test_the_example_is_a_survey() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    survey = survey_from_data(tomllib.loads(example))
    assert survey.key == "summer_trip"
    assert {question.type for question in survey.questions} >= set(QuestionType) - {QuestionType.ONE}


def test_every_field_of_a_survey_is_explained() -> None:
    assert rows(section("## The survey")) == {field.name for field in fields(Survey)}


def test_every_field_of_a_question_is_explained() -> None:
    written = {field.name for field in fields(Question) if field.init} - {"wordings"} | {"only"}
    assert rows(section("## A question")) == written


def test_every_type_wording_and_name_that_is_kept_is_explained() -> None:
    kept = RESERVED_KEYS | RESERVED_VALUES | {t.value for t in QuestionType} | {w.value for w in Wording}
    assert kept - names(GUIDE) == set()


def test_every_field_of_an_option_is_explained() -> None:
    written = {field.name for field in fields(Option)} - {"easy_text"} | {"easy"}
    assert written - names(section("### Options")) == set()


def test_every_picture_is_listed() -> None:
    assert names(section("### Pictures")) - {"picture"} == set(PICTURES)
