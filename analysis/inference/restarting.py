"""One linear programme, asked for one optimum after another.

SciPy's ``milp`` starts anew for each. HiGHS, which it calls, can begin at the solution before, which is many times faster;
SciPy has no public name for that. Where a SciPy has moved what is used here, ``AVAILABLE`` is false and ``milp`` does it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from analysis.inference.tightening import Floats

try:
    import scipy.optimize._highspy._core as _highs
except ImportError:
    _highs = None

#: Whether this SciPy lets a programme be asked again.
AVAILABLE: Final = _highs is not None and hasattr(_highs, "_Highs")

#: Primal where the solution before is still allowed, dual where a bound was moved.
_SUITABLE_SIMPLEX: Final = 0
#: Long enough for any programme of a release; one that takes longer is left to ``milp``.
_SECONDS: Final = 10.0


class Programme:
    """Bounds on sums of bounded unknowns.

    Args:
        matrix: a row for each sum, a SciPy sparse array.
        least, most: bounds of the sums.
        low, high: bounds of the unknowns.

    Attributes:
        low, high: bounds of the unknowns.
        is_empty: whether nothing at all fits, as it was asked last.
    """

    def __init__(self, matrix: Any, least: Floats, most: Floats, low: Floats, high: Floats) -> None:
        self.is_empty = False
        self._all = np.arange(len(low), dtype=np.int32)
        self.low, self.high = low, high
        self._moved: Mapping[int, tuple[float, float]] = {}
        self._solver = _highs._Highs()  # noqa: SLF001  # the module says why
        for name, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(name, value)
        self._solver.setOptionValue("simplex_strategy", _SUITABLE_SIMPLEX)
        self._solver.passModel(_model(matrix.tocsc(), (least, most), (low, high)))

    def within(self, bounds: Mapping[int, tuple[float, float]]) -> None:
        """From now on some unknowns have other bounds, and all others their own again."""
        for unknown in self._moved.keys() - bounds.keys():
            self._solver.changeColBounds(unknown, self.low[unknown], self.high[unknown])
        for unknown, ends in bounds.items():
            if self._moved.get(unknown) != ends:
                self._solver.changeColBounds(unknown, *ends)
        self._moved = dict(bounds)

    def costs(self, cost: Floats) -> None:
        """From now on this is what is made smallest."""
        self._solver.changeColsCost(len(cost), self._all, np.asarray(cost, dtype=float))

    def minimum(self) -> Floats | None:
        """Where the cost is smallest, or None where no such place was found; ask ``milp`` why where it is not ``is_empty``."""
        solver = self._solver
        solver.setOptionValue("time_limit", solver.getRunTime() + _SECONDS)
        solver.run()
        status = solver.getModelStatus()
        self.is_empty = status == _highs.HighsModelStatus.kInfeasible
        if status == _highs.HighsModelStatus.kOptimal:
            return np.array(solver.getSolution().col_value)
        if not self.is_empty:
            solver.clearSolver()
        return None


def _model(columns: Any, sums: tuple[Floats, Floats], unknowns: tuple[Floats, Floats]) -> Any:
    model = _highs.HighsLp()
    rows, model.num_col_ = columns.shape
    model.num_row_ = rows
    model.col_cost_ = np.zeros(columns.shape[1])
    model.row_lower_, model.row_upper_ = sums
    model.col_lower_, model.col_upper_ = unknowns
    matrix = model.a_matrix_
    matrix.num_row_, matrix.num_col_ = columns.shape
    matrix.format_ = _highs.MatrixFormat.kColwise
    matrix.start_, matrix.index_, matrix.value_ = columns.indptr, columns.indices, columns.data
    return model
