"""The line between phones and the server, as bad as a test wants it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


class Signal:
    """Stands in front of an application, and lets requests through, or not.

    Unlike what a browser pretends when it is told to be offline, this meets pages and service workers alike.

    Attributes:
        is_up: whether there is any signal.
        answers_posts: whether what the server says to a form comes back; it has stored what it was sent by then.
        reaches: whether requests of a method and path come through while there is signal.
        instead: status and page that somebody in between answers to everything, or None.
        held: every request that hung: method and path.
        seen: every request that came through: method, and path with query.
    """

    def __init__(self, app: Flask) -> None:
        self._inner = app.wsgi_app
        app.wsgi_app = self._carry  # type: ignore[method-assign]
        self.is_up = True
        self.answers_posts = True
        self.reaches: Callable[[str, str], bool] = lambda _method, _path: True
        self.instead: tuple[int, str] | None = None
        self.held: list[tuple[str, str]] = []
        self.seen: list[tuple[str, str]] = []
        self._holds: Callable[[str], bool] = lambda _method: True
        self._flows = threading.Event()
        self._flows.set()

    def hold(self, method: str | None = None) -> None:
        """Let requests, or those of one method, hang without an answer, until ``flow``."""
        self._holds = lambda asked: method in (None, asked)
        self._flows.clear()

    def flow(self, reaches: Callable[[str, str], bool] = lambda _method, _path: True) -> None:
        """Let everything through again, or what ``reaches`` says, and what hangs go on."""
        self.is_up = self.answers_posts = True
        self.reaches = reaches
        self._flows.set()

    def _carry(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if self._holds(method) and not self._flows.is_set():
            self.held.append((method, path))
            self._flows.wait(60)
        if not self.is_up or not self.reaches(method, path):
            return self._cut(environ, start_response)
        if self.instead:
            status, page = self.instead
            start_response(f"{status} Instead", [("Content-Type", "text/html; charset=utf-8")])
            return [page.encode()]
        query = environ["QUERY_STRING"]
        self.seen.append((method, f"{path}?{query}" if query else path))
        if self.answers_posts or method != "POST":
            return self._inner(environ, start_response)
        for _part in self._inner(environ, lambda *_given: lambda _bytes: None):
            pass
        return self._cut(environ, start_response)

    def _cut(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Nothing comes back: the line is dead before the server, which has to say something, says it."""
        with suppress(OSError):
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        start_response("503 No signal", [])
        return [b""]
