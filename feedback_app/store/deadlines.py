"""By when a council has promised to read words, and to answer those who ask for somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from feedback_app.store.periods import Periods
from feedback_app.working_days import WorkingDays

#: Working days within which every comment is read, unless a council says otherwise.
READING_DAYS: Final = 2
#: Working days within which somebody who asked for it is contacted, unless a council says otherwise.
CONTACT_DAYS: Final = 1


@dataclass(frozen=True, slots=True)
class Deadlines:
    """A council's own times.

    Attributes:
        working_days: its working days.
        reading_days: working days within which words are read, at least 1.
        contact_days: working days within which a contact request is answered, at least 1.
        periods: how long what young people said is kept.
    """

    working_days: WorkingDays = field(default_factory=WorkingDays)
    reading_days: int = READING_DAYS
    contact_days: int = CONTACT_DAYS
    periods: Periods = field(default_factory=Periods)

    def read_by(self, today: dt.date) -> dt.date:
        """The day by which words that came today must be read."""
        return self.working_days.after(today, self.reading_days)

    def shown_up_to(self, today: dt.date) -> dt.date:
        """The latest due day of ordinary words that are shown today: what came before the last working day until today.

        So words are shown from the first working day after they came. All of a weekend's come together on its Monday, and nobody
        can tell on which day one came.
        """
        latest = self.working_days.before(today + dt.timedelta(days=1), 1)
        return self.working_days.after(latest, self.reading_days - 1)

    def answer_by(self, today: dt.date) -> dt.date:
        """The day by which somebody who asks today for it is contacted."""
        return self.working_days.after(today, self.contact_days)
