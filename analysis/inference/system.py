"""Statements together, and the targets that are asked of them: in blocks, and each until enough is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import compress
from typing import Final

import numpy as np

from analysis.inference.solving import Block, Infeasible, Part, blocks, look, prove
from analysis.inference.statements import Statement, Sums, Terms, pairs
from analysis.inference.tightening import Flags, Floats, Numbers, tighten

#: How often possible answers are looked for before a range is proven.
_LOOKS: Final = 6
#: How many whole solutions are handed on to a system that knows less, of which they are solutions too.
_HANDED_ON: Final = 40


class Contradiction(ValueError):
    """No whole numbers fit all that is said.

    Attributes:
        statements: those among which the contradiction was found; others may have led there.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        super().__init__("no whole numbers fit all that is said")
        self.statements = tuple(statements)


@dataclass(frozen=True, slots=True)
class Range:
    """The whole numbers from ``least`` to ``most``, both included; None where there is no bound."""

    least: int | None
    most: int | None

    @property
    def values(self) -> float:
        """How many numbers it holds; infinity where it has no end."""
        return math.inf if self.least is None or self.most is None else self.most - self.least + 1

    def is_within(self, least: int, most: int) -> bool:
        """Whether every number of it lies from ``least`` to ``most``."""
        return self.least is not None and self.most is not None and least <= self.least and self.most <= most


#: Whether a range is as wide as needs be known; true of every wider range, too.
Enough = Callable[[Range], bool]


@dataclass(frozen=True, slots=True)
class _Question:
    """A target: what its unknowns outside of every block add up to, and a part in each block that it touches."""

    free: tuple[float, float]
    parts: tuple[Part, ...]

    def possible(self) -> Range | None:
        """From the least to the most that is known to be possible; None where nothing is known yet."""
        if not all(part.block.points for part in self.parts):
            return None
        return _sum(self.free, *(part.possible() for part in self.parts))

    def proven(self) -> Range:
        return _sum(self.free, *(part.proven for part in self.parts))


def _sum(*some: tuple[float, float]) -> Range:
    least, most = (sum(ends) for ends in zip(*some, strict=True))
    return Range(*(None if math.isinf(end) else round(end) for end in (least, most)))


