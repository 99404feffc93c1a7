"""Keys: what is encrypted at rest, and what is kept only as a keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

#: Sealed text is padded to the first of these numbers of bytes that holds it, beyond them to a multiple of the last: lengths
#: in small steps would tell one child's words from another's.
PADDED_BYTES: Final = (512, 2_048, 8_192)
#: A Fernet token carries the second at which it was made, in clear. Nobody may learn when a child answered, so every
#: token is made at the same one.
TOKEN_TIME: Final = 0


#: What whoever runs the server reads where words cannot be opened.
MISSING_KEY: Final = (
    "Stored words cannot be opened with HEARD_WORDS_KEYS; the key they were sealed under is missing"
)


class UnsealError(Exception):
    """Sealed text that none of the keys opens; the message is one sentence for whoever runs the server."""


class Secrets:
    """The keys of one store.

    Args:
        secret_key: hashes (receipts, codes, imported files, signed tokens) are made under keys derived from it.
        words_keys: Fernet keys, newest first: the first seals, all open.
    """

    def __init__(self, secret_key: str, words_keys: tuple[str, ...]) -> None:
        self._secret_key = secret_key.encode()
        self._derived: dict[str, bytes] = {}
        fernets = [Fernet(key) for key in words_keys]
        self._newest, self._fernet = fernets[0], MultiFernet(fernets)
        #: How many keys for words there are.
        self.words_keys = len(fernets)

    def derived(self, purpose: str) -> bytes:
        """A key for one purpose alone: 32 bytes."""
        if purpose not in self._derived:
            self._derived[purpose] = hmac.digest(
                self._secret_key, f"heard:{purpose}".encode(), hashlib.sha256
            )
        return self._derived[purpose]

    def keyed_hash(self, purpose: str, *parts: str) -> bytes:
        """A hash nobody can make or check without the key: 32 bytes. Parts are kept apart."""
        message = "\0".join(parts).encode(errors="surrogatepass")
        return hmac.digest(self.derived(purpose), message, hashlib.sha256)

    def seal(self, value: Any, at_least: int = 0) -> bytes:
        """A JSON value, encrypted and padded.

        Args:
            at_least: as long as a value of so many bytes would be.
        """
        plain = _json(value)
        return self.seal_bytes(plain.ljust(padded_bytes(max(len(plain), at_least))))

    def seal_alike(self, values: Sequence[Any]) -> list[bytes]:
        """Several JSON values, all of them padded to the same length."""
        longest = max((len(_json(value)) for value in values), default=0)
        return [self.seal(value, longest) for value in values]

    def padded(self, sealed: bytes) -> int:
        """To how many bytes a sealed value was padded.

        Raises:
            UnsealError: no key opens it.
        """
        return len(self.unseal_bytes(sealed))

    def unseal(self, sealed: bytes) -> Any:
        """What ``seal`` was given.

        Raises:
            UnsealError: no key opens it.
        """
        return json.loads(self.unseal_bytes(sealed))

    def opened(self, sealed: bytes) -> Any | None:
        """What ``seal`` was given, or None where no key opens it: one lost value must not hide the others of a list."""
        try:
            return self.unseal(sealed)
        except UnsealError:
            return None

    def seal_bytes(self, plain: bytes) -> bytes:
        """Bytes, encrypted; their length shows."""
        return self._fernet.encrypt_at_time(plain, TOKEN_TIME)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """What ``seal_bytes`` was given.

        Raises:
            UnsealError: no key opens it.
        """
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise UnsealError(MISSING_KEY) from None

    def is_newest(self, sealed: bytes) -> bool:
        """Whether something sealed was sealed under the newest key."""
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def renewed(self, sealed: bytes) -> bytes:
        """The same, sealed under the newest key: as long as before, and as silent about when it was made.

        Raises:
            UnsealError: no key opens it.
        """
        if self.is_newest(sealed):
            return sealed
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken:
            raise UnsealError(MISSING_KEY) from None


def padded_bytes(length: int) -> int:
    """How long a text of so many bytes is once it is padded."""
    last = PADDED_BYTES[-1]
    return next((size for size in PADDED_BYTES if length <= size), -(-length // last) * last)


def _json(value: Any) -> bytes:
    # Half a character, which no text that is stored could hold, must not lose the rest.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def random_id() -> bytes:
    """An id that says nothing: 16 random bytes."""
    return secrets.token_bytes(16)
