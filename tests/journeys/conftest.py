"""Staff at their desks, and young people who send forms as a phone without script does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from feedback_app.store import Store
from tests.staff.conftest import desk
from tests.staff.desk import Desk
from tests.support.pages import PageChecker

__all__ = ["desk"]

MakeDesk = Callable[[], Desk]


@dataclass
class Phone:
    """One young person's phone: opens the survey, fills the form, and sends it as often as it is told to.

    Attributes:
        answers: the form as it was sent; the same each time, receipt included.
    """

    app: Flask
    address: str
    answers: dict[str, str] = field(default_factory=dict)

    def open(self) -> Phone:
        """Open the survey, every check passed, and keep the receipt that the page made."""
        page = PageChecker(self.app.test_client()).get(self.address)
        self.answers["receipt"] = page.value("receipt")
        return self

    def send(self, **answers: str) -> TestResponse:
        """Send the form, from a client that keeps nothing from before."""
        self.answers |= answers
        headers = {"User-Agent": "Phone/1.0 (secret model)", "X-Forwarded-For": "203.0.113.77"}
        environ = {"REMOTE_ADDR": "203.0.113.77"}
        return self.app.test_client().post(
            self.address, data=self.answers, headers=headers, environ_base=environ
        )


@pytest.fixture
def participation(desk: MakeDesk) -> Desk:
    """A participation worker."""
    return desk().sign_in("participation", email="one@example.org")


@pytest.fixture
def colleague(desk: MakeDesk) -> Desk:
    """Another one."""
    return desk().sign_in("participation", email="two@example.org")


@pytest.fixture
def link(participation: Desk, store: Store) -> str:
    """The path of a round that the participation worker opened."""
    page = participation.post(
        "/staff/rounds/open",
        {"survey": "iro_review", "opens": "2026-11-20", "closes": "2026-12-20", "entry": "link", "codes": ""},
    )
    return str(page.one("//*[@id='round-address']").text).removeprefix("http://localhost")
