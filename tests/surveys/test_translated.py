"""A council's own survey may carry its translations."""

from __future__ import annotations

from typing import Any

import pytest

from surveys.published import fingerprint
from surveys.texts import texts_of
from tests.surveys.examples import faces, one, problems, question, read, survey

WHERE = "example.toml: translations.pl: "


def test_a_text_is_found_by_its_english() -> None:
    own = read(translations={"pl": {"Hello": "Cześć"}})
    assert own.text_in("pl", "Hello") == "Cześć"
    assert own.text_in("pl", "About this.") is None
    assert own.text_in("uk", "Hello") is None


def test_white_space_on_either_side_is_as_elsewhere_in_the_file() -> None:
    own = read(translations={"pl": {"About\n  this.": "O\n tym."}})
    assert own.text_in("pl", "About this.") == "O tym."


def test_a_review_is_of_the_whole_table() -> None:
    own = read(
        translations={"pl": {"reviewed": "AB 2026-11-20", "Hello": "Cześć"}, "uk": {"Hello": "Привіт"}}
    )
    assert [own.translations[tag].is_reviewed for tag in ("pl", "uk")] == [True, False]
    assert "reviewed" not in own.translations["pl"].texts


def test_a_better_translation_is_no_new_version() -> None:
    assert fingerprint(read(translations={"pl": {"Hello": "Cześć"}})) == fingerprint(read())


@pytest.mark.parametrize(
    ("translations", "said"),
    [
        ({"xx": {}}, 'example.toml: translations: language "xx" is unknown; expected one of ar, ps'),
        ({"en": {"Hello": "Hi"}}, 'language "en" is unknown'),
        ({"pl": "Cześć"}, "translations: pl is a text in quotes; expected a table"),
        ({"pl": {"Helo": "Cześć"}}, f'{WHERE}"Helo" is no text of this survey; did you mean "Hello"?'),
        ({"pl": {"Something else": "Coś"}}, f'{WHERE}"Something else" is no text of this survey'),
        ({"pl": {"Hello": 5}}, "Hello is a whole number; expected a text in quotes"),
        ({"pl": {"Hello": "  "}}, "Hello is empty"),
        ({"pl": {"Hello": "Cze\x07"}}, "Hello has a control character in it"),
        ({"pl": {"reviewed": "yes"}}, 'reviewed "yes" is not initials and a day'),
        ("pl", "translations is a text in quotes; expected a table"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(translations: Any, said: str) -> None:
    (problem,) = problems(survey(translations=translations))
    assert said in problem


def test_everything_wrong_is_told_at_once() -> None:
    assert len(problems(survey(translations={"pl": {"Helo": "Cześć", "Hello": 5}, "xx": {}}))) == 3


def test_the_texts_of_a_survey_are_those_that_a_young_person_meets() -> None:
    whole = read(
        question(
            "q",
            text="Q?",
            help="Help.",
            ask="Ask?",
            headline="felt so",
            positive=["yes"],
            easy={"text": "Easy?", "help": "Easy help."},
        ),
        one("o", only="standard"),
        faces(3, "f", only="easy", text=None, easy={"text": "Face?"}),
        easy=True,
    )
    assert list(dict.fromkeys(text.text for text in texts_of(whole))) == [
        "Hello", "About this.", "Q?", "Help.", "Easy?", "Easy help.", "Ask?", "Yes", "No", "Not sure",
        "Text?", "Red", "Blue", "Face?", "Face 1", "Face 2", "Face 3",
    ]  # fmt: skip
