"""Who may see which staff page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from feedback_app.staff import permissions
from tests.staff.desk import Desk

ROLES = ("iro", "participation", "board", "safeguarding", "admin")
#: Pages without a part to fill in, and who may see them.
PAGES = {
    "/staff/": ROLES,
    "/staff/help": ROLES,
    "/staff/password": ROLES,
    "/staff/conversation": ("iro", "participation"),
    "/staff/rounds": ("participation",),
    "/staff/rounds/open": ("participation",),
    "/staff/results": ("participation", "board"),
    "/staff/results/wellbeing": ("participation", "board"),
    "/staff/comments": ("participation",),
    "/staff/report": ("participation", "board"),
    "/staff/activity": ("participation",),
    "/staff/reading": ("safeguarding",),
    "/staff/reading/months": ("safeguarding", "admin"),
    "/staff/readers": ("participation", "safeguarding", "admin"),
    "/staff/contact": ("safeguarding",),
    "/staff/people": ("admin",),
    "/staff/people/add": ("admin",),
}


def staff_endpoints(app: Flask) -> set[str]:
    return {
        rule.endpoint.removeprefix("staff.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.")
    }


def test_every_staff_page_says_who_may_see_it(app: Flask) -> None:
    assert staff_endpoints(app) == permissions.ALLOWED.keys() | permissions.ANYONE


def test_every_address_under_staff_belongs_to_the_blueprint_that_is_guarded(app: Flask) -> None:
    under_staff = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff")}
    assert {endpoint.partition(".")[0] for endpoint in under_staff} == {"staff"}


def test_a_page_that_says_nothing_is_refused_to_everyone() -> None:
    assert not permissions.allows("a_page_forgotten_in_the_table", ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_its_pages_and_no_others(desk: Callable[[], Desk], role: str) -> None:
    browser = desk().sign_in(role)
    seen = {address for address in PAGES if browser.client.get(address).status_code == 200}
    refused = {address for address in PAGES if browser.client.get(address).status_code == 403}
    assert seen == {address for address, roles in PAGES.items() if role in roles}
    assert refused == PAGES.keys() - seen


def test_a_refusal_is_a_page_that_says_why(desk: Callable[[], Desk]) -> None:
    page = desk().sign_in("iro").get("/staff/people", 403)
    assert page.heading == "You cannot see this page"


@pytest.mark.parametrize("address", PAGES)
def test_nobody_sees_a_page_without_signing_in(desk: Callable[[], Desk], address: str) -> None:
    answer = desk().client.get(address)
    assert answer.status_code == 303
    assert answer.location.startswith("/staff/sign-in")


def test_two_roles_together_see_the_pages_of_both(desk: Callable[[], Desk]) -> None:
    browser = desk().sign_in("board", "safeguarding")
    assert browser.get("/staff/reading").heading == "Words to read"
    assert browser.get("/staff/results").heading == "Results"


@pytest.mark.parametrize("role", ROLES)
def test_no_page_offers_a_link_that_is_refused(desk: Callable[[], Desk], role: str) -> None:
    browser = desk().sign_in(role)
    for address in (address for address, roles in PAGES.items() if role in roles):
        for link in set(browser.get(address).all("//a/@href[starts-with(., '/staff')]")):
            assert browser.client.get(link).status_code in (200, 303), f"{address} offers {link}"


def test_an_address_under_staff_that_is_no_page_says_so_and_leads_home(desk: Callable[[], Desk]) -> None:
    page = desk().sign_in("board").get("/staff/nowhere/at/all", 404)
    assert page.heading == "There is no such page"
    assert page.all("//main//a/@href") == ["/staff/"]
