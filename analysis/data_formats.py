"""Findings as data: JSON and rows. What is withheld stays so."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

from analysis.findings import WITHHELD, GroupFinding, SurveyFindings
from analysis.words.harmless import harmless


def as_json(found: SurveyFindings) -> str:
    """What ``heard results --format json`` writes."""
    data: dict[str, Any] = {
        "survey": found.survey,
        "from": found.period.first,
        "to": found.period.last,
        **({"until": found.until} if found.until else {}),
        **_group_data(found.everyone),
    }
    if found.by:
        data["by"] = found.by
        data["groups"] = [{"group": group.group, **_group_data(group)} for group in found.groups]
    return json.dumps(data, ensure_ascii=False, indent=2)


def _group_data(group: GroupFinding) -> dict[str, Any]:
    return {
        "responses": group.responses,
        "questions": [
            {
                "key": question.key,
                "base": question.base,
                "skipped": question.skipped,
                **({"why": question.why} if question.why else {}),
                "options": [
                    {"key": option.value, "percent": option.percent, "shown": option.shown}
                    for option in question.options
                ],
            }
            for question in group.questions
        ],
    }


#: A spreadsheet takes a cell that begins so for a formula.
_WORKED_OUT: Final = ("=", "+", "-", "@")
#: What every row has.
COLUMNS: Final = ("group", "question", "option", "percent", "shown", "base", "skipped")


def rows(found: SurveyFindings, *, with_reasons: bool = False) -> list[list[str]]:
    """A row an option, everyone first, in the order of ``COLUMNS``.

    Args:
        found: what may be shown.
        with_reasons: whether what is withheld says why.
    """

    def text(value: object) -> str:
        return "" if value is None else str(value)

    return [
        [
            group.group,
            q.key,
            option.value,
            text(option.percent),
            f"{option.shown}: {q.why}" if with_reasons and option.shown == WITHHELD else option.shown,
            text(q.base),
            text(q.skipped),
        ]
        for group in (found.everyone, *found.groups)
        for q in group.questions
        for option in q.options
    ]


def as_csv(found: SurveyFindings) -> str:
    """What ``heard results --format csv`` writes: a row an option, and in each row what it is a part of."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    last = found.until or found.period.last
    whole = (found.survey, found.period.first, last, found.by or "")
    writer.writerow([*COLUMNS, "survey", "from", "to", "by"])
    writer.writerows([*map(cell, row), *map(cell, whole)] for row in rows(found, with_reasons=True))
    return out.getvalue().rstrip("\n")


def cell(text: str) -> str:
    """A text as a spreadsheet takes it for text: one that it would work out, or send somewhere, stands behind an apostrophe."""
    text = " ".join(harmless(text).split())
    return f"'{text}" if text.startswith(_WORKED_OUT) else text
