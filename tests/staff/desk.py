"""A member of staff at a browser, for tests."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from feedback_app.staff import security
from feedback_app.store import Store
from feedback_app.store import staff as accounts
from tests.support.pages import Page, PageChecker

PASSWORD = "seven green bicycles"
_hashes: dict[str, str] = {}


def hashed(app: Flask, password: str = PASSWORD) -> str:
    """A password's hash; hashing is slow on purpose, so each is made once."""
    if password not in _hashes:
        with app.app_context():
            _hashes[password] = security.hashed(password)
    return _hashes[password]


class Desk:
    """One browser. ``sign_in`` adds the account where it is missing.

    Args:
        app: the application.
        store: on the same database.
    """

    def __init__(self, app: Flask, store: Store) -> None:
        self.app = app
        self.store = store
        self.client: FlaskClient = app.test_client()
        self.pages = PageChecker(self.client)

    def account(self, email: str, *roles: str, team: str = "") -> int:
        """The id of an account with these roles and ``PASSWORD``."""
        row = accounts.find_by_email(self.store, email)
        if row:
            return row.id
        user_id = accounts.add(self.store, email, roles, team)
        accounts.set_password(self.store, user_id, hashed(self.app))
        return user_id

    def sign_in(
        self, *roles: str, email: str | None = None, password: str = PASSWORD, team: str = ""
    ) -> Desk:
        """Sign in as somebody with these roles."""
        email = email or f"{'.'.join(roles)}@example.org"
        self.account(email, *roles, team=team)
        self.try_password(email, password)
        return self

    def try_password(self, email: str, password: str) -> Any:
        """What is answered to an e-mail address and a password."""
        token = self.token("/staff/sign-in")
        return self.client.post(
            "/staff/sign-in", data={"csrf_token": token, "email": email, "password": password}
        )

    def is_signed_in(self) -> bool:
        """Whether the home page is shown."""
        return self.client.get("/staff/").status_code == 200

    def token(self, address: str) -> str:
        """The CSRF token of a page."""
        page = self.pages.get(address)
        return str(page.all("//input[@name='csrf_token']/@value")[0])

    def get(self, address: str, status: int = 200) -> Page:
        """A page, every check passed."""
        return self.pages.get(address, status)

    def post(self, address: str, data: dict[str, Any] | None = None, status: int = 200) -> Page:
        """The page that answers a form, with this session's CSRF token, redirects followed."""
        return self.pages.post(address, {"csrf_token": self.token("/staff/"), **(data or {})}, status)
