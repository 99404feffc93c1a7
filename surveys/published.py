"""A published version is frozen: results of years ago are read by it. Here it is told when one was changed all the same.

``published.toml`` in a folder of surveys holds a table ``[[published]]`` with ``key``, ``version`` and ``fingerprint`` for each
version that was ever open to young people.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Final

from surveys.catalogue import Catalogue
from surveys.data import Data, Value, to_data
from surveys.problems import Problem
from surveys.reading import BUILT_IN, PUBLISHED
from surveys.schema import Question, QuestionType, Survey

#: What answers mean, and how they are counted and protected. All other fields of a question are wording.
_MEANING: Final = ("key", "type", "values", "wordings", "show_if", "breakdown", "sensitive", "positive")

#: Half of SHA-256 is enough to notice a change, and short enough to read out.
_DIGITS: Final = 16


def fingerprint(survey: Survey) -> str:
    """Two hashes of a version, ``meaning-wording``, the same on every machine and in every release of Heard.

    Fields without a value do not count, so that a field that Heard learns later changes no fingerprint. Nor do translations:
    a better one may come at any time.
    """
    data = {name: value for name, value in to_data(survey).items() if name != "translations"}
    meaning = {"key": survey.key, "counts": survey.counts.value, "questions": _meanings(data)}
    return f"{_hash(meaning)}-{_hash(data)}"


def check_published(catalogue: Catalogue, folders: Iterable[Path | str] = (BUILT_IN,)) -> tuple[Problem, ...]:
    """What was changed and must not be, over every version that the folders' ``published.toml`` name.

    Told are a published version that was changed or is gone, and a key whose meaning changed from one version of a survey to the
    next. A folder without ``published.toml`` has published nothing.
    """
    problems = [problem for folder in folders for problem in _check_folder(catalogue, Path(folder))]
    return (*problems, *_check_meanings(catalogue))


def _check_folder(catalogue: Catalogue, folder: Path) -> Iterator[Problem]:
    path = folder / PUBLISHED
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("published", [])
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        yield Problem(str(path), "", f"cannot be read: {error}")
        return
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
        sentence = _check_entry(catalogue, entry)
        if sentence:
            yield Problem(str(path), f"published[{number}]", sentence)


def _check_entry(catalogue: Catalogue, entry: object) -> str | None:
    match entry:
        case {"key": str(key), "version": int(version), "fingerprint": str(frozen), **rest} if not rest:
            pass
        case _:
            return "expected key, version and fingerprint"
    try:
        survey = catalogue.get(key, version)
    except KeyError:
        return f'"{key}" version {version} was published and is gone; its answers cannot be read without it'
    now = fingerprint(survey)
    if now == frozen:
        return None
    if now.partition("-")[0] == frozen.partition("-")[0]:
        return (
            f'the wording of "{key}" version {version} was changed after it was published; make a new version'
        )
    return f'the meaning of "{key}" version {version} was changed after it was published; make a new question key'


def _check_meanings(catalogue: Catalogue) -> Iterator[Problem]:
    for older, newer in combinations(catalogue, 2):
        if older.key == newer.key:
            for sentence in _changes(older, newer):
                yield Problem(f"{newer.key} version {newer.version}", "", sentence)


def _changes(older: Survey, newer: Survey) -> Iterator[str]:
    if older.counts != newer.counts:
        yield f"counts was {older.counts.value} in version {older.version}; a survey of another kind needs a new key"
    before = {question.key: question for question in older.questions}
    for question in newer.questions:
        if question.key in before:
            for change in _change(before[question.key], question):
                yield f'"{question.key}" {change} in version {older.version}; a changed meaning needs a new key'


def _change(before: Question, now: Question) -> Iterator[str]:
    if before.type is not now.type:
        yield f"was of type {before.type.value}"
    elif now.type is QuestionType.FACES and before.values != now.values:
        yield f"had the faces {', '.join(before.values)}"
    shared = set(before.values) & set(now.values)
    if shared & set(before.positive) != shared & set(now.positive):
        yield f"counted {', '.join(before.positive) or 'nothing'} as positive"
    if before.sensitive and not now.sensitive:
        # Answers given under the stricter rule would be shown under the looser one.
        yield "was sensitive"


def _meanings(data: Data) -> Value:
    questions = data["questions"]
    assert isinstance(questions, list)
    return [_meaning(question) for question in questions if isinstance(question, dict)]


def _meaning(question: Data) -> Data:
    options = question["options"]
    assert isinstance(options, list)
    values: list[Value] = [option["value"] for option in options if isinstance(option, dict)]
    return {name: value for name, value in {**question, "values": values}.items() if name in _MEANING}


def _hash(value: Value) -> str:
    text = json.dumps(_filled(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_DIGITS]


def _filled(value: Value) -> Value:
    """The value without fields that hold nothing."""
    if isinstance(value, Mapping):
        return {name: _filled(part) for name, part in value.items() if part not in (None, False, [], {})}
    if isinstance(value, list):
        return [_filled(part) for part in value]
    return value
