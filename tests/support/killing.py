"""A Chromium with a profile that outlives it, killed as a battery that falls out kills a phone."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from flask import Flask
from playwright.sync_api import BrowserContext, Playwright

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

#: Where a page calls from at its moment.
MOMENT: Final = "/the-moment"
#: Stops a page in the middle of what it does at a moment, once Send was pressed, until the phone is killed.
_STOP: Final = """(() => {
  const moment = MOMENT;
  let isSent = false;
  addEventListener("click", ({ target }) => target.closest("[data-send]") && (isSent = true), true);
  const stopAt = (name, isIt = true) => {
    if (name !== moment || !isSent || !isIt) return;
    const words = document.querySelector("textarea").value;
    const said = document.querySelector("[data-status]").textContent;
    const call = new XMLHttpRequest();
    call.open("GET", `/the-moment?${new URLSearchParams({ words, said })}`, false);
    call.send();
  };
  const before = (owner, name, moment, isIt = () => true) => {
    const original = owner[name];
    owner[name] = function (...given) {
      stopAt(moment, isIt.call(this, ...given));
      return original.apply(this, given);
    };
  };
  const isRecord = function () { return this.name === "records"; };
  before(SubtleCrypto.prototype, "encrypt", "locking");
  before(IDBObjectStore.prototype, "put", "storing", isRecord);
  before(IDBObjectStore.prototype, "delete", "deleting", isRecord);
  before(window, "fetch", "posting", (_address, options) => options?.method === "POST");
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "records") this.transaction.addEventListener("complete", () => stopAt("stored"));
    return put.apply(this, given);
  };
})()"""
_START_SECONDS: Final = 30


class Handset:
    """A phone: one profile, and the Chromium that runs on it, when one does.

    Args:
        executable: of Chromium.
        profile: its folder.
    """

    def __init__(self, executable: str, profile: Path) -> None:
        self._executable, self._profile = executable, profile
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def switched_on(self, playwright: Playwright, moment: str) -> Iterator[BrowserContext]:
        """The browser, until it is killed; its pages stop at a moment (see ``_STOP``)."""
        browser = playwright.chromium.connect_over_cdp(self._start())
        context = browser.contexts[0]
        context.add_init_script(_STOP.replace("MOMENT", repr(moment), 1))
        try:
            yield context
        finally:
            self.kill()
            with suppress(Exception):
                browser.close()

    def kill(self) -> None:
        """Kill every process of it at once, without a word; nothing where it is dead."""
        process = self._process
        if process and process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self) -> str:
        said = self._profile / "DevToolsActivePort"
        said.unlink(missing_ok=True)
        arguments = ["--headless=new", "--remote-debugging-port=0", "--no-first-run", "--disable-gpu"]
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        self._process = subprocess.Popen(
            [self._executable, *arguments, *sandbox, f"--user-data-dir={self._profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return f"http://127.0.0.1:{_port(said, self._process)}"


def _port(said: Path, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        lines = said.read_text(encoding="utf-8").splitlines() if said.exists() else []
        if len(lines) > 1:
            return lines[0]
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    raise AssertionError("Chromium did not start")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A page that came to a moment: the first words in it, and what its line of status said."""

    moment: str
    words: str
    said: str


class Moments:
    """Stands in front of the server, and kills the phone when enough of its pages have come to a moment.

    Attributes:
        arrivals: every page that came to its moment.
        killed: set when the phone has been killed.

    Args:
        words: the question in words that stands first in the survey.
    """

    def __init__(self, app: Flask, handset: Handset, words: str) -> None:
        self._words = words
        self._inner = app.wsgi_app
        app.wsgi_app = self._carry  # type: ignore[method-assign]
        self._handset = handset
        self._moment = ""
        self._lock = threading.Lock()
        self._to_come = 0
        self.arrivals: list[Arrival] = []
        self.killed = threading.Event()

    def arm(self, moment: str, pages: int) -> None:
        """From now on, kill the phone at a moment of this many pages."""
        self._moment, self._to_come = moment, pages
        self.killed.clear()

    def fall(self, patience_seconds: float) -> None:
        """Wait until the phone was killed; kill it where not all of its pages come to the moment."""
        if not self.killed.wait(patience_seconds):
            self._kill()

    def _kill(self) -> None:
        self._moment = ""
        self._handset.kill()
        self.killed.set()

    def _come(self, moment: str, fields: str, words: str, said: str = "") -> None:
        if not moment or moment != self._moment:
            return
        given = parse_qs(fields)
        with self._lock:
            self.arrivals.append(Arrival(moment, given.get(words, [""])[0], given.get(said, [""])[0]))
            self._to_come -= 1
            is_last = self._to_come == 0
        if is_last:
            self._kill()
        self.killed.wait(10)

    def _carry(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == MOMENT:
            self._come(self._moment, environ["QUERY_STRING"], "words", "said")
            start_response("204 No Content", [])
            return []
        if environ["REQUEST_METHOD"] == "POST":
            return self._take(environ, start_response)
        return self._inner(environ, start_response)

    def _take(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(body)
        self._come("arrived", body.decode(), self._words)
        answer = self._inner(environ, start_response)
        self._come("answering", body.decode(), self._words)
        return answer
