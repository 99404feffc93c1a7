"""Chromium, and a server for it to talk to."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, Request, Response
from werkzeug.serving import WSGIRequestHandler, make_server

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HERE = ("127.0.0.1", "localhost")
_NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


class Quiet(WSGIRequestHandler):
    """A server that says nothing of requests."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the output belongs to the tests."""


def chromium() -> str | None:
    """The Chromium to use: ``$CHROMIUM``, else an installed one, else None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """An application on a free port of this machine, as ``http://127.0.0.1:PORT``, until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    # Threads that wait for a browser's next request must not hold up the end.
    server.daemon_threads = True  # type: ignore[attr-defined]
    server.block_on_close = False  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def launch(playwright: Playwright, executable: str) -> Browser:
    """A headless Chromium that reaches nothing but this machine.

    Its sandbox is off where the tests run as root, which it refuses to be with one.
    """
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    sandbox = ["--no-sandbox"] if as_root else []
    return playwright.chromium.launch(executable_path=executable, args=[_NOWHERE_ELSE, *sandbox])


@contextmanager
def phone(browser: Browser, address: str, *, javascript: bool = True) -> Iterator[Page]:
    """A phone's screen, 360 by 740, in English, that fails the test when a page asks another host for anything.

    Args:
        browser: from ``launch``.
        address: of the application; paths are opened relative to it.
        javascript: off to see what is left without.
    """
    elsewhere = Elsewhere(address)
    faults: list[str] = []
    with browser.new_context(
        base_url=address,
        viewport={"width": 360, "height": 740},
        locale="en-GB",
        java_script_enabled=javascript,
        reduced_motion="reduce",
    ) as context:
        # Letting each request through by hand would take longer than the page, and keep the browser from using its cache.
        context.on("request", elsewhere.ask)
        context.on("response", elsewhere.answer)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
    assert not elsewhere.asked, f"another host was asked: {elsewhere.asked}"
    assert not faults, f"a script failed: {faults}"


class Elsewhere:
    """What pages ask of other hosts, but for what a test answers in their place.

    Attributes:
        asked: the addresses.

    Args:
        address: of the application.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self.asked: list[str] = []

    def ask(self, request: Request) -> None:
        """Note a request that is not for the application."""
        if not request.url.startswith((self._address, "data:", "blob:")):
            self.asked.append(request.url)

    def answer(self, response: Response) -> None:
        """Take back what was answered: no other host can be reached, so the test has done it, unless it is on this machine."""
        if response.url in self.asked and urlsplit(response.url).hostname not in _HERE:
            self.asked.remove(response.url)
