"""The day that a test says it is."""

from __future__ import annotations

import datetime as dt


class Clock:
    """Called as the store calls it, it gives a day; a test moves it.

    Attributes:
        day: the day it is.
    """

    def __init__(self, day: dt.date) -> None:
        self.day = day

    def __call__(self) -> dt.date:
        """The day it is."""
        return self.day

    def move_to(self, day: dt.date | str) -> None:
        """Make it another day, a date or ``YYYY-MM-DD``."""
        self.day = dt.date.fromisoformat(day) if isinstance(day, str) else day

    def end_month(self) -> None:
        """Make it the first day of the next month, when what was answered this month may be counted."""
        self.day = (self.day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
