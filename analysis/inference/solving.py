"""Blocks of statements that share unknowns, and the linear and whole-number programmes over them.

Every whole solution met on the way is kept: it proves at once, for all sums over its block, what is possible.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from analysis.inference.branching import Search, is_whole
from analysis.inference.restarting import AVAILABLE, Programme
from analysis.inference.tightening import TOLERANCE, Floats, Numbers, Rows, Tight

#: Seconds for one whole-number programme; after them its proven bound is taken, which may be wider than the range.
WHOLE_SECONDS: Final = 10.0
#: An unknown without a bound is looked for up to this much above its least.
_LOOK_UP_TO: Final = 10_000.0
_TIME_IS_OUT: Final = 1
_INFEASIBLE: Final = 2


class Infeasible(ValueError):
    """No whole numbers fit a block; ``statements`` are the numbers of its rows."""

    def __init__(self, statements: Numbers) -> None:
        super().__init__("no whole numbers fit")
        self.statements = statements


@dataclass(slots=True, eq=False)
class Block:
    """Statements that share unknowns.

    Attributes:
        statements: their numbers among all, for whoever asks what is wrong.
        unknowns: likewise those of the unknowns.
        matrix, least, most: the statements, a row each.
        low, high: bounds of the unknowns.
        points: whole solutions known so far.
    """

    statements: Numbers
    unknowns: Numbers
    matrix: csr_array[Any]
    least: Floats
    most: Floats
    low: Floats
    high: Floats
    points: list[Floats] = field(default_factory=list)
    _programmes: dict[bool, Programme] = field(default_factory=dict)

    def programme(self, *, is_look: bool, high: Floats) -> Programme:
        """The linear programme over the block, made once. ``high`` are the bounds for looking, or for proving."""
        is_other = is_look and bool(np.isinf(self.high).any())
        if is_other not in self._programmes:
            made = Programme(self.matrix, self.least, self.most, self.low, high)
            self._programmes[is_other] = made
        return self._programmes[is_other]


@dataclass(slots=True, eq=False)
class Part:
    """A sum over one block: ``form`` says how often each of its unknowns is counted.

    ``proven`` is the range once it is known, and until then as wide as the bounds of the unknowns leave it;
    ``ends_proven`` says which of its ends are known, 1 the least and -1 the most.
    """

    block: Block
    form: Floats
    proven: tuple[float, float]
    ends_proven: set[int] = field(default_factory=set)
    _seen: int = 0
    _span: tuple[float, float] = (np.inf, -np.inf)

    @classmethod
    def over(cls, block: Block, form: Floats) -> Part:
        """The sum, as wide as the bounds of its unknowns leave it."""
        used = np.flatnonzero(form)
        times, low, high = form[used], block.low[used], block.high[used]
        least = float(np.sum(times * np.where(times > 0, low, high)))
        return cls(block, form, (least, float(np.sum(times * np.where(times > 0, high, low)))))

    def possible(self) -> tuple[float, float]:
        """The least and most among the solutions known; there must be one."""
        new = self.block.points[self._seen :]
        if new:
            values = np.array(new) @ self.form
            self._span = min(self._span[0], float(values.min())), max(self._span[1], float(values.max()))
            self._seen += len(new)
        return self._span


@dataclass(frozen=True, slots=True)
class _Job:
    """Find a solution of ``block`` with the least ``cost``; where ``is_look``, any good one will do."""

    block: Block
    cost: Floats
    is_look: bool = False

    def bounds(self) -> tuple[Floats, Floats]:
        high = self.block.high
        return self.block.low, np.where(
            np.isinf(high), self.block.low + _LOOK_UP_TO, high
        ) if self.is_look else high


def blocks(rows: Rows, tight: Tight) -> tuple[list[Block], dict[int, tuple[int, int]]]:
    """The blocks of what tightening left open, and for each unknown in one of them the block's number and its place there."""
    is_fixed = tight.low == tight.high
    fixed = np.where(is_fixed, tight.low, 0.0)
    known = np.bincount(rows.row, rows.times * fixed[rows.column], len(rows.least))
    used = tight.is_open[rows.row] & ~is_fixed[rows.column]
    row, column, times = rows.row[used], rows.column[used], rows.times[used]
    statements, unknowns = len(rows.least), len(tight.low)
    size = statements + unknowns
    graph = coo_array((np.ones(len(row)), (row, column + statements)), shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    matrix = coo_array((times, (row, column)), shape=(statements, unknowns)).tocsr()
    found: list[Block] = []
    place: dict[int, tuple[int, int]] = {}
    by_label = _by_label(label[:statements], np.unique(row)), _by_label(label[statements:], np.unique(column))
    for key, its_rows in by_label[0].items():
        its_columns = by_label[1][key]
        place |= {int(c): (len(found), n) for n, c in enumerate(its_columns)}
        least, most = rows.least[its_rows] - known[its_rows], rows.most[its_rows] - known[its_rows]
        part = matrix[its_rows][:, its_columns]
        low, high = tight.low[its_columns], tight.high[its_columns]
        found.append(Block(its_rows, its_columns, part, least, most, low, high))
    return found, place


def _by_label(label: Numbers, members: Numbers) -> dict[int, Numbers]:
    order = members[np.argsort(label[members], kind="stable")]
    if not len(order):
        return {}
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    return {int(label[some[0]]): some for some in np.split(order, cuts)}


def look(block: Block, cost: Floats) -> None:
    """Add to a block a solution with a small cost, where one is found.

    Raises:
        Infeasible: there are none at all.
    """
    _least(_Job(block, cost, is_look=True), lambda: True)


def prove(part: Part, sign: int, is_enough: Callable[[], bool] = lambda: False) -> None:
    """Make one end of what is ``proven`` of a part that of its narrowest range.

    Args:
        part: a sum over a block.
        sign: 1 for its least, -1 for its most.
        is_enough: asked whenever solutions were found: whether they make it needless to go on.

    Raises:
        Infeasible: there is none.
    """
    if sign in part.ends_proven or _is_reached(part, sign):
        return
    bound = _least(_Job(part.block, sign * part.form), is_enough)
    if bound is None:
        return
    least, most = part.proven
    part.proven = (max(bound, least), most) if sign > 0 else (least, min(-bound, most))
    part.ends_proven.add(sign)


def _is_reached(part: Part, sign: int) -> bool:
    """Whether a known solution lies at the end that is known to be the outermost."""
    if not part.block.points:
        return False
    least, most = part.possible()
    return least == part.proven[0] if sign > 0 else most == part.proven[1]


def _least(job: _Job, is_enough: Callable[[], bool]) -> float | None:
    """The least cost, whole; None where solutions that are enough were found before it was known."""
    if AVAILABLE:
        programme = job.block.programme(is_look=job.is_look, high=job.bounds()[1])
        programme.costs(job.cost)
        x = programme.minimum()
        if x is not None:
            return _near(job, programme, x, is_enough)
    return _whole(job)


def _near(job: _Job, programme: Programme, x: Floats, is_enough: Callable[[], bool]) -> float | None:
    """The same, given the solution of the linear programme."""
    points = job.block.points
    if job.is_look and points and not is_whole(x):
        return None
    best = min((float(point @ job.cost) for point in points), default=math.inf)
    search = Search(programme, job.cost, points, best)
    search.run(x, is_enough)
    if search.is_proven and math.isinf(search.best):
        raise Infeasible(job.block.statements)
    if search.is_proven:
        return search.best
    return None if search.is_enough else _whole(job)


def _whole(job: _Job) -> float:
    """The same, by a whole-number programme of its own."""
    found = _programme(job, is_reduced=True)
    if found.status == _INFEASIBLE:
        # What HiGHS does before it begins has called programmes infeasible that have a solution.
        found = _programme(job, is_reduced=False)
    if found.status == _INFEASIBLE:
        raise Infeasible(job.block.statements)
    if found.x is not None:
        job.block.points.append(np.round(found.x))
    elif found.status != _TIME_IS_OUT:
        look(job.block, np.zeros(len(job.cost)))
        return -math.inf
    bound = found.mip_dual_bound
    return -math.inf if bound is None or job.is_look else float(np.ceil(bound - TOLERANCE))


def _programme(job: _Job, *, is_reduced: bool) -> Any:
    slack = 1.0 if job.is_look else 0.0
    return milp(
        job.cost,
        integrality=np.ones(len(job.cost)),
        bounds=Bounds(*job.bounds()),
        constraints=LinearConstraint(job.block.matrix, job.block.least, job.block.most),
        options={"time_limit": WHOLE_SECONDS, "mip_rel_gap": slack, "presolve": is_reduced},
    )
