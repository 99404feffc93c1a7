"""What somebody can work out who knows linear bounds on whole numbers, and how narrowly.

Unknowns are counts: whole, never negative, otherwise named by whoever asks. A statement bounds a sum of them, such as
"the three options add up to 191" or "this one is 177 or 178". A target is a sum that nobody was told. The answer is the
narrowest range of whole numbers in which every target must lie.

Bounds are first tightened statement by statement; what stays open falls into blocks that have nothing to do with each
other, and each is solved by SciPy's HiGHS. A linear optimum that is whole is the answer itself; where it is not, the
whole-number programme is solved. A bound that is not whole is rounded inwards, unless it lies within ``TOLERANCE`` of a
whole number, which is then taken.

Everything here is arithmetic: it knows no survey and no rule. SciPy makes it heavy: not for a process that serves pages.
"""

from analysis.inference.statements import Statement, Terms
from analysis.inference.system import Contradiction, Range, System
from analysis.inference.tightening import TOLERANCE

__all__ = ["TOLERANCE", "Contradiction", "Range", "Statement", "System", "Terms"]
