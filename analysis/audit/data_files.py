"""``heard results`` as JSON and as CSV, read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from analysis.audit.facts import AuditError, Facts, Figure, FileSays, Kind, Place
from analysis.findings import WITHHELD
from analysis.period import Period, PeriodError
from surveys.schema import Survey

_CSV_COLUMNS: Final = (
    "survey",
    "from",
    "to",
    "by",
    "group",
    "question",
    "option",
    "shown",
    "base",
    "skipped",
)


def read_json(name: str, text: str, surveys: Mapping[str, Survey]) -> FileSays:
    """What ``heard results --format json`` wrote.

    Raises:
        AuditError: it is something else, or of a survey that is not known.
    """
    facts = Facts(name)
    try:
        data = json.loads(text)
        place = _place(name, data["survey"], data["from"], data.get("until", data["to"]), surveys)
        _group(facts, place, data)
        for group in data.get("groups", []):
            _group(facts, replace(place, by=data["by"], group=group["group"]), group)
    except AuditError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AuditError(f"{name}: this is not what `heard results --format json` writes") from error
    return facts.said()


def _place(name: str, survey: str, first: str, last: str, surveys: Mapping[str, Survey]) -> Place:
    if survey not in surveys:
        raise AuditError(
            f"{name}: there is no survey {survey!r} here; a council's own is read from the folder HEARD_SURVEYS"
        )
    try:
        return Place(survey, Period.between(first, last))
    except PeriodError as error:
        raise AuditError(f"{name}: {error}") from None


def _group(facts: Facts, place: Place, data: Mapping[str, Any]) -> None:
    facts.number(Figure(place, Kind.RESPONSES), data["responses"])
    for question in data["questions"]:
        key, why = question["key"], question.get("why")
        facts.number(Figure(place, Kind.BASE, key), question["base"], why)
        facts.number(Figure(place, Kind.SKIPPED, key), question["skipped"])
        for option in question["options"]:
            shown = option["shown"]
            _agree(facts.file, option["percent"], shown)
            facts.share(Figure(place, Kind.OPTION, key, (option["key"],)), shown)
        facts.lists(place, key, tuple(option["key"] for option in question["options"]))


def _agree(name: str, percent: object, shown: str) -> None:
    """Refuse a percentage that is not the one a reader sees: one of them would go unread."""
    if shown != f"{percent}%" and percent is not None:
        raise AuditError(f"{name}: the percentage {percent} stands beside {shown!r}")


def read_csv(name: str, text: str, surveys: Mapping[str, Survey]) -> FileSays:
    """What ``heard results --format csv`` wrote.

    Raises:
        AuditError: it is something else, or of a survey that is not known.
    """
    facts = Facts(name)
    options: dict[tuple[Place, str], list[str]] = {}
    rows = list(_rows(name, text))
    if not rows:
        raise AuditError(f"{name}: there is no figure in it")
    for row in rows:
        place = _place(name, row["survey"], row["from"], row["to"], surveys)
        place = replace(place, by=row["by"] if row["group"] else "", group=row["group"])
        key = row["question"]
        if (place, key) not in options:
            why = row["shown"].removeprefix(WITHHELD)
            facts.number(Figure(place, Kind.BASE, key), row["base"], why)
            facts.number(Figure(place, Kind.SKIPPED, key), row["skipped"])
        shown = WITHHELD if row["shown"].startswith(f"{WITHHELD}: ") else row["shown"]
        _agree(name, row["percent"] or None, shown)
        facts.share(Figure(place, Kind.OPTION, key, (row["option"],)), shown)
        options.setdefault((place, key), []).append(row["option"])
    for (place, key), some in options.items():
        facts.lists(place, key, tuple(some))
    return facts.said()


def _rows(name: str, text: str) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        if not set(_CSV_COLUMNS) <= set(reader.fieldnames or ()):
            raise AuditError(f"{name}: this is not what `heard results --format csv` writes")
        for row in reader:
            if None in row or None in row.values():
                raise AuditError(f"{name}, row {reader.line_num}: it has not as many cells as the first")
            yield row
    except csv.Error as error:
        raise AuditError(f"{name}, row {reader.line_num}: this is not CSV ({error})") from None
