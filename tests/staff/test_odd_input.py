"""Bytes that nobody types, which PostgreSQL takes in no text, are refused like anything else that is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.staff.desk import Desk

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("address", ["/s/%00", "/s/ab%00cd", "/s/ab%00cd/conversation"])
def test_a_link_with_a_null_byte_is_unknown(app: Flask, address: str) -> None:
    assert app.test_client().get(address).status_code == 404


def test_answers_to_a_link_with_a_null_byte_are_not_taken(app: Flask) -> None:
    assert app.test_client().post("/s/ab%00cd", data={"receipt": "x" * 22}).status_code == 404


@pytest.mark.parametrize("address", ["/staff/sign-in", "/staff/forgotten"])
def test_a_null_byte_in_an_e_mail_address_signs_nobody_in(desk: Callable[[], Desk], address: str) -> None:
    someone = desk()
    form = {"csrf_token": someone.token("/staff/sign-in"), "email": "one\0@example.org", "password": "\0"}
    assert someone.client.post(address, data=form).status_code in {200, 422}


def test_a_null_byte_in_a_new_account_is_dropped(desk: Callable[[], Desk]) -> None:
    admin = desk().sign_in("admin")
    form = {"email": "new\0@example.org", "roles": ["iro"], "team": "North\0"}
    assert "new@example.org" in admin.post("/staff/people/add", form).text
