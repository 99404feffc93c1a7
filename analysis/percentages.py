"""Percentages. Nothing here may be shown: ``analysis.disclosure`` decides that."""

from __future__ import annotations


def percent(count: int, base: int) -> int:
    """``count`` as a whole percentage of ``base``, rounded half up. The only place where a percentage is rounded.

    Args:
        count: those counted, 0 to ``base``.
        base: the denominator, 1 or more: those who gave a real answer (not skipped, not "prefer not to say"; "not sure" is one).
    """
    return (200 * count + base) // (2 * base)
