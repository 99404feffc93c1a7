"""A survey as plain data, for ``heard surveys show KEY --format json`` and for telling whether it has changed."""

from __future__ import annotations

from surveys.schema import AllOf, AnyOf, Condition, Option, Question, ShowIf, Survey

#: What JSON can hold.
Data = dict[str, "Value"]
Value = str | int | bool | None | list["Value"] | Data


def to_data(survey: Survey) -> Data:
    """The survey as dicts, lists and plain values.

    Names are those of a survey's file, with every field there (null or empty where it has none) and two made plain:
    ``wordings`` says where a question is asked, and the options of yes_no questions are written out.
    """
    return {
        "key": survey.key,
        "version": survey.version,
        "counts": survey.counts.value,
        "title": survey.title,
        "minutes": survey.minutes,
        "wordings": [wording.value for wording in survey.wordings],
        "welcome": {
            wording.value: {"title": survey.welcome[wording].title, "about": survey.welcome[wording].about}
            for wording in survey.wordings
        },
        "questions": [_question(question) for question in survey.questions],
        "translations": {language: dict(own.texts) for language, own in survey.translations.items()},
    }


def _question(question: Question) -> Data:
    easy = question.easy
    return {
        "key": question.key,
        "type": question.type.value,
        "wordings": [wording.value for wording in sorted(question.wordings, reverse=True)],
        "title": question.title,
        "text": question.text,
        "help": question.help,
        "easy": {"text": easy.text, "help": easy.help, "picture": easy.picture} if easy else None,
        "ask": question.ask,
        "options": [_option(option) for option in question.options],
        "show_if": _show_if(question.show_if) if question.show_if else None,
        "breakdown": question.breakdown,
        "sensitive": question.sensitive,
        "headline": question.headline,
        "positive": list(question.positive),
    }


def _option(option: Option) -> Data:
    return {
        "value": option.value,
        "text": option.text,
        "easy": option.easy_text,
        "picture": option.picture,
    }


def _show_if(rule: ShowIf) -> Data:
    match rule:
        case Condition(question, is_any_of):
            return {"question": question, "is_any_of": list(is_any_of)}
        case AllOf(parts):
            return {"all": [_show_if(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_show_if(part) for part in parts]}
