"""What the proxy of the deployment guide would write down: its own example, read out of the documentation and really run."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.attacks.planted import Planted, found

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
#: The files that the guide tells to install for nginx.
NAMED = re.findall(r"\((examples/[\w-]+\.conf)\)", GUIDE) + [
    f"examples/{name}" for name in re.findall(r"\b(heard-\w+\.conf)\b", GUIDE)
]
_SECONDS = 10
_NAME = "heard.example.gov.uk"


@dataclass(frozen=True)
class Proxy:
    """nginx in a folder of its own, with nobody behind it, so that every request that is passed on fails."""

    folder: Path
    plain: int
    secure: int

    def ask(self, phone: Planted, sent: bytes, *, secure: bool, hangs_up: bool = False) -> bytes:
        """What is answered to some bytes from a phone's own address; nothing where nginx hangs up.

        Args:
            hangs_up: once it has its answer. Otherwise nginx waits five seconds for the rest of what it has refused.
        """
        port = self.secure if secure else self.plain
        heard = b""
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            opened: socket.socket = stack.enter_context(
                socket.create_connection(("127.0.0.1", port), _SECONDS, (phone.address, 0))
            )
            if secure:
                context = ssl.create_default_context()
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                opened = stack.enter_context(context.wrap_socket(opened, server_hostname=_NAME))
            opened.sendall(sent)
            while part := opened.recv(65536):
                heard += part
                if hangs_up and _is_whole(heard):
                    opened.shutdown(socket.SHUT_WR)
        return heard


@pytest.fixture
def nginx() -> str:
    """Where nginx is."""
    found_at = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    if found_at is None:
        pytest.skip("nginx is not installed here")
    return found_at


@pytest.fixture
def proxy(nginx: str, tmp_path: Path) -> Iterator[Proxy]:
    """The example, with free ports and a certificate of its own; its logs go where nginx puts them if nothing is said."""
    plain, secure, nobody = _free_ports(3)
    _lay_out(tmp_path, plain, secure, nobody)
    command = [
        nginx,
        "-p",
        str(tmp_path),
        "-c",
        str(tmp_path / "nginx.conf"),
        "-e",
        str(tmp_path / "main.log"),
    ]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    running = subprocess.Popen(
        [*command, "-g", "daemon off;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(secure)
        yield Proxy(tmp_path, plain, secure)
    finally:
        running.terminate()
        running.wait(_SECONDS)


def _is_whole(heard: bytes) -> bool:
    """Whether an answer is there to its end."""
    head, _, body = heard.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return length is not None and len(body) == int(length[1])


def _lay_out(folder: Path, plain: int, secure: int, nobody: int) -> None:
    (folder / "snippets").mkdir()
    (folder / "logs").mkdir()
    for name in set(NAMED):
        shutil.copy(ROOT / "docs" / name, folder / "snippets" / Path(name).name)
    site = (ROOT / "docs" / "examples" / "heard-nginx.conf").read_text(encoding="utf-8")
    for said, meant in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{secure} ssl http2;"),
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("127.0.0.1:8001", f"127.0.0.1:{nobody}"),
        ("/etc/ssl/heard/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/logs/"),
    ):
        assert said in site
        site = site.replace(said, meant)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = f"user root; pid {folder}/pid; events {{}} http {{ {temporary} include site.conf; }}"
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    _certify(folder)


def _certify(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _NAME)])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(days=1)
    )
    (folder / "fullchain.pem").write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


def _free_ports(number: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(number)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
    raise AssertionError("nginx does not answer")


def _requests(phone: Planted) -> Iterator[bytes]:
    said = f"code={phone.code}&words={phone.words.replace(' ', '+')}&receipt={phone.receipt}"
    head = f"HTTP/1.1\r\nHost: {_NAME}\r\nUser-Agent: {phone.agent}\r\nReferer: https://x/{phone.code}\r\nConnection: close\r\n"
    yield f"GET /s/{phone.receipt}?{said} {head}\r\n".encode()
    yield f"POST /s/abc {head}Content-Length: {len(said)}\r\n\r\n{said}".encode()
    yield f"POST /s/abc {head}Content-Length: 9000000\r\n\r\n{said}".encode()
    yield f"GET /staff/sign-in?{said} {head}\r\n".encode()
    yield f"GET /health?{said} {head}\r\n".encode()
    yield f"GET /{phone.code} HTTP/9.9\r\n\r\n".encode()
    yield f"{phone.words} {phone.code}\r\n\r\n".encode()
    yield f"GET / {head}X-{phone.receipt}: {'x' * 70_000}\r\n\r\n".encode()


def test_nginx_writes_down_nobody_however_a_request_goes_wrong(proxy: Proxy) -> None:
    phones = [Planted.number(number, code) for number, code in enumerate(("ACD-EFG-HJK", "MNP-QRT-WXY"))]
    with ThreadPoolExecutor(8) as several:
        asked = [
            several.submit(proxy.ask, phone, sent, secure=secure)
            for phone in phones
            for sent in _requests(phone)
            for secure in (True, False)
        ]
    answers = [one.result() for one in asked]
    statuses = {answer[9:12] for answer in answers if answer}
    assert {b"301", b"400", b"413", b"502"} <= statuses
    wanted = [text for phone in phones for text in phone.texts]
    logs = [
        file for file in proxy.folder.rglob("*") if file.is_file() and file.suffix not in {".conf", ".pem"}
    ]
    assert {file.name: here for file in logs if (here := found(wanted, file.read_bytes()))} == {}


def test_an_nginx_that_logs_as_usual_is_caught(nginx: str, tmp_path: Path) -> None:
    """Without the example's own lines the same requests leave addresses, codes and browsers."""
    folder = tmp_path / "usual"
    folder.mkdir()
    plain, secure, nobody = _free_ports(3)
    _lay_out(folder, plain, secure, nobody)
    site = folder / "site.conf"
    site.write_text(
        re.sub(r"(access|error)_log [^;]+;", "", site.read_text(encoding="utf-8")), encoding="utf-8"
    )
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "main.log")]
    main = folder / "nginx.conf"
    main.write_text(
        main.read_text(encoding="utf-8").replace("http {", f"http {{ access_log {folder}/usual.log;"),
        encoding="utf-8",
    )
    running = subprocess.Popen(
        [*command, "-g", "daemon off;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(secure)
        phone = Planted.number(0, "ACD-EFG-HJK")
        for sent in _requests(phone):
            Proxy(folder, plain, secure).ask(phone, sent, secure=True, hangs_up=True)
    finally:
        running.terminate()
        running.wait(_SECONDS)
    held = (folder / "usual.log").read_bytes() + (folder / "main.log").read_bytes()
    assert {phone.address, phone.agent, phone.code} <= found(phone.texts, held)
