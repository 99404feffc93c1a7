"""Phones: many connections that stay open, from one process that costs the machine little."""

from __future__ import annotations

import asyncio
import re
import time
import zlib
from dataclasses import dataclass, field
from urllib.parse import urlencode

import brotli

from tests.bench.problems import BenchError
from tests.bench.servers import HOST

#: What a phone's browser says it can read, over TLS.
ACCEPT_ENCODING = "gzip, deflate, br, zstd"
#: Longer than the slowest server takes to answer; after it the run has failed.
TIMEOUT_SECONDS = 60.0
_RECEIPT = re.compile(rb'name="receipt" value="([A-Za-z0-9_-]{16,})"')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_ENCODING = re.compile(rb"\r\ncontent-encoding: *(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came over the wire."""

    status: int
    head: bytes
    body: bytes

    @property
    def wire_bytes(self) -> int:
        """Its length with its headers."""
        return len(self.head) + len(self.body)

    def content(self) -> bytes:
        """Its body, decompressed."""
        encoding = _ENCODING.search(self.head)
        match encoding[1] if encoding else b"":
            case b"gzip":
                return zlib.decompress(self.body, 47)
            case b"br":
                content: bytes = brotli.decompress(self.body)
                return content
            case b"":
                return self.body
        raise BenchError(f"an answer is encoded as {encoding[1].decode() if encoding else ''}")


class Phone(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def connect(cls, port: int) -> Phone:
        """A phone connected to a server of this machine."""
        _transport, phone = await asyncio.get_running_loop().create_connection(cls, HOST, port)
        return phone

    async def ask(self, request: bytes) -> Answer:
        """Send a whole request and wait for the whole answer.

        Raises:
            BenchError: the server closed the connection, or sent something else than one answer.
        """
        assert self._transport
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the server."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        """Whoever waits will get no answer."""
        if self._answer and not self._answer.done():
            self._answer.set_exception(BenchError("a server closed a connection before it had answered"))

    def data_received(self, data: bytes) -> None:
        """Gather until an answer is whole."""
        self._received += data
        end = self._received.find(b"\r\n\r\n") + 4
        if end < 4 or self._answer is None or self._answer.done():
            return
        head = bytes(self._received[:end])
        length = _LENGTH.search(head)
        if length is None and b" 304 " not in head[:20]:
            self._answer.set_exception(BenchError("an answer does not say how long it is"))
            return
        whole = end + int(length[1] if length else 0)
        if len(self._received) >= whole:
            body = bytes(self._received[end:whole])
            del self._received[:whole]
            self._answer.set_result(Answer(int(head[9:12]), head, body))


def get_request(path: str, *, cookie: str = "") -> bytes:
    """A GET as a phone sends it."""
    extra = f"Cookie: {cookie}\r\n" if cookie else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/html,*/*;q=0.8\r\n"
        f"Accept-Encoding: {ACCEPT_ENCODING}\r\nAccept-Language: en-GB\r\n{extra}\r\n"
    ).encode()


def post_request(path: str, fields: dict[str, str], *, cookie: str = "") -> bytes:
    """A form as a phone sends it."""
    body = urlencode(fields)
    extra = f"Cookie: {cookie}\r\n" if cookie else ""
    return (
        f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/html,*/*;q=0.8\r\n"
        f"Accept-Encoding: {ACCEPT_ENCODING}\r\nAccept-Language: en-GB\r\n{extra}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


@dataclass(slots=True)
class Timed:
    """Seconds that each complete submission took, and each of its three requests."""

    seconds: float = 0.0
    whole: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    send: list[float] = field(default_factory=list)
    thanks: list[float] = field(default_factory=list)

    def add(self, other: Timed) -> None:
        """Add what was timed in another turn."""
        self.seconds += other.seconds
        for name in ("whole", "page", "send", "thanks"):
            getattr(self, name).extend(getattr(other, name))


def run(port: int, path: str, fields: dict[str, str], clients: int, seconds: float) -> Timed:
    """Complete submissions, one after another from each client, until the time is over and the last has its thanks.

    Raises:
        BenchError: an answer was not what a young person would have got.
    """
    return asyncio.run(_run(port, path, fields, clients, seconds))


async def _run(port: int, path: str, fields: dict[str, str], clients: int, seconds: float) -> Timed:
    timed = Timed()
    phones = [await Phone.connect(port) for _ in range(clients)]
    start = time.perf_counter()
    try:
        async with asyncio.timeout(seconds + TIMEOUT_SECONDS), asyncio.TaskGroup() as group:
            for phone in phones:
                group.create_task(_submit_until(phone, path, fields, start + seconds, timed))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    except TimeoutError:
        raise BenchError(f"an answer took longer than {TIMEOUT_SECONDS:.0f} seconds") from None
    finally:
        for phone in phones:
            phone.close()
    timed.seconds = time.perf_counter() - start
    return timed


async def _submit_until(phone: Phone, path: str, fields: dict[str, str], end: float, timed: Timed) -> None:
    opening, thanking = get_request(path), get_request(f"{path}/thanks")
    while time.perf_counter() < end:
        start = time.perf_counter()
        page = _expect(await phone.ask(opening), 200, "the survey page")
        opened = time.perf_counter()
        request = post_request(path, {**fields, "receipt": receipt_of(page)})
        posting = time.perf_counter()
        sent = _expect(await phone.ask(request), 303, "sending")
        stored = time.perf_counter()
        if f"{path}/thanks".encode() not in sent.head:
            raise BenchError("sending did not lead to the thanks page")
        _expect(await phone.ask(thanking), 200, "the thanks page")
        thanked = time.perf_counter()
        timed.whole.append(thanked - start)
        timed.page.append(opened - start)
        timed.send.append(stored - posting)
        timed.thanks.append(thanked - stored)


def receipt_of(page: Answer) -> str:
    """The receipt that stands in a survey's page.

    Raises:
        BenchError: there is none.
    """
    found = _RECEIPT.search(page.content())
    if found is None:
        raise BenchError("the survey page holds no receipt")
    return found[1].decode()


def _expect(answer: Answer, status: int, what: str) -> Answer:
    if answer.status != status:
        raise BenchError(f"{what} was answered with {answer.status}, not {status}")
    return answer
