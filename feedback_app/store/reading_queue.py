"""The safeguarding readers' queue: every comment is read by a person, worrying ones at once, before any box is counted.

It holds words and their question alone. Worrying ones are shown at once, the others from the next working day, in the order of
random ids: whether words are worrying is worked out when the queue is opened and stored nowhere. Reading erases the item with
all that was noted beside it; the audit log keeps who read how many on which day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from feedback_app.store import Store, audit, never_quote
from feedback_app.store.models import ReadingItem, SteppedBack
from feedback_app.store.secrets import MISSING_KEY, UnsealError

#: What a reader may have done about words, and how it is said. A short list, so that no record can say who wrote them.
#: Source: Working Together to Safeguard Children (2023); Children Act 2004, section 11; Keeping Children Safe in Education.
DONE: Final = {
    "lead": "Told the safeguarding lead or my manager",
    "duty": "Told the duty social worker or the multi-agency hub (MASH)",
    "night": "Told the emergency duty team, outside office hours",
    "police": "Rang the police",
    "health": "Rang an ambulance or a mental health crisis team",
    "worker": "Told the IRO or social worker of a child whom the words name",
    "lado": "Told the designated officer (LADO): it is about somebody who works with children",
    "provider": "Raised it with the home, the fostering service or Ofsted",
    "everyone": "Had help offered to all young people who could have written it",
    "nobody_known": "Talked it over: the words do not tell who it is, and nothing more could be done",
}
#: More verdicts are not remembered; the next one starts afresh.
_MOST_KNOWN: Final = 10_000


@dataclass(frozen=True, slots=True)
class Notes:
    """What readers noted beside words; erased with them.

    Attributes:
        language: the English name of the language an interpreter is asked for, or empty.
        translation: what the interpreter said.
        done: keys of ``DONE``.
        never_quote: whether the words are marked as never to be quoted.
    """

    language: str = ""
    translation: str = ""
    done: tuple[str, ...] = ()
    never_quote: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """Words to read. ``id`` is hexadecimal; ``question`` is its text as it was asked."""

    id: str
    question: str
    words: str
    worrying: bool
    read_by: dt.date
    is_late: bool = False
    notes: Notes = field(default_factory=Notes)
    #: Whether something was noted beside them that no key opens: then they can be read and erased, and nothing be noted.
    notes_lost: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be read today, and how many words no key opens, of whatever day: nobody can tell whether they are worrying."""

    items: list[Item]
    lost: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """What waits, without opening a word of it.

    Attributes:
        shown: shown today, apart from worrying ones that came today.
        due: to be read today.
        late: their day is over.
        stuck: words from which every reader has stepped back.
    """

    shown: int
    due: int
    late: int
    stuck: int


def due(store: Store, reader_id: int | None = None) -> list[Item]:
    """The items of a ``queue``."""
    return queue(store, reader_id).items


def queue(store: Store, reader_id: int | None = None) -> Queue:
    """What is to be read today: overdue first, then worrying, then the rest, each in the order of their random ids.

    Args:
        reader_id: for whom; what they stepped back from is left out. None for everything.
    """
    query = select(ReadingItem).order_by(ReadingItem.id)
    if reader_id is not None:
        query = query.where(_theirs(reader_id))
    with store.reading() as session:
        rows = session.scalars(query).all()
        items = _opened(store, rows)
    shown_up_to = store.deadlines.shown_up_to(store.today())
    seen = [item for item in items if item.worrying or item.read_by <= shown_up_to]
    first = sorted(seen, key=lambda item: (not item.is_late, not item.worrying))
    return Queue(first, len(rows) - len(items))


def find(store: Store, item_id: str, reader_id: int) -> Item | None:
    """One of the words that a reader sees today, or None.

    Raises:
        UnsealError: no key opens them, or what was noted beside them.
    """
    with store.reading() as session:
        row = _row(session, item_id, reader_id)
        item = next(iter(_opened(store, [row])), None) if row else None
    if row and (item is None or item.notes_lost):
        raise UnsealError(MISSING_KEY)
    is_shown = item and (item.worrying or item.read_by <= store.deadlines.shown_up_to(store.today()))
    return item if is_shown else None


def mark_read(store: Store, ids: Sequence[str], staff_id: int) -> int:
    """Erase items that have been read, and record how many; those that are gone, or left to others, are passed over."""
    read = delete(ReadingItem).where(ReadingItem.id.in_([_id(text) for text in ids]), _theirs(staff_id))
    with store.writing() as session:
        days = list(session.connection().execute(read.returning(ReadingItem.read_by)).scalars())
        late = sum(day < store.today() for day in days)
        for action, number in (("read", len(days)), ("read_late", late)):
            if number:
                audit.add(store, session, staff_id, action, count=number)
    return len(days)


