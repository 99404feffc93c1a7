"""Tables from a survey's file -> drafts of questions, checked field by field. ``surveys.checking`` sees how they fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from surveys.fields import Fields, kind_of
from surveys.pictures import PICTURES
from surveys.problems import Notes
from surveys.schema import (
    AllOf,
    AnyOf,
    Condition,
    Counts,
    Easy,
    Option,
    Question,
    QuestionType,
    ShowIf,
    Translation,
    Welcome,
    Wording,
)
from surveys.translated import translations

#: What a yes or no question offers, unless its definition gives other words for the same values.
YES_NO_OPTIONS: Final = (
    Option("yes", "Yes", picture="yes"),
    Option("no", "No", picture="no"),
    Option("not_sure", "Not sure", picture="not_sure"),
)

_DEEPEST_SHOW_IF: Final = 5
_MOST_MINUTES: Final = 60
_HIGHEST_VERSION: Final = 9_999


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as read, right or wrong.

    Attributes:
        place: where it stands in the file.
        question: what could be read; an absent text is empty, an unknown type is ``one``.
        knows_type: whether its type is one that exists.
        knows_options: whether its options could be read, so that it can be said which values it has.
        only: the one wording it is asked in, or None for every wording that the survey offers.
        has_text: whether it gives a text for ``standard``.
    """

    place: str
    question: Question
    knows_type: bool
    knows_options: bool
    only: Wording | None
    has_text: bool


@dataclass(frozen=True, slots=True)
class SurveyDraft:
    """A survey as read, right or wrong; what is absent is empty or 0, ``counts`` is None."""

    key: str
    version: int
    counts: Counts | None
    title: str
    welcome: Mapping[Wording, Welcome]
    minutes: int
    questions: tuple[Draft, ...]
    translations: Mapping[str, Translation]


def survey_draft(data: Mapping[str, object], notes: Notes) -> SurveyDraft:
    """Read the whole table of a file; problems go to ``notes``."""
    fields = Fields(data, "", notes)
    draft = SurveyDraft(
        key=fields.name("key", needed=True) or "",
        version=fields.number("version", 1, _HIGHEST_VERSION) or 0,
        counts=fields.choice("counts", Counts, needed=True),
        title=fields.text("title", needed=True) or "",
        minutes=fields.number("minutes", 1, _MOST_MINUTES) or 0,
        welcome=_welcome(fields),
        questions=_questions(fields),
        translations=translations(fields),
    )
    fields.finish()
    return draft


def _welcome(fields: Fields) -> dict[Wording, Welcome]:
    inner = fields.inner("welcome", "welcome", needed=True)
    if inner is None:
        return {}
    found = {wording: _welcome_in(inner, wording) for wording in Wording if inner.has(wording.value)}
    if not found:
        inner.problem("no wording is offered; expected [welcome.standard], [welcome.easy] or both")
    for wording in Wording:
        inner.inner(wording.value, "welcome")
    inner.finish()
    return found


def _welcome_in(inner: Fields, wording: Wording) -> Welcome:
    table = inner.table[wording.value]
    if not isinstance(table, Mapping):
        return Welcome("", "")
    fields = Fields(table, f"welcome.{wording.value}", inner.notes)
    welcome = Welcome(fields.text("title", needed=True) or "", fields.text("about", needed=True) or "")
    fields.finish()
    return welcome


def _questions(fields: Fields) -> tuple[Draft, ...]:
    tables = fields.items("questions", needed=True)
    if not tables and isinstance(fields.table.get("questions"), list):
        fields.problem("questions is empty; expected at least one [[questions]]")
    drafts = []
    for number, table in enumerate(tables, start=1):
        if isinstance(table, Mapping):
            drafts.append(_question(Fields(table, _question_place(number, table), fields.notes)))
        else:
            fields.notes.add(f"questions[{number}]", f"is {kind_of(table)}; expected a table")
    return tuple(drafts)


def _question_place(number: int, table: Mapping[str, object]) -> str:
    key = table.get("key")
    return f'questions[{number}] "{key}"' if isinstance(key, str) else f"questions[{number}]"


