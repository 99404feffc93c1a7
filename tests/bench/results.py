"""The results page and the report of a year with 1,000 responses, and of one with 1,000,000."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from feedback_app.cli.tables import table
from tests.bench import filling, heard_store
from tests.bench.arithmetic import Bar, Spread
from tests.bench.problems import BenchError
from tests.bench.servers import ROOT, environment, heard_command, heard_server
from tests.bench.visits import Visit
from tests.support.databases import sqlite_url

#: Milliseconds more than a page that reads nothing, and times as long as with few responses.
MOST_MILLISECONDS_MORE = 100
MOST_TIMES_AS_LONG = 1.2

#: A page for everyone that is the same each time, and one for staff that reads no figures.
NOTHING = "/accessibility"
STAFF_NOTHING = "/staff/help"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many responses are compared, how often each page is fetched, and how often each report is made."""

    few: int
    many: int
    visits: int
    reports: int


FULL = Sizes(1_000, 1_000_000, 60, 5)
QUICK = Sizes(1_000, 20_000, 30, 2)
_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Filled:
    """A store with so many responses, served."""

    responses: int
    settings: dict[str, str]
    port: int
    year: str
    folder: Path

    @property
    def pages(self) -> tuple[str, ...]:
        """What is compared, by path: first what reads nothing."""
        return NOTHING, STAFF_NOTHING, f"/staff/results/{filling.SURVEY}?period={self.year}", "/staff/report"


def measure(folder: Path, sizes: Sizes) -> list[Bar]:
    """Fill two stores, measure both in turn, print what was found, and return how it stands against the bars.

    Raises:
        BenchError: a page or a report could not be had.
    """
    with ExitStack() as stack:
        few, many = (stack.enter_context(_filled(folder / str(n), n)) for n in (sizes.few, sizes.many))
        pages = asyncio.run(_visit(few, many, sizes.visits))
        reports = _reports(few, many, sizes.reports)
    return _report(few, many, pages, reports)


@contextmanager
def _filled(folder: Path, responses: int) -> Iterator[Filled]:
    folder.mkdir()
    given = heard_store.settings(sqlite_url(folder / "heard.sqlite"), folder)
    with heard_store.opened(given) as store:
        start = time.monotonic()
        filling.fill(store, responses)
        size = (folder / "heard.sqlite").stat().st_size / 1_000_000
        click.echo(f"{responses:,} responses entered in {time.monotonic() - start:.0f} s: {size:,.0f} MB")
        heard_store.add_participation_worker(store, given)
        year = filling.last_year(store)
    with heard_server(given, folder) as server:
        yield Filled(responses, given, server.port, year, folder)


async def _visit(few: Filled, many: Filled, visits: int) -> dict[tuple[int, str], list[float]]:
    """Seconds of each page on each store, every page in turn."""
    seconds: dict[tuple[int, str], list[float]] = {}
    places = [(store, await Visit.begin(store.port)) for store in (few, many)]
    for _, visit in places:
        await visit.sign_in()
    for number in range(visits + _WARM_UP):
        for store, visit in places if number % 2 else reversed(places):
            for place, path in enumerate(store.pages):
                taken = await visit.timed(path)
                if number >= _WARM_UP:
                    seconds.setdefault((store.responses, few.pages[place]), []).append(taken)
    for _, visit in places:
        visit.end()
    return seconds


def _reports(few: Filled, many: Filled, number: int) -> dict[tuple[int, str], list[float]]:
    """Seconds of ``heard report`` on each store, in turn; the first one of each is a warm-up."""
    seconds: dict[tuple[int, str], list[float]] = {}
    for turn in range(number + 1):
        for store in (few, many):
            taken = _write_report(store)
            if turn:
                seconds.setdefault((store.responses, "heard report"), []).append(taken)
    return seconds


def _write_report(store: Filled) -> float:
    file = store.folder / "report.docx"
    command = heard_command("report", "--year", store.year, "--to", str(file))
    start = time.perf_counter()
    done = subprocess.run(
        command,
        env=environment(store.settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode or not file.exists():
        raise BenchError(f"heard report failed: {done.stderr.strip()}")
    return time.perf_counter() - start


def _report(
    few: Filled,
    many: Filled,
    pages: dict[tuple[int, str], list[float]],
    reports: dict[tuple[int, str], list[float]],
) -> list[Bar]:
    click.echo(f"\nPages and report of {few.year}, in milliseconds; SQLite, pages and stores in turn\n")
    spreads = {key: Spread.of(value * 1_000 for value in values) for key, values in (pages | reports).items()}
    rows = [
        [
            what,
            f"{responses:,}",
            str(spread.number),
            *(f"{value:.1f}" for value in (spread.p50, spread.p95, spread.worst)),
        ]
        for (responses, what), spread in sorted(spreads.items(), key=lambda item: (item[0][1], item[0][0]))
    ]
    click.echo(table(("what", "responses", "number", "p50", "p95", "worst"), rows))
    page, report = few.pages[2], "heard report"

    def at(store: Filled, what: str) -> float:
        return spreads[store.responses, what].p50

    more = at(many, page) - at(many, NOTHING)
    return [
        Bar(
            f"results page of {many.responses:,}, more than a page that reads nothing",
            more,
            MOST_MILLISECONDS_MORE,
            unit=" ms",
        ),
        Bar(
            f"results page, {many.responses:,} to {few.responses:,}",
            at(many, page) / at(few, page),
            MOST_TIMES_AS_LONG,
        ),
        Bar(
            f"report, {many.responses:,} to {few.responses:,}",
            at(many, report) / at(few, report),
            MOST_TIMES_AS_LONG,
        ),
    ]
