"""The safeguarding reader's queue: every comment is read by a person, worrying ones first, before any box is counted.

It holds words and their question alone. Worrying ones are seen at once, the others from the next day: whether words are
worrying is worked out when the queue is opened and stored nowhere. Reading erases the item; the audit log keeps who read how
many on which day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

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
    query = select(ReadingItem).order_by(ReadingItem.id)
    with store.reading() as session:
        opened = [(row.read_by, _opened(store, row)) for row in session.scalars(query)]
    seen = [item for read_by, item in opened if item.worrying or read_by <= store.today()]
    return sorted(seen, key=lambda item: not item.worrying)


def mark_read(store: Store, ids: Sequence[str], staff_id: int) -> int:
    """Erase items that have been read, and record how many; ids that are gone are passed over."""
    wanted = []
    for text in ids:
        try:
            wanted.append(bytes.fromhex(text))
        except ValueError:
            continue
    query = delete(ReadingItem).where(ReadingItem.id.in_(wanted))
    with store.writing() as session:
        read = int(session.connection().execute(query).rowcount)
        if read:
            audit.record(store, session, staff_id, "read", count=read)
    return read


def _opened(store: Store, item: ReadingItem) -> Item:
    opened = store.secrets.unseal(item.sealed)
    return Item(item.id.hex(), opened["question"], opened["words"], is_worrying(opened["words"]))
