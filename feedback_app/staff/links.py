"""One-time links, by which a password is set: signed, for a limited time, void once used.

A link is made from the account's ``fs_uniquifier``, which changes when a password is set, when an administrator makes
a new link, and when somebody is switched off: so each of these voids every link made before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import current_app, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from feedback_app.context import heard

#: An administrator hands the first link over by hand or mail; a forgotten password's link is used at once.
FIRST_HOURS: Final = 72
FORGOTTEN_HOURS: Final = 1

_HOURS: Final = {"first": FIRST_HOURS, "forgotten": FORGOTTEN_HOURS}


@dataclass(frozen=True, slots=True)
class Link:
    """What a good link says: the account's ``fs_uniquifier`` when the link was made."""

    made_from: str


def token(made_from: str, kind: str = "first") -> str:
    """The part of a link that works for an account; ``kind`` is ``first`` or ``forgotten``."""
    return _serializer(kind).dumps(made_from)


def read(text: str) -> Link | None:
    """What a link's token says, or None where it is not ours or its time is over."""
    for kind, hours in _HOURS.items():
        try:
            return Link(_serializer(kind).loads(text, max_age=int(timedelta(hours=hours).total_seconds())))
        except BadData:
            continue
    return None


def address(made_from: str, kind: str = "first") -> str:
    """A whole link, to be shown or sent."""
    path = url_for("staff.set_password", token=token(made_from, kind))
    return (heard().config.public_url or request.host_url.rstrip("/")) + path


def _serializer(kind: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt=f"heard-one-time-link-{kind}")
