"""The three surveys that Heard brings: their permanent keys, and words that children can read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from statistics import mean

import pytest

from surveys.checking import MOST_EASY_QUESTIONS
from surveys.pictures import PICTURES
from surveys.reading import load_catalogue
from surveys.schema import Counts, Question, QuestionType, Survey, Wording

YES_NO = "yes no not_sure"
WORDS = ""

#: Key -> values, as results and imports rely on them (DESIGN.md, section 4). The values of faces are ours.
KEYS = {
    "iro_review": {
        "talked_before": YES_NO,
        "talked_before_why": "did_not_want_to was_not_asked could_not other",
        "role_explained": YES_NO,
        "review_explained": YES_NO,
        "plan_understood": YES_NO,
        "going_well_recognised": YES_NO,
        "supported_to_take_part": YES_NO,
        "how_attended": "attended separate_talk chose_not_to not_invited",
        "chance_to_share_views": YES_NO,
        "views_considered": YES_NO,
        "best_thing": WORDS,
        "one_change": WORDS,
    },
    "wellbeing": {
        "wellbeing_supported": YES_NO,
        "carers_listen": YES_NO,
        "professional_to_contact": YES_NO,
        "trusted_adult": YES_NO,
        "feeling_lately": "great good okay not_good awful",
        "feeling_lately_easy": "good okay not_good",
        "what_helps": WORDS,
        "anything_else": WORDS,
    },
    "end_of_placement": {
        "ending": "planned sudden not_sure",
        "placement_type": "foster_family_friends foster_other childrens_home supported_living with_parents other not_sure",
        "told_in_time": YES_NO,
        "reason_explained": YES_NO,
        "had_a_say": YES_NO,
        "felt_safe": YES_NO,
        "felt_cared_for": YES_NO,
        "said_goodbye": YES_NO,
        "belongings_respected": YES_NO,
        "knew_next_home": YES_NO,
        "settled_now": "very mostly in_between not_much not_at_all",
        "settled_now_easy": "yes in_between no",
        "best_thing": WORDS,
        "could_be_better": WORDS,
    },
}
SENSITIVE = {
    "iro_review": set(),
    "wellbeing": {"wellbeing_supported", "carers_listen", "professional_to_contact", "trusted_adult"},
    "end_of_placement": {"felt_safe", "felt_cared_for"},
}
BREAKDOWNS = {"iro_review": set(), "wellbeing": set(), "end_of_placement": {"ending", "placement_type"}}

#: What children in care ask not to be called, or asked, by; and what no child says.
BANNED = re.compile(
    r"\b(placements?|siblings?|contact( time)?|disruption|disrupted|LAC|CLA|respite|peers?|young person|"
    r"looked[- ]after|professionals?|services?|support needs|outcomes?|wellbeing|transition\w*|views)\b",
    re.IGNORECASE,
)

#: A grade of US schools; 4 is read at nine to ten.
HIGHEST_MEAN_GRADE = 4.0
HIGHEST_EASY_MEAN_GRADE = 2.5
#: A single short question may hold one long word that every child knows, such as "understand".
HIGHEST_GRADE = 7.0
LONGEST_SENTENCE_WORDS = 20
LONGEST_EASY_SENTENCE_WORDS = 15

SURVEYS = list(load_catalogue())
QUESTIONS = [(survey, question) for survey in SURVEYS for question in survey.questions]
COUNTED = [(survey, question) for survey, question in QUESTIONS if question.type is not QuestionType.WORDS]

each_survey = pytest.mark.parametrize("survey", SURVEYS, ids=lambda s: s.key)
each_wording = pytest.mark.parametrize("wording", Wording)


def named(value: Survey | Question) -> str:
    return value.key


def texts(survey: Survey, wording: Wording) -> Iterator[str]:
    """Everything that a young person reads in one wording."""
    welcome = survey.welcome[wording]
    yield from (welcome.title, welcome.about)
    for question in survey.asked_in(wording):
        yield question.text_in(wording)
        yield question.help_in(wording) or ""
        yield from (option.text_in(wording) for option in question.options)


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"[.?!:]\s*", text) if sentence]


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z']+", text)


def syllables(word: str) -> int:
    """Roughly: groups of vowels, without an e at the end that is not heard."""
    if word == "IRO":
        return 3
    heard = re.sub(r"(?<=[^aeiouyl])e(s|d)?$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", heard)))


def grade(text: str) -> float:
    """Flesch and Kincaid's grade of a text."""
    found = words(text)
    per_sentence = len(found) / len(sentences(text))
    return 0.39 * per_sentence + 11.8 * mean(map(syllables, found)) - 15.59


def readable(survey: Survey, wording: Wording) -> list[str]:
    """The texts that are sentences: a grade says nothing about "Yes, mostly"."""
    return [text for text in texts(survey, wording) if len(words(text)) >= 5]


@each_survey
def test_every_key_and_value_is_there_and_no_other(survey: Survey) -> None:
    assert {q.key: " ".join(q.values) for q in survey.questions} == KEYS[survey.key]


@each_survey
def test_sensitive_questions_are_marked(survey: Survey) -> None:
    assert {q.key for q in survey.questions if q.sensitive} == SENSITIVE[survey.key]


