"""What a device asks by itself: to sign out because it was handed over, and whether anybody is signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.staff.desk import Desk

OUR_OWN = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://localhost"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
]
OF_OTHERS = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {},
]


@pytest.fixture
def iro(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("iro")


@pytest.mark.parametrize("headers", OUR_OWN)
def test_a_device_that_was_handed_over_ends_the_session_without_a_page(
    iro: Desk, headers: dict[str, str]
) -> None:
    assert iro.client.post("/staff/handed-over", headers=headers).status_code == 204
    assert not iro.is_signed_in()


@pytest.mark.parametrize("headers", OF_OTHERS)
def test_another_site_cannot_sign_anybody_out(iro: Desk, headers: dict[str, str]) -> None:
    assert iro.client.post("/staff/handed-over", headers=headers).status_code == 403
    assert iro.is_signed_in()


def test_where_nobody_is_signed_in_handing_over_is_as_well(desk: Callable[[], Desk]) -> None:
    assert desk().client.post("/staff/handed-over", headers=OUR_OWN[0]).status_code == 204


def test_handing_over_takes_the_cookie_away(iro: Desk) -> None:
    answer = iro.client.post("/staff/handed-over", headers=OUR_OWN[0])
    assert "heard_staff=;" in answer.headers["Set-Cookie"]


def test_a_device_learns_whether_anybody_is_signed_in(iro: Desk) -> None:
    assert iro.client.get("/staff/signed-in").status_code == 204
    iro.client.post("/staff/handed-over", headers=OUR_OWN[0])
    assert iro.client.get("/staff/signed-in").status_code == 401


@pytest.mark.parametrize("address", ["/staff/stay", "/staff/sign-out", "/staff/activity"])
def test_every_other_change_still_needs_its_token(iro: Desk, address: str) -> None:
    assert iro.client.post(address, headers=OUR_OWN[0]).status_code == 400
    assert iro.is_signed_in()
