"""Somebody who reads every output of a survey's year and audits them: what would they learn from one more?

The audit of ``analysis.audit``, before anything leaves: not of files but of the ledger, with times as fine as it knows
them. SciPy makes it heavy: not for a process that serves pages.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.audit.calendar import When
from analysis.audit.facts import Facts, Figure, FileSays, Kind, Place
from analysis.audit.judging import Judge
from analysis.audit.knowledge import Knowledge
from analysis.audit.targets import Target
from analysis.disclosure import Cell
from analysis.findings import WITHHELD, FindingsError
from analysis.inference import Contradiction
from analysis.period import Period, month_after
from analysis.releasing.counted import RESPONSES
from analysis.releasing.differencing import Times, classes
from analysis.releasing.giving_way import Inferred
from analysis.releasing.ledger import Entry, GroupShown
from surveys.routing import hanging_together
from surveys.schema import Survey


@dataclass(frozen=True, slots=True)
class _When:
    """The time of an output: its months, and what had been counted in them."""

    first: str
    last: str
    times: Times

    @property
    def label(self) -> str:
        return Period(self.first, self.last).label


class _Layered:
    """Pieces of time that are the layers in the same outputs."""

    def __init__(self, periods: Collection[_When]) -> None:
        self._times: dict[When, Times] = {period: period.times for period in periods}
        self._members = {str(n): layers for n, layers in enumerate(classes(self._times.values()))}
        self.pieces = tuple(self._members)

    def times(self, period: When) -> frozenset[str]:
        """The pieces of an output's time."""
        whole = self._times[period]
        return frozenset(piece for piece, layers in self._members.items() if layers <= whole)

    def inferred(self, target: Target) -> Inferred:
        """A target, whichever pieces the layers fall into."""
        layers = frozenset(layer for piece in target.block.times for layer in self._members[piece])
        what = target.kind, target.options, target.block.groups, layers
        return Inferred(target.question or RESPONSES, target.block.by, what)

    def label(self, times: frozenset[str]) -> str:
        """The months that some pieces lie in."""
        return " and ".join(sorted({month for piece in times for month, _ in self._members[piece]}))


#: An entry of the ledger, with the layers that it is made of.
Told = tuple[Entry, Times]


class Outsider:
    """Somebody who was told some outputs of a survey's year.

    Args:
        survey: its newest version.
        told: what they were told.
    """

    def __init__(self, survey: Survey, told: Sequence[Told]) -> None:
        self._survey = survey
        self._told = tuple(told)

    def learns(self, one: Told, among: Collection[str] | None = None) -> set[Inferred]:
        """What they can infer who are told one more, as ``heard audit-release`` would, and could not before.

        Args:
            among: only what is said of these questions, and of those that hang together with them, is read: sooner done, and
                something may be missed. Everything where None.

        Raises:
            FindingsError: it cannot all be true.
        """
        inferred = _inferred(self._survey, (*self._told, one), among)
        return inferred - self._known if inferred else inferred

    @cached_property
    def _known(self) -> set[Inferred]:
        return _inferred(self._survey, self._told)


def _inferred(survey: Survey, told: Sequence[Told], among: Collection[str] | None = None) -> set[Inferred]:
    for each, is_routed in ((survey, True), (survey, False), (_unconditional(survey), False)):
        try:
            return _read(each, told, among, is_routed=is_routed)
        except Contradiction:
            continue
    raise FindingsError(
        f"what was shown of {survey.key} before does not fit what is counted now; run `heard recount`"
    )


def _unconditional(survey: Survey) -> Survey:
    """A survey that asks every question of everyone: an older version may have done so."""
    return replace(survey, questions=tuple(replace(q, show_if=None) for q in survey.questions))


def _read(
    survey: Survey, told: Sequence[Told], among: Collection[str] | None, *, is_routed: bool
) -> set[Inferred]:
    keys = {question.key for question in survey.choice_questions}
    if among is not None:
        keys &= _with_near(survey, among) | {entry.by for entry, _ in told}
    whens = [_When(entry.first, entry.last, times | _empty(entry)) for entry, times in told]
    says = [
        _said(n, survey.key, entry, when, keys)
        for n, ((entry, _), when) in enumerate(zip(told, whens, strict=True))
    ]
    facts = [fact for some in says for fact in some.facts]
    asked = [asked for some in says for asked in some.asked]
    calendar = _Layered(whens)
    know = Knowledge(survey, facts, asked, calendar=calendar, is_routed=is_routed)
    return {calendar.inferred(bare.target) for bare in Judge(know).laid_bare()}


def _with_near(survey: Survey, questions: Collection[str]) -> set[str]:
    near = hanging_together(survey)
    return set(questions).union(*(near.get(question, ()) for question in questions))


def _empty(entry: Entry) -> Times:
    """A layer of nobody for each month: that nobody was counted in one is in no output that withholds it."""
    year = (month_after(entry.first, number) for number in range(12))
    return frozenset((month, 0) for month in year if month <= entry.last)


def _said(number: int, survey: str, entry: Entry, when: _When, keys: Collection[str]) -> FileSays:
    facts = Facts(str(number))
    for name, group in entry.groups.items():
        _group(facts, Place(survey, when, entry.by if name else "", name), group, keys)
    return facts.said()


def _group(facts: Facts, place: Place, group: GroupShown, keys: Collection[str]) -> None:
    """What was shown of a group; not what was taken over from an edition before, which is of another time."""
    if not group.is_kept:
        facts.number(Figure(place, Kind.RESPONSES), group.responses)
    for key, figure in group.figures.items():
        if figure.is_kept or key not in keys:
            continue
        shown = figure.shown
        facts.number(Figure(place, Kind.BASE, key), shown.base, shown.why)
        facts.number(Figure(place, Kind.SKIPPED, key), shown.skipped)
        for value, cell in zip(figure.options, shown.cells, strict=True):
            _option(facts, Figure(place, Kind.OPTION, key, (value,)), cell, shown.base)
        facts.lists(place, key, figure.options)


def _option(facts: Facts, figure: Figure, cell: Cell, base: int | None) -> None:
    """The count itself where a reader has a percentage: with the base beside it that tells as much, or nearly."""
    if cell.exact is not None and base is not None:
        facts.count(figure, cell.exact)
    else:
        facts.share(figure, cell.words or WITHHELD)
