"""Tallies into counts, bases and percentages. Nothing here may be shown: ``analysis.disclosure`` decides that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analysis.findings import Tally
from surveys.schema import PREFER_NOT_TO_SAY

#: The columns of the frame that ``percentages`` makes.
COLUMNS: Final = ("group", "question", "option", "count", "base", "skipped", "percent")

_NO_OPTION: Final = ("answered", "skipped", PREFER_NOT_TO_SAY)


def percent(count: int, base: int) -> int:
    """``count`` as a whole percentage of ``base``, rounded half up. The only place where a percentage is rounded.

    Args:
        count: those counted, 0 to ``base``.
        base: the denominator, 1 or more.
    """
    return (200 * count + base) // (2 * base)


def responses(tallies: Sequence[Tally]) -> dict[str, int]:
    """How many responses each group has; ``""`` is everyone. A group without any is absent."""
    found: dict[str, int] = {}
    for tally in tallies:
        if tally.question == "*" and tally.option == "responses":
            found[tally.group] = found.get(tally.group, 0) + tally.count
    return found


def percentages(tallies: Sequence[Tally]) -> pd.DataFrame:
    """The options that were chosen, with their denominator.

    A row is one option of one question in one group, where at least one person chose it. No tallies give no rows.

    Columns:
        group: an option of the breakdown, ``""`` for everyone.
        question, option: key and value.
        count: how many chose it.
        base: how many gave a real answer to the question in the group (excludes not asked, skipped and "prefer not to
            say"; includes "not sure").
        skipped: how many were asked and gave none, "prefer not to say" included.
        percent: ``count`` of ``base``, whole, rounded half up. Where several options may be chosen, the percentages of
            a question may sum to more than 100.

    Rows come in no particular order.
    """
    frame = pd.DataFrame(
        [(t.group, t.question, t.option, t.count) for t in tallies if t.question != "*"],
        columns=["group", "question", "option", "count"],
    ).astype({"count": "int64"})
    place = ["group", "question"]
    summed = frame.groupby([*place, "option"], as_index=False, sort=False)["count"].sum()
    chosen = summed[~summed["option"].isin(_NO_OPTION)]
    bases = summed[summed["option"] == "answered"].set_index(place)["count"].rename("base")
    skips = summed[summed["option"].isin(_NO_OPTION[1:])].groupby(place)["count"].sum().rename("skipped")
    rows: pd.DataFrame = chosen.join(bases, on=place).join(skips, on=place).fillna({"base": 0, "skipped": 0})
    rows = rows.astype({"base": "int64", "skipped": "int64"})
    rows["percent"] = [percent(c, b) if b else 0 for c, b in zip(rows["count"], rows["base"], strict=True)]
    return rows.filter(items=list(COLUMNS))
