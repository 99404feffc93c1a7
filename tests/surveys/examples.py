"""Small surveys as their files would hold them, to be changed by one test at a time."""

from __future__ import annotations

from typing import Any

from surveys.problems import SurveyErrors
from surveys.reading import survey_from_data
from surveys.schema import Survey

Table = dict[str, Any]

COLOURS = [{"value": "red", "text": "Red"}, {"value": "blue", "text": "Blue"}]


def question(key: str | None = "carers_listen", **fields: Any) -> Table:
    """A yes or no question, other or fuller where fields say so; a field that is None is left out."""
    table: Table = {"key": key, "type": "yes_no", "title": "Title", "text": "Text?", **fields}
    return {name: value for name, value in table.items() if value is not None}


def one(key: str, **fields: Any) -> Table:
    """A question with one choice of red and blue."""
    return question(key, **{"type": "one", "options": COLOURS, **fields})


def faces(count: int, key: str = "feeling", **fields: Any) -> Table:
    """A question with so many faces."""
    options = [{"value": f"face_{n}", "text": f"Face {n}"} for n in range(1, count + 1)]
    return question(key, **{"type": "faces", "options": options, **fields})


def survey(*questions: Table, easy: bool = False, **fields: Any) -> Table:
    """A survey of these questions, offered in ``standard``, and in ``easy`` where asked for."""
    welcome = {"title": "Hello", "about": "About this."}
    table: Table = {
        "key": "example",
        "version": 1,
        "counts": "children",
        "title": "An example",
        "minutes": 2,
        "welcome": {"standard": welcome, "easy": welcome} if easy else {"standard": welcome},
        "questions": list(questions) or [question()],
        **fields,
    }
    return {name: value for name, value in table.items() if value is not None}


def read(*questions: Table, easy: bool = False, **fields: Any) -> Survey:
    """The survey, which has no problems."""
    return survey_from_data(survey(*questions, easy=easy, **fields), "example.toml")


def problems(table: Table) -> list[str]:
    """Everything said about a survey, each as one line."""
    try:
        survey_from_data(table, "example.toml")
    except SurveyErrors as errors:
        return [str(problem) for problem in errors.problems]
    return []
