"""Limits on wrong codes, in memory alone: guessing is hopeless, and nobody's address is kept (decision 16).

While a round sees few failures nobody is limited, so a room of tablets behind one address may mistype as it likes. Once there are
more in an hour, or in a day, than mistakes explain, whoever has failed a few times in that hour waits, and their code is not looked at.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from threading import Lock
from typing import Final

from limits import RateLimitItemPerDay, RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

#: So many wrong codes of a round within an hour may be mistakes. Only codes whose check letter is right count: one mistyped
#: letter never is, and codes that were used, or belong elsewhere, come from as many slips of paper.
ROUND_FAILURES: Final = 300
#: The same within a day: whoever stays just under the limit of an hour meets this one.
DAY_FAILURES: Final = 600
#: So many failures an hour are looked at from one source while a round has more than that.
SOURCE_FAILURES: Final = 3
#: Addresses are told apart as so many sources. It bounds the memory that they take, and what all addresses of the world
#: together can try in an hour.
SOURCES: Final = 1_024
#: After so long what tells sources apart is thrown away, and with it who failed.
SALT_SECONDS: Final = 3_600.0

_ROUND: Final = (RateLimitItemPerHour(ROUND_FAILURES), RateLimitItemPerDay(DAY_FAILURES))
_SOURCE: Final = RateLimitItemPerHour(SOURCE_FAILURES)
#: A site with IPv6 has at least so many addresses of its own: they are one source.
_IPV6_SITE: Final = 48


class MustWait(Exception):
    """Too many wrong codes came, some of them from this source: the code is not looked at now."""


class Guesses:
    """The wrong codes that one process has seen in the last hour."""

    def __init__(self) -> None:
        self._rounds = MovingWindowRateLimiter(MemoryStorage())
        self._lock = Lock()
        self._renew()

    def _renew(self) -> None:
        self._salt, self._since = secrets.token_bytes(32), time.monotonic()
        self._sources = MovingWindowRateLimiter(MemoryStorage())

    def source(self, address: str) -> str:
        """Which of ``SOURCES`` an address belongs to, for as long as the salt lives. From it no address can be told."""
        with self._lock:
            if time.monotonic() - self._since >= SALT_SECONDS:
                self._renew()
            digest = hmac.digest(self._salt, _site(address).encode(), "sha256")
        return str(int.from_bytes(digest[:8], "big") % SOURCES)

    def look(self, round_slug: str, source: str, is_there: Callable[[], bool]) -> bool:
        """Whether a code is there, counted where it is not. One look after another, so that none slips past the limits.

        Raises:
            MustWait: it was not looked at.
        """
        with self._lock:
            is_flooded = not all(self._rounds.test(limit, round_slug) for limit in _ROUND)
            if is_flooded and not self._sources.test(_SOURCE, source):
                raise MustWait
            found = is_there()
            if not found:
                for limit in _ROUND:
                    self._rounds.hit(limit, round_slug)
                self._sources.hit(_SOURCE, source)
        return found


def _site(address: str) -> str:
    """An address, or the network that a site with IPv6 has to itself; all that is no address is one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((int(parsed), _IPV6_SITE), strict=False))
    return str(parsed)
