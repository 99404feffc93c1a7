"""Changing the key that words and waiting answers are encrypted under, while Heard serves; and telling which keys are there.

Whatever is new is sealed under the newest key at once. ``rotate`` goes through what is there, a few rows at a time: what was
sealed under an older key is sealed under the newest, each row by itself and only if nobody has changed it meanwhile. So it may be
stopped at any moment and run again, and nothing is ever sealed under a key that is not in the settings.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, func, select, tuple_, update

from feedback_app.store import Store, codes, retention
from feedback_app.store.dialect import insert_rows
from feedback_app.store.models import (
    Base,
    Comment,
    ContactRequest,
    KeyMark,
    ReadingItem,
    Round,
    SealedComment,
    SealedResponse,
)
from feedback_app.store.secrets import UnsealError

#: Every column that is encrypted. A test holds the models against it, so that none can be forgotten. The mark comes last: once
#: it is under the newest key, so is everything before it.
ENCRYPTED: Final[dict[type[Base], tuple[str, ...]]] = {
    SealedResponse: ("sealed",),
    SealedComment: ("sealed",),
    ReadingItem: ("sealed", "notes"),
    Comment: ("words", "safe_words"),
    ContactRequest: ("sealed",),
    KeyMark: ("words",),
}
#: Rows that are changed in one transaction. Whoever sends answers meanwhile waits for no longer than these take.
_ROWS_TOGETHER: Final = 100
#: What is sealed under an older key while this runs comes from a process with older settings; so often is looked again.
_MOST_ROUNDS: Final = 4
#: How often, and how far apart, it is tried to wipe what was there before while others read.
_WIPES: Final = 10
_WIPE_SECONDS: Final = 0.3
#: What whoever runs the server reads where codes and receipts cannot match.
NOT_THE_SAME: Final = (
    "HEARD_SECRET_KEY is not the one that codes and receipts were made under: put the old one back; "
    "or, if it was changed on purpose, run: heard keys accept"
)
_NAME: Final = "keys"
_WORD: Final = "heard"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """Under which keys a column's values are: how many under the newest, an older one, and under none that is there."""

    table: str
    column: str
    newest: int
    older: int
    lost: int


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did.

    Attributes:
        changed: how many values were sealed anew.
        lost: how many no key opens; they are as they were.
        late: how many of them were sealed under an older key after everything had been gone through once, in this run or in one
            before: by a process that was started before the newest key was added.
        is_whole: whether the last look found none under an older key.
        is_wiped: whether nothing of what was there before is left in the database's files.
    """

    changed: int
    late: int
    lost: int
    is_whole: bool
    is_wiped: bool


@dataclass(frozen=True, slots=True)
class _Change:
    table: Table
    where: list[ColumnElement[bool]]
    column: str
    before: bytes
    after: bytes


def size(store: Store) -> int:
    """How many rows there are to go through."""
    with store.reading() as session:
        return sum(session.scalar(select(func.count()).select_from(model)) or 0 for model in ENCRYPTED)


def standings(store: Store) -> list[Standing]:
    """Under which keys everything is, column by column."""
    found: Counter[tuple[str, str, str]] = Counter()
    for rows in _pages(store):
        for table, column, _where, value in rows:
            found[table.name, column, _state(store, value)] += 1
    return [
        Standing(table, column, *(found[table, column, state] for state in ("newest", "older", "lost")))
        for table, column in dict.fromkeys((table, column) for table, column, _ in found)
    ]


def _state(store: Store, value: bytes) -> str:
    if store.secrets.is_newest(value):
        return "newest"
    try:
        store.secrets.unseal_bytes(value)
    except UnsealError:
        return "lost"
    return "older"


def rotate(store: Store, progress: Progress = lambda _rows: None) -> Rotated:
    """Seal everything under the newest key, while others read and write. May be stopped and run again.

    Args:
        progress: told how many more rows have been gone through, of the ``size`` of the first round.
    """
    was_through = _is_mark_newest(store)
    rounds: list[int] = []
    lost = 0
    while len(rounds) < _MOST_ROUNDS and (not rounds or rounds[-1]):
        found, lost = _round(store, progress)
        rounds.append(found)
        progress = lambda _rows: None  # noqa: E731  # the bar is full after the first round
    late = sum(rounds if was_through else rounds[1:])
    return Rotated(sum(rounds), late, lost, is_whole=not rounds[-1], is_wiped=_wipe(store))


def _is_mark_newest(store: Store) -> bool:
    """Whether everything has been gone through before under the newest key: the mark comes last."""
    with store.reading() as session:
        mark = session.get(KeyMark, _NAME)
    return mark is not None and store.secrets.is_newest(mark.words)


def _round(store: Store, progress: Progress) -> tuple[int, int]:
    """Go through everything once: how many values were found under an older key, and how many no key opens."""
    found = lost = 0
    for rows in _pages(store):
        changes = []
        for table, column, where, value in rows:
            try:
                after = store.secrets.renewed(value)
            except UnsealError:
                lost += 1
                continue
            if after is not value:
                changes.append(_Change(table, where, column, value, after))
        _apply(store, changes)
        found += len(changes)
        progress(_ROWS_TOGETHER)
    return found, lost


def _apply(store: Store, changes: Sequence[_Change]) -> None:
    """Put new values in the place of old ones, in one transaction; those that have changed or gone meanwhile are left."""
    if not changes:
        return
    with store.transaction() as connection:
        for change in changes:
            held = change.table.c[change.column] == change.before
            connection.execute(
                update(change.table).where(*change.where, held).values({change.column: change.after})
            )


_Value = tuple[Table, str, list[ColumnElement[bool]], bytes]


def _pages(store: Store) -> Iterator[list[_Value]]:
    """Every encrypted value with its place, some rows at a time, in the order of their keys. No transaction stays open."""
    for model, columns in ENCRYPTED.items():
        table = Base.metadata.tables[model.__tablename__]
        keys = list(table.primary_key.columns)
        query = select(*keys, *(table.c[name] for name in columns)).order_by(*keys).limit(_ROWS_TOGETHER)
        last: tuple[Any, ...] | None = None
        while True:
            with store.reading() as session:
                page = session.execute(query.where(tuple_(*keys) > tuple_(*last)) if last else query).all()
            if not page:
                break
            last = tuple(page[-1][: len(keys)])
            yield [value for row in page for value in _values(table, keys, columns, tuple(row))]


def _values(
    table: Table, keys: Sequence[Any], columns: Sequence[str], row: tuple[Any, ...]
) -> Iterator[_Value]:
    where = [key == held for key, held in zip(keys, row, strict=False)]
    for column, value in zip(columns, row[len(keys) :], strict=True):
        if value:
            yield table, column, where, bytes(value)


def give_up(store: Store) -> int:
    """Destroy what no key opens, so that the rest can be counted again; how many rows it was. They are recorded as destroyed."""
    number = 0
    for rows in _pages(store):
        for table, column, where, value in rows:
            if _state(store, value) == "lost":
                number += _destroy(store, table, [*where, table.c[column] == value])
    note(store)
    _wipe(store)
    return number


def _destroy(store: Store, table: Table, where: list[ColumnElement[bool]]) -> int:
    model = next(model for model in ENCRYPTED if model.__tablename__ == table.name)
    with store.transaction() as connection:
        if model is KeyMark:
            connection.execute(delete(model).where(*where))
            return 0
        return retention.destroy(connection, model, where)


def _wipe(store: Store) -> bool:
    for _ in range(_WIPES):
        if store.forget_deleted():
            return True
        time.sleep(_WIPE_SECONDS)
    return False


def note(store: Store) -> None:
    """Note which keys are in use, where nothing is noted yet."""
    with store.reading() as session:
        if session.get(KeyMark, _NAME):
            return
    mark = {"name": _NAME, "words": store.secrets.seal(_WORD), "secret": _secret_mark(store)}
    with store.transaction() as connection:
        insert_rows(connection, KeyMark, [mark], or_ignore=True)


def accept_secret_key(store: Store) -> int:
    """Note that HEARD_SECRET_KEY was changed on purpose: codes that nobody has used match no more, and are void.

    Returns:
        How many codes.
    """
    note(store)
    number = 0
    with store.writing() as session:
        for slug, unused in codes.left(session).items():
            void = update(Round).where(Round.slug == slug).values(codes_void=Round.codes_void + unused)
            session.execute(void)
            number += codes.void(session, slug)
        session.execute(update(KeyMark).values(secret=_secret_mark(store)))
    return number


def is_secret_key_the_same(store: Store) -> bool:
    """Whether codes and receipts still match: whether HEARD_SECRET_KEY is the one they were made under, as far as is known."""
    with store.reading() as session:
        mark = session.get(KeyMark, _NAME)
    return mark is None or mark.secret == _secret_mark(store)


def can_words_be_opened(store: Store) -> bool:
    """Whether the key of what is stored is there, as far as can be told at a glance: by the mark, and a row of each table."""
    with store.reading() as session:
        for model, columns in ENCRYPTED.items():
            row = session.execute(select(*(getattr(model, name) for name in columns)).limit(1)).first()
            if any(value is not None and _state(store, bytes(value)) == "lost" for value in row or ()):
                return False
    return True


def _secret_mark(store: Store) -> bytes:
    return store.secrets.keyed_hash("key mark", _WORD)
