"""Every text of a survey that a young person reads or hears: what there is to translate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.parsing import YES_NO_OPTIONS
from surveys.schema import Option, Question, Survey


@dataclass(frozen=True, slots=True)
class Text:
    """One text, and where it stands, for whoever translates it.

    Attributes:
        text: as it is written in the survey.
        place: such as ``question talked_before, easy wording: help``.
    """

    text: str
    place: str


def texts_of(survey: Survey) -> tuple[Text, ...]:
    """Every text in the order it is met; one that stands in several places comes once for each.

    Left out is what only staff and boards read: titles for tables, and headlines.
    """
    return tuple(_texts(survey))


def _texts(survey: Survey) -> Iterator[Text]:
    for wording in survey.wordings:
        welcome = survey.welcome[wording]
        yield Text(welcome.title, f"title, {wording} wording")
        yield Text(welcome.about, f"introduction, {wording} wording")
    for question in survey.questions:
        yield from _of_question(question)


def _of_question(question: Question) -> Iterator[Text]:
    place = f"question {question.key}"
    for wording in sorted(question.wordings, reverse=True):
        yield Text(question.text_in(wording), f"{place}, {wording} wording")
        if help_text := question.help_in(wording):
            yield Text(help_text, f"{place}, {wording} wording: help")
    if question.ask:
        yield Text(question.ask, f"{place}: what the IRO says aloud")
    for option in question.options:
        yield from _of_option(question, option)


def _of_option(question: Question, option: Option) -> Iterator[Text]:
    place = "answer to many questions" if _is_usual(option) else f"question {question.key}: answer"
    for text in dict.fromkeys(option.text_in(wording) for wording in sorted(question.wordings, reverse=True)):
        yield Text(text, place)


def _is_usual(option: Option) -> bool:
    return any((usual.value, usual.text) == (option.value, option.text) for usual in YES_NO_OPTIONS)