@each_survey
def test_results_are_split_by_what_the_board_asks_for(survey: Survey) -> None:
    assert {q.key for q in survey.breakdowns} == BREAKDOWNS[survey.key]


def test_what_one_response_stands_for() -> None:
    assert {survey.key: survey.counts for survey in SURVEYS} == {
        "end_of_placement": Counts.CONVERSATIONS,
        "iro_review": Counts.CHILDREN,
        "wellbeing": Counts.CHILDREN,
    }


def test_why_is_asked_only_where_they_did_not_talk() -> None:
    rules = {q.key: q.show_if for _, q in QUESTIONS if q.show_if}
    assert list(rules) == ["talked_before_why"]
    assert repr(rules["talked_before_why"]) == "Condition(question='talked_before', is_any_of=('no',))"


@each_survey
def test_both_wordings_are_offered(survey: Survey) -> None:
    assert survey.wordings == (Wording.STANDARD, Wording.EASY)


@each_survey
def test_easy_asks_few_questions(survey: Survey) -> None:
    assert 5 <= len(survey.asked_in(Wording.EASY)) <= MOST_EASY_QUESTIONS


@each_survey
@each_wording
def test_it_ends_on_something_good_in_their_own_words(survey: Survey, wording: Wording) -> None:
    assert survey.asked_in(wording)[-1].key in {"best_thing", "what_helps"}


@each_survey
@each_wording
def test_questions_in_own_words_come_after_the_others(survey: Survey, wording: Wording) -> None:
    is_words = [question.type is QuestionType.WORDS for question in survey.asked_in(wording)]
    assert is_words == sorted(is_words)


@pytest.mark.parametrize(("survey", "question"), QUESTIONS, ids=named)
def test_the_iro_has_something_to_say(survey: Survey, question: Question) -> None:
    assert question.ask
    assert question.ask.endswith(("?", "."))


@pytest.mark.parametrize(
    ("survey", "question"), [pair for pair in QUESTIONS if Wording.EASY in pair[1].wordings], ids=named
)
def test_easy_shows_a_picture_for_every_question_and_option(survey: Survey, question: Question) -> None:
    assert question.easy
    assert question.easy.picture in PICTURES
    assert [option.value for option in question.options if option.picture not in PICTURES] == []


@pytest.mark.parametrize(("survey", "question"), COUNTED, ids=named)
def test_a_headline_goes_on_after_a_percentage(survey: Survey, question: Question) -> None:
    if question.key in {"talked_before_why", "placement_type"}:
        assert question.headline is None
    else:
        assert question.headline
        assert re.match(r"(felt|said that|had|knew|attended) ", question.headline)
        assert not question.headline.endswith(".")


@pytest.mark.parametrize(
    ("survey", "question"), [pair for pair in QUESTIONS if pair[1].type is QuestionType.FACES], ids=named
)
def test_standard_shows_five_faces_and_easy_three(survey: Survey, question: Question) -> None:
    (wording,) = question.wordings
    assert len(question.options) == {Wording.STANDARD: 5, Wording.EASY: 3}[wording]


@each_survey
@each_wording
def test_no_word_is_used_that_children_ask_us_not_to_use(survey: Survey, wording: Wording) -> None:
    assert [text for text in texts(survey, wording) if BANNED.search(text)] == []


@each_wording
def test_the_iro_is_explained_where_first_asked_about(wording: Wording) -> None:
    survey = next(survey for survey in SURVEYS if survey.key == "iro_review")
    first = next(q for q in survey.asked_in(wording) if "IRO" in q.text_in(wording))
    help_text = first.help_in(wording) or ""
    assert help_text.startswith("Your IRO is the person who runs your review")
    assert "that people do what they said" in help_text


@each_survey
@each_wording
def test_a_nine_year_old_can_read_it(
    survey: Survey, wording: Wording, record_property: Callable[[str, object], None]
) -> None:
    graded = {text: grade(text) for text in readable(survey, wording)}
    bound = {Wording.STANDARD: HIGHEST_MEAN_GRADE, Wording.EASY: HIGHEST_EASY_MEAN_GRADE}[wording]
    found = f"{mean(graded.values()):.1f} on average (at most {bound}), {max(graded.values()):.1f} at most"
    record_property(f"grade of {survey.key} in {wording}", found)
    assert mean(graded.values()) <= bound, found
    assert {text: found for text, found in graded.items() if found > HIGHEST_GRADE} == {}


@each_survey
@each_wording
def test_sentences_are_short(survey: Survey, wording: Wording) -> None:
    longest = {Wording.STANDARD: LONGEST_SENTENCE_WORDS, Wording.EASY: LONGEST_EASY_SENTENCE_WORDS}[wording]
    found = [s for text in texts(survey, wording) for s in sentences(text) if len(words(s)) > longest]
    assert found == []


@each_survey
def test_easy_is_no_harder_than_standard(survey: Survey) -> None:
    easy, standard = (mean(map(grade, readable(survey, w))) for w in (Wording.EASY, Wording.STANDARD))
    assert easy <= standard


def test_the_crude_grade_tells_easy_from_hard() -> None:
    assert grade("Did the dog run to you?") < 1
    assert grade("Were appropriate arrangements communicated regarding your forthcoming accommodation?") > 15
