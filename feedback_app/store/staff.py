"""Accounts of members of staff: the only code that reads and writes them. Passwords arrive here already hashed."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback_app.store import Store, audit, contact_requests, staff_log
from feedback_app.store.models import Role, User

#: Every role, in the order people read them.
ROLES: Final = ("iro", "participation", "board", "safeguarding", "admin")

#: This many failures in a row, and the account rests.
FAILURES_ALLOWED: Final = 5
#: How long it rests the first time, and at most; each further failure doubles it.
FIRST_LOCK_MINUTES: Final = 15
LONGEST_LOCK_MINUTES: Final = 24 * 60

_EMAIL: Final = re.compile(r"[^@\s<>\"',;:()\\]{1,64}@[^@\s<>\"',;:()\\]+\.[^@\s<>\"',;:()\\.]+")


class StaffError(Exception):
    """Something that cannot be done with an account; the message is one sentence for the person who tried."""

    @property
    def sentence(self) -> str:
        """The message."""
        return str(self)


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One member of staff, without anything secret.

    Attributes:
        roles: in the order of ``ROLES``.
        has_password: False until the first one-time link has been used.
        locked_until: UTC, or None where sign-in is not locked.
    """

    id: int
    email: str
    team: str
    roles: tuple[str, ...]
    active: bool
    has_password: bool
    locked_until: dt.datetime | None


