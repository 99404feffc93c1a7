"""``heard results --format json`` written by hand, to be audited."""

from __future__ import annotations

import json
from collections.abc import Mapping

from analysis.audit.auditing import audit
from analysis.audit.outcome import Audit
from surveys.schema import Option, QuestionType, Survey
from tests.analysis.published import question, survey

#: What stands for a question: base, skips, and each option as it is shown.
Question = tuple[int | None, int | None, Mapping[str, str]]

OUT = "withheld"
NOTHING: Question = (None, None, {"yes": OUT, "no": OUT, "not_sure": OUT})


def yes_no(base: int | None, skipped: int | None, yes: str, no: str, not_sure: str) -> Question:
    return base, skipped, {"yes": yes, "no": no, "not_sure": not_sure}


def about(*, sensitive: bool = False) -> Survey:
    """A survey with one question, and a breakdown of two groups."""
    where = question(
        "ending",
        type=QuestionType.ONE,
        options=(Option("planned", "Planned"), Option("sudden", "Sudden")),
        breakdown=True,
        headline=None,
        positive=(),
    )
    return survey(question("safe", sensitive=sensitive), where, key="tried")


def group(responses: int | None, **questions: Question) -> dict[str, object]:
    return {
        "responses": responses,
        "questions": [
            {
                "key": key,
                "base": base,
                "skipped": skipped,
                "options": [
                    {"key": o, "percent": int(s[:-1]) if s.endswith("%") else None, "shown": s}
                    for o, s in options.items()
                ],
            }
            for key, (base, skipped, options) in questions.items()
        ],
    }


def output(
    first: str,
    last: str,
    everyone: Mapping[str, object],
    groups: Mapping[str, Mapping[str, object]] | None = None,
    by: str = "ending",
) -> bytes:
    data = {"survey": "tried", "from": first, "to": last, **everyone}
    if groups:
        data |= {"by": by, "groups": [{"group": name, **group} for name, group in groups.items()]}
    return json.dumps(data).encode()


def tried(*files: bytes, sensitive: bool = False) -> Audit:
    return audit(
        [(f"{number}.json", file) for number, file in enumerate(files)], [about(sensitive=sensitive)]
    )


def bare(found: Audit) -> list[tuple[str, int, int | None]]:
    """What is laid bare: the figure without survey and year, and all it can be."""
    year = "tried, April 2022 to March 2023, "
    return [(one.figure.removeprefix(year), one.least, one.most) for one in found.failures]
