"""Everything a young person reads, gathered into one template: pages, help lines, and the built-in surveys."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from jinja2.ext import babel_extract

from surveys.reading import survey_from_data
from surveys.texts import texts_of

#: The folder that holds the packages.
ROOT: Final = Path(__file__).parent.parent.parent
#: What young people's pages are made of, in the order in which a translator meets it.
PAGES: Final = (
    "feedback_app/templates/young_people/_welcome.html",
    "feedback_app/templates/young_people/_survey_form.html",
    "feedback_app/templates/young_people/*.html",
    "feedback_app/templates/*.html",
    "feedback_app/help_lines.toml",
    "feedback_app/young_people/*.py",
    "feedback_app/*.py",
    "feedback_app/store/codes.py",
)
SURVEYS: Final = "surveys/definitions/*.toml"
#: What each mark in a text stands for. It is kept as it is, and moves to where the language wants it.
MARKS: Final = {
    "%(council)s": "the name of a council, such as Fernshire County Council",
    "%(contact)s": "an e-mail address or a telephone number",
    "%(number)s": "a telephone number",
    "%(word)s": "a word to send in a text message, such as SHOUT",
    "%(month)s": "a month, such as November 2026",
    "%(day)s": "a day, such as Monday 23 November",
    "%(months)s": "a number of months, such as 36",
    "%(num)s": "a number of minutes or days, such as 4",
    "%(answers)s": "one or several answers, in quotation marks",
    "{n}": "a number, counted by the phone",
    "{total}": "a number: how many questions there are",
}
#: Not translated: what is read by staff alone.
NOT_FOR_YOUNG_PEOPLE: Final = ("summary.html", "published.toml")
#: A translator's comment begins so in a template or a module.
COMMENT_TAG: Final = "Translators:"

#: The sentence of a refused code is translated where it is shown.
_KEYWORDS: Final[Mapping[str, Any]] = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "CodeRefused": None}
#: A template that cannot be parsed is an error, and not a template without messages.
_STRICT: Final = {"silent": "false"}
#: What Babel asks an extraction method for: line, function, messages, comments.
_Found = Iterator[tuple[int, str | None, str, list[str]]]


def template() -> Catalog:
    """Every message there is to translate, in the order in which a translator meets it.

    Raises:
        SurveyErrors: a survey has problems.
    """
    catalog = Catalog(
        project="Heard",
        version="1",
        last_translator="",
        language_team="",
        fuzzy=False,
        header_comment=header("What there is to translate in Heard."),
    )
    for path in files():
        for message, comments in _messages(path):
            catalog.add(message, locations=[(path.relative_to(ROOT).as_posix(), 1)], auto_comments=comments)
    return catalog


def header(title: str) -> str:
    """The comment at the top of a file."""
    return f"# {title}\n# docs/translating.md says how to work with it.\n#"


def files() -> tuple[Path, ...]:
    """Every file that holds something to translate, each once."""
    found = [path for pattern in (*PAGES, SURVEYS) for path in sorted(ROOT.glob(pattern))]
    return tuple(dict.fromkeys(path for path in found if path.name not in NOT_FOR_YOUNG_PEOPLE))


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str]]]:
    with path.open("rb") as file:
        found = list(
            extract(_method(path), file, _KEYWORDS, (COMMENT_TAG,), _STRICT, strip_comment_tags=True)
        )
    for _line, message, comments, _context in found:
        yield message, [*filter(None, [" ".join(comments)]), *_explained(message)]


def _explained(message: str | tuple[str, ...]) -> Iterator[str]:
    """What stands for what, for whoever has to put it in its place in another language."""
    for mark, meaning in MARKS.items():
        if mark in (message if isinstance(message, str) else message[-1]):
            yield f"{mark}: {meaning}"


def _method(path: Path) -> Any:
    if path.suffix == ".html":
        return babel_extract
    if path.suffix == ".py":
        return "python"
    return _help_lines if path.parent.name == "feedback_app" else _survey


def _survey(file: BinaryIO, _keywords: Collection[str], _tags: Collection[str], **_options: object) -> _Found:
    survey = survey_from_data(tomllib.load(file))
    for text in texts_of(survey):
        yield 1, None, text.text, [f"Survey {survey.key}, {text.place}"]


def _help_lines(
    file: BinaryIO, _keywords: Collection[str], _tags: Collection[str], **_options: object
) -> _Found:
    for line in tomllib.load(file)["line"]:
        # A name that holds its number is a description; the others are proper names.
        if "call" in line and line["call"] in line["name"]:
            yield 1, None, line["name"], ["The name of a help line"]
        yield 1, None, line["about"], [f"What {line['name']} is for"]
        yield 1, None, line["open"], ["When a help line can be reached"]
