"""A survey in one wording as its page shows it: every text chosen and translated, every answer given put back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import get_locale, gettext

from feedback_app.forms import SurveyForm
from feedback_app.translating.direction import isolated
from feedback_app.young_people.language import chosen
from surveys.schema import (
    PREFER_NOT_TO_SAY,
    AllOf,
    Answer,
    Condition,
    Option,
    Question,
    QuestionType,
    ShowIf,
    Survey,
    Wording,
)

#: The drawn faces by the picture an option names, 1 (worst) to 5 (best).
_MOODS: Final = {"face_very_sad": 1, "face_sad": 2, "face_okay": 3, "face_happy": 4, "face_very_happy": 5}
#: Which faces stand for a scale of a length, best first, where its options name none.
_SCALES: Final = {2: (5, 1), 3: (4, 3, 2), 4: (5, 4, 2, 1), 5: (5, 4, 3, 2, 1)}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option on the page, and what it is in English. ``mood`` is the drawn face, 1 (worst) to 5 (best), or None."""

    value: str
    text: str
    english: str
    picture: str | None = None
    mood: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the page.

    Attributes:
        english: its text in English, for the record of a conversation.
        show_if: the rule for a follow-up as JSON, for the script; None where it is always asked.
        only_if: the same rule in words, for a page without script.
        words: what had been written, where it is answered in words.
        error: what is to be mended, or None.
    """

    key: str
    kind: str
    text: str
    english: str
    help: str | None
    ask: str | None
    picture: str | None
    choices: tuple[Choice, ...]
    show_if: str | None
    only_if: str | None
    words: str = ""
    error: str | None = None

    @property
    def is_words(self) -> bool:
        """Whether it is answered in one's own words."""
        return self.kind == QuestionType.WORDS

    @property
    def is_many(self) -> bool:
        """Whether several options may be chosen."""
        return self.kind == QuestionType.MANY

    @property
    def described_by(self) -> str:
        """Ids of what a screen reader says after the question."""
        parts = [f"hint-{self.key}"] if self.help or self.only_if else []
        return " ".join([*parts, f"error-{self.key}"])


def sheet(survey: Survey, wording: Wording) -> tuple[Asked, ...]:
    """The questions of a wording, unanswered, in order."""
    return tuple(_asked(survey, question, wording) for question in survey.asked_in(wording))


def filled(sheet: tuple[Asked, ...], form: SurveyForm) -> tuple[Asked, ...]:
    """The same questions with what a form was sent, and what is wrong with it."""
    given = {field.name: (field.data, next(iter(field.errors), None)) for field in form}
    return tuple(_with(asked, *given[asked.key]) for asked in sheet)


def rule_as_data(rule: ShowIf) -> dict[str, object]:
    """A rule as JSON can hold it, in the form that definitions write it."""
    if isinstance(rule, Condition):
        return {"question": rule.question, "is_any_of": list(rule.is_any_of)}
    return {"all" if isinstance(rule, AllOf) else "any": [rule_as_data(part) for part in rule.parts]}


def said(survey: Survey, text: str) -> str:
    """A text of a survey in the language of the request; in English where there is no translation."""
    own = survey.text_in(str(get_locale()), text)
    if own is None:
        return str(gettext(text))
    return isolated(own) if chosen().language.is_right_to_left else own


def answer_text(survey: Survey, question: Question, wording: Wording, answer: Answer) -> str:
    """An answer as it is read: the option's text, several joined, or the words; empty where there is none."""
    if not answer:
        return ""
    if question.type is QuestionType.WORDS:
        return str(answer)
    texts = {option.value: said(survey, option.text_in(wording)) for option in question.options}
    texts[PREFER_NOT_TO_SAY] = gettext("I’d rather not say")
    values = (answer,) if isinstance(answer, str) else answer
    return "; ".join(texts[value] for value in values)


def _asked(survey: Survey, question: Question, wording: Wording) -> Asked:
    help_text = question.help_in(wording)
    return Asked(
        key=question.key,
        kind=question.type.value,
        text=said(survey, question.text_in(wording)),
        english=question.text_in(wording),
        help=said(survey, help_text) if help_text else None,
        ask=said(survey, question.ask) if question.ask else None,
        picture=question.easy.picture if wording is Wording.EASY and question.easy else None,
        choices=_choices(survey, question, wording),
        show_if=json.dumps(rule_as_data(question.show_if)) if question.show_if else None,
        only_if=_only_if(survey, question.show_if, wording) if question.show_if else None,
    )


def _choices(survey: Survey, question: Question, wording: Wording) -> tuple[Choice, ...]:
    if question.type is QuestionType.WORDS:
        return ()
    moods: Mapping[str, int] = {}
    if question.type is QuestionType.FACES:
        moods = _moods(question.options)
    choices = [
        Choice(
            value=option.value,
            text=said(survey, option.text_in(wording)),
            english=option.text_in(wording),
            picture=option.picture if wording is Wording.EASY else None,
            mood=moods.get(option.value),
        )
        for option in question.options
    ]
    if question.sensitive:
        picture = "rather_not" if wording is Wording.EASY else None
        choices.append(
            Choice(PREFER_NOT_TO_SAY, gettext("I’d rather not say"), "I’d rather not say", picture)
        )
    return tuple(choices)


def _moods(options: tuple[Option, ...]) -> dict[str, int]:
    if all(option.picture in _MOODS for option in options):
        return {option.value: _MOODS[option.picture] for option in options if option.picture}
    return dict(zip((o.value for o in options), _SCALES.get(len(options), ()), strict=False))


def _only_if(survey: Survey, rule: ShowIf, wording: Wording) -> str:
    if not isinstance(rule, Condition):
        return str(gettext("Only if this fits what you said above. If not, leave it out."))
    question = survey.question(rule.question)
    texts = [said(survey, o.text_in(wording)) for o in question.options if o.value in rule.is_any_of]
    answers = " / ".join(f"“{text}”" for text in texts)
    return str(gettext("Only if you answered %(answers)s above.", answers=answers))


def _with(asked: Asked, data: Answer | list[str], error: str | None) -> Asked:
    if asked.is_words:
        return replace(asked, words=str(data or ""), error=error)
    chosen = {data} if isinstance(data, str) else set(data or ())
    choices = tuple(replace(choice, is_chosen=choice.value in chosen) for choice in asked.choices)
    return replace(asked, choices=choices, error=error)
