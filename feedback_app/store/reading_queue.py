"""The safeguarding reader's queue: every comment is read by a person, worrying ones first, before any box is counted.

It holds words and their question alone. Reading erases the item; the audit log keeps who read how many on which day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from analysis.words.concern import is_worrying
from feedback_app.store import Store, audit
from feedback_app.store.models import ReadingItem


@dataclass(frozen=True, slots=True)
class Item:
    """Words to read. ``id`` is hexadecimal; ``question`` is its text as it was asked."""

    id: str
    question: str
    words: str
    worrying: bool


def due(store: Store) -> list[Item]:
    """What is to be read today: worrying ones first, the rest in the order of their random ids."""
    query = select(ReadingItem).where(ReadingItem.read_by <= store.today()).order_by(ReadingItem.id)
    with store.reading() as session:
        items = [_opened(store, item) for item in session.scalars(query)]
    return sorted(items, key=lambda item: not item.worrying)


def number_due(store: Store) -> int:
    """How many are to be read today."""
    query = select(func.count()).select_from(ReadingItem).where(ReadingItem.read_by <= store.today())
    with store.reading() as session:
        return session.scalars(query).one()


def mark_read(store: Store, ids: Sequence[str], staff_id: int) -> int:
    """Erase items that have been read, and record how many; ids that are gone, or not due, are passed over."""
    wanted = []
    for text in ids:
        try:
            wanted.append(bytes.fromhex(text))
        except ValueError:
            continue
    query = delete(ReadingItem).where(ReadingItem.id.in_(wanted), ReadingItem.read_by <= store.today())
    with store.writing() as session:
        read = int(session.connection().execute(query).rowcount)
        if read:
            audit.record(store, session, staff_id, "read", count=read)
    return read


def _opened(store: Store, item: ReadingItem) -> Item:
    opened = store.secrets.unseal(item.sealed)
    return Item(item.id.hex(), opened["question"], opened["words"], is_worrying(opened["words"]))
