"""Whatever is wrong with a survey is told at once, with its place."""

from __future__ import annotations

from typing import Any

import pytest

from surveys.problems import SurveyErrors
from surveys.reading import survey_from_data
from surveys.schema import (
    AllOf,
    AnyOf,
    Condition,
    Easy,
    QuestionType,
    Wording,
)
from tests.surveys.examples import COLOURS, Table, faces, one, problems, question, read, survey

CASES: list[tuple[str, Table, str]] = [
    ("unknown key", survey(colour="red"), 'example.toml: "colour" is not known here'),
    (
        "mistyped key",
        survey(question(txet="x")),
        '"carers_listen": "txet" is not known here; did you mean text?',
    ),
    (
        "unknown in welcome",
        survey(welcome={"standart": {}}),
        '"standart" is not known here; did you mean standard?',
    ),
    (
        "unknown in option",
        survey(one("c", options=[*COLOURS, {"value": "green", "text": "Green", "colour": "g"}])),
        'questions[1] "c", options[3] "green": "colour" is not known here',
    ),
    (
        "unknown in easy",
        survey(question(easy={"text": "x", "txt": "y"}), easy=True),
        'easy: "txt" is not known',
    ),
    (
        "unknown in show_if",
        survey(question("a"), question("b", show_if={"question": "a", "is_any_of": ["no"], "not": True})),
        'questions[2] "b", show_if: "not" is not known here',
    ),
    ("survey key missing", survey(key=None), "example.toml: key is missing"),
    ("version missing", survey(version=None), "version is missing; expected a whole number"),
    ("title missing", survey(title=None), "title is missing"),
    ("welcome missing", survey(welcome=None), "welcome is missing"),
    ("welcome empty", survey(welcome={}), "welcome: no wording is offered"),
    ("about missing", survey(welcome={"standard": {"title": "x"}}), "welcome.standard: about is missing"),
    (
        "welcome text",
        survey(welcome={"standard": "Hello"}),
        "welcome: standard is a text in quotes; expected a table",
    ),
    ("questions missing", survey(questions=None), "questions is missing"),
    ("no questions", survey(questions=[]), "questions is empty"),
    (
        "question no table",
        survey(questions=["Do they?"]),
        "questions[1]: is a text in quotes; expected a table",
    ),
    ("question key missing", survey(question(key=None)), "questions[1]: key is missing"),
    (
        "question title missing",
        survey(question(title=None)),
        'questions[1] "carers_listen": title is missing',
    ),
    ("text missing", survey(question(text=None)), 'questions[1] "carers_listen": text is missing'),
    (
        "type missing",
        survey(question(type=None)),
        "type is missing; expected one of yes_no, one, many, faces, words",
    ),
    ("type unknown", survey(question(type="yesno")), 'type "yesno" is unknown; expected one of yes_no, one'),
    ("counts unknown", survey(counts="people"), 'counts "people" is unknown; expected one of children'),
    ("version text", survey(version="1"), "version is a text in quotes; expected a whole number"),
    ("version true", survey(version=True), "version is true or false; expected a whole number"),
    ("version zero", survey(version=0), "version is out of range; expected 1 to"),
    ("minutes number", survey(minutes=2.5), "minutes is a number or date; expected a whole number"),
    ("text number", survey(question(text=3)), "text is a whole number; expected a text in quotes"),
    ("flag text", survey(question(sensitive="yes")), "sensitive is a text in quotes; expected true or false"),
    ("options table", survey(one("c", options={"red": "Red"})), "options is a table; expected a list"),
    (
        "option text",
        survey(one("c", options=["red", *COLOURS])),
        "options[1]: is a text in quotes; expected a table",
    ),
    (
        "positive text",
        survey(question(headline="x", positive="yes")),
        "positive is a text in quotes; expected a list",
    ),
    ("positive numbers", survey(question(headline="x", positive=[1])), "positive holds a whole number"),
    ("positive twice", survey(question(headline="x", positive=["yes", "yes"])), 'positive names "yes" twice'),
    ("text empty", survey(question(text="  ")), "text is empty"),
    ("help empty", survey(question(help="")), "help is empty"),
    ("about empty", survey(welcome={"standard": {"title": "x", "about": " "}}), "about is empty"),
    ("control character", survey(question(text="a\0b")), "text has a control character in it"),
    ("survey key with capitals", survey(key="Example"), 'key "Example" is not snake_case'),
    ("key with hyphen", survey(question("carers-listen")), 'key "carers-listen" is not snake_case'),
    ("key with two underscores", survey(question("carers__listen")), "is not snake_case"),
    ("key too long", survey(question("a" * 61)), "is not snake_case"),
    (
        "value with space",
        survey(one("c", options=[*COLOURS, {"value": "a b", "text": "x"}])),
        '"a b" is not snake',
    ),
    (
        "duplicate key",
        survey(question("a"), question("a")),
        'questions[2] "a": key "a" is used by 2 questions',
    ),
    ("duplicate value", survey(one("c", options=[*COLOURS, COLOURS[0]])), 'option "red" is there 2 times'),
    (
        "duplicate yes",
        survey(question(options=[{"value": "yes", "text": "Yes"}, {"value": "yes", "text": "Yeah"}])),
        'option "yes" is there 2 times',
    ),
    ("reserved key", survey(question("receipt")), 'key "receipt" is kept for Heard itself'),
    (
        "reserved value",
        survey(one("c", options=[*COLOURS, {"value": "prefer_not_to_say", "text": "x"}])),
        'option "prefer_not_to_say" is kept for Heard itself',
    ),
    (
        "yes_no with maybe",
        survey(question(options=[{"value": "maybe", "text": "x"}])),
        'option "maybe" is not one of',
    ),
    ("one option", survey(one("c", options=COLOURS[:1])), "has 1 options; expected at least 2"),
    ("no options", survey(one("c", options=None)), "has 0 options; expected at least 2"),
    ("words with options", survey(question(type="words", options=COLOURS)), "a words question has none"),
    ("four faces", survey(faces(4)), "has 4 faces; expected 3 or 5"),
    (
        "a face without words",
        survey(
            faces(
                3, options=[{"value": "good"}, {"value": "okay", "text": "x"}, {"value": "bad", "text": "y"}]
            )
        ),
        'options[1] "good": text is missing',
    ),
    (
        "five faces in easy",
        survey(faces(5, easy={"text": "x"}), easy=True),
        "easy shows 3, under a key of its own",
    ),
    (
        "picture unknown",
        survey(question(easy={"text": "x", "picture": "cat"}), easy=True),
        'picture "cat" is unknown',
    ),
    ("easy missing", survey(question(), easy=True), "easy is missing, and the survey offers easy"),
    (
        "easy not offered",
        survey(question(easy={"text": "x"})),
        "easy is given, but the question is not asked in easy",
    ),
    (
        "only easy not offered",
        survey(question(text=None, only="easy", easy={"text": "x"})),
        "has no [welcome.easy]",
    ),
    (
        "text beside only easy",
        survey(question(only="easy", easy={"text": "x"}), easy=True),
        "its words belong in easy.text",
    ),
    (
        "nine in easy",
        survey(*[question(f"q{n}", easy={"text": "x"}) for n in range(9)], easy=True),
        "questions: easy asks 9 questions; expected at most 8",
    ),
    ("headline alone", survey(question(headline="felt heard")), "headline is given without positive"),
    ("positive alone", survey(question(positive=["yes"])), "positive is given without headline"),
    (
        "positive unknown",
        survey(question(headline="x", positive=["maybe"])),
        'positive names "maybe", which is no option',
    ),
    ("positive all", survey(one("c", headline="x", positive=["red", "blue"])), "positive names every option"),
    (
        "positive of many",
        survey(
            one(
                "c",
                type="many",
                options=[*COLOURS, {"value": "green", "text": "Green"}],
                headline="x",
                positive=["red", "blue"],
            )
        ),
        "one person may choose both",
    ),
    ("headline of words", survey(question(type="words", headline="x", positive=["yes"])), "not to words"),
    ("breakdown of many", survey(one("c", type="many", breakdown=True)), "breakdown is set, but only"),
    ("breakdown of words", survey(question(type="words", breakdown=True)), "breakdown is set, but only"),
    ("breakdown sensitive", survey(question(breakdown=True, sensitive=True)), "may not split results"),
    ("sensitive words", survey(question(type="words", sensitive=True)), "a words question is never counted"),
]


