"""Single-use codes: on slips of paper, kept only as keyed hashes, deleted when used."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, CursorResult, delete, func, insert, select
from sqlalchemy.orm import Session

from feedback_app.store.models import Code, Round
from feedback_app.store.secrets import Secrets

#: Letters and digits that cannot be taken for one another, read aloud or on paper: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
#: Random characters in a code, before its check character. With it they are nine, in threes: short enough to be read aloud and typed
#: by a child, and too many to be guessed under the limits of ``guessing`` (decision 16).
LENGTH = 8
_GROUP = 3
#: Groups that nobody wants to find on the slip they were handed.
_UNKIND = frozenset("APE CNT CRY DCK DED FAG FAT FCK FKN GAG GAY HAG KKK MAD PED PEE RAT WTF".split())
#: More than anybody types for a code.
_MOST_TYPED: Final = 100


class CodeRefused(Exception):
    """A code is missing or does not fit; ``sentence`` is for the young person who typed it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def not_there() -> CodeRefused:
    """What is said of a code that was used, of another round's and of one that never was: the same."""
    return CodeRefused("That code does not work. Ask the person who gave it to you for another one.")


def make(session: Session, keys: Secrets, round_slug: str, number: int) -> list[str]:
    """Make codes for a round and return them as they are printed; only their hashes are kept."""
    made: set[str] = set()
    while len(made) < number:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        code = body + _check(body)
        if _UNKIND.isdisjoint(_groups(code)):
            made.add(code)
    rows = [{"round_slug": round_slug, "digest": _digest(keys, round_slug, code)} for code in made]
    session.execute(insert(Code), rows)
    printed = ["-".join(_groups(code)) for code in made]
    secrets.SystemRandom().shuffle(printed)
    return printed


def read(round_: Round, typed: str | None) -> str | None:
    """The code as its slip has it, without looking whether it is there; None where the round needs none.

    A round by open link needs none and reads none; one by both needs none where nothing is typed.

    Raises:
        CodeRefused: it is missing or mistyped.
    """
    if round_.entry == "link":
        return None
    code = _as_printed(typed or "")
    if not code:
        if round_.entry == "both":
            return None
        raise CodeRefused("Type the code from your slip of paper.")
    if len(code) != LENGTH + 1 or set(code) - set(ALPHABET) or _check(code[:-1]) != code[-1]:
        raise CodeRefused("That code does not look right. Check each letter and try again.")
    return code


def is_left(connection: Connection, keys: Secrets, round_slug: str, code: str) -> bool:
    """Whether a code is one of a round that nobody has used; the same work whether it was used, is another round's, or never was."""
    return connection.execute(select(Code.digest).where(*_of(keys, round_slug, code))).first() is not None


def use(connection: Connection, keys: Secrets, round_slug: str, code: str) -> None:
    """Use up a code: it is deleted.

    Raises:
        CodeRefused: it is not there.
    """
    if not connection.execute(delete(Code).where(*_of(keys, round_slug, code))).rowcount:
        raise not_there()


def void(session: Session, round_slug: str) -> int:
    """Delete every code of a round that nobody has used. Returns how many there were."""
    deleted: CursorResult[Any] = session.connection().execute(
        delete(Code).where(Code.round_slug == round_slug)
    )
    return deleted.rowcount


def left(session: Session) -> dict[str, int]:
    """How many codes nobody has used, by round; rounds without any are not in it."""
    return dict(session.execute(select(Code.round_slug, func.count()).group_by(Code.round_slug)).all())


def _as_printed(typed: str) -> str:
    """What was typed, in the letters and figures of codes: keyboards have wide ones, others' figures, and put spaces between."""
    letters = unicodedata.normalize("NFKC", typed[:_MOST_TYPED]).upper()
    return "".join(str(unicodedata.decimal(c, c)) for c in letters if c.isalnum())


def _of(keys: Secrets, round_slug: str, code: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Code.round_slug == round_slug, Code.digest == _digest(keys, round_slug, code)


def _digest(keys: Secrets, round_slug: str, code: str) -> bytes:
    return keys.keyed_hash("code", round_slug, code)


def _check(body: str) -> str:
    """A character by which any one wrong letter shows, and any two that changed places: no weight is 0 modulo 23, no two are alike."""
    total = sum((place + 1) * ALPHABET.index(letter) for place, letter in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def _groups(code: str) -> list[str]:
    return [code[start : start + _GROUP] for start in range(0, len(code), _GROUP)]