class System:
    """Statements, tightened and split into blocks, of which many targets may be asked.

    What several statements say of one sum is held together: each sum is one row.

    Raises:
        Contradiction: no numbers fit, where tightening alone shows it.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._statements = tuple(statements)
        self._sums = Sums(self._statements)
        self._split(np.ones(len(self._statements), dtype=np.bool_))

    def _split(self, is_kept: Flags) -> None:
        self._is_kept = is_kept
        self._asked: dict[Hashable, _Question] = {}
        rows = self._sums.rows(is_kept)
        self._tight = tighten(rows, len(self._sums.number))
        if len(self._tight.wrong):
            raise self._contradiction(self._tight.wrong)
        self._blocks, self._place = blocks(rows, self._tight)

    def without(self, is_left_out: Callable[[Statement], bool]) -> System:
        """What is known where some statements are not: as a new system of the others, but sooner."""
        other = System(())
        other._statements, other._sums = self._statements, self._sums
        left_out = (is_left_out(statement) for statement in self._statements)
        other._split(self._is_kept & ~np.fromiter(left_out, np.bool_, len(self._statements)))
        other._know_already(self._solutions())
        return other

    def _solutions(self) -> list[Floats]:
        """Whole numbers for all unknowns that fit all statements, where some are known for every block."""
        if not all(block.points for block in self._blocks):
            return []
        number = max((len(block.points) for block in self._blocks), default=1)
        return [self._solution(place) for place in range(min(number, _HANDED_ON))]

    def _solution(self, place: int) -> Floats:
        """The newest solution of each block, or the one so many places before; anything of what is in none."""
        found = self._tight.low.copy()
        for block in self._blocks:
            found[block.unknowns] = block.points[-1 - place % len(block.points)]
        return found

    def _know_already(self, solutions: Sequence[Floats]) -> None:
        for block in self._blocks:
            of_block = np.array([solution[block.unknowns] for solution in solutions])
            block.points += [*np.unique(of_block, axis=0)] if len(of_block) else []

    def check(self) -> None:
        """Find out whether any whole numbers fit all statements.

        Raises:
            Contradiction: none do.
        """
        with self._told():
            for block in self._blocks:
                if not block.points:
                    look(block, np.zeros(len(block.low)))

    def ranges(self, targets: Sequence[Terms], *, enough: Enough | None = None) -> list[Range]:
        """The narrowest range of each target, in their order.

        Args:
            targets: sums of unknowns; an unknown that no statement names may be any count.
            enough: as soon as numbers known to be possible make a range of which this is true, that range is the answer for
                a target: every whole number at its ends is possible, and nothing is said of what lies beyond. Much faster.

        Raises:
            Contradiction: no whole numbers fit the statements. Those that have nothing to do with any target are not tried.
        """
        questions = [self._question(target) for target in targets]
        with self._told():
            if enough:
                _found(questions, enough)
            _prove(questions, enough)
        return [_known(question, enough) for question in questions]

    def narrowest(self, targets: Sequence[Terms], *, enough: Enough) -> list[Range]:
        """As ``ranges``, without looking around first: for targets that are probably narrow.

        Raises:
            Contradiction: no whole numbers fit the statements.
        """
        questions = [self._question(target) for target in targets]
        with self._told():
            _prove(questions, enough)
        return [_known(question, enough) for question in questions]

    def outermost(self, targets: Sequence[Terms]) -> list[Range]:
        """A range that holds all that each target can be, by what tightening found: quick, and often the narrowest."""
        return [self._question(target).proven() for target in targets]

    def possible(self, targets: Sequence[Terms], *, enough: Enough) -> list[Range]:
        """Numbers known to be possible for each target, from least to most: enough of them where enough were found.

        Raises:
            Contradiction: no whole numbers fit the statements.
        """
        questions = [self._question(target) for target in targets]
        with self._told():
            _found(questions, enough)
        return [question.possible() or question.proven() for question in questions]

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Infeasible as error:
            raise self._contradiction(error.statements) from None

    def _contradiction(self, rows: Numbers) -> Contradiction:
        among = self._is_kept & self._sums.among(rows)
        return Contradiction([*compress(self._statements, among)])

    def _question(self, target: Terms) -> _Question:
        key = frozenset(target.items()) if isinstance(target, Mapping) else tuple(target)
        if key not in self._asked:
            self._asked[key] = self._new_question(target)
        return self._asked[key]

    def _new_question(self, target: Terms) -> _Question:
        least = most = 0.0
        forms: dict[int, Floats] = {}
        for unknown, times in pairs(target):
            number = self._sums.number.get(unknown, -1)
            if number in self._place:
                block, place = self._place[number]
                if block not in forms:
                    forms[block] = np.zeros(len(self._blocks[block].low))
                forms[block][place] += times
            elif times:
                low, high = (
                    (self._tight.low[number], self._tight.high[number]) if number >= 0 else (0.0, np.inf)
                )
                least += times * (low if times > 0 else high)
                most += times * (high if times > 0 else low)
        return _Question((least, most), tuple(Part.over(self._blocks[b], form) for b, form in forms.items()))


def _known(question: _Question, enough: Enough | None) -> Range:
    found = question.possible() if enough else None
    return found if enough and found and enough(found) else question.proven()


def _is_enough(question: _Question, enough: Enough | None) -> bool:
    found = question.possible() if enough else None
    return enough is not None and found is not None and enough(found)


def _prove(questions: Sequence[_Question], enough: Enough | None) -> None:
    """First the least of each, which may show that enough is possible, then the most of those that are left."""
    for sign in (1, -1):
        for question in questions:

            def is_done(question: _Question = question) -> bool:
                return _is_enough(question, enough)

            for part in question.parts:
                if not is_done():
                    prove(part, sign, is_done)


def _found(questions: Sequence[_Question], enough: Enough) -> None:
    """Look where many ends of open questions are at once, until enough is possible or it does not become more."""
    signs = np.random.default_rng(0)
    left = questions
    for _ in range(_LOOKS):
        costs: dict[Block, Floats] = {}
        left = [question for question in left if not _is_enough(question, enough)]
        for question in left:
            for part in question.parts:
                costs[part.block] = costs.get(part.block, 0) + signs.choice((-1, 1)) * part.form
        if not costs:
            break
        for block, cost in costs.items():
            look(block, cost)
            look(block, -cost)
