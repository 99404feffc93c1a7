"""The one place where a percentage is rounded. What may be shown of it ``analysis.disclosure`` decides."""

from __future__ import annotations


def percent(count: int, base: int) -> int:
    """``count`` as a whole percentage of ``base``, rounded half up. The only place where a percentage is rounded.

    Args:
        count: those counted, 0 to ``base``.
        base: the denominator, 1 or more.
    """
    return (200 * count + base) // (2 * base)
