"""What lets an IRO's conversation in without a code: it says "a conversation of this round, opened on this day", and no name.

Young people's pages never see the staff session (its cookie is for ``/staff`` alone), so nothing ties a member of staff to a
response.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from itsdangerous import BadSignature, URLSafeSerializer

from feedback_app.store import Store
from feedback_app.store.models import GRACE


def make(store: Store, slug: str) -> str:
    """A token for a conversation of a round, opened today."""
    return _serializer(store).dumps([slug, store.today().isoformat()])


def check(store: Store, slug: str, token: str) -> bool:
    """Whether a token is ours, for this round, and opened no longer ago than phones may be offline."""
    try:
        named, day = _serializer(store).loads(token)
        opened = dt.date.fromisoformat(day)
    except (BadSignature, ValueError, TypeError):
        return False
    return bool(named == slug) and opened <= store.today() <= opened + GRACE


def _serializer(store: Store) -> URLSafeSerializer:
    return URLSafeSerializer(
        store.secrets.derived("conversation"),
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
