"""Complete submissions at 1, 8 and 32 clients, on SQLite and PostgreSQL, beside the bare reference."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlalchemy import Engine, func, select
from sqlalchemy.engine import make_url

from feedback_app.cli.tables import table
from feedback_app.store import Store
from feedback_app.store.models import Receipt, SealedComment, SealedResponse
from tests.bench import heard_store, machine, phones, reference
from tests.bench.arithmetic import Bar, Spread, median
from tests.bench.problems import BenchError
from tests.bench.servers import Server, heard_server, reference_server
from tests.support.databases import PostgresServer, own_server, sqlite_url

CLIENTS = (1, 8, 32)
#: The aim of the project: at least this share of the reference's throughput.
LEAST_SHARE = 0.7
#: At the most clients, a p99 of at most this many medians.
MOST_MEDIANS = 4.0

_YES_NO = (
    "going_well_recognised talked_before role_explained review_explained supported_to_take_part "
    "chance_to_share_views views_considered plan_understood"
).split()
#: Nine choices and one comment.
ANSWERS = {
    "wording": "standard",
    **dict.fromkeys(_YES_NO, "yes"),
    "how_attended": "attended",
    "best_thing": "My IRO remembered what I said last time and asked me how the swimming was going.",
    "one_change": "",
}
REFERENCE_ANSWERS = {
    **dict.fromkeys((key for key, _ in reference.QUESTIONS), "Yes"),
    "words_1": "",
    "words_2": ANSWERS["best_thing"],
}


@dataclass(frozen=True, slots=True)
class Turns:
    """How long is measured: turns of each system, which alternate, and the seconds of one turn."""

    number: int
    seconds: float


FULL = Turns(6, 3.0)
QUICK = Turns(2, 1.0)


@dataclass(slots=True)
class System:
    """One of the two that are compared, and what has been measured of it, by number of clients."""

    server: Server
    path: str
    fields: dict[str, str]
    stored: Callable[[], int]
    timed: dict[int, phones.Timed] = field(default_factory=dict)
    turns: dict[int, list[float]] = field(default_factory=dict)
    cpu: dict[int, float] = field(default_factory=dict)
    sent: int = 0

    def turn(self, clients: int, seconds: float) -> phones.Timed:
        """Measure for a while."""
        before = self.server.cpu_seconds()
        timed = phones.run(self.server.port, self.path, self.fields, clients, seconds)
        self.sent += len(timed.whole)
        self.timed.setdefault(clients, phones.Timed()).add(timed)
        self.turns.setdefault(clients, []).append(len(timed.whole) / timed.seconds)
        self.cpu[clients] = self.cpu.get(clients, 0.0) + self.server.cpu_seconds() - before
        return timed

    def a_second(self, clients: int) -> float:
        """Submissions a second: the median turn, so that one turn in which the machine was busy decides nothing."""
        return median(self.turns[clients])

    def cpu_milliseconds(self, clients: int) -> float:
        """Processor time of the processes that serve, for one submission."""
        return self.cpu[clients] / len(self.timed[clients].whole) * 1_000

    def check(self) -> None:
        """Every submission that was thanked for is stored, once.

        Raises:
            BenchError: the numbers differ.
        """
        stored = self.stored()
        if stored != self.sent:
            raise BenchError(f"{self.server.name} thanked for {self.sent} submissions and stored {stored}")


def measure(folder: Path, turns: Turns) -> list[Bar]:
    """Measure on both databases, print what was found, and return how it stands against the bars.

    Raises:
        BenchError: a submission was not answered or stored as it must be.
    """
    bars = []
    for name, databases in (("SQLite", sqlite_databases), ("PostgreSQL", postgres_databases)):
        place = folder / name
        place.mkdir()
        with databases(place) as (heard_url, reference_url), ExitStack() as stack:
            heard = stack.enter_context(_heard(heard_url, place))
            bare = stack.enter_context(_reference(reference_url, place))
            click.echo(f"\nSubmissions on {name}: page, 9 choices and 1 comment, thanks; durable\n")
            _alternate(heard, bare, turns)
            heard.check()
            bare.check()
            bars += _report(name, heard, bare)
    return bars


@contextmanager
def sqlite_databases(folder: Path) -> Iterator[tuple[str, str]]:
    """Two fresh files on this disk."""
    yield sqlite_url(folder / "heard.sqlite"), sqlite_url(folder / "reference.sqlite")


@contextmanager
def postgres_databases(_folder: Path) -> Iterator[tuple[str, str]]:
    """Two fresh databases on one server that is sure of every write: HEARD_TEST_POSTGRES, or one of our own.

    Raises:
        BenchError: the server is not sure of every write.
        PostgresMissing: there is no server.
    """
    with ExitStack() as stack:
        url = os.environ.get("HEARD_TEST_POSTGRES") or stack.enter_context(own_server())
        server = PostgresServer(make_url(url))
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            if (value := server.setting(setting)) != "on":
                raise BenchError(
                    f"the PostgreSQL server has {setting} {value}, so that what it stores is not durable"
                )
        ours, bare = server.create(), server.create()
        stack.callback(server.drop, ours)
        stack.callback(server.drop, bare)
        yield ours, bare


@contextmanager
def _heard(url: str, folder: Path) -> Iterator[System]:
    given = heard_store.settings(url, folder)
    with heard_store.opened(given) as store:
        path = heard_store.open_round(store)
        with heard_server(given, folder) as server:
            yield System(server, path, ANSWERS, lambda: _sealed(store))


def _sealed(store: Store) -> int:
    with store.reading() as session:
        numbers = {
            session.scalars(select(func.count()).select_from(model)).one()
            for model in (SealedResponse, SealedComment, Receipt)
        }
    if len(numbers) != 1:
        raise BenchError(f"responses, comments and receipts differ in number: {sorted(numbers)}")
    return numbers.pop()


@contextmanager
def _reference(url: str, folder: Path) -> Iterator[System]:
    engine = reference.open_engine(url)
    reference.answers.metadata.create_all(engine)
    with reference_server(url, folder) as server:
        yield System(server, f"/s/{reference.SLUG}", REFERENCE_ANSWERS, lambda: _rows(engine))
    engine.dispose()


def _rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(reference.answers)).scalar_one())


def _alternate(heard: System, bare: System, turns: Turns) -> None:
    """Turns of both, the order swapped each time, so that a busy moment of the machine falls on both alike."""
    for system in (heard, bare):
        _warm_up(system)
    for clients in CLIENTS:
        for number in range(turns.number):
            for system in (heard, bare) if number % 2 == 0 else (bare, heard):
                system.turn(clients, turns.seconds)


def _warm_up(system: System) -> None:
    system.sent += len(phones.run(system.server.port, system.path, system.fields, max(CLIENTS), 1.0).whole)


_COLUMNS = (
    "clients",
    "system",
    "number",
    "a second",
    "p50",
    "p95",
    "p99",
    "worst",
    "page",
    "send",
    "thanks",
    "cpu",
)


def _report(name: str, heard: System, bare: System) -> list[Bar]:
    rows = [_row(system, clients) for clients in CLIENTS for system in (heard, bare)]
    click.echo(table(_COLUMNS, rows))
    click.echo(
        "\np50 to worst: milliseconds of a whole submission; page, send, thanks: the median of each request;"
    )
    click.echo("cpu: milliseconds of processor time in the processes that serve, for one submission.\n")
    _report_memory((heard, bare))
    bars = [_share(name, heard, bare, clients) for clients in CLIENTS]
    spread = Spread.of(heard.timed[max(CLIENTS)].whole)
    fair = Bar(f"{name}, {max(CLIENTS)} clients, p99 in medians", spread.p99 / spread.p50, MOST_MEDIANS)
    own = Spread.of(bare.timed[max(CLIENTS)].whole)
    click.echo(f"\nThe reference's own p99 at {max(CLIENTS)} clients is {own.p99 / own.p50:.2f} medians.")
    return [*bars, fair]


def _share(name: str, heard: System, bare: System, clients: int) -> Bar:
    share = heard.a_second(clients) / bare.a_second(clients)
    return Bar(
        f"{name}, {clients} clients, share of the reference's throughput", share, LEAST_SHARE, is_least=True
    )


def _row(system: System, clients: int) -> list[str]:
    timed = system.timed[clients]
    spread = Spread.of(timed.whole)
    seconds = (
        *(spread.p50, spread.p95, spread.p99, spread.worst),
        *(median(part) for part in (timed.page, timed.send, timed.thanks)),
    )
    return [
        str(clients),
        system.server.name,
        str(spread.number),
        f"{system.a_second(clients):.0f}",
        *(f"{value * 1_000:.1f}" for value in seconds),
        f"{system.cpu_milliseconds(clients):.2f}",
    ]


def _report_memory(systems: tuple[System, ...]) -> None:
    found = [
        (system.server.name, pid, machine.memory(pid)) for system in systems for pid in system.server.workers
    ]
    rows = [
        [f"{name}, {pid}", f"{memory.rss:.0f}", f"{memory.pss:.0f}", f"{memory.peak:.0f}"]
        for name, pid, memory in found
    ]
    click.echo(table(("process that serves", "MB resident", "MB shared out", "MB at most"), rows))
