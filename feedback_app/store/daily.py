"""What is done once a day, whether anybody asks for it or not: counting what is due, destroying what is past its time, forgetting."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from typing import Final

from feedback_app.store import Store, retention
from feedback_app.store.counting import Counted, SurveyGone, count
from feedback_app.store.secrets import UnsealError

LOGGER = logging.getLogger("heard")
#: So long after its start a serving process does it for the first time, when it has served those who waited for it.
_FIRST_SECONDS: Final = 60.0
#: So often it looks whether another day has begun.
_SECONDS: Final = 900.0


def count_and_destroy(store: Store) -> tuple[list[Counted], int]:
    """Count every box that is due, then destroy what is past its time: what could be counted is never destroyed uncounted.

    Returns:
        What was counted, and how many rows were destroyed.

    Raises:
        UnsealError, SurveyGone: a key or a definition is missing. Nothing was counted, and of what waits nothing was destroyed;
            what was counted before is destroyed in its time all the same.
    """
    try:
        counted = count(store)
    except (UnsealError, SurveyGone):
        retention.retain(store, counted=False)
        raise
    return counted, retention.retain(store)


class Daily:
    """Does it, in a thread of its own, for as long as a process serves. Several processes may: the second finds nothing to do."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._done_on: dt.date | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heard-daily", daemon=True)

    def start(self) -> None:
        """Begin; nothing is done at once."""
        self._thread.start()

    def end(self) -> None:
        """Do nothing more, and wait for what is being done."""
        self._ended.set()
        self._thread.join()

    def look(self) -> bool:
        """Do what is to be done, unless it has been done today; whether anything was tried."""
        today = self._store.today()
        if self._done_on == today:
            return False
        self._done_on = today
        try:
            _, destroyed = count_and_destroy(self._store)
            # Also where nothing was: what was used up or read leaves no trace, and what waits no order, for longer than a day.
            self._store.forget_deleted(also_counted=False)
        except Exception as error:  # noqa: BLE001  # tomorrow it is tried again, and pages are served meanwhile
            # Its words may repeat a row.
            LOGGER.error("daily", extra={"fields": {"error": type(error).__name__}})
        else:
            LOGGER.info("daily", extra={"fields": {"destroyed": destroyed}})
        return True

    def _run(self) -> None:
        seconds = _FIRST_SECONDS
        while not self._ended.wait(seconds):
            self.look()
            seconds = _SECONDS