def now_utc() -> dt.datetime:
    """The time, UTC, without a zone, as ``locked_until`` is stored."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def lock_minutes(failures: int) -> int:
    """How long an account rests after so many failures in a row: 15 minutes from the fifth, doubling, a day at most."""
    if failures < FAILURES_ALLOWED:
        return 0
    doubled: int = FIRST_LOCK_MINUTES << min(failures - FAILURES_ALLOWED, 10)
    return min(doubled, LONGEST_LOCK_MINUTES)


def add(store: Store, email: str, roles: Iterable[str], team: str = "", by: int | None = None) -> int:
    """A new account, without a password. Returns its id.

    Raises:
        StaffError: not an e-mail address, one that has an account, or no or an unknown role.
    """
    email = email.strip().lower()
    if len(email) > 255 or not _EMAIL.fullmatch(email):
        raise StaffError(f"{email!r} is not an e-mail address")
    with store.writing() as session:
        if session.scalar(select(User.id).where(User.email == email)):
            raise StaffError(f"{email} already has an account")
        user = User(email=email, active=True, fs_uniquifier=secrets.token_hex(), team=_team(team))
        user.roles = _roles(session, roles)
        session.add(user)
        session.flush()
        audit.record(store, session, by, "staff_added", email)
        staff_log.record_roles(store, session, by, email, (), _names(user))
        return int(user.id)


def listing(store: Store) -> list[StaffRow]:
    """Everyone, by e-mail address; those who are switched off last."""
    with store.reading() as session:
        return [_row(user) for user in session.scalars(select(User).order_by(User.active.desc(), User.email))]


def find(store: Store, user_id: int) -> StaffRow | None:
    """One member of staff, or None."""
    with store.reading() as session:
        user = session.get(User, user_id)
        return _row(user) if user else None


def find_by_email(store: Store, email: str) -> StaffRow | None:
    """One member of staff by e-mail address, in whatever case it was typed, or None."""
    with store.reading() as session:
        user = session.scalar(select(User).where(User.email == email.strip().lower()))
        return _row(user) if user else None


def change(store: Store, user_id: int, roles: Iterable[str], team: str, by: int | None = None) -> None:
    """Give a member of staff other roles or another team. Which roles were given or taken away is recorded.

    Raises:
        StaffError: no or an unknown role, or nobody would be left who can look after people.
    """
    with store.writing() as session:
        user = _user(session, user_id)
        before, team_before = _names(user), user.team
        with _admins_kept(session, user):
            user.roles, user.team = _roles(session, roles), _team(team)
        staff_log.record_roles(store, session, by, user.email, before, _names(user))
        if user.team != team_before:
            audit.record(store, session, by, "team_changed", user.email)


def switch_off(store: Store, user_id: int, by: int | None = None) -> None:
    """Somebody has left: every session ends with its next request, every link they hold is void.

    Raises:
        StaffError: it is your own account, or the last one that can look after people.
    """
    if user_id == by:
        raise StaffError("You cannot switch off your own account; ask another administrator")
    with store.writing() as session:
        user = _user(session, user_id)
        with _admins_kept(session, user):
            user.active, user.fs_uniquifier = False, secrets.token_hex()
        contact_requests.forget_whoever(session, user_id)
        audit.record(store, session, by, "staff_switched_off", user.email)


def switch_on(store: Store, user_id: int, by: int | None = None) -> None:
    """Let somebody in again. They need a new one-time link: the old password is gone."""
    with store.writing() as session:
        user = _user(session, user_id)
        user.active, user.password, user.fs_uniquifier = True, None, secrets.token_hex()
        user.failed_sign_ins, user.locked_until = 0, None
        audit.record(store, session, by, "staff_switched_on", user.email)


def unlock(store: Store, user_id: int, by: int | None = None) -> None:
    """Forget failed sign-ins."""
    with store.writing() as session:
        user = _user(session, user_id)
        user.failed_sign_ins, user.locked_until = 0, None
        audit.record(store, session, by, "staff_unlocked", user.email)


def end_sessions(store: Store, user_id: int, by: int | None = None) -> str:
    """End every session and void every one-time link; returns what the next link is made from.

    Recorded, since whoever makes somebody's link could use it themselves.
    """
    with store.writing() as session:
        user = _user(session, user_id)
        user.fs_uniquifier = secrets.token_hex()
        audit.record(store, session, by, "link_made", user.email)
        return user.fs_uniquifier


def may_try(store: Store, user_id: int, now: dt.datetime) -> bool:
    """Whether a password may be tried; it counts as a failed sign-in until ``signed_in`` takes it back.

    Too many failures lock the account. Counted before the password is looked at, so that guesses made at the same time are not more than those made one by one.
    """
    with store.writing() as session:
        user = _user(session, user_id)
        if user.locked_until and user.locked_until > now:
            return False
        user.failed_sign_ins += 1
        if minutes := lock_minutes(user.failed_sign_ins):
            user.locked_until = now + dt.timedelta(minutes=minutes)
        return True


def signed_in(store: Store, user_id: int) -> None:
    """Forget failures after a sign-in."""
    with store.writing() as session:
        user = _user(session, user_id)
        user.failed_sign_ins, user.locked_until = 0, None


def set_password(store: Store, user_id: int, hashed: str, link_of: str | None = None) -> bool:
    """Keep a new password's hash; every session ends and every one-time link is void.

    Args:
        link_of: what the one-time link in use was made from. Where that has changed, the link has been used already
            and nothing happens.

    Returns:
        Whether the password was kept.
    """
    with store.writing() as session:
        user = _user(session, user_id)
        if not user.active or link_of not in (None, user.fs_uniquifier):
            return False
        user.password, user.fs_uniquifier = hashed, secrets.token_hex()
        user.failed_sign_ins, user.locked_until = 0, None
        return True


def _user(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise StaffError("There is no such account")
    return user


def _roles(session: Session, names: Iterable[str]) -> list[Role]:
    wanted = set(names)
    if unknown := sorted(wanted - set(ROLES)):
        raise StaffError(f"{unknown[0]!r} is not a role; expected {', '.join(ROLES[:-1])} or {ROLES[-1]}")
    if not wanted:
        raise StaffError("Choose at least one role")
    there = {role.name: role for role in session.scalars(select(Role))}
    return [there.get(name) or Role(name=name) for name in ROLES if name in wanted]


def _names(user: User) -> set[str]:
    return {role.name for role in user.roles}


def _team(team: str) -> str:
    team = " ".join(team.split())
    if len(team) > 80:
        raise StaffError("A team's name has at most 80 characters")
    return team


@contextmanager
def _admins_kept(session: Session, user: User) -> Iterator[None]:
    was_admin = user.active and user.has_role("admin")
    yield
    session.flush()
    admins = select(func.count()).select_from(User).join(User.roles).where(User.active, Role.name == "admin")
    if was_admin and not session.scalar(admins):
        raise StaffError("This is the last administrator; make somebody else one first")


def _row(user: User) -> StaffRow:
    names = _names(user)
    return StaffRow(
        user.id,
        user.email,
        user.team,
        tuple(name for name in ROLES if name in names),
        user.active,
        bool(user.password),
        user.locked_until if user.locked_until and user.locked_until > now_utc() else None,
    )
