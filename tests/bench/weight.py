"""What a survey's page costs a phone: bytes over the wire and requests, with all that a browser fetches for it."""

from __future__ import annotations

import asyncio
import re
from html.parser import HTMLParser
from pathlib import Path

import click

from feedback_app.cli.tables import table
from tests.bench import heard_store
from tests.bench.arithmetic import Bar
from tests.bench.phones import Answer, Phone, get_request
from tests.bench.problems import BenchError
from tests.bench.servers import heard_server
from tests.support.databases import sqlite_url

MOST_KILOBYTES = 60
MOST_REQUESTS = 5

#: Elements that make a browser fetch something, and the attribute that says what.
_FETCHED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "audio": "src", "video": "src"}
_LINKS = {"stylesheet", "icon", "manifest", "preload", "modulepreload", "apple-touch-icon"}
_INSIDE = re.compile(r"""url\(["']?([^"')]+)|\bimport\s*\(?["']([^"']+)|\bfrom\s*["']([^"']+)""")


class _Fetches(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        address = found.get(_FETCHED.get(tag, ""))
        if tag == "link" and _LINKS & set((found.get("rel") or "").split()):
            address = found.get("href")
        if address and not address.startswith("data:"):
            self.addresses.append(address)


def measure(folder: Path) -> list[Bar]:
    """Fetch the page of every built-in survey in each wording, print its weight, and return the heaviest's bars.

    Raises:
        BenchError: a page, or something it needs, cannot be fetched or is on another host.
    """
    given = heard_store.settings(sqlite_url(folder / "heard.sqlite"), folder)
    with heard_store.opened(given) as store:
        pages = [
            (survey.key, wording.value, f"{heard_store.open_round(store, survey.key)}?wording={wording}")
            for survey in store.surveys.current()
            for wording in survey.wordings
        ]
        with heard_server(given, folder) as server:
            weighed = [(key, wording, asyncio.run(_fetch(server.port, path))) for key, wording, path in pages]
    rows = [
        [key, wording, str(len(found)), *_kilobytes(found[0][1]), f"{_total(found):.1f}", _names(found)]
        for key, wording, found in weighed
    ]
    click.echo("\nWhat a survey's page costs a phone; kB are 1,000 bytes over the wire, headers included\n")
    click.echo(table(("survey", "wording", "requests", "page kB", "unpacked kB", "all kB", "fetched"), rows))
    return [
        Bar(
            "survey page with all it fetches",
            max(_total(found) for *_, found in weighed),
            MOST_KILOBYTES,
            unit=" kB",
        ),
        Bar("requests for a survey page", max(len(found) for *_, found in weighed), MOST_REQUESTS),
    ]


async def _fetch(port: int, path: str) -> list[tuple[str, Answer]]:
    """The page and everything it makes a browser fetch, each once, with its address."""
    phone = await Phone.connect(port)
    fetched: dict[str, Answer] = {}
    waiting = [path]
    try:
        while waiting:
            address = waiting.pop(0)
            if address in fetched:
                continue
            if "//" in address:
                raise BenchError(f"{path} fetches {address}, from another host")
            answer = fetched[address] = await phone.ask(get_request(address))
            if answer.status != 200:
                raise BenchError(f"{address} was answered with {answer.status}")
            waiting += _needed(answer)
    finally:
        phone.close()
    return list(fetched.items())


def _needed(answer: Answer) -> list[str]:
    kind = re.search(rb"\r\ncontent-type: *([\w/]+)", answer.head, re.IGNORECASE)
    text = answer.content().decode()
    match kind[1] if kind else b"":
        case b"text/html":
            fetches = _Fetches()
            fetches.feed(text)
            return fetches.addresses
        case b"text/css" | b"text/javascript":
            found = (first or second or third for first, second, third in _INSIDE.findall(text))
            return [address for address in found if not address.startswith(("data:", "#"))]
    return []


def _total(fetched: list[tuple[str, Answer]]) -> float:
    return sum(answer.wire_bytes for _, answer in fetched) / 1_000


def _kilobytes(page: Answer) -> list[str]:
    return [f"{page.wire_bytes / 1_000:.1f}", f"{len(page.content()) / 1_000:.1f}"]


def _names(fetched: list[tuple[str, Answer]]) -> str:
    return ", ".join(
        f"{Path(address.partition('?')[0]).name} {answer.wire_bytes / 1_000:.1f}"
        for address, answer in fetched[1:]
    )
