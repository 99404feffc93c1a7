"""Heard is really served, used and abused; then every file it leaves, and every log, is searched for what was sent.

Searched are the whole SQLite file with its write-ahead file and what else lies beside it, or every file of the PostgreSQL server and
all that its write-ahead log was told meanwhile: that log holds every change of a page until it is used again, so also a code that is
deleted, as a hash.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from feedback_app.store import Store, rounds, today_in_england
from feedback_app.store import staff as accounts
from feedback_app.store.secrets import Secrets
from surveys.catalogue import Catalogue
from tests.attacks.loot import is_superuser, steal, write_ahead_log
from tests.attacks.planted import Planted, as_written, found
from tests.bench.servers import HOST, Server, heard_server
from tests.conftest import SECRET_KEY, WORDS_KEY
from tests.store.answering import open_round, send

pytestmark = pytest.mark.slow

UNITS = Path(__file__).resolve().parents[2] / "docs" / "examples"
_SECONDS = 20
#: How many phones, each with everything of its own.
PHONES = 6


@pytest.fixture
def real(database_url: str, secrets: Secrets, catalogue: Catalogue) -> Iterator[Store]:
    """The store on the day that it really is, as the server has it."""
    opened = Store(database_url, secrets, catalogue, today_in_england)
    if not is_superuser(opened):
        pytest.skip("the PostgreSQL server at HEARD_TEST_POSTGRES does not let this user read its files")
    yield opened
    opened.close()


@dataclass
class Abuse:
    """Phones at a server.

    Attributes:
        log: gives what PostgreSQL's write-ahead log was told since before the first of them came; nothing on SQLite.
    """

    server: Server
    slug: str
    phones: list[Planted]
    log: Callable[[], dict[str, bytes]]
    statuses: list[int] = field(default_factory=list)

    def ask(
        self, phone: Planted, method: str, path: str, body: bytes | str | None = None, **headers: str
    ) -> int:
        """The status of an answer to one request from a phone's own address."""
        connection = http.client.HTTPConnection(
            HOST, self.server.port, timeout=_SECONDS, source_address=(phone.address, 0)
        )
        sent = {
            "User-Agent": phone.agent,
            "X-Forwarded-For": phone.forwarded,
            "X-Real-IP": phone.forwarded,
            "Referer": f"http://{phone.forwarded}/{phone.code}",
            "Cookie": f"code={phone.code}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        try:
            # The server may have heard enough, and hang up, before all is said.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body, sent)
            status = connection.getresponse().status
        except (http.client.HTTPException, OSError):
            status = 0
        finally:
            connection.close()
        self.statuses.append(status)
        return status

    def post(self, phone: Planted, path: str, **fields: str) -> int:
        """Send a form."""
        kind = "application/x-www-form-urlencoded"
        return self.ask(phone, "POST", path, urlencode(fields), Content_Type=kind)

    def answer(self, phone: Planted, **changed: str) -> int:
        """Send a phone's answers."""
        fields = {
            "receipt": phone.receipt,
            "code": phone.code,
            "carers_listen": "yes",
            "what_helps": phone.words,
        }
        return self.post(phone, f"/s/{self.slug}", **{**fields, **changed})

    def raw(self, phone: Planted, sent: bytes) -> None:
        """Send bytes that are no request, and go."""
        with (
            contextlib.suppress(OSError),
            socket.create_connection((HOST, self.server.port), _SECONDS, (phone.address, 0)) as opened,
        ):
            opened.sendall(sent)
            opened.shutdown(socket.SHUT_WR)
            while opened.recv(65536):
                pass


@pytest.fixture
def abuse(real: Store, database_url: str, tmp_path: Path) -> Iterator[Abuse]:
    """The served application, a round with codes, and somebody who answers those who want to be contacted."""
    with write_ahead_log(real) as log:
        yield from _served(real, database_url, tmp_path, log)


def _served(
    real: Store, database_url: str, tmp_path: Path, log: Callable[[], dict[str, bytes]]
) -> Iterator[Abuse]:
    slug, codes = open_round(real, codes=PHONES + 4)
    reader = accounts.add(real, "reader@example.org", ["safeguarding"])
    accounts.set_password(real, reader, "no hash of any password")
    settings = {
        "HEARD_ENV": "testing",
        "HEARD_INSTANCE": str(tmp_path / "instance"),
        "HEARD_DATABASE_URL": database_url,
        "HEARD_SECRET_KEY": SECRET_KEY,
        "HEARD_WORDS_KEYS": WORDS_KEY,
        "HEARD_PROXIES": "1",
    }
    phones = [Planted.number(number, code) for number, code in enumerate(codes[:PHONES])]
    with heard_server(settings, tmp_path) as server:
        yield Abuse(server, slug, phones, log)


def everything_goes_wrong(abuse: Abuse) -> None:
    """What comes from young people's phones that the server refuses, cannot read, or has no page for."""
    for phone in abuse.phones:
        words, survey = phone.words, f"/s/{abuse.slug}"
        said = urlencode({"code": phone.code, "words": words, "receipt": phone.receipt})
        abuse.ask(phone, "GET", f"/s/{phone.receipt}?{said}")
        abuse.ask(phone, "GET", f"/nothing/{phone.code}/{phone.receipt}?{said}")
        abuse.ask(phone, "GET", f"{survey}?{said}")
        abuse.ask(phone, "GET", f"/s/%00{phone.code}")
        abuse.ask(phone, "GET", f"/s/%FF%FE{phone.code}")
        abuse.ask(phone, "GET", f"/{'x' * 70_000}{phone.code}")
        abuse.ask(phone, "PUT", survey, said)
        abuse.ask(phone, "BREW", f"{survey}/{phone.code}")
        abuse.ask(phone, "GET", f"/staff/rounds/{phone.code}?{said}")
        abuse.post(phone, "/staff/sign-in", email=f"{phone.code}@example.org", password=words)
        abuse.post(phone, survey, receipt="wrong", code=phone.code, carers_listen="shoes", what_helps=words)
        abuse.post(phone, survey, receipt=phone.receipt, code=phone.code, what_helps=words * 90)
        abuse.answer(phone, code="WRNG-CDES", receipt=phone.receipt[::-1])
        abuse.ask(phone, "POST", survey, words * 70_000, Content_Type="text/plain")
        abuse.ask(
            phone,
            "POST",
            survey,
            words.encode("utf-16") + b"\xff\x00",
            Content_Type=f"x/y; charset={words[:20]}",
        )
        abuse.ask(
            phone,
            "POST",
            survey,
            f"--b\r\nContent-Disposition: form-data; name={words}",
            Content_Type="multipart/form-data; boundary=b",
        )
        abuse.post(phone, "/contact", name=phone.contact, reach="")
        head = f"POST {survey} HTTP/1.1\r\nHost: {phone.code}\r\nUser-Agent: {phone.agent}\r\n"
        abuse.raw(phone, f"{head}Content-Length: 90000\r\n\r\nwhat_helps={words}".encode())
        abuse.raw(phone, f"{head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{words}\r\n".encode())
        abuse.raw(phone, f"{head}{words}\r\n\r\n".encode())
        abuse.raw(phone, f"{words} {phone.code} {phone.receipt}\r\n\r\n".encode())
        abuse.raw(phone, b"\x16\x03\x01" + words.encode())


def nothing_can_be_stored(abuse: Abuse, real: Store) -> None:
    """The database lacks a table for a while, so that what is sent fails at the server."""
    spare = abuse.phones[-1]
    with real.writing() as session:
        session.execute(text("ALTER TABLE reading_item RENAME TO lost"))
    assert abuse.answer(spare) == 500
    with real.writing() as session:
        session.execute(text("ALTER TABLE lost RENAME TO reading_item"))


def left_behind(abuse: Abuse, real: Store, folder: Path) -> dict[str, bytes]:
    """Every file that there is once all is over."""
    files = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {**files, **steal(real).files, **abuse.log()}


def test_nothing_of_what_was_sent_is_in_any_file_or_log(abuse: Abuse, real: Store, tmp_path: Path) -> None:
    for phone in abuse.phones[:-1]:
        assert abuse.ask(phone, "GET", f"/s/{abuse.slug}") == 200
        assert abuse.answer(phone) == 303
        assert abuse.answer(phone) == 303
        assert (
            abuse.post(phone, "/contact", name=phone.contact, reach=phone.contact, when="", about="") == 303
        )
    everything_goes_wrong(abuse)
    nothing_can_be_stored(abuse, real)
    assert {303, 404, 405, 413, 422, 500} <= set(abuse.statuses)
    files = left_behind(abuse, real, tmp_path)
    log = abuse.server.log.name
    assert b'"event": "failed"' in files[log]
    wanted = [one for phone in abuse.phones for one in phone.texts]
    assert {name: here for name, held in files.items() if (here := found(wanted, held))} == {}
    groups = [group for phone in abuse.phones for group in phone.printed_groups]
    assert not [group for group in groups if group.encode() in files[log]]


def test_a_used_code_is_gone_and_an_unused_one_was_never_there(
    abuse: Abuse, real: Store, tmp_path: Path
) -> None:
    used, unused = abuse.phones[:2]
    abuse.answer(used)
    (row,) = rounds.listing(real)
    assert row.codes_left == PHONES + 3
    held = b"".join(left_behind(abuse, real, tmp_path).values())
    assert (
        found([used.code, used.code.replace("-", ""), unused.code, unused.code.replace("-", "")], held)
        == set()
    )


def test_the_search_finds_what_is_written_in_any_form() -> None:
    phone = Planted.number(3, "ACDE-FGHJK")
    for one in phone.texts:
        for form in as_written(one):
            assert found([one], b"\x00gAAAAA" + form + b"~~~") == {one}


def test_the_search_finds_words_that_were_not_sealed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the tables and, on PostgreSQL, in its write-ahead log."""
    monkeypatch.setattr(Secrets, "seal_bytes", lambda _self, plain: plain)
    slug, _ = open_round(store)
    phone = Planted.number(3, "ACDE-FGHJK")
    with write_ahead_log(store) as log:
        send(store, slug, {"carers_listen": "yes", "what_helps": phone.words})
        written = b"".join(log().values())
    held = b"".join(steal(store, whole=False).files.values())
    assert phone.words in found(phone.texts, held)
    assert store.file or phone.words in found(phone.texts, written)


@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda unit: unit.name)
def test_no_nightly_job_writes_into_the_journal_how_many_there_are(unit: Path) -> None:
    """Night by night, such a number would say on which day somebody answered."""
    lines = unit.read_text(encoding="utf-8").splitlines()
    assert ("Type=oneshot" in lines) == ("StandardOutput=null" in lines)