def note(store: Store, item_id: str, staff_id: int, noted: Notes) -> bool:
    """Keep what a reader noted, count what is new in it, and see that words which were acted on are never quoted.

    What was counted once stays noted, whatever is sent later.

    Returns:
        Whether the words were still there.

    Raises:
        UnsealError: no key opens them, or what was noted before.
    """
    with store.writing() as session:
        row = _row(session, item_id, staff_id)
        if row is None:
            return False
        before, opened = _notes(store, row), store.secrets.unseal(row.sealed)
        done = tuple(key for key in DONE if key in {*before.done, *noted.done})
        is_never = before.never_quote or noted.never_quote or bool(done)
        for key in done:
            if key not in before.done:
                audit.add(store, session, staff_id, "escalated", key)
        if noted.language and not before.language:
            audit.add(store, session, staff_id, "interpreter_asked")
        if is_never and not before.never_quote:
            never_quote.mark(store, session, opened["question"], opened["words"])
            audit.add(store, session, staff_id, "never_quote")
        row.notes = store.secrets.seal(asdict(replace(noted, done=done, never_quote=is_never)))
    return True


def step_back(store: Store, item_id: str, staff_id: int, others: Sequence[int]) -> bool | None:
    """Leave words to somebody else, at once and for good.

    Args:
        others: the ids of the other readers.

    Returns:
        Whether somebody else may still read them; None where they are gone.
    """
    with store.writing() as session:
        row = _row(session, item_id, staff_id)
        if row is None:
            return None
        session.execute(insert(SteppedBack), [{"item_id": row.id, "user_id": staff_id}])
        audit.add(store, session, staff_id, "stepped_back")
        gone = set(session.scalars(select(SteppedBack.user_id).where(SteppedBack.item_id == row.id)))
    return bool(set(others) - gone)


def numbers(store: Store, readers: Sequence[int]) -> Numbers:
    """How many wait, for whoever may know it.

    Args:
        readers: the ids of everybody who reads.
    """
    today = store.today()
    counts = [
        select(func.count()).select_from(ReadingItem).where(which)
        for which in (
            ReadingItem.read_by <= store.deadlines.shown_up_to(today),
            ReadingItem.read_by == today,
            ReadingItem.read_by < today,
        )
    ]
    back = (
        select(SteppedBack.item_id)
        .where(SteppedBack.user_id.in_(readers))
        .group_by(SteppedBack.item_id)
        .having(func.count() == len(readers))
    )
    with store.reading() as session:
        shown, is_due, late = (session.scalar(count) or 0 for count in counts)
        stuck = len(list(session.scalars(back)))
    return Numbers(shown, is_due, late, stuck)


def _theirs(reader_id: int) -> ColumnElement[bool]:
    return ReadingItem.id.not_in(select(SteppedBack.item_id).where(SteppedBack.user_id == reader_id))


def _row(session: Session, item_id: str, reader_id: int) -> ReadingItem | None:
    """Words that a reader may see. Who is about to change them holds them, so that nobody else erases them meanwhile."""
    query = select(ReadingItem).where(ReadingItem.id == _id(item_id), _theirs(reader_id))
    return session.scalar(query.with_for_update())


def _notes(store: Store, row: ReadingItem) -> Notes:
    if row.notes is None:
        return Notes()
    noted = store.secrets.unseal(row.notes)
    return Notes(**{**noted, "done": tuple(noted["done"])})


def _notes_if_opened(store: Store, row: ReadingItem) -> tuple[Notes, bool]:
    """What was noted, and whether it is lost."""
    try:
        return _notes(store, row), False
    except UnsealError:
        return Notes(), True


def _opened(store: Store, rows: Sequence[ReadingItem]) -> list[Item]:
    """Those that can be opened."""
    opened = [
        (row, words, *_notes_if_opened(store, row))
        for row in rows
        if (words := store.secrets.opened(row.sealed)) is not None
    ]
    texts = [(words["words"], notes.translation) for _, words, notes, _ in opened]
    worrying = _worrying(store, [text for both in texts for text in both if text])
    return [
        Item(
            row.id.hex(),
            words["question"],
            words["words"],
            any(text in worrying for text in (words["words"], notes.translation)),
            row.read_by,
            row.read_by < store.today(),
            notes,
            notes_lost,
        )
        for row, words, notes, notes_lost in opened
    ]


def _worrying(store: Store, texts: Sequence[str]) -> set[str]:
    """Those of some texts that are worrying. Each is looked at once: a long queue would otherwise take a second of every page."""
    known = store.worrying
    if len(known) >= _MOST_KNOWN:
        known.clear()
    marks = {text: store.secrets.keyed_hash("worrying", text) for text in texts}
    new = [text for text, mark in marks.items() if mark not in known]
    if new:
        known.update({marks[text]: is_so for text, is_so in zip(new, store.are_worrying(new), strict=True)})
    return {text for text, mark in marks.items() if known.get(mark)}


def _id(text: str) -> bytes:
    """An id as bytes; what is none is nobody's."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