def when(key: str, *values: str) -> Table:
    return {"question": key, "is_any_of": list(values)}


def follow_up(show_if: Any, **fields: Any) -> Table:
    return survey(
        question("a"), question("w", type="words"), question("b", show_if=show_if, **fields), question("z")
    )


SHOW_IF_CASES: list[tuple[str, Table, str]] = [
    ("unknown question", follow_up(when("x", "no")), '"b": show_if depends on "x", which is no question'),
    ("itself", follow_up(when("b", "no")), "show_if depends on the question itself"),
    ("later question", follow_up(when("z", "no")), 'show_if depends on "z", which is asked later'),
    ("unknown value", follow_up(when("a", "maybe")), 'show_if names "maybe", which is no option of "a"'),
    ("words question", follow_up(when("w", "x")), 'show_if depends on "w", which is answered in words'),
    ("no values", follow_up(when("a")), "is_any_of is an empty list"),
    ("values missing", follow_up({"question": "a"}), "is_any_of is missing"),
    ("empty", follow_up({}), "expected either question and is_any_of, or all, or any"),
    (
        "both kinds",
        follow_up({"all": [when("a", "no")], "any": [when("a", "no")]}),
        "expected either question",
    ),
    ("code", follow_up("a == 'no'"), "show_if is a text in quotes; expected a table"),
    ("all of nothing", follow_up({"all": []}), "all is empty"),
    ("part no table", follow_up({"any": ["a"]}), "show_if.any[1]: is a text in quotes"),
    ("nested", follow_up({"all": [{"any": [when("x", "no")]}]}), 'show_if depends on "x"'),
    (
        "too deep",
        follow_up({"all": [{"all": [{"all": [{"all": [{"all": [{"all": [when("a", "no")]}]}]}]}]}]}),
        "nested more than 5 deep",
    ),
    (
        "not asked in easy",
        survey(
            question("a", only="standard"),
            question("b", easy={"text": "x"}, show_if=when("a", "no")),
            easy=True,
        ),
        'questions[2] "b": is asked in easy, but depends on "a", which is not',
    ),
]


