"""What lets an IRO's conversation in without a code: it says "a conversation of this round, made on this day", and no name.

Young people's pages never see the staff session (its cookie is for ``/staff`` alone), so nothing ties a member of staff to a
response. A device keeps a token for a visit, so that the conversation needs neither session nor signal.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

from feedback_app.store import Store
from feedback_app.store.models import GRACE, Round

#: A device that was made ready starts conversations for so long: two working weeks, and no longer on a leaver's tablet.
READY: Final = dt.timedelta(days=14)


def make(store: Store, slug: str) -> str:
    """A token for conversations of a round, made today."""
    return _serializer(store).dumps([slug, store.today().isoformat()])


def ready_until(store: Store, round_: Round) -> dt.date:
    """The last day on which a device made ready today may start a conversation: never after the round has closed."""
    return min(store.today() + READY, round_.closes)


def check(store: Store, slug: str, token: str) -> bool:
    """Whether a token is ours, for this round, and not too old.

    Nothing sent says when a conversation was held, and nothing should. So what may have been held on a device's last
    ready day is taken for as long as phones may be offline after it.
    """
    try:
        named, day = _serializer(store).loads(token)
        made = dt.date.fromisoformat(day)
    except (BadSignature, ValueError, TypeError):
        return False
    return bool(named == slug) and made <= store.today() <= made + READY + GRACE


def _serializer(store: Store) -> URLSafeSerializer:
    return URLSafeSerializer(
        store.secrets.derived("conversation"),
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
