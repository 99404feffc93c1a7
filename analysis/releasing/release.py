"""What may be shown of a survey, given all that has been shown of its year before, and what the ledger keeps of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from analysis.breakdowns import breakdown_of
from analysis.disclosure import Shown, Why
from analysis.findings import SurveyFindings
from analysis.period import Period
from analysis.releasing.asked import Asked
from analysis.releasing.assembling import assemble
from analysis.releasing.giving_way import GivenWay, Inferred
from analysis.releasing.layers import RESPONSES, Counted, Layers, Options
from analysis.releasing.ledger import Basis, Entry, Figure, GroupShown, Release
from analysis.releasing.year import Year
from surveys.schema import Survey

if TYPE_CHECKING:
    from analysis.releasing.outsider import Outsider, Told

__all__ = ["Release", "again", "release"]

_EVERYONE: Final = ""


def release(survey: Survey, asked: Asked, counted: Counted, ledger: Sequence[Entry]) -> Release:
    """What may be shown of a survey over a period, and the entry for the ledger.

    Args:
        survey: its newest version; options that only older versions had are shown after its own.
        asked: what is wanted.
        counted: the tallies of the whole year.
        ledger: every entry of the survey and year.

    Raises:
        FindingsError: ``by`` does not split this survey, or the tallies do not add up.
    """
    return _Deciding(survey, asked, counted, ledger).release()


class _Deciding:
    """What may be shown: the most that the rules allow, less what lets an outsider infer something."""

    def __init__(self, survey: Survey, asked: Asked, counted: Counted, ledger: Sequence[Entry]) -> None:
        self._survey, self._asked, self._counted, self._ledger = survey, asked, counted, ledger
        self._layers = Layers(survey, counted, (layer for entry in ledger for layer in entry.layers))
        sizes, self._first = self._layers.sizes, asked.period.first
        self._last = asked.last(list(sizes))
        counts = {month: size for month, size in sorted(sizes.items()) if self._first <= month <= self._last}
        self._basis = Basis(counts, asked.is_ended_year, survey.version, asked.rules)
        self._everyone = _again(ledger, self._first, self._last, self._basis)

    def release(self) -> Release:
        """What may be shown, and the entry that says so."""
        from analysis.releasing.outsider import Outsider

        given, readers = GivenWay(self._survey), [Outsider(self._survey, told) for told in self._told()]
        entry = self._entry(given)
        inferred = self._inferred(readers, entry)
        while inferred and given.further(inferred, entry, is_everyone_fixed=self.was_shown):
            entry = self._entry(given)
            # Sooner found among the questions of which something was; what leaves was read whole.
            among = {one.question for one in inferred} - {RESPONSES}
            inferred = self._inferred(readers, entry, among) or self._inferred(readers, entry)
        if inferred:
            nothing = self._entry(GivenWay.at_once())
            still = self._inferred(readers, nothing)
            entry = nothing if len(still) < len(inferred) else entry
        return Release(_findings(self._survey, self._layers.options, self._asked.period, entry), entry)

    def _inferred(
        self, readers: Iterable[Outsider], entry: Entry, among: Collection[str] | None = None
    ) -> set[Inferred]:
        """What somebody can infer who is told it beside what was told, and could not before."""
        one = entry, self._layers.until(entry.basis.counted)
        return set().union(*(reader.learns(one, among) for reader in readers))

    def _told(self) -> list[list[Told]]:
        """All that was shown; and the same with the whole year, where that has ended, as though it had been."""
        ledger = [(entry, self._layers.until(entry.basis.counted)) for entry in self._ledger]
        whole = self._asked.year_that_ended
        if whole is None:
            return [ledger]
        asked = Asked(whole, self._asked.this_month, None, self._asked.rules)
        deciding = _Deciding(self._survey, asked, self._counted, self._ledger)
        if deciding.was_shown:
            return [ledger]
        year = deciding.release().entry
        return [ledger, [*ledger, (year, self._layers.until(year.basis.counted))]]

    @property
    def was_shown(self) -> bool:
        """Whether everyone's figures have been shown already, made from the same."""
        return self._everyone is not None

    def _entry(self, given: GivenWay) -> Entry:
        """The most that the rules allow where some figures have given way."""
        groups = self._groups(Year(self._layers, self._ledger, self._asked.rules, given))
        asked, basis = self._asked, self._basis
        of_same = (self._first, self._last, asked.by or "")
        same = [one for one in self._ledger if (one.first, one.last, one.by) == of_same]
        earlier = max(same, key=lambda one: one.edition, default=None)
        if earlier and earlier.basis.rules == asked.rules:
            groups = _kept(earlier, groups, basis)
        return Entry(*of_same, earlier.edition + 1 if earlier else 0, basis, groups)

    def _groups(self, year: Year) -> dict[str, GroupShown]:
        """Everyone, as shown before where they were, then the groups of the breakdown where one is asked for."""
        layers, everyone, whole = self._layers, self._everyone, self._asked.year_that_ended
        times, is_year = layers.until(self._basis.counted), self._basis.is_year
        if everyone is None:
            reserve = layers.all(whole.first, whole.last) if whole else None
            everyone = year.everyone(times, is_year=is_year, reserve=reserve)
        if self._asked.by is None:
            return {_EVERYONE: everyone}
        breakdown = breakdown_of(layers.survey, self._asked.by, layers.groups(self._asked.by))
        return {_EVERYONE: everyone, **year.groups(breakdown, times, everyone, is_year=is_year)}


