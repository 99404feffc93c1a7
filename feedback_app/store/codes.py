"""Single-use codes: on slips of paper, kept only as keyed hashes, deleted when used."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, delete, insert
from sqlalchemy.orm import Session

from feedback_app.store.models import Code, Round
from feedback_app.store.secrets import Secrets

#: Letters and digits that cannot be taken for one another, read aloud or on paper: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
#: Random characters in a code, before its check character: 23 ** 7 is over three thousand million.
LENGTH = 7


class CodeRefused(Exception):
    """A code is missing or does not fit; ``sentence`` is for the young person who typed it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def make(session: Session, keys: Secrets, round_slug: str, number: int) -> list[str]:
    """Make codes for a round and return them as they are printed; only their hashes are kept."""
    made: set[str] = set()
    while len(made) < number:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        made.add(body + _check(body))
    rows = [{"round_slug": round_slug, "digest": _digest(keys, round_slug, code)} for code in made]
    session.execute(insert(Code), rows)
    printed = [_grouped(code) for code in made]
    secrets.SystemRandom().shuffle(printed)
    return printed


def use(connection: Connection, keys: Secrets, round_: Round, typed: str | None) -> None:
    """Use up a code where the round needs one. A round by open link needs none and looks at none.

    Raises:
        CodeRefused: it is missing, mistyped, not of this round, or used.
    """
    if round_.entry == "link":
        return
    # Phones put spaces and dashes of their own between what is typed.
    code = "".join(c for c in typed or "" if c.isalnum()).upper()
    if not code:
        if round_.entry == "both":
            return
        raise CodeRefused("Type the code from your slip of paper.")
    if len(code) != LENGTH + 1 or set(code) - set(ALPHABET) or _check(code[:-1]) != code[-1]:
        raise CodeRefused("That code does not look right. Check each letter and try again.")
    digest = _digest(keys, round_.slug, code)
    query = delete(Code).where(Code.round_slug == round_.slug, Code.digest == digest)
    if not connection.execute(query).rowcount:
        raise CodeRefused("That code does not work. Ask the person who gave it to you for another one.")


def _digest(keys: Secrets, round_slug: str, code: str) -> bytes:
    return keys.keyed_hash("code", round_slug, code)


def _check(body: str) -> str:
    """A character that any one wrong letter, or two neighbours swapped, changes (weights are coprime to 23)."""
    total = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def _grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"
