"""How long a bar is: solid as far as the share certainly reaches, striped as far as its band may."""

from __future__ import annotations

from typing import Final

#: The bands of ``analysis.bands`` as percentages; a test holds the two together.
_BANDS: Final = {
    "fewer than 1 in 10": (0, 10),
    "between 1 in 10 and a quarter": (10, 25),
    "between a quarter and a half": (25, 50),
    "between a half and three quarters": (50, 75),
    "between three quarters and 9 in 10": (75, 90),
    "more than 9 in 10": (90, 100),
    "fewer than a quarter": (0, 25),
    "more than three quarters": (75, 100),
    "fewer than a third": (0, 33),
    "between a third and two thirds": (33, 67),
    "more than two thirds": (67, 100),
    "half or fewer": (0, 50),
    "more than half": (50, 100),
}


def reach(percent: int | None, shown: str | None) -> tuple[int, int] | None:
    """From where to where a share may lie, in percent: twice the same where it is exact, None where it is withheld."""
    return (percent, percent) if percent is not None else _BANDS.get(shown or "")
