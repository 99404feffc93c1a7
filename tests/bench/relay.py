"""A relay between a browser and a server that counts what goes through: what a phone really fetches, its worker's requests included."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HOST = "127.0.0.1"
_REQUEST = re.compile(rb"(?:^|\r\n\r\n)([A-Z]+ \S+) HTTP/1\.1\r\n")


class Relay:
    """Counts from ``reset`` on.

    Attributes:
        requests: method and path of each request, in order.
        wire_bytes: bytes that came back, headers included.
    """

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self.requests: list[str] = []
        self.wire_bytes = 0
        self.port = 0

    def reset(self) -> None:
        """Count from nothing."""
        self.requests, self.wire_bytes = [], 0

    async def serve(self, started: threading.Event, stop: asyncio.Event) -> None:
        """Relay until told to stop."""
        async with await asyncio.start_server(self._relay, HOST, 0) as listening:
            self.port = listening.sockets[0].getsockname()[1]
            started.set()
            await stop.wait()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(HOST, self._server_port)
        await asyncio.gather(self._forward(reader, to_server), self._back(from_server, writer))

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while part := await reader.read(65_536):
                self.requests += [found.decode() for found in _REQUEST.findall(part)]
                writer.write(part)
                await writer.drain()
        writer.close()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while part := await reader.read(65_536):
                self.wire_bytes += len(part)
                writer.write(part)
                await writer.drain()
        writer.close()


@contextmanager
def relay(server_port: int) -> Iterator[Relay]:
    """A relay to a server of this machine, until the block ends."""
    made = Relay(server_port)
    started, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(made.serve(started, stop),), daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
