"""What was done to accounts of members of staff, by day, from the audit log: so that who gives themselves a role can be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.store import Store, audit
from feedback_app.store.models import Audit, User

#: Who did what came from a command on the server.
COMMAND_LINE: Final = "the command line"

_GIVEN: Final = "role_given_"
_TAKEN: Final = "role_taken_"
#: What is done to accounts, in words; roles that are given and taken away come beside these.
_TEXTS: Final = {
    "staff_added": "added",
    "staff_changed": "changed roles or team",
    "team_changed": "changed the team",
    "staff_switched_off": "switched off",
    "staff_switched_on": "switched on",
    "staff_unlocked": "unlocked",
    "link_made": "made a one-time link",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done to an account.

    Attributes:
        who: the e-mail address of whoever did it, or ``COMMAND_LINE``.
        what: in words.
        whom: the e-mail address of the account.
    """

    day: dt.date
    who: str
    what: str
    whom: str


def record_roles(
    store: Store,
    session: Session,
    by: int | None,
    email: str,
    before: Collection[str],
    after: Collection[str],
) -> None:
    """Record in the session's transaction each role that was given or taken away."""
    for name in sorted(set(after) - set(before)):
        audit.record(store, session, by, _GIVEN + name, email)
    for name in sorted(set(before) - set(after)):
        audit.record(store, session, by, _TAKEN + name, email)


def entries(store: Store) -> list[Entry]:
    """Everything that was ever done to accounts: the newest day first, in a day by who did it, whom and what."""
    is_about_accounts = (
        Audit.action.in_(_TEXTS)
        | Audit.action.startswith(_GIVEN, autoescape=True)
        | Audit.action.startswith(_TAKEN, autoescape=True)
    )
    query = select(Audit.day, User.email, Audit.action, Audit.subject).outerjoin(
        User, Audit.user_id == User.id
    )
    with store.reading() as session:
        found = [
            Entry(day, who or COMMAND_LINE, _in_words(action), whom)
            for day, who, action, whom in session.execute(query.where(is_about_accounts))
        ]
    return sorted(found, key=lambda one: (-one.day.toordinal(), one.who, one.whom, one.what))


def _in_words(action: str) -> str:
    if action.startswith(_GIVEN):
        return f"gave the role {action.removeprefix(_GIVEN)}"
    if action.startswith(_TAKEN):
        return f"took the role {action.removeprefix(_TAKEN)} away"
    return _TEXTS[action]
