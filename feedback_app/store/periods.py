"""How long a council keeps what young people said. Counts, which are about nobody, and approved quotes are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Months that answers are kept, sealed or counted, unless a council says otherwise; and what it may say. Shorter, and what is
#: left over in a box could not wait for the next round; longer is more than a yearly report can need.
RESPONSE_MONTHS: Final = 24
RESPONSE_MONTHS_BETWEEN: Final = (6, 60)
#: Months that comments which nobody approved are kept after the end of their report year. A council may be stricter: young
#: people are told half a year.
COMMENT_MONTHS: Final = 6
COMMENT_MONTHS_BETWEEN: Final = (1, 6)


@dataclass(frozen=True, slots=True)
class Periods:
    """A council's own periods, in months. They hold for what is stored already, whenever it came."""

    response_months: int = RESPONSE_MONTHS
    comment_months: int = COMMENT_MONTHS
