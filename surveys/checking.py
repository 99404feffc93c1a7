"""How the parts of a survey fit together: what no single field can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from surveys.fields import listed
from surveys.parsing import Draft, SurveyDraft
from surveys.problems import Notes
from surveys.routing import conditions_of
from surveys.schema import (
    RESERVED_KEYS,
    RESERVED_VALUES,
    Condition,
    QuestionType,
    Wording,
)

#: Source: shared practice in asking children: about eight questions for the young.
MOST_EASY_QUESTIONS: Final = 8
#: Source: as above: three choices from about 8, up to five from about 11.
FACES_COUNTS: Final = (3, 5)

_SINGLE_CHOICE: Final = (QuestionType.YES_NO, QuestionType.ONE, QuestionType.FACES)
_Tell = Callable[[str], None]


def check(draft: SurveyDraft, notes: Notes) -> None:
    """Note everything that does not fit together."""
    _check_keys(draft, notes)
    offered = frozenset(draft.welcome)
    for drafted in draft.questions:
        _check_question(drafted, offered, notes)
    _check_conditions(draft, offered, notes)
    _check_easy_length(draft, offered, notes)
    _check_translations(draft, notes)


def wordings_of(drafted: Draft, offered: frozenset[Wording]) -> frozenset[Wording]:
    """The wordings a question is asked in."""
    return offered if drafted.only is None else offered & {drafted.only}


def _check_keys(draft: SurveyDraft, notes: Notes) -> None:
    counted = Counter(drafted.question.key for drafted in draft.questions)
    seen: set[str] = set()
    for drafted in draft.questions:
        key = drafted.question.key
        if key in RESERVED_KEYS:
            notes.add(drafted.place, f'key "{key}" is kept for Heard itself; choose another')
        if key and key in seen:
            notes.add(drafted.place, f'key "{key}" is used by {counted[key]} questions; expected one each')
        seen.add(key)


def _check_question(drafted: Draft, offered: frozenset[Wording], notes: Notes) -> None:
    def tell(sentence: str) -> None:
        notes.add(drafted.place, sentence)

    _check_wordings(drafted, offered, tell)
    _check_values(drafted, tell)
    if drafted.knows_type:
        _check_options(drafted, tell)
        _check_type(drafted, offered, tell)
    _check_headline(drafted, tell)


def _check_wordings(drafted: Draft, offered: frozenset[Wording], tell: _Tell) -> None:
    question = drafted.question
    if offered and drafted.only and drafted.only not in offered:
        tell(f'only = "{drafted.only.value}", but the survey has no [welcome.{drafted.only.value}]')
    asked = wordings_of(drafted, offered)
    if Wording.EASY in asked and question.easy is None:
        tell('easy is missing, and the survey offers easy; give it an easy text, or say only = "standard"')
    if question.easy is not None and Wording.EASY not in asked and offered:
        tell("easy is given, but the question is not asked in easy")
    if drafted.only is Wording.EASY and drafted.has_text:
        tell("text is given, but the question is only asked in easy; its words belong in easy.text")
    if drafted.only is Wording.EASY and question.help:
        tell("help is given, but the question is only asked in easy; it belongs in easy.help")


def _check_values(drafted: Draft, tell: _Tell) -> None:
    counted = Counter(value for value in drafted.question.values if value)
    for value, times in counted.items():
        if times > 1:
            tell(f'option "{value}" is there {times} times')
        if value in RESERVED_VALUES:
            tell(f'option "{value}" is kept for Heard itself; choose another')


def _check_options(drafted: Draft, tell: _Tell) -> None:
    if not drafted.knows_options:
        return
    kind, count = drafted.question.type, len(drafted.question.options)
    if kind is QuestionType.WORDS and count:
        tell("options are given, but a words question has none")
    if kind in (QuestionType.ONE, QuestionType.MANY) and count < 2:
        tell(f"has {count} options; expected at least 2")
    if kind is QuestionType.FACES and count not in FACES_COUNTS:
        tell(f"has {count} faces; expected 3 or 5, each with words")


def _check_type(drafted: Draft, offered: frozenset[Wording], tell: _Tell) -> None:
    question = drafted.question
    easy_faces = question.type is QuestionType.FACES and Wording.EASY in wordings_of(drafted, offered)
    if easy_faces and len(question.options) == max(FACES_COUNTS):
        tell("has 5 faces, and easy asks it; easy shows 3, under a key of its own")
    if question.breakdown and question.type not in _SINGLE_CHOICE:
        tell(
            f"breakdown is set, but only {listed([k.value for k in _SINGLE_CHOICE])} questions can split results"
        )
    if question.breakdown and question.sensitive:
        tell("breakdown and sensitive are both set; a sensitive answer may not split results")
    if question.sensitive and question.type is QuestionType.WORDS:
        tell(
            "sensitive is set, but a words question is never counted; every comment is treated with the same care"
        )


def _check_headline(drafted: Draft, tell: _Tell) -> None:
    question = drafted.question
    if question.headline and not question.positive:
        tell("headline is given without positive; say which values its percentage counts")
    if question.positive and not question.headline:
        tell("positive is given without headline; say what its percentage means")
    if drafted.knows_type and question.type is QuestionType.WORDS:
        if question.headline or question.positive:
            tell("headline and positive belong to questions that are counted, not to words")
        return
    if drafted.knows_options:
        _check_positive(drafted, tell)


def _check_positive(drafted: Draft, tell: _Tell) -> None:
    question = drafted.question
    for value in question.positive:
        if value not in question.values:
            tell(f'positive names "{value}", which is no option; expected some of {listed(question.values)}')
    if question.values and set(question.values) == set(question.positive):
        tell("positive names every option, so that its percentage says nothing")
    if question.type is QuestionType.MANY and len(question.positive) > 1:
        tell(
            "positive names several options of a many question; one person may choose both, so name only one"
        )


def _check_conditions(draft: SurveyDraft, offered: frozenset[Wording], notes: Notes) -> None:
    everywhere = {drafted.question.key: drafted for drafted in draft.questions if drafted.question.key}
    earlier: dict[str, Draft] = {}
    for drafted in draft.questions:
        for condition in conditions_of(drafted.question.show_if):
            if condition.question in earlier:
                _check_target(drafted, condition, earlier[condition.question], offered, notes)
            elif condition.question:
                notes.add(drafted.place, _unknown_target(condition.question, drafted, everywhere))
        earlier[drafted.question.key] = drafted


def _unknown_target(key: str, drafted: Draft, everywhere: Mapping[str, Draft]) -> str:
    if key == drafted.question.key:
        return "show_if depends on the question itself; expected an earlier one"
    if key in everywhere:
        return f'show_if depends on "{key}", which is asked later; expected an earlier one'
    return f'show_if depends on "{key}", which is no question of this survey'


def _check_target(
    drafted: Draft, condition: Condition, target: Draft, offered: frozenset[Wording], notes: Notes
) -> None:
    key = condition.question
    if not target.knows_type:
        return
    if target.question.type is QuestionType.WORDS:
        notes.add(drafted.place, f'show_if depends on "{key}", which is answered in words')
        return
    for value in condition.is_any_of if target.knows_options else ():
        if value not in target.question.values:
            known = listed(target.question.values)
            notes.add(
                drafted.place, f'show_if names "{value}", which is no option of "{key}"; expected {known}'
            )
    for wording in sorted(wordings_of(drafted, offered) - wordings_of(target, offered)):
        notes.add(drafted.place, f'is asked in {wording.value}, but depends on "{key}", which is not')


def _check_easy_length(draft: SurveyDraft, offered: frozenset[Wording], notes: Notes) -> None:
    asked = [drafted for drafted in draft.questions if Wording.EASY in wordings_of(drafted, offered)]
    if len(asked) > MOST_EASY_QUESTIONS:
        notes.add("questions", f"easy asks {len(asked)} questions; expected at most {MOST_EASY_QUESTIONS}")


def _check_translations(draft: SurveyDraft, notes: Notes) -> None:
    """A translation is found by its English text, so that a text changed in one place only would be lost unseen."""
    texts = {text for drafted in draft.questions for text in _texts(drafted) if text}
    texts |= {text for welcome in draft.welcome.values() for text in (welcome.title, welcome.about)}
    for language, translation in draft.translations.items():
        for text in translation.texts:
            if text not in texts:
                near = get_close_matches(text, texts, 1, 0.8)
                meant = f'; did you mean "{near[0]}"?' if near else ""
                notes.add(f"translations.{language}", f'"{text}" is no text of this survey{meant}')


def _texts(drafted: Draft) -> Iterator[str | None]:
    question = drafted.question
    yield from (question.text, question.help, question.ask)
    if question.easy:
        yield from (question.easy.text, question.easy.help)
    for option in question.options:
        yield from (option.text, option.easy_text)
