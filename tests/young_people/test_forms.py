"""A survey as a form."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import HealthCheck, settings
from hypothesis import given as given_by_hypothesis
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from feedback_app.forms import SurveyForm, clean_words, given_answers, survey_form
from surveys.schema import (
    WORDS_LIMIT,
    Answer,
    Counts,
    Option,
    Question,
    QuestionType,
    Survey,
    Welcome,
    Wording,
)

YES_NO = tuple(Option(value, value) for value in ("yes", "no", "not_sure"))
COLOURS = tuple(Option(value, value) for value in ("red", "green", "blue"))


def survey_of(*questions: Question) -> Survey:
    welcome = {wording: Welcome("Title", "About") for wording in Wording}
    return Survey("example", 1, Counts.CHILDREN, "Title", welcome, 3, questions)


def asking(kind: QuestionType, **fields: Any) -> Question:
    options = {QuestionType.YES_NO: YES_NO, QuestionType.WORDS: ()}.get(kind, COLOURS)
    return Question(fields.pop("key", "asked"), kind, "Text?", "Title", options=options, **fields)


@pytest.fixture(autouse=True)
def _language() -> Any:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def sent(question: Question, *values: str) -> SurveyForm:
    form = survey_form(survey_of(question), Wording.STANDARD)
    return form(MultiDict([(question.key, value) for value in values]))


def given(question: Question, *values: str) -> dict[str, Answer] | None:
    return given_answers(
        survey_of(question), Wording.STANDARD, MultiDict([(question.key, value) for value in values])
    )


def test_nothing_has_to_be_answered() -> None:
    assert given(asking(QuestionType.YES_NO)) == {}


@pytest.mark.parametrize("kind", [QuestionType.YES_NO, QuestionType.ONE, QuestionType.FACES])
def test_an_empty_value_counts_as_not_answered(kind: QuestionType) -> None:
    assert given(asking(kind), "") == {}


def test_a_choice_is_given_as_its_value() -> None:
    assert given(asking(QuestionType.ONE), "green") == {"asked": "green"}


def test_several_choices_are_given_once_each_in_the_order_of_the_options() -> None:
    assert given(asking(QuestionType.MANY), "blue", "red", "blue") == {"asked": ("red", "blue")}


@pytest.mark.parametrize(
    "kind", [QuestionType.YES_NO, QuestionType.ONE, QuestionType.MANY, QuestionType.FACES]
)
def test_a_value_that_is_no_option_is_refused_in_one_sentence(kind: QuestionType) -> None:
    form = sent(asking(kind), "purple")
    assert not form.validate()
    (field,) = form
    assert len(field.errors) == 1
    assert "not one of the choices" in field.errors[0]


def test_the_choices_beside_an_unknown_one_stay() -> None:
    form = sent(asking(QuestionType.MANY), "red", "purple")
    assert not form.validate()
    (field,) = form
    assert field.data == ["red"]


def test_two_values_for_one_choice_are_refused() -> None:
    form = sent(asking(QuestionType.ONE), "red", "blue")
    assert not form.validate()
    (field,) = form
    assert field.data is None


def test_rather_not_say_is_offered_only_where_a_question_is_sensitive() -> None:
    assert sent(asking(QuestionType.YES_NO, sensitive=True), "prefer_not_to_say").validate()
    assert not sent(asking(QuestionType.YES_NO), "prefer_not_to_say").validate()


def test_rather_not_say_stands_alone() -> None:
    assert given(asking(QuestionType.MANY, sensitive=True), "red", "prefer_not_to_say") == {
        "asked": ("prefer_not_to_say",)
    }


def test_words_lose_control_characters_and_keep_their_lines() -> None:
    assert clean_words(" one\x00\r\ntwo\x07\tthree\ud800 ") == "one\ntwo\tthree"


def test_joined_emojis_and_right_to_left_words_stay_as_written() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467 خوب"
    assert clean_words(family) == family


@pytest.mark.parametrize("blank", ["", "  \n ", "\x00\x00"])
def test_blank_words_count_as_not_answered(blank: str) -> None:
    assert given(asking(QuestionType.WORDS), blank) == {}


def test_words_may_be_as_long_as_the_limit_in_code_points() -> None:
    form = sent(asking(QuestionType.WORDS), "😀" * WORDS_LIMIT)
    assert form.validate()


def test_words_over_the_limit_are_refused_by_how_much_and_kept() -> None:
    form = sent(asking(QuestionType.WORDS), "😀" * 100_000)
    assert not form.validate()
    (field,) = form
    assert field.errors == ["This is too long. Please take out some words. Letters too many: 98,000"]
    assert field.data == "😀" * 100_000


@pytest.mark.parametrize("key", ["data", "errors", "validate", "survey", "meta"])
def test_a_question_may_be_called_what_forms_use_themselves(key: str) -> None:
    assert given(asking(QuestionType.YES_NO, key=key), "yes") == {key: "yes"}


OFFERED = [
    "",
    "yes",
    "red",
    "green",
    "purple",
    "prefer_not_to_say",
    "\x00",
    " nan's \r\n",
    "x" * (WORDS_LIMIT + 1),
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_by_hypothesis(
    st.sampled_from(QuestionType), st.booleans(), st.lists(st.sampled_from(OFFERED), max_size=3)
)
def test_answers_are_taken_where_the_form_has_nothing_to_mend_and_are_those_of_the_form(
    kind: QuestionType, sensitive: bool, values: list[str]
) -> None:
    question = asking(kind, sensitive=sensitive and kind is not QuestionType.WORDS)
    form, answers = sent(question, *values), given(question, *values)
    assert form.validate() == (answers is not None)
    if answers is not None:
        (field,) = form
        answer = answers.get("asked")
        assert (list(answer) if isinstance(answer, tuple) else answer) == (field.data or None)


def test_easy_asks_its_subset() -> None:
    both = frozenset(Wording)
    survey = survey_of(
        asking(QuestionType.YES_NO, key="a"), asking(QuestionType.YES_NO, key="b", wordings=both)
    )
    assert [field.name for field in survey_form(survey, Wording.EASY)()] == ["b"]


def test_a_form_is_made_once_for_each_survey_and_wording() -> None:
    survey = survey_of(asking(QuestionType.YES_NO))
    assert survey_form(survey, Wording.STANDARD) is survey_form(survey, Wording.STANDARD)


def test_another_survey_of_the_same_name_gets_its_own_form() -> None:
    one, other = (
        survey_of(asking(QuestionType.YES_NO, key="a")),
        survey_of(asking(QuestionType.YES_NO, key="b")),
    )
    assert survey_form(one, Wording.STANDARD) is not survey_form(other, Wording.STANDARD)
