"""The demonstration as somebody trying it starts it: a process of its own, answered over HTTP, its month ended."""

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
START = "import sys; from feedback_app.cli import main; main(sys.argv[1:])"


class Visitor:
    """Somebody with a browser that keeps cookies."""

    def __init__(self, told: str) -> None:
        self.told = told
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def get(self, address: str) -> str:
        with self._opener.open(address, timeout=60) as answer:
            return str(answer.read().decode())

    def send(self, address: str, **fields: str) -> str:
        with self._opener.open(address, urllib.parse.urlencode(fields).encode(), timeout=60) as answer:
            return str(answer.read().decode())

    def field(self, page: str, name: str) -> str:
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
        assert found, name
        return found[1]


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "HEARD_INSTANCE": str(tmp_path / "instance"), "PYTHONPATH": str(ROOT)}
    environment["PYTHONUNBUFFERED"] = "1"
    log = tmp_path / "log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", START, "demo", "--port", str(port)],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    with process:
        try:
            yield Visitor(_told(process, log))
        finally:
            process.terminate()


def _told(process: subprocess.Popen[bytes], log: Path) -> str:
    """What it prints before it serves, once it answers."""
    assert process.stdout
    told = ""
    for line in iter(process.stdout.readline, b""):
        told += line.decode()
        if "To stop" in told:
            break
    address = re.search(r"http://127\.0\.0\.1:\d+", told)
    assert address, told + log.read_text()
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address[0]}/health", timeout=60).read()
        except OSError:
            assert not _has_ended(process), log.read_text()
        else:
            return told
    raise AssertionError(log.read_text())


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process ends within a tenth of a second."""
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return False
    return True


@pytest.mark.slow
def test_somebody_trying_it_sees_their_own_answers_counted(visitor: Visitor) -> None:
    survey = re.search(r"(http://\S+/s/\w+)\s+Wellbeing", visitor.told)
    password = re.search(r"participation@example\.org\s+(\S+)", visitor.told)
    assert survey
    assert password
    page = visitor.get(survey[1])
    assert "Thank you" in visitor.send(survey[1], receipt=visitor.field(page, "receipt"), carers_listen="yes")

    home = survey[1].split("/s/")[0]
    page = visitor.get(f"{home}/staff/sign-in")
    token = visitor.field(page, "csrf_token")
    page = visitor.send(
        f"{home}/staff/sign-in", csrf_token=token, email="participation@example.org", password=password[1]
    )
    assert "What waits for you" in page
    visitor.send(f"{home}/staff/results/end-month", csrf_token=visitor.field(page, "csrf_token"))
    results = visitor.get(f"{home}/staff/results/wellbeing")
    assert "13 children and young people" in results
