"""Blocks of statements that share unknowns, and the linear and whole-number programmes over them.

Every whole solution met on the way is kept: it proves at once, for all sums over its block, what is possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from analysis.restarting import AVAILABLE, Programme
from analysis.tightening import TOLERANCE, Floats, Numbers, Rows, Tight

#: Seconds for one whole-number programme; after them its proven bound is taken, which may be wider than the range.
WHOLE_SECONDS: Final = 10.0
#: Unknowns that are solved for at once: a small programme costs more to start than to solve.
_TOGETHER: Final = 120
#: An unknown without a bound is looked for up to this much above its least.
_LOOK_UP_TO: Final = 10_000.0
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
        matrix, least, most: the statements, a row each.
        low, high: bounds of the unknowns.
        points: whole solutions known so far.
    """

    statements: Numbers
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

    ``proven`` is the range once it is known, and until then as wide as the bounds of the unknowns leave it.
    """

    block: Block
    form: Floats
    proven: tuple[float, float]
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
        found.append(Block(its_rows, part, least, most, tight.low[its_columns], tight.high[its_columns]))
    return found, place


def _by_label(label: Numbers, members: Numbers) -> dict[int, Numbers]:
    order = members[np.argsort(label[members], kind="stable")]
    if not len(order):
        return {}
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    return {int(label[some[0]]): some for some in np.split(order, cuts)}


def look(costs: Iterable[tuple[Block, Floats]]) -> None:
    """Add to each block solutions with a small cost, and with a large one, where some are found.

    Raises:
        Infeasible: there are none at all.
    """
    for _ in _solved([_Job(block, sign * cost, is_look=True) for block, cost in costs for sign in (1, -1)]):
        continue


def prove(parts: Sequence[Part], signs: Sequence[int] = (1, -1)) -> None:
    """Make ``proven`` of each part its narrowest range.

    Args:
        parts: sums over blocks.
        signs: 1 for its least, -1 for its most.

    Raises:
        Infeasible: there is none.
    """
    sides = [(part, sign) for part in parts for sign in signs if not _is_reached(part, sign)]
    jobs = [_Job(part.block, sign * part.form) for part, sign in sides]
    for (part, sign), bound in zip(sides, _solved(jobs), strict=True):
        least, most = part.proven
        part.proven = (max(bound, least), most) if sign > 0 else (least, min(-bound, most))


def _is_reached(part: Part, sign: int) -> bool:
    """Whether a known solution lies at the end that is known to be the outermost."""
    if not part.block.points:
        return False
    least, most = part.possible()
    return least == part.proven[0] if sign > 0 else most == part.proven[1]


def _solved(jobs: Sequence[_Job]) -> Iterator[float]:
    """The least cost of each job, whole."""
    if AVAILABLE:
        yield from map(_again, jobs)
        return
    some: list[_Job] = []
    for job in jobs:
        if some and sum(len(each.cost) for each in some) + len(job.cost) > _TOGETHER:
            yield from _together(some)
            some = []
        some.append(job)
    if some:
        yield from _together(some)


def _again(job: _Job) -> float:
    """From where the block was solved last."""
    x = job.block.programme(is_look=job.is_look, high=job.bounds()[1]).minimum(job.cost)
    return _alone(job) if x is None else _bound(job, x)


def _together(jobs: list[_Job]) -> list[float]:
    """Several at once, as one programme that falls into parts; one by one where that has no solution."""
    found = _programme(jobs)
    if found.x is None:
        return [_alone(job) for job in jobs]
    ends = np.cumsum([len(job.cost) for job in jobs])[:-1]
    return [_bound(job, x) for job, x in zip(jobs, np.split(found.x, ends), strict=True)]


def _programme(jobs: Sequence[_Job], *, is_whole: bool = False) -> Any:
    cost = np.concatenate([job.cost for job in jobs])
    low, high = (np.concatenate(ends) for ends in zip(*(job.bounds() for job in jobs), strict=True))
    matrix = block_diag([job.block.matrix for job in jobs], format="csc")
    least, most = (np.concatenate([getattr(job.block, end) for job in jobs]) for end in ("least", "most"))
    slack = 1.0 if is_whole and jobs[0].is_look else 0.0

    def solved(*, is_reduced: bool) -> Any:
        return milp(
            cost,
            integrality=np.full(len(cost), int(is_whole)),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(matrix, least, most),
            options={"time_limit": WHOLE_SECONDS, "mip_rel_gap": slack, "presolve": is_reduced},
        )

    found = solved(is_reduced=True)
    # What HiGHS does before it begins has called programmes infeasible that have a solution.
    return solved(is_reduced=False) if found.status == _INFEASIBLE else found


def _alone(job: _Job) -> float:
    found = _programme([job])
    if found.x is not None:
        return _bound(job, found.x)
    nothing_asked = _programme([_Job(job.block, np.zeros(len(job.cost)))])
    if nothing_asked.status == _INFEASIBLE:
        raise Infeasible(job.block.statements)
    return -np.inf


def _bound(job: _Job, x: Floats) -> float:
    """The least cost, given a solution of the linear programme: the solution itself where it is whole."""
    whole = np.round(x)
    if np.abs(whole - x).max() <= TOLERANCE:
        job.block.points.append(whole)
        return float(whole @ job.cost)
    if job.is_look and job.block.points:
        return -np.inf
    linear = float(np.ceil(x @ job.cost - TOLERANCE))
    if job.block.points and any(point @ job.cost == linear for point in job.block.points):
        return linear
    return max(linear, _whole(job))


def _whole(job: _Job) -> float:
    found = _programme([job], is_whole=True)
    if found.status == _INFEASIBLE:
        raise Infeasible(job.block.statements)
    if found.x is not None:
        job.block.points.append(np.round(found.x))
    bound = found.mip_dual_bound
    return -np.inf if bound is None or job.is_look else float(np.ceil(bound - TOLERANCE))
