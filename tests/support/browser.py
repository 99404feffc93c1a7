"""Chromium, and a server for it to talk to."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, Route
from werkzeug.serving import WSGIRequestHandler, make_server

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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
    """A headless Chromium. Its sandbox is off where the tests run as root, which it refuses to be with one."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"] if as_root else [])


@contextmanager
def phone(browser: Browser, address: str, *, javascript: bool = True) -> Iterator[Page]:
    """A phone's screen, 360 by 740, in English, that fails the test when a page asks another host for anything.

    Args:
        browser: from ``launch``.
        address: of the application; paths are opened relative to it.
        javascript: off to see what is left without.
    """
    elsewhere: list[str] = []
    faults: list[str] = []
    with browser.new_context(
        base_url=address,
        viewport={"width": 360, "height": 740},
        locale="en-GB",
        java_script_enabled=javascript,
        reduced_motion="reduce",
    ) as context:
        context.route("**/*", lambda route: _keep_at_home(route, address, elsewhere))
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
    assert not elsewhere, f"another host was asked: {elsewhere}"
    assert not faults, f"a script failed: {faults}"


def _keep_at_home(route: Route, address: str, elsewhere: list[str]) -> None:
    if route.request.url.startswith((address, "data:", "blob:")):
        route.continue_()
    else:
        elsewhere.append(route.request.url)
        route.abort()
