"""Tallies as they come from the database: plain values, so that they can cross from the processes that serve pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.releasing.ledger import Layer

#: The responses themselves, among the questions.
RESPONSES: Final = "*"
#: month, breakdown, group, question, option, count
Row = tuple[str, str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """The tallies of some moments.

    Attributes:
        now: every month of the year, as counted now, for everyone and each breakdown that is asked for or was shown.
        before: the same for months of which more has been counted since they were shown, by layer.
    """

    now: Sequence[Row]
    before: Mapping[Layer, Sequence[Row]]