def _again(ledger: Sequence[Entry], first: str, last: str, basis: Basis) -> GroupShown | None:
    """Everyone as shown before, over the same months and made from the same, whatever it was split by."""
    for one in ledger:
        if (one.first, one.last) == (first, last) and one.basis == basis:
            return one.groups[_EVERYONE]
    return None


def _kept(earlier: Entry, groups: Mapping[str, GroupShown], basis: Basis) -> dict[str, GroupShown]:
    """What was shown, and may not be shown anew from what has been counted since, stays as it was."""
    is_same = earlier.basis.counted == basis.counted
    return {
        name: _kept_group(earlier.groups[name], group, None if is_same else Why.CHANGED)
        if name in earlier.groups
        else group
        for name, group in groups.items()
    }


def _kept_group(before: GroupShown, group: GroupShown, why: str | None) -> GroupShown:
    figures = {
        key: _as_before(before.figures[key], why) if _gave_way(before.figures.get(key), figure) else figure
        for key, figure in group.figures.items()
    }
    if group.responses is None and before.responses is not None:
        return GroupShown(before.responses, before.words, figures, is_kept=True)
    return GroupShown(group.responses, group.words, figures)


def _gave_way(before: Figure | None, figure: Figure) -> bool:
    is_less = not figure.tells or figure.shown.why == Why.IN_WORDS
    return before is not None and before.tells and is_less


def _as_before(before: Figure, why: str | None) -> Figure:
    shown = before.shown
    return Figure(
        before.options, Shown(shown.cells, shown.base, shown.skipped, why or shown.why), is_kept=True
    )


def again(survey: Survey, period: Period, entry: Entry) -> SurveyFindings:
    """The findings of an output that is in the ledger, as they were."""
    options = {
        question.key: Options.of(question, _options_of(entry, question.key))
        for question in survey.choice_questions
    }
    return _findings(survey, options, period, entry)


def _options_of(entry: Entry, key: str) -> Sequence[str]:
    figure = entry.groups[_EVERYONE].figures.get(key)
    return figure.options if figure else ()


def _findings(survey: Survey, options: Mapping[str, Options], period: Period, entry: Entry) -> SurveyFindings:
    breakdown = (
        breakdown_of(survey, entry.by, [group for group in entry.groups if group]) if entry.by else None
    )
    found = assemble(survey, options, period, breakdown, entry.groups, entry.basis.rules)
    return replace(found, until=entry.last) if entry.last < period.last else found
