"""A server that can be out of reach for a while, as it is for a phone without signal."""

from __future__ import annotations

import threading

from flask import Flask
from playwright.sync_api import BrowserContext
from werkzeug.serving import BaseWSGIServer, make_server

from tests.support.browser import Quiet


class Signal:
    """An application being served, until the signal is lost and found again.

    Chromium's own "offline" stops pages, not their service workers; so the server itself is gone, and the browser is told.

    Attributes:
        address: ``http://127.0.0.1:PORT``, the same all the time.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._server: BaseWSGIServer | None = None
        self._port = 0
        self._start()
        self.address = f"http://127.0.0.1:{self._port}"

    def lose(self, context: BrowserContext) -> None:
        """No request gets anywhere from now on."""
        self.close()
        context.set_offline(True)

    def find(self, context: BrowserContext) -> None:
        """Requests are answered again."""
        self._start()
        context.set_offline(False)

    def close(self) -> None:
        """Stop serving."""
        if self._server:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None

    def _start(self) -> None:
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True, request_handler=Quiet)
        self._server.daemon_threads = True  # type: ignore[attr-defined]
        self._server.block_on_close = False  # type: ignore[attr-defined]
        self._port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