@pytest.mark.parametrize(("table", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_problem_is_told_with_its_place(table: Table, said: str) -> None:
    assert any(said in problem for problem in problems(table)), problems(table)


@pytest.mark.parametrize(
    ("table", "said"), [case[1:] for case in SHOW_IF_CASES], ids=[case[0] for case in SHOW_IF_CASES]
)
def test_a_condition_that_cannot_hold_is_told(table: Table, said: str) -> None:
    assert any(said in problem for problem in problems(table)), problems(table)


def test_all_problems_are_told_at_once() -> None:
    table = survey(
        question("Bad key"),
        question("b", type="yesno", text=""),
        question("c", headline="felt heard", positive=["maybe"]),
        version=0,
    )
    assert problems(table) == [
        "example.toml: version is out of range; expected 1 to 9999",
        (
            'example.toml: questions[1] "Bad key": key "Bad key" is not snake_case; expected small letters, digits and '
            "single _, starting with a letter, at most 60 characters"
        ),
        'example.toml: questions[2] "b": type "yesno" is unknown; expected one of yes_no, one, many, faces, words',
        'example.toml: questions[2] "b": text is empty',
        'example.toml: questions[3] "c": positive names "maybe", which is no option; expected some of yes, no, not_sure',
    ]


def test_one_mistake_is_told_once() -> None:
    table = survey(question("a", type="yesno"), question("b", show_if=when("a", "no")))
    assert len(problems(table)) == 1


def test_a_list_that_is_a_text_is_not_told_again_as_empty() -> None:
    table = survey(question("a", headline="x", positive="yes"))
    assert 'example.toml: questions[1] "a": positive is an empty list' not in " ".join(problems(table))


def test_options_that_cannot_be_read_are_not_told_again_as_unknown() -> None:
    table = survey(
        one("a", options="red", headline="x", positive=["red"]), question("b", show_if=when("a", "red"))
    )
    assert problems(table) == ['example.toml: questions[1] "a": options is a text in quotes; expected a list']


def test_yes_no_has_its_three_options_without_naming_them() -> None:
    options = read(question("a")).question("a").options
    assert [(o.value, o.text) for o in options] == [("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure")]


def test_yes_no_may_have_words_of_its_own_in_the_usual_order() -> None:
    own = [{"value": "not_sure", "text": "I don't know"}, {"value": "yes", "text": "Yes, they do"}]
    options = read(question("a", options=own)).question("a").options
    assert [(o.value, o.text) for o in options] == [
        ("yes", "Yes, they do"),
        ("no", "No"),
        ("not_sure", "I don't know"),
    ]


def test_a_question_is_asked_in_every_wording_unless_only_says_one() -> None:
    read_one = read(
        question("both", easy={"text": "x"}),
        question("older", only="standard"),
        question("younger", only="easy", text=None, easy={"text": "y"}),
        easy=True,
    )
    assert [q.key for q in read_one.asked_in(Wording.STANDARD)] == ["both", "older"]
    assert [q.key for q in read_one.asked_in(Wording.EASY)] == ["both", "younger"]


def test_a_question_for_easy_alone_has_its_easy_text() -> None:
    alone = read(
        question("a", only="easy", text=None, easy={"text": "How are you?", "picture": "sun"}), easy=True
    )
    assert alone.question("a").text == "How are you?"
    assert alone.question("a").easy == Easy("How are you?", None, "sun")


def test_a_survey_may_be_offered_in_easy_alone() -> None:
    welcome = {"easy": {"title": "Hello", "about": "About this."}}
    alone = read(question("a", only="easy", text=None, easy={"text": "x"}), welcome=welcome)
    assert alone.wordings == (Wording.EASY,)


def test_conditions_may_be_nested() -> None:
    rule = {"all": [when("a", "no"), {"any": [when("c", "red"), when("a", "not_sure", "yes")]}]}
    show_if = read(question("a"), one("c"), question("b", show_if=rule)).question("b").show_if
    either = AnyOf((Condition("c", ("red",)), Condition("a", ("not_sure", "yes"))))
    assert show_if == AllOf((Condition("a", ("no",)), either))


def test_line_ends_in_a_long_text_become_spaces() -> None:
    assert read(question("a", text="One\n  two\r\nthree ")).question("a").text == "One two three"


def test_everything_that_was_written_is_read() -> None:
    everything = one(
        "c",
        help="Help.",
        ask="Say?",
        breakdown=True,
        headline="like red",
        positive=["red"],
        options=[{"value": "red", "text": "Red", "easy": "R", "picture": "sun"}, COLOURS[1]],
        easy={"text": "E?", "help": "EH.", "picture": "heart"},
    )
    got = read(everything, easy=True).question("c")
    assert (got.type, got.title, got.text, got.help) == (QuestionType.ONE, "Title", "Text?", "Help.")
    assert (got.ask, got.breakdown, got.sensitive) == ("Say?", True, False)
    assert (got.headline, got.positive) == ("like red", ("red",))
    assert (got.options[0].easy_text, got.options[0].picture) == ("R", "sun")
    assert got.easy == Easy("E?", "EH.", "heart")


def test_problems_can_be_taken_apart() -> None:
    with pytest.raises(SurveyErrors) as caught:
        survey_from_data(survey(question(text="")), "council/example.toml")
    (problem,) = caught.value.problems
    assert problem.file == "council/example.toml"
    assert problem.place == 'questions[1] "carers_listen"'
    assert problem.sentence == "text is empty"
