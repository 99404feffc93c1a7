"""What follows from the facts of one survey: every published figure as a sum of the same unknowns.

The unknowns are counts of one option (or of skips, responses, and for questions of several answers the base) in the smallest
pieces of time between which any published period begins or ends, for everyone and for each group of each breakdown,
with a group for those who are in none that a file names. Two breakdowns of the same children meet in everyone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.audit.calendar import Calendar, Months, When
from analysis.audit.facts import Asked, Fact, Figure, Kind
from analysis.bands import Share
from analysis.inference import Statement
from surveys.schema import AllOf, AnyOf, Condition, QuestionType, ShowIf, Survey

#: Those who are in no group of a breakdown that a file names.
REST: Final = "(in no group)"

Terms = dict[Hashable, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Whose answers: in some pieces of time, everyone (``by`` empty) or some groups of a breakdown together.

    ``times`` are the first months of the pieces.
    """

    times: frozenset[str]
    by: str = ""
    groups: frozenset[str] = frozenset({""})


def _with(terms: Terms, more: Mapping[Hashable, int], times: int = 1) -> Terms:
    for unknown, number in more.items():
        terms[unknown] = terms.get(unknown, 0) + times * number
    return terms


class Knowledge:
    """All that is known of one survey.

    Args:
        survey: its newest version.
        facts: those of this survey, from every file.
        asked: the options that the files list.
        files: the names of the files that are believed; all where None. The unknowns are the same whichever they are.
        calendar: how the periods of the facts hang together; by their months where None.
        is_routed: whether everybody was asked as this version asks; otherwise a question that is asked on a condition may have been
            asked of fewer than met it.
    """

    def __init__(
        self,
        survey: Survey,
        facts: Sequence[Fact],
        asked: Sequence[Asked],
        files: frozenset[str] | None = None,
        calendar: Calendar | None = None,
        *,
        is_routed: bool = True,
    ) -> None:
        self.survey = survey
        self.facts = facts
        self._asked = asked
        self._files = files
        self._is_routed = is_routed
        self._sums: dict[tuple[Kind, str, tuple[str, ...], Block], Terms] = {}
        self._lefts: dict[tuple[str, str], list[frozenset[str]]] = {}
        self.periods = sorted({f.figure.place.period for f in facts}, key=lambda p: (p.first, p.last))
        self.calendar = calendar or Months(self.periods)
        self.pieces = self.calendar.pieces
        self.groups = self._groups()
        self.questions = {q.key: q for q in survey.choice_questions}
        self.options = {key: self._options(key) for key in self.questions}
        self._told = {
            (f.figure.place.by, f.figure.question)
            for f in facts
            if f.figure.place.by and (f.least, f.most, f.share) != (None, None, None)
        }
        # A share of a base that stands in the same file is a count: sooner reasoned about, and as much.
        self._bases = {
            (f.figure.place, f.figure.question, f.file): f.least
            for f in facts
            if f.figure.kind is Kind.BASE and f.least is not None and f.least == f.most
        }
        self.split = {(f.figure.place.by, f.figure.question) for f in facts if f.figure.question}

    def _groups(self) -> dict[str, tuple[str, ...]]:
        """Every breakdown in the files, with its groups."""
        found: dict[str, dict[str, None]] = {}
        for fact in self.facts:
            place = fact.figure.place
            if place.by:
                found.setdefault(place.by, {})[place.group] = None
        return {by: (*groups, REST) for by, groups in found.items()}

    def _options(self, key: str) -> tuple[str, ...]:
        listed = [option for asked in self._asked if asked.question == key for option in asked.options]
        counted = [o for f in self.facts if f.figure.question == key for o in f.figure.options]
        return tuple(dict.fromkeys([*self.questions[key].values, *listed, *counted]))

    def block(self, figure: Figure) -> Block:
        """Whose answers a figure counts."""
        place = figure.place
        return Block(self.times(place.period), place.by, frozenset({place.group}))

    def times(self, period: When) -> frozenset[str]:
        """The pieces of a period."""
        return self.calendar.times(period)

    def of(self, figure: Figure) -> Terms:
        """A figure as a sum of unknowns."""
        return self.terms(figure.kind, figure.question, figure.options, self.block(figure))

    def terms(self, kind: Kind, question: str, options: Iterable[str], block: Block) -> Terms:
        """A count over a block as a sum of unknowns, which is the caller's own to change."""
        key = kind, question, tuple(options), block
        if key not in self._sums:
            self._sums[key] = self._sum(*key)
        return dict(self._sums[key])

    def _sum(self, kind: Kind, question: str, options: tuple[str, ...], block: Block) -> Terms:
        found: Terms = {}
        for time in block.times:
            for group in block.groups:
                for part in self._parts(kind, question, options, (time, block.by, group)):
                    _with(found, part)
        return found

    def _parts(
        self, kind: Kind, question: str, options: Iterable[str], cell: tuple[str, str, str]
    ) -> Iterator[Terms]:
        if kind is Kind.RESPONSES:
            yield self._size(cell)
        elif kind is Kind.OPTION:
            yield from ({self._count(question, option, cell): 1} for option in options)
        elif kind is Kind.SKIPPED or self.is_many(question):
            yield {(kind, question, *cell): 1}
        else:
            yield from ({self._count(question, option, cell): 1} for option in self.options[question])

    def left(self, by: str, question: str) -> list[frozenset[str]]:
        """The groups of a breakdown that some file shows nothing of, with those in no group: each such set once.

        Args:
            by: the breakdown.
            question: a question whose base counts as shown; where empty, the size of the group.
        """
        if (by, question) not in self._lefts:
            self._lefts[by, question] = self._left(by, question)
        return self._lefts[by, question]

    def _left(self, by: str, question: str) -> list[frozenset[str]]:
        kind = Kind.BASE if question else Kind.RESPONSES
        shown: dict[When, set[str]] = {}
        for fact in self.facts:
            figure = fact.figure
            if figure.place.by == by:
                groups = shown.setdefault(figure.place.period, set())
                if fact.is_shown and figure.kind is kind and figure.question == question:
                    groups.add(figure.place.group)
        return list(dict.fromkeys(frozenset(self.groups[by]) - groups for groups in shown.values()))

    def times_shown(self, question: str, block: Block) -> list[frozenset[str]]:
        """The times over which some file shows how many of a block's group answered a question."""
        kind = Kind.BASE if question else Kind.RESPONSES
        found: dict[frozenset[str], None] = {}
        for fact in self.facts:
            figure, place = fact.figure, fact.figure.place
            is_same = (figure.kind, figure.question) == (kind, question)
            if fact.is_shown and is_same and (place.by, frozenset({place.group})) == (block.by, block.groups):
                found[self.times(place.period)] = None
        return list(found)

    def tells_of_groups(self, by: str, question: str) -> bool:
        """Whether any file says anything of a question in a group of this breakdown."""
        return (by, question) in self._told

    def is_many(self, question: str) -> bool:
        """Whether several options may be chosen."""
        return self.questions[question].type is QuestionType.MANY

    def _count(self, question: str, option: str, cell: tuple[str, str, str]) -> Hashable:
        """One option in one cell. Who chose both of two options is counted alike whichever question splits the other."""
        time, by, group = cell
        if by in self.options and group != REST:
            first, second = sorted([(by, group), (question, option)])
            return (Kind.OPTION, *first, *second, time)
        return (Kind.OPTION, question, option, by, group, time)

    def _size(self, cell: tuple[str, str, str]) -> Terms:
        """How many responses a cell has: those who chose the option that makes the group."""
        time, by, group = cell
        if by not in self.options:
            return {(Kind.RESPONSES, *cell): 1}
        if group != REST:
            return {self._count(by, group, (time, "", "")): 1}
        named: Terms = {(Kind.RESPONSES, time, "", ""): 1}
        for other in self.groups[by]:
            if other != REST:
                _with(named, self._size((time, by, other)), -1)
        return named

    def cells(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Each piece of time with everyone, and with each breakdown."""
        for time in self.pieces:
            yield time, "", ("",)
            yield from ((time, by, groups) for by, groups in self.groups.items())

    def statements(self) -> Iterator[Statement]:
        """Everything that is known: what the definition says, then each file's facts, which say it themselves."""
        for time, by, groups in self.cells():
            asked = [key for key in self.questions if (by, key) in self.split and key != by]
            for group in groups:
                yield Statement(self._size((time, by, group)), 0, None)
                for key in asked:
                    yield from self._of_one_cell(key, (time, by, group))
            if by:
                yield from self._add_up(time, by, groups, asked)
        for fact in self.facts:
            if self._files is None or fact.file in self._files:
                yield from self._said(fact)
        for some in self._asked:
            if self._files is not None and some.file not in self._files:
                continue
            for option in set(self.options[some.question]) - set(some.options):
                figure = Figure(some.place, Kind.OPTION, some.question, (option,))
                yield Statement(self.of(figure), 0, 0, some)

    def is_of_group_within(self, statement: Statement, beyond: frozenset[str]) -> bool:
        """Whether a file says it of a group, other than how many are in it, and not over longer times that hold these."""
        fact = statement.said_by
        if not isinstance(fact, Fact) or not fact.figure.place.by or fact.figure.kind is Kind.RESPONSES:
            return False
        return not self.times(fact.figure.place.period) > beyond

    def _of_one_cell(self, key: str, cell: tuple[str, str, str]) -> Iterator[Statement]:
        block = Block(frozenset({cell[0]}), cell[1], frozenset({cell[2]}))
        base = self.terms(Kind.BASE, key, (), block)
        each = [self.terms(Kind.OPTION, key, (option,), block) for option in self.options[key]]
        if self.is_many(key):
            yield from (Statement(_with(dict(base), one, -1), 0, None) for one in each)
            chosen: Terms = {}
            for one in each:
                _with(chosen, one)
            yield Statement(_with(chosen, base, -1), 0, None)
        asked = _with(dict(base), self.terms(Kind.SKIPPED, key, (), block))
        yield Statement(_with(dict(asked), self._size(cell), -1), None, 0)
        least = 0 if self._is_asked_of_all_who_met(key) else None
        for who in self.conditions(key, block):
            yield Statement(_with(dict(asked), who, -1), least, 0)

    def _is_asked_of_all_who_met(self, key: str) -> bool:
        """Whether a question is asked of everybody who gave one of some answers, whatever the wording, and of nobody else."""
        question = self.questions[key]
        match question.show_if:
            case Condition(other, is_any_of) if other in self.questions:
                one_counts_once = not self.is_many(other) or len(is_any_of) == 1
                return self._is_routed and one_counts_once and question.wordings >= set(self.survey.wordings)
        return False

    def conditions(self, question: str, block: Block) -> Iterator[Terms]:
        """Sums that those who were asked a question cannot exceed, by the answers for which it is asked."""
        rule = self.questions[question].show_if
        return self._conditions(rule, block) if rule else iter(())

    def _conditions(self, rule: ShowIf, block: Block) -> Iterator[Terms]:
        """What cannot be said as such a sum is left out."""
        match rule:
            case AllOf(parts):
                for part in parts:
                    yield from self._conditions(part, block)
            case AnyOf(parts):
                each = [list(self._conditions(part, block)) for part in parts]
                if all(len(some) == 1 for some in each):
                    together: Terms = {}
                    for (one,) in each:
                        _with(together, one)
                    yield together
            case Condition(question, is_any_of):
                known = self.options.get(question, ())
                if (
                    set(is_any_of) <= set(known)
                    and (block.by, question) in self.split
                    and question != block.by
                ):
                    yield self.terms(Kind.OPTION, question, is_any_of, block)

    def _add_up(
        self, time: str, by: str, groups: tuple[str, ...], asked: Iterable[str]
    ) -> Iterator[Statement]:
        everyone, all_groups = Block(frozenset({time})), Block(frozenset({time}), by, frozenset(groups))
        kinds: list[tuple[Kind, str, tuple[str, ...]]] = [(Kind.RESPONSES, "", ())]
        for key in asked:
            kinds += [(Kind.OPTION, key, (option,)) for option in self.options[key]]
            kinds += [(Kind.SKIPPED, key, ()), *([(Kind.BASE, key, ())] if self.is_many(key) else [])]
        for kind, key, options in kinds:
            parts = self.terms(kind, key, options, all_groups)
            yield Statement(_with(parts, self.terms(kind, key, options, everyone), -1), 0, 0)

    def _said(self, fact: Fact) -> Iterator[Statement]:
        figure = fact.figure
        count = self.of(figure)
        if fact.least is not None or fact.most is not None:
            yield Statement(count, fact.least, fact.most, fact)
        share = fact.share
        base = self._bases.get((figure.place, figure.question, fact.file))
        if share is None:
            return
        if base is not None:
            some = share.of(base)
            yield Statement(count, some.least, some.most, fact)
            return
        yield from self._of_unknown_base(share, count, fact)

    def _of_unknown_base(self, share: Share, count: Terms, fact: Fact) -> Iterator[Statement]:
        base = self.terms(Kind.BASE, fact.figure.question, (), self.block(fact.figure))
        start, end = share.start, share.end
        above = _with(_times(count, start.denominator), base, -start.numerator)
        yield Statement(above, 0 if share.from_start else 1, None, fact)
        below = _with(_times(count, -end.denominator), base, end.numerator)
        yield Statement(below, 0 if share.to_end else 1, None, fact)


def _times(terms: Terms, times: int) -> Terms:
    return {unknown: times * number for unknown, number in terms.items()}
