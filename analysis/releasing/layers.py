"""The answers of one survey and year, cut into layers: what was counted in a month between two showings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import pandas as pd

from analysis.disclosure import Split
from analysis.findings import FindingsError
from analysis.releasing.counted import RESPONSES, Counted, Row
from analysis.releasing.ledger import Layer
from surveys.schema import PREFER_NOT_TO_SAY, Question, QuestionType, Survey

__all__ = ["RESPONSES", "Counted", "Layers", "Options", "Place", "Row"]

_NO_OPTION: Final = frozenset({"answered", "skipped", PREFER_NOT_TO_SAY})


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a question as results show them: those of the survey, then any that only older versions had."""

    question: Question
    texts: Mapping[str, str]

    @classmethod
    def of(cls, question: Question, seen: Iterable[str]) -> Options:
        """The options of a question, when so many others were seen in tallies."""
        known = {option.value: option.text for option in question.options}
        older = sorted(set(seen) - {*known, *_NO_OPTION})
        return cls(question, {**known, **{value: value.replace("_", " ") for value in older}})

    def split(self, counts: Mapping[str, int]) -> Split:
        """The counts of one group, checked.

        Raises:
            FindingsError: they do not add up.
        """
        question = self.question
        many = question.type is QuestionType.MANY
        chosen = tuple(counts.get(value, 0) for value in self.texts)
        base, skipped = counts.get("answered", 0), counts.get("skipped", 0)
        whole = max(chosen, default=0) <= base <= sum(chosen) if many else sum(chosen) == base
        if not whole or min((*chosen, base, skipped)) < 0:
            raise FindingsError(f"the tallies of {question.key} do not add up; run `heard recount`")
        return Split(chosen, base, skipped, many, question.sensitive)


#: breakdown and group
Place = tuple[str, str]


class Layers:
    """What each layer holds.

    Args:
        survey: its newest version.
        counted: the tallies.
        shown: months and how many responses they held, of every output shown before.

    Raises:
        FindingsError: the tallies do not add up, or fewer are counted than when they were shown.
    """

    def __init__(self, survey: Survey, counted: Counted, shown: Iterable[Layer]) -> None:
        self.survey = survey
        self._cells: dict[str, dict[Place, dict[Layer, dict[str, int]]]] = {}
        self._splits: dict[tuple[str, Place, frozenset[Layer]], Split] = {}
        months: dict[str, list[Row]] = {}
        for row in counted.now:
            months.setdefault(row[0], []).append(row)
        self.sizes = {month: _responses(rows) for month, rows in months.items()}
        earlier = {layer for layer in shown if layer[1] != self.sizes.get(layer[0], 0)}
        parts: list[tuple[Layer, Sequence[Row], int]] = []
        for month in {*months, *(month for month, _ in earlier)}:
            held = sorted(n for m, n in earlier if m == month)
            parts += self._cut(month, months.get(month, []), held, counted)
        for question, breakdown, group, month, size, option, count in _summed(parts):
            cell = self._cells.setdefault(question, {}).setdefault((breakdown, group), {})
            cell.setdefault((month, size), {})[option] = count

    def _cut(
        self, month: str, now: Sequence[Row], earlier: Sequence[int], counted: Counted
    ) -> Iterator[tuple[Layer, Sequence[Row], int]]:
        """What was counted until each showing, and less what had been until the one before."""
        last = self.sizes.get(month, 0)
        if earlier and earlier[-1] > last:
            raise FindingsError(
                f"fewer responses are counted in {month} than when it was shown; run `heard recount`"
            )
        held: list[tuple[int, Sequence[Row]]] = [(0, ())]
        held += [(size, counted.before.get((month, size), ())) for size in earlier]
        for (_, less), (size, more) in pairwise([*held, (last, now)]):
            yield (month, size), more, 1
            yield (month, size), less, -1

    @cached_property
    def options(self) -> Mapping[str, Options]:
        """By question."""
        return {
            question.key: Options.of(question, self._seen(question.key))
            for question in self.survey.choice_questions
        }

    def _seen(self, question: str) -> set[str]:
        cells = self._cells.get(question, {}).values()
        return {option for layers in cells for counts in layers.values() for option in counts}

    def all(self, first: str, last: str) -> frozenset[Layer]:
        """Every layer from one month to another."""
        return self.until({month: size for month, size in self.sizes.items() if first <= month <= last})

    def until(self, counted: Mapping[str, int]) -> frozenset[Layer]:
        """Every layer of some months up to a number of responses."""
        everyone = self._cells.get(RESPONSES, {}).get(("", ""), {})
        return frozenset(layer for layer in everyone if layer[1] <= counted.get(layer[0], 0))

    def groups(self, by: str) -> list[str]:
        """The groups of a breakdown that hold anybody, sorted."""
        return sorted(group for breakdown, group in self._cells.get(RESPONSES, {}) if breakdown == by)

    def size(self, question: str, layer: Layer, place: Place = ("", "")) -> int:
        """How many gave a real answer; for ``*``, how many responses there are."""
        counts = self._cells.get(question, {}).get(place, {}).get(layer, {})
        return counts.get("responses" if question == RESPONSES else "answered", 0)

    def split(self, question: str, times: frozenset[Layer], place: Place = ("", "")) -> Split:
        """The answers in some layers, checked.

        Raises:
            FindingsError: they do not add up, or are more than the responses.
        """
        key = question, place, times
        if key not in self._splits:
            self._splits[key] = self._split(question, times, place)
        return self._splits[key]

    def _split(self, question: str, times: frozenset[Layer], place: Place) -> Split:
        if question == RESPONSES:
            size = sum(self.size(RESPONSES, layer, place) for layer in times)
            return Split((), size, 0, many=False, sensitive=False)
        split = self.options[question].split(self._sum(question, times, place))
        if split.base + split.skipped > self.split(RESPONSES, times, place).base:
            raise FindingsError(f"the tallies of {question} are more than the responses; run `heard recount`")
        return split

    def _sum(self, question: str, times: frozenset[Layer], place: Place) -> dict[str, int]:
        layers = self._cells.get(question, {}).get(place, {})
        found: dict[str, int] = {}
        for layer in times & layers.keys():
            for option, count in layers[layer].items():
                found[option] = found.get(option, 0) + count
        return found


def _summed(
    parts: Sequence[tuple[Layer, Sequence[Row], int]],
) -> Iterator[tuple[str, str, str, str, int, str, int]]:
    """How many each layer holds: question, breakdown, group, month, responses, option and count, in no particular order.

    "Prefer not to say" is among the skipped.

    Args:
        parts: layers, tallies, and whether these are added to it (1) or taken away (-1).
    """
    keys: list[tuple[str, str, str, str, int, str]] = []
    counts: list[int] = []
    for layer, rows, times in parts:
        for _, breakdown, group, question, option, count in rows:
            meant = "skipped" if option == PREFER_NOT_TO_SAY else option
            keys.append((question, breakdown, group, *layer, meant))
            counts.append(times * count)
    # By whole keys: most years are small, and columns to group by cost more than all that is in them.
    index = pd.Index(keys, dtype=object, tupleize_cols=False)
    summed = pd.Series(counts, dtype="int64").groupby(index, sort=False).sum()
    for key, count in zip(summed.index, summed.tolist(), strict=True):
        yield (*key, count)


def _responses(rows: Sequence[Row]) -> int:
    return sum(
        count for _, breakdown, _, question, _, count in rows if question == RESPONSES and not breakdown
    )
