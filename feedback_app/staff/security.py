"""Flask-Security for the staff pages, and for them alone.

Flask-Security, Flask-Login and Flask-WTF hook themselves to every request of an application. Here every hook is moved
to the staff blueprint, so that young people's pages neither read nor write a session, look at no sign-in header, and
pay for none of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from flask import Flask, Request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import current_user
from flask_security import hash_password
from flask_security.core import Security, UserMixin
from flask_security.datastore import SQLAlchemySessionUserDatastore
from flask_security.utils import login_user, logout_user
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import scoped_session, sessionmaker

from feedback_app.config import Config
from feedback_app.store import Store
from feedback_app.store.models import Role, User

#: However busy somebody is, they sign in again after this long.
SESSION_HOURS_AT_MOST: Final = 12

#: Argon2id as OWASP's Password Storage Cheat Sheet gives it (19 MiB, 2 passes, 1 lane): the memory is taken and given
#: back with every sign-in, so that a process which serves pages stays small.
ARGON2: Final = {
    "argon2__type": "ID",
    "argon2__memory_cost": 19_456,
    "argon2__time_cost": 2,
    "argon2__parallelism": 1,
}

_HOOKS: Final = (
    "before_request_funcs",
    "after_request_funcs",
    "teardown_request_funcs",
    "template_context_processors",
)
_STARTED: Final = "started"
_STAFF_PATH: Final = "/staff"

csrf = CSRFProtect()


class StaffSessions(SecureCookieSessionInterface):
    """Sessions for staff pages alone: anywhere else there is none, and nothing can be written to it."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a staff page, new or from its cookie; None elsewhere."""
        is_staff_page = request.path == _STAFF_PATH or request.path.startswith(f"{_STAFF_PATH}/")
        return super().open_session(app, request) if is_staff_page else None


class _Accounts(SQLAlchemySessionUserDatastore):
    """Looks members of staff up. They are written by ``store.staff`` alone."""

    def find_user(self, *args: Any, **kwargs: Any) -> UserMixin | None:
        """The account, with nothing left open: a read that lasts as long as the request would hold up counting."""
        user = super().find_user(*args, **kwargs)
        self.db.session.commit()
        return user


def init_app(app: Flask, config: Config, store: Store) -> None:
    """Set up sign-in, sessions and CSRF protection, hooked to the staff blueprint only."""
    app.config.update(_settings(config))
    app.session_interface = StaffSessions()
    sessions = scoped_session(sessionmaker(store.engine, expire_on_commit=False))
    security = Security(datastore=_Accounts(sessions, User, Role), register_blueprint=False)

    def init_extensions() -> None:
        csrf.init_app(app)
        security.init_app(app)

    _hook_to_staff_only(app, init_extensions)
    # "basic" protection would keep a hash of the address and the browser; an IRO's phone changes its address all day.
    security.login_manager.session_protection = None
    app.teardown_appcontext(lambda _error: sessions.remove())


def sign_in(user: User) -> None:
    """Start a session for somebody whose password has been checked."""
    session.clear()
    login_user(user, remember=False)
    session.pop("_id", None)
    session.permanent = True
    session[_STARTED] = int(time.time())


def sign_out() -> None:
    """End this session; nothing of it stays in the cookie."""
    if current_user.is_authenticated:
        logout_user()
    session.clear()


def end_old_session() -> None:
    """Sign out a session that has lasted as long as one may."""
    if (
        current_user.is_authenticated
        and time.time() - session.get(_STARTED, 0) > SESSION_HOURS_AT_MOST * 3600
    ):
        sign_out()


def hashed(password: str) -> str:
    """A password's argon2id hash; needs an application context."""
    return str(hash_password(password))


def _settings(config: Config) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_NAME": "heard_staff",
        "SESSION_COOKIE_PATH": _STAFF_PATH,
        "SESSION_COOKIE_HTTPONLY": True,
        # Not Strict: a link to a staff page in an e-mail would find nobody signed in, and its answer would end the
        # session. Every change is a POST with a CSRF token.
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.is_production,
        "PERMANENT_SESSION_LIFETIME": timedelta(minutes=config.session_idle_minutes),
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        # Every page says "no-referrer", so there is no referrer to check over TLS; the token is what is checked.
        "WTF_CSRF_SSL_STRICT": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": ARGON2,
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_TRACKABLE": False,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
    }


def _hook_to_staff_only(app: Flask, init: Callable[[], None]) -> None:
    there = {name: list(getattr(app, name)[None]) for name in _HOOKS}
    init()
    for name, before in there.items():
        table = getattr(app, name)
        added = [hook for hook in table[None] if hook not in before]
        table[None][:] = before
        table["staff"].extend(added)
