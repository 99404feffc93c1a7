"""TOML -> surveys. Whatever is wrong with a file is told at once, each problem with its file and place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from surveys.catalogue import Catalogue
from surveys.checking import check, wordings_of
from surveys.parsing import SurveyDraft, survey_draft
from surveys.problems import Notes, Problem, SurveyErrors
from surveys.schema import Survey

#: The surveys that Heard brings.
BUILT_IN: Final = Path(__file__).parent / "definitions"

#: Holds fingerprints beside the surveys of a folder; it is no survey.
PUBLISHED: Final = "published.toml"

#: A survey's file is a few thousand characters; what is far larger is something else.
LARGEST_BYTES: Final = 1_000_000

_SYNTAX: Final = re.compile(
    r"(?P<what>.*?) \(at (?P<where>line \d+, column \d+|end of document)\)", re.DOTALL
)


def read_survey(path: Path | str) -> Survey:
    """The survey in a file called ``key.toml``, or ``key.version.toml`` where versions stand side by side.

    Raises:
        SurveyErrors: everything that is wrong with it.
    """
    path = Path(path)
    notes = Notes(str(path))
    draft = survey_draft(_data(path, notes), notes)
    _check_file_name(path, draft, notes)
    return _survey(draft, notes)


def survey_from_data(data: Mapping[str, object], file: str = "survey") -> Survey:
    """The survey in tables already read; ``file`` is what problems call them.

    Raises:
        SurveyErrors: everything that is wrong with it.
    """
    notes = Notes(file)
    return _survey(survey_draft(data, notes), notes)


def load_catalogue(folders: Iterable[Path | str] = (BUILT_IN,)) -> Catalogue:
    """Every survey in these folders (not in folders below them).

    Raises:
        SurveyErrors: everything that is wrong with any of their files, a key and version that is there twice, or a
            folder that cannot be read.
    """
    problems: list[Problem] = []
    found: dict[tuple[str, int], tuple[Path, Survey]] = {}
    for path in [path for folder in folders for path in _files(Path(folder), problems)]:
        try:
            survey = read_survey(path)
        except SurveyErrors as errors:
            problems.extend(errors.problems)
            continue
        first, _ = found.setdefault((survey.key, survey.version), (path, survey))
        if first != path:
            sentence = (
                f'"{survey.key}" version {survey.version} is also in {first}; give this one another version'
            )
            problems.append(Problem(str(path), "", sentence))
    if problems:
        raise SurveyErrors(problems)
    return Catalogue(survey for _, survey in found.values())


def _files(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if p.suffix == ".toml" and p.name != PUBLISHED)
    except OSError as error:
        problems.append(Problem(str(folder), "", f"the folder cannot be read: {error.strerror}"))
        return []


def _data(path: Path, notes: Notes) -> dict[str, object]:
    """The tables of a file.

    Raises:
        SurveyErrors: it cannot be read as TOML.
    """
    try:
        return tomllib.loads(_text(path, notes))
    except RecursionError:
        notes.add("", "is nested too deeply")
    # tomllib lets the ValueError of a number with thousands of digits through.
    except ValueError as error:
        if isinstance(error, SurveyErrors):
            raise
        syntax = _SYNTAX.fullmatch(str(error))
        where = syntax["where"].replace("end of document", "end of file") if syntax else ""
        what = syntax["what"] if syntax else "a number is too long"
        notes.add(where, f"is not TOML here: {what[0].lower()}{what[1:]}")
    raise SurveyErrors(notes.problems)


def _text(path: Path, notes: Notes) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        notes.add("", f"cannot be read: {error.strerror}")
        raise SurveyErrors(notes.problems) from error
    if len(content) > LARGEST_BYTES:
        notes.add("", f"is larger than {LARGEST_BYTES:,} bytes; a survey is far smaller")
        raise SurveyErrors(notes.problems)
    try:
        # Windows editors begin a file with a byte order mark, which is not TOML.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        notes.add(f"line {line}", "is not UTF-8; save the file as UTF-8")
        raise SurveyErrors(notes.problems) from error


def _check_file_name(path: Path, draft: SurveyDraft, notes: Notes) -> None:
    allowed = (f"{draft.key}.toml", f"{draft.key}.{draft.version}.toml")
    if draft.key and draft.version and path.name not in allowed:
        notes.add(
            "", f'the key is "{draft.key}"; expected the file to be called {allowed[0]} or {allowed[1]}'
        )


def _survey(draft: SurveyDraft, notes: Notes) -> Survey:
    check(draft, notes)
    notes.raise_if_any()
    # Without a counts there is a problem, which has just been raised.
    assert draft.counts is not None
    offered = frozenset(draft.welcome)
    questions = tuple(replace(d.question, wordings=wordings_of(d, offered)) for d in draft.questions)
    return Survey(
        draft.key,
        draft.version,
        draft.counts,
        draft.title,
        draft.welcome,
        draft.minutes,
        questions,
        draft.translations,
    )