def _question(fields: Fields) -> Draft:
    key = fields.name("key", needed=True) or ""
    kind = fields.choice("type", QuestionType, needed=True)
    only = fields.choice("only", Wording)
    text = fields.text("text", needed=only is not Wording.EASY)
    easy = _easy(fields)
    options, knows_options = _options(fields, kind)
    question = Question(
        key=key,
        type=kind or QuestionType.ONE,
        text=text or (easy.text if easy else ""),
        title=fields.text("title", needed=True) or "",
        help=fields.text("help"),
        easy=easy,
        ask=fields.text("ask"),
        options=options,
        show_if=_show_if(fields),
        breakdown=fields.flag("breakdown"),
        sensitive=fields.flag("sensitive"),
        headline=fields.text("headline"),
        positive=fields.names("positive"),
    )
    fields.finish()
    return Draft(fields.place, question, kind is not None, knows_options, only, fields.has("text"))


def _easy(fields: Fields) -> Easy | None:
    inner = fields.inner("easy", fields.at("easy"))
    if inner is None:
        return None
    easy = Easy(inner.text("text", needed=True) or "", inner.text("help"), _picture(inner))
    inner.finish()
    return easy


def _picture(fields: Fields) -> str | None:
    name = fields.text("picture")
    if name is not None and name not in PICTURES:
        fields.problem(f'picture "{name}" is unknown; expected one of {", ".join(sorted(PICTURES))}')
    return name


def _options(fields: Fields, kind: QuestionType | None) -> tuple[tuple[Option, ...], bool]:
    """The options, and whether all of them could be read."""
    tables = fields.items("options")
    options = []
    for number, table in enumerate(tables, start=1):
        if isinstance(table, Mapping):
            options.append(_option(Fields(table, fields.at(_option_place(number, table)), fields.notes)))
        else:
            fields.notes.add(fields.at(f"options[{number}]"), f"is {kind_of(table)}; expected a table")
    readable = len(options) == len(tables) and all(option.value for option in options)
    wrong_shape = fields.has("options") and not isinstance(fields.table["options"], list)
    if kind is QuestionType.YES_NO:
        return _yes_no(fields, options), True
    return tuple(options), readable and not wrong_shape


def _option_place(number: int, table: Mapping[str, object]) -> str:
    value = table.get("value")
    return f'options[{number}] "{value}"' if isinstance(value, str) else f"options[{number}]"


def _option(fields: Fields) -> Option:
    option = Option(
        value=fields.name("value", needed=True) or "",
        text=fields.text("text", needed=True) or "",
        easy_text=fields.text("easy"),
        picture=_picture(fields),
    )
    fields.finish()
    return option


def _yes_no(fields: Fields, given: list[Option]) -> tuple[Option, ...]:
    """Yes, no and not sure, in other words where the definition gives them."""
    usual = {option.value: option for option in YES_NO_OPTIONS}
    for value in (option.value for option in given):
        if value and value not in usual:
            fields.problem(
                f'option "{value}" is not one of a yes_no question; expected only {", ".join(usual)}'
            )
    return tuple(
        next((_with_picture(o, own) for o in given if o.value == own.value), own) for own in YES_NO_OPTIONS
    ) + tuple(again for n, again in enumerate(given) if again.value in [o.value for o in given[:n]])


def _with_picture(option: Option, usual: Option) -> Option:
    return Option(option.value, option.text, option.easy_text, option.picture or usual.picture)


def _show_if(fields: Fields) -> ShowIf | None:
    inner = fields.inner("show_if", fields.at("show_if"))
    return _condition(inner, 1) if inner else None


def _condition(fields: Fields, depth: int) -> ShowIf | None:
    kinds = [name for name in ("question", "all", "any") if fields.has(name)]
    if len(kinds) != 1:
        fields.problem("expected either question and is_any_of, or all, or any")
        return None
    if kinds == ["question"]:
        condition = Condition(
            fields.text("question", needed=True) or "", fields.names("is_any_of", needed=True)
        )
        fields.finish()
        return condition
    parts = _parts(fields, kinds[0], depth)
    fields.finish()
    return AllOf(parts) if kinds == ["all"] else AnyOf(parts)


def _parts(fields: Fields, name: str, depth: int) -> tuple[ShowIf, ...]:
    tables = fields.items(name)
    if not tables:
        fields.problem(f"{name} is empty; expected at least one condition")
    if depth == _DEEPEST_SHOW_IF:
        fields.problem(f"conditions are nested more than {_DEEPEST_SHOW_IF} deep")
        return ()
    parts = []
    for number, table in enumerate(tables, start=1):
        place = f"{fields.place}.{name}[{number}]"
        if isinstance(table, Mapping):
            parts.append(_condition(Fields(table, place, fields.notes), depth + 1))
        else:
            fields.notes.add(place, f"is {kind_of(table)}; expected a table")
    return tuple(part for part in parts if part is not None)
