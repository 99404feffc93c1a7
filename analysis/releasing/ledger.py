"""The ledger: what has been shown, output by output. What may still be shown depends on it (DESIGN §6 rule 5).

An entry holds no day and no person: figures, and under which rules and from how many counted responses they were made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analysis.disclosure import WITHHELD, Cell, Shown
from analysis.findings import SurveyFindings
from analysis.settings import Rules

#: What was counted in a month until some moment: the month, and how many responses had been counted in it by then.
Layer = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """One question in one group, as it was shown.

    Attributes:
        options: their values, one a cell.
        shown: what of them.
        is_kept: whether it was taken over from the edition before, though more has been counted since: that edition's
            entry says what it is made of.
    """

    options: tuple[str, ...]
    shown: Shown
    is_kept: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says anything."""
        return self.shown.base is not None or any(c.words is None or c.most for c in self.shown.cells)

    def in_order_of(self, options: tuple[str, ...]) -> Shown:
        """What was shown, with the options that a question has by now. Nobody had chosen those that are new."""
        if options == self.options:
            return self.shown
        old = dict(zip(self.options, self.shown.cells, strict=True))
        hidden = Cell(0, self.shown.base or 0, WITHHELD)
        is_exact = self.shown.base is not None and all(cell.exact is not None for cell in self.shown.cells)
        cells = (old.get(value, Cell(0, 0) if is_exact else hidden) for value in options)
        return Shown(tuple(cells), self.shown.base, self.shown.skipped, self.shown.why)


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Every question in one group, as it was shown.

    Attributes:
        responses: how many there are; None where it is withheld.
        words: the same as a reader sees it.
        figures: by question.
        is_kept: whether ``responses`` was taken over from the edition before.
    """

    responses: int | None
    words: str
    figures: Mapping[str, Figure]
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What an output was made from; as long as it is the same, the output is the same.

    Attributes:
        counted: for every month of the output how many responses had been counted in it; months without any are absent.
        is_year: whether it is a whole year that had ended.
        version: the survey's newest version.
        rules: the thresholds.
    """

    counted: Mapping[str, int]
    is_year: bool
    version: int
    rules: Rules


@dataclass(frozen=True, slots=True)
class Entry:
    """One output of a survey that somebody has been shown.

    Attributes:
        first, last: the months, ``YYYY-MM``; in a period that had not ended, ``last`` is the last month that had.
        by: the breakdown, empty for everyone alone.
        edition: 0, then one more each time that the same output was made from something else.
        groups: by group, ``""`` for everyone.
    """

    first: str
    last: str
    by: str
    edition: int
    basis: Basis
    groups: Mapping[str, GroupShown]

    @property
    def tells(self) -> bool:
        """Whether anything is shown at all."""
        return any(
            group.responses is not None or any(figure.tells for figure in group.figures.values())
            for group in self.groups.values()
        )

    @property
    def layers(self) -> list[Layer]:
        """What each of its months held."""
        return sorted(self.basis.counted.items())


@dataclass(frozen=True, slots=True)
class Release:
    """What may be shown, and the entry that must be in the ledger before it is."""

    findings: SurveyFindings
    entry: Entry


def basis_to_json(basis: Basis) -> str:
    """A basis as it is stored."""
    return json.dumps(asdict(basis), separators=(",", ":"), sort_keys=True)


def basis_from_json(text: str) -> Basis:
    """The same read back. Rules of a version that knew fewer thresholds get the defaults of those that are new."""
    data = json.loads(text)
    return Basis(data["counted"], data["is_year"], data["version"], Rules(**data["rules"]))


def groups_to_json(groups: Mapping[str, GroupShown]) -> str:
    """What was shown, as it is stored."""
    data = {
        name: {
            "responses": group.responses,
            "words": group.words,
            "kept": group.is_kept,
            "questions": {key: _figure_data(figure) for key, figure in group.figures.items()},
        }
        for name, group in groups.items()
    }
    return json.dumps({"groups": data}, separators=(",", ":"))


def _figure_data(figure: Figure) -> dict[str, Any]:
    shown = figure.shown
    return {
        "base": shown.base,
        "skipped": shown.skipped,
        "why": shown.why,
        "kept": figure.is_kept,
        "options": {
            value: cell.least if cell.words is None else [cell.least, cell.most, cell.words]
            for value, cell in zip(figure.options, shown.cells, strict=True)
        },
    }


def groups_from_json(text: str) -> dict[str, GroupShown]:
    """The same read back."""
    return {
        name: GroupShown(
            group["responses"],
            group["words"],
            {key: _figure(data) for key, data in group["questions"].items()},
            group["kept"],
        )
        for name, group in json.loads(text)["groups"].items()
    }


def _figure(data: Mapping[str, Any]) -> Figure:
    cells = tuple(Cell(c, c) if isinstance(c, int) else Cell(*c) for c in data["options"].values())
    shown = Shown(cells, data["base"], data["skipped"], data["why"])
    return Figure(tuple(data["options"]), shown, data["kept"])
