"""Young people's pages that were answered a moment ago are answered the same again, before Flask is asked.

A page is the same for everyone who asks for it alike, but for a receipt of its own. Where many phones open a survey together (a
class, a home, an activity day), what Flask does for each of them anew costs more than storing their answers.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from feedback_app.store import Store
from feedback_app.store.rounds import RECENT_SECONDS
from feedback_app.young_people.packed import COPY

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

#: Everything about a request that may decide which page answers it.
_DECIDING: Final = ("PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING")
#: More are not remembered; the next one starts afresh.
_MOST_ANSWERS: Final = 512


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer but for its body, which ``copy`` makes anew; of the day on which it was given."""

    status: str
    headers: list[tuple[str, str]]
    copy: Callable[[], bytes]
    day: dt.date


class RecentAnswers:
    """Stands in front of an application, and remembers what it answers for as long as ``rounds.recent`` remembers a round.

    What this process changes is seen at once: ``Store.recent`` is emptied by it.
    """

    def __init__(self, app: WSGIApplication, store: Store) -> None:
        self._app, self._store = app, store

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as a moment ago, or ask the application."""
        if environ["REQUEST_METHOD"] != "GET":
            return self._app(environ, start_response)
        key = tuple(environ.get(name, "") for name in _DECIDING)
        since, answer = self._store.recent.get(key, (0.0, None))
        if answer and time.monotonic() - since <= RECENT_SECONDS and answer.day == self._store.today():
            start_response(answer.status, [*answer.headers])
            return [answer.copy()]
        return self._asked(key, environ, start_response)

    def _asked(
        self, key: tuple[str, ...], environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        now, day = time.monotonic(), self._store.today()

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Callable[[bytes], object]:
            if copy := environ.get(COPY):
                self._keep(key, now, _Answer(status, [*headers], copy, day))
            return start_response(status, headers, *exc_info)

        return self._app(environ, start)

    def _keep(self, key: tuple[str, ...], now: float, answer: _Answer) -> None:
        if len(self._store.recent) >= _MOST_ANSWERS:
            self._store.recent.clear()
        self._store.recent[key] = (now, answer)
