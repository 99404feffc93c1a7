"""What Linux says of processes: their memory, their processor time, what they have loaded."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from tests.bench.problems import BenchError

_PROC = Path("/proc")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PROCESSORS = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Memory:
    """A process's memory in MB (1,000,000 bytes).

    Attributes:
        rss: all that is resident, pages shared with other processes included.
        pss: the same with each shared page divided among those who share it.
        peak: the most that ``rss`` has been.
    """

    rss: float
    pss: float
    peak: float


def check() -> None:
    """Refuse a machine that cannot be measured.

    Raises:
        BenchError: it has no ``/proc`` as Linux has it.
    """
    if not (_PROC / "self" / "smaps_rollup").exists():
        raise BenchError("memory and processor time are read from Linux's /proc, which is not here")


def memory(pid: int) -> Memory:
    """The memory of a process."""
    rollup = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii")
    status = (_PROC / str(pid) / "status").read_text(encoding="utf-8")
    return Memory(_megabytes(rollup, "Rss"), _megabytes(rollup, "Pss"), _megabytes(status, "VmHWM"))


def _megabytes(text: str, name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB$", text, re.MULTILINE)
    assert found
    return int(found[1]) * 1024 / 1_000_000


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used, its threads included, its children not."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND


def machine_cpu_seconds() -> float:
    """Processor time that everybody on this machine has used since it started."""
    first = (_PROC / "stat").read_text(encoding="ascii").splitlines()[0].split()
    user, nice, system, _idle, _wait, irq, softirq, steal = (int(part) for part in first[1:9])
    return (user + nice + system + irq + softirq + steal) / _TICKS_A_SECOND


def own_cpu_seconds() -> float:
    """Processor time of this process and of all it has started and waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]
    return sorted(child for child in found if _parent(child) == pid)


def command(pid: int) -> str:
    """The command line of a process; empty when it has ended."""
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def loaded(pid: int, names: tuple[str, ...]) -> list[str]:
    """Those of the packages of which a process has a compiled part loaded."""
    maps = (_PROC / str(pid) / "maps").read_text(encoding="utf-8", errors="replace")
    return [name for name in names if re.search(rf"/{name}/\S+\.so", maps)]


def _parent(pid: int) -> int | None:
    try:
        return int(_stat(pid)[1])
    except OSError:
        return None


def _stat(pid: int) -> list[str]:
    """Fields of ``/proc/PID/stat`` from the state on; a process's name before it may hold anything."""
    return (
        (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    )
