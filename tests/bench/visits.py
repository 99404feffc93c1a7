"""A participation worker's visits over HTTP: signing in, and pages one after another on one connection."""

from __future__ import annotations

import re
import time

from tests.bench.heard_store import EMAIL, PASSWORD
from tests.bench.phones import Answer, Phone, get_request, post_request
from tests.bench.problems import BenchError

_TOKEN = re.compile(rb'name="csrf_token"[^>]* value="([^"]+)"')
_COOKIE = re.compile(rb"\r\nset-cookie: *([^;\r]+)", re.IGNORECASE)
_SIGN_IN = "/staff/sign-in"


class Visit:
    """One connection of somebody who is signed in, or not yet."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self.cookie = ""

    @classmethod
    async def begin(cls, port: int, cookie: str = "") -> Visit:
        """A new connection; with the cookie of an earlier visit, signed in."""
        visit = cls(await Phone.connect(port))
        visit.cookie = cookie
        return visit

    async def sign_in(self) -> None:
        """Sign in as a browser does: the form's token from its page, then the password.

        Raises:
            BenchError: it was refused.
        """
        page = await self.get(_SIGN_IN)
        token = _TOKEN.search(page.content())
        if token is None:
            raise BenchError("the sign-in page holds no token")
        fields = {"csrf_token": token[1].decode(), "email": EMAIL, "password": PASSWORD}
        answer = await self._phone.ask(post_request(_SIGN_IN, fields, cookie=self.cookie))
        if answer.status != 303:
            raise BenchError(f"signing in was answered with {answer.status}, not 303")
        self._keep_cookie(answer)

    async def get(self, path: str) -> Answer:
        """A page.

        Raises:
            BenchError: it was not answered with 200.
        """
        answer = await self._phone.ask(get_request(path, cookie=self.cookie))
        if answer.status != 200:
            raise BenchError(f"{path} was answered with {answer.status}, not 200")
        self._keep_cookie(answer)
        return answer

    async def timed(self, path: str) -> float:
        """Seconds from asking for a page until all of it is here."""
        start = time.perf_counter()
        await self.get(path)
        return time.perf_counter() - start

    def end(self) -> None:
        """Hang up."""
        self._phone.close()

    def _keep_cookie(self, answer: Answer) -> None:
        if found := _COOKIE.search(answer.head):
            self.cookie = found[1].decode()
