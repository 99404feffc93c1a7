"""The example files of the deployment guide keep its promises: nothing about who answered is written down."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feedback_app import MOST_BYTES

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
NGINX = (EXAMPLES / "heard-nginx.conf").read_text(encoding="utf-8")
SERVERS = re.findall(r"^server \{\n.*?^\}", NGINX, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("server", SERVERS, ids=["http", "https"])
def test_nginx_logs_no_request_and_no_address(server: str) -> None:
    assert re.findall(r"access_log ([^;]+);", server) == ["off"]
    assert [log.split()[-1] for log in re.findall(r"error_log ([^;]+);", server)] == ["emerg"]


@pytest.mark.parametrize("snippet", ["heard-anonymous.conf", "heard-staff.conf"])
@pytest.mark.parametrize("header", ["X-Real-IP", "Forwarded", "User-Agent"])
def test_nginx_passes_on_nothing_that_tells_phones_apart(snippet: str, header: str) -> None:
    assert f'proxy_set_header {header} "";' in (EXAMPLES / snippet).read_text(encoding="utf-8")


def test_nginx_passes_an_address_on_with_answers_alone() -> None:
    assert 'proxy_set_header X-Forwarded-For "";' in (EXAMPLES / "heard-staff.conf").read_text(
        encoding="utf-8"
    )
    anonymous = (EXAMPLES / "heard-anonymous.conf").read_text(encoding="utf-8")
    assert "proxy_set_header X-Forwarded-For $heard_source;" in anonymous
    told = re.findall(r"^map .*?^\}", NGINX, flags=re.MULTILINE | re.DOTALL)
    assert [" ".join(each.split()) for each in told] == [
        'map "$request_method $uri" $heard_source { default ""; "~^POST /s/" $remote_addr; }'
    ]


def test_nginx_passes_a_cookie_on_for_staff_alone() -> None:
    assert 'proxy_set_header Cookie "";' in (EXAMPLES / "heard-anonymous.conf").read_text(encoding="utf-8")
    places = dict(
        re.findall(r"location (?:= )?(\S+) \{.*?snippets/heard-(\w+)\.conf", NGINX, flags=re.DOTALL)
    )
    assert {place for place, snippet in places.items() if snippet == "staff"} == {"/staff", "/staff/sign-in"}


def test_nginx_lets_through_what_heard_takes_and_keeps_it_in_memory() -> None:
    sizes = dict(re.findall(r"(client_max_body_size|client_body_buffer_size) (\d+)k;", NGINX))
    assert {int(size) * 1024 for size in sizes.values()} == {MOST_BYTES}
    assert len(sizes) == 2


@pytest.mark.parametrize("unit", sorted(EXAMPLES.glob("*.service")), ids=lambda unit: unit.name)
def test_services_run_without_rights_and_leave_nothing_readable(unit: Path) -> None:
    lines = unit.read_text(encoding="utf-8").splitlines()
    for line in ("User=heard", "UMask=0077", "LimitCORE=0", "NoNewPrivileges=yes", "ProtectSystem=strict"):
        assert line in lines


def test_no_example_holds_a_key() -> None:
    settings = (EXAMPLES / "heard.env").read_text(encoding="utf-8")
    assert re.findall(r"^HEARD_(?:SECRET_KEY|WORDS_KEYS)=(.*)$", settings, flags=re.MULTILINE) == ["''", "''"]
