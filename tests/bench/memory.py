"""Memory of each process that serves, after survey pages, submissions, sign-ins, every language, results and reports."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from feedback_app.cli.tables import table
from feedback_app.languages import OTHERS
from tests.bench import filling, heard_store, machine, phones
from tests.bench.arithmetic import Bar
from tests.bench.problems import BenchError
from tests.bench.servers import Server, heard_server
from tests.bench.submissions import ANSWERS
from tests.bench.visits import Visit
from tests.support.databases import sqlite_url

MOST_MEGABYTES = 120
#: What analysis needs and a process that serves must not load.
HEAVY = ("numpy", "pandas", "matplotlib")

_RESPONSES = 1_000
_FORMATS = ("docx", "html", "xlsx")
#: So many sign in at the same time: one more, and the account would rest.
_AT_ONCE = 4
#: A new connection goes to either process; after so many that led to no new one, chance alone does not explain it.
_MOST_VISITS = 40


def measure(folder: Path) -> list[Bar]:
    """Have every process do all that it is there for, print its memory, and return how it stands against the bars.

    Raises:
        BenchError: a page failed, or a process never got a visit.
    """
    given = heard_store.settings(sqlite_url(folder / "heard.sqlite"), folder)
    with heard_store.opened(given) as store:
        filling.fill(store, _RESPONSES)
        heard_store.add_participation_worker(store, given)
        path, year = heard_store.open_round(store), filling.last_year(store)
    with heard_server(given, folder) as server:
        before = {pid: machine.memory(pid) for pid in server.workers}
        phones.run(server.port, path, ANSWERS, 8, 2.0)
        asyncio.run(_visit_every_process(server, year))
        phones.run(server.port, path, ANSWERS, 8, 1.0)
        return _report(server, before)


async def _visit_every_process(server: Server, year: str) -> None:
    """Results and reports from connection after connection, until each process has started its analysis; and every language."""
    cookie = (await asyncio.gather(*(_signed_in(server.port) for _ in range(_AT_ONCE))))[0]
    for _ in range(_MOST_VISITS):
        if all(_has_analysed(pid) for pid in server.workers):
            return
        visit = await Visit.begin(server.port, cookie)
        await visit.get(f"/staff/results/{filling.SURVEY}?period={year}")
        await visit.get(f"/staff/results/{filling.SURVEY}?period={year}&by=how")
        for form in _FORMATS:
            await visit.get(f"/staff/report/{year}.{form}")
        for language in OTHERS:
            await visit.get(f"/help?lang={language.tag}")
        visit.end()
    raise BenchError(f"{_MOST_VISITS} connections did not reach every process")


async def _signed_in(port: int) -> str:
    """Somebody's cookie. Checking a password takes 19 MB for a while: many at once must not stay taken."""
    visit = await Visit.begin(port)
    await visit.sign_in()
    visit.end()
    return visit.cookie


def _has_analysed(pid: int) -> bool:
    return any("-m analysis" in machine.command(child) for child in machine.children(pid))


def _report(server: Server, before: dict[int, machine.Memory]) -> list[Bar]:
    rows, bars = [], []
    for number, pid in enumerate(server.workers, 1):
        now, heavy = machine.memory(pid), machine.loaded(pid, HEAVY)
        name = f"serving process {number}"
        rows.append([name, f"{before[pid].rss:.0f}", *_figures(now), ", ".join(heavy) or "none"])
        bars.append(Bar(name, now.rss, MOST_MEGABYTES, unit=" MB resident"))
        bars.append(Bar(f"{name}, of {', '.join(HEAVY)} loaded", len(heavy), 0))
        rows += [
            [
                "  its analysis, apart",
                "",
                *_figures(machine.memory(child)),
                ", ".join(machine.loaded(child, HEAVY)),
            ]
            for child in machine.children(pid)
        ]
    rows.append(["main process", "", *_figures(machine.memory(server.main)), "none"])
    click.echo(
        "\nMemory after survey pages, submissions, sign-ins, every language, results and reports in three formats; MB are 1,000,000 bytes\n"
    )
    click.echo(table(("process", "at start", "resident", "shared out", "at most", "heavy packages"), rows))
    return bars


def _figures(memory: machine.Memory) -> list[str]:
    return [f"{value:.0f}" for value in (memory.rss, memory.pss, memory.peak)]
