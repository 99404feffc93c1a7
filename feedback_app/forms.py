"""A survey as a form: one field a question, named by its key. Nothing has to be answered.

There is no CSRF token: young people's pages carry no cookie, so a forged request could do no more than its sender
could do alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectChoice, SelectMultipleField, TextAreaField
from wtforms.validators import ValidationError

from analysis.words.harmless import harmless
from surveys.schema import PREFER_NOT_TO_SAY, WORDS_LIMIT, Answer, Question, QuestionType, Survey, Wording


class OneAnswerField(RadioField):
    """One option or none. Several values, or one that is no option, are an error and leave nothing chosen."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Takes what was sent; an empty value counts as not answered."""
        sent = _sent(valuelist)
        self.data = sent.pop() if len(sent) == 1 else None
        if sent:
            raise ValueError(gettext("Choose one answer only, or leave this question out."))

    def pre_validate(self, form: Form) -> None:
        """Refuses a value that is no option."""
        if self.data is not None and self.data not in _values(self):
            self.data = None
            raise ValidationError(_not_an_option())


class SeveralAnswersField(SelectMultipleField):
    """Any number of options. "I'd rather not say" stands alone: beside it, nothing else is kept."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Takes what was sent, each value once, in the order of the options."""
        sent = _sent(valuelist)
        self.unknown = not sent <= set(_values(self))
        self.data = list(_several(sent, _values(self)))

    def pre_validate(self, form: Form) -> None:
        """Refuses a value that is no option; the others stay chosen."""
        if getattr(self, "unknown", False):
            raise ValidationError(_not_an_option())


class WordsField(TextAreaField):
    """A young person's own words, at most ``WORDS_LIMIT`` code points; too many are kept, and an error."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Takes what was sent without control characters; blank counts as not answered."""
        self.data = clean_words(valuelist[0]) if valuelist else None

    def pre_validate(self, form: Form) -> None:
        """Refuses words over the limit, saying by how much."""
        over = len(self.data or "") - WORDS_LIMIT
        if over > 0:
            raise ValidationError(
                # The page's script says the same, with the same placeholder.
                gettext("This is too long. Please take out some words. Letters too many: {n}").replace(
                    "{n}", f"{over:,}"
                )
            )


class SurveyForm(Form):
    """What every survey's form has in common."""

    survey: Survey
    wording: Wording


def clean_words(text: str) -> str | None:
    r"""The text without outer blanks and what no reader sees, line breaks as ``\\n``; None when nothing is left."""
    return harmless(text).strip() or None


def survey_form(survey: Survey, wording: Wording) -> type[SurveyForm]:
    """The form class of a survey in one wording; made once for each.

    Its fields are the questions of that wording in order, follow-ups among them, whatever has been answered.
    """
    key = (survey.key, survey.version, wording)
    form = _made.get(key)
    if form is None or form.survey is not survey:
        form = _made[key] = _make(survey, wording)
    return form


def given_answers(survey: Survey, wording: Wording, sent: MultiDict[str, str]) -> dict[str, Answer] | None:
    """What was answered, by question key: a value, several of them, or words. What was left out is absent.

    Returns:
        None where something has to be mended: then the form says what. Making a form takes longer than storing what was
        sent, and nearly everything that is sent is right.
    """
    answers: dict[str, Answer] = {}
    for question in survey.asked_in(wording):
        try:
            answer = _given(question, sent.getlist(question.key))
        except ValueError:
            return None
        if answer:
            answers[question.key] = answer
    return answers


def _given(question: Question, values: Sequence[str]) -> Answer:
    if question.type is QuestionType.WORDS:
        words = clean_words(values[0]) if values else None
        if words and len(words) > WORDS_LIMIT:
            raise ValueError
        return words
    options, sent = _options(question), _sent(values)
    if not sent.issubset(options):
        raise ValueError
    if question.type is QuestionType.MANY:
        return _several(sent, options)
    if len(sent) > 1:
        raise ValueError
    return sent.pop() if sent else None


def _sent(values: Sequence[str]) -> set[str]:
    return {value for value in values if value}


def _several(sent: set[str], options: Sequence[str]) -> tuple[str, ...]:
    """What was chosen, in the order of the options. "I'd rather not say" stands alone."""
    chosen = tuple(value for value in options if value in sent)
    return (PREFER_NOT_TO_SAY,) if PREFER_NOT_TO_SAY in chosen else chosen


def _options(question: Question) -> tuple[str, ...]:
    return (*question.values, PREFER_NOT_TO_SAY) if question.sensitive else question.values


_made: dict[tuple[str, int, Wording], type[SurveyForm]] = {}


def _make(survey: Survey, wording: Wording) -> type[SurveyForm]:
    # The attribute is not the bare key, which might be a name that WTForms uses itself ("data", "errors").
    fields: dict[str, object] = {f"question_{q.key}": _field(q, wording) for q in survey.asked_in(wording)}
    return type("SurveyFormOf_" + survey.key, (SurveyForm,), {**fields, "survey": survey, "wording": wording})


def _field(question: Question, wording: Wording) -> object:
    label = question.text_in(wording)
    if question.type is QuestionType.WORDS:
        return WordsField(label, name=question.key)
    choices = [SelectChoice(value=o.value, label=o.text_in(wording)) for o in question.options]
    if question.sensitive:
        choices.append(SelectChoice(value=PREFER_NOT_TO_SAY, label="I’d rather not say"))
    kind = SeveralAnswersField if question.type is QuestionType.MANY else OneAnswerField
    return kind(label, choices=choices, name=question.key)


def _values(field: RadioField | SelectMultipleField) -> list[str]:
    return [choice.value for choice in field.choices]


def _not_an_option() -> str:
    return str(
        gettext(
            "That answer is not one of the choices here. Please choose again, or leave this question out."
        )
    )
