"""Servers to measure, each on a free port of this machine, gone when their block ends."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import machine
from tests.bench.problems import BenchError

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
WORKERS = 2
_START_SECONDS = 60.0
_STOP_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        main: the process that started those that serve.
        log: where it writes what it has to say.
    """

    name: str
    port: int
    main: int
    log: Path

    @property
    def workers(self) -> list[int]:
        """The processes that serve."""
        return [pid for pid in machine.children(self.main) if "resource_tracker" not in machine.command(pid)]

    def cpu_seconds(self) -> float:
        """Processor time of the processes that serve."""
        return sum(machine.cpu_seconds(pid) for pid in self.workers)


def heard_command(*words: str) -> list[str]:
    """The ``heard`` command of this checkout, as a process of this Python."""
    return [sys.executable, "-c", "from feedback_app.cli import main; main()", *words]


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with none of its own settings of Heard, and these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH")) if part)
    return {**kept, "PYTHONPATH": path, **settings}


@contextmanager
def heard_server(settings: Mapping[str, str], folder: Path, name: str = "heard") -> Iterator[Server]:
    """``heard serve --workers 2`` with these settings.

    Raises:
        BenchError: it does not answer.
    """
    port = _free_port()
    command = heard_command("serve", "--bind", f"{HOST}:{port}", "--workers", str(WORKERS))
    with _running(name, command, environment(settings), port, folder / f"{name}.log") as server:
        yield server


@contextmanager
def reference_server(database_url: str, folder: Path) -> Iterator[Server]:
    """The reference on an empty database.

    Raises:
        BenchError: it does not answer.
    """
    port = _free_port()
    command = [sys.executable, "-m", "tests.bench.reference", str(port)]
    env = environment({"BENCH_REFERENCE_URL": database_url})
    with _running("reference", command, env, port, folder / "reference.log") as server:
        yield server


@contextmanager
def _running(
    name: str, command: Sequence[str], env: Mapping[str, str], port: int, log: Path
) -> Iterator[Server]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=out, start_new_session=True)
    try:
        _wait_until_ready(name, process, port, log)
        yield Server(name, port, process.pid, log)
    finally:
        _stop(process)


def _wait_until_ready(name: str, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if _answers(port):
            return
        time.sleep(0.1)
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
    raise BenchError(f"{name} does not answer at {HOST}:{port}: {last[0]}")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; after a while end it and all it has started."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
