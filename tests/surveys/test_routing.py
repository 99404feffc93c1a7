"""Which questions are asked: one table of cases, which phones follow too, and what holds for any answers at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.reading import load_catalogue, survey_from_data
from surveys.routing import asked, settle
from surveys.schema import PREFER_NOT_TO_SAY, Answer, Question, QuestionType, Survey, Wording

TABLE = json.loads(Path(__file__).with_name("routing_cases.json").read_text("utf-8"))
SURVEYS = {key: survey_from_data(data, "routing_cases.json") for key, data in TABLE["surveys"].items()}
RESULTS = [case for case in TABLE["cases"] if "refused" not in case]
REFUSALS = [case for case in TABLE["cases"] if "refused" in case]

ALL_SURVEYS = [*SURVEYS.values(), *load_catalogue()]


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


def answers(values: dict[str, Any]) -> dict[str, Answer]:
    """Answers as JSON holds them -> as Python does."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


@pytest.mark.parametrize("case", RESULTS, ids=named)
def test_the_path_is_the_one_in_the_table(case: dict[str, Any]) -> None:
    path = asked(SURVEYS[case["survey"]], Wording(case["wording"]), answers(case["given"]))
    assert [question.key for question in path] == case["asked"]


@pytest.mark.parametrize("case", RESULTS, ids=named)
def test_what_counts_is_what_the_table_says(case: dict[str, Any]) -> None:
    settled = settle(SURVEYS[case["survey"]], Wording(case["wording"]), answers(case["given"]))
    assert settled == answers(case["settled"])


@pytest.mark.parametrize("case", REFUSALS, ids=named)
def test_an_answer_that_is_no_option_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=rf"\b{case['refused']}\b"):
        settle(SURVEYS[case["survey"]], Wording(case["wording"]), answers(case["given"]))


def test_settled_answers_come_in_the_order_of_the_questions() -> None:
    settled = settle(SURVEYS["follow_ups"], Wording.STANDARD, {"last": "x", "talked": "no"})
    assert list(settled) == ["talked", "why", "helped", "safe", "feeling", "last"]


def test_given_answers_are_left_as_they_were() -> None:
    given_answers: dict[str, Answer] = {"talked": "yes", "why": "other", "last": " x "}
    settle(SURVEYS["follow_ups"], Wording.STANDARD, given_answers)
    assert given_answers == {"talked": "yes", "why": "other", "last": " x "}


def given_to(question: Question) -> st.SearchStrategy[Answer]:
    """Anything that may be answered to a question."""
    if question.type is QuestionType.WORDS:
        return st.none() | st.text(max_size=20)
    values = st.sampled_from([*question.values, *([PREFER_NOT_TO_SAY] if question.sensitive else [])])
    if question.type is QuestionType.MANY:
        return st.none() | st.lists(values, max_size=4).map(tuple)
    return st.none() | st.just("") | values


@st.composite
def anything_given(draw: st.DrawFn) -> tuple[Survey, Wording, dict[str, Answer]]:
    """A survey, a wording, and answers to any of its questions, on the path or off."""
    survey = draw(st.sampled_from(ALL_SURVEYS))
    chosen = draw(st.lists(st.sampled_from(survey.questions), unique=True))
    given_answers = {question.key: draw(given_to(question)) for question in chosen}
    return survey, draw(st.sampled_from(survey.wordings)), given_answers


@settings(max_examples=200, deadline=None)
@given(anything_given())
def test_what_counts_is_settled_once(case: tuple[Survey, Wording, dict[str, Answer]]) -> None:
    survey, wording, given_answers = case
    settled = settle(survey, wording, given_answers)
    assert settle(survey, wording, settled) == settled


@settings(max_examples=200, deadline=None)
@given(anything_given())
def test_every_question_on_the_path_counts_and_none_off_it(
    case: tuple[Survey, Wording, dict[str, Answer]],
) -> None:
    survey, wording, given_answers = case
    path = asked(survey, wording, given_answers)
    assert list(settle(survey, wording, given_answers)) == [question.key for question in path]


@settings(max_examples=200, deadline=None)
@given(anything_given())
def test_answers_off_the_path_change_nothing(case: tuple[Survey, Wording, dict[str, Answer]]) -> None:
    survey, wording, given_answers = case
    path = [question.key for question in asked(survey, wording, given_answers)]
    on_path = {key: answer for key, answer in given_answers.items() if key in path}
    assert settle(survey, wording, on_path) == settle(survey, wording, given_answers)


@settings(max_examples=200, deadline=None)
@given(anything_given())
def test_no_answer_that_counts_is_empty(case: tuple[Survey, Wording, dict[str, Answer]]) -> None:
    assert not [answer for answer in settle(*case).values() if answer in ("", ())]


@settings(max_examples=200, deadline=None)
@given(anything_given())
def test_questions_without_a_condition_are_always_asked(
    case: tuple[Survey, Wording, dict[str, Answer]],
) -> None:
    survey, wording, given_answers = case
    always = [question for question in survey.asked_in(wording) if question.show_if is None]
    path = asked(survey, wording, given_answers)
    assert [question for question in path if question in always] == always
