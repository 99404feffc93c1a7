"""What the demonstration has for its safeguarding readers: words to read, some of them overdue, and people to contact."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import select

from feedback_app.store import Store, ballot_box, contact_requests, readers, reading_queue
from feedback_app.store.ballot_box import new_receipt
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.models import ReadingItem
from feedback_app.store.reading_queue import Notes
from surveys.schema import Wording

#: Of this survey are the questions that were answered.
SURVEY: Final = "iro_review"
DAYS_AWAY: Final = 4


def fill(store: Store, on_duty: int, away: int) -> None:
    """Fill the queue and the list of contact requests.

    Args:
        on_duty: the reader who is on duty.
        away: the one who would cover, and is away.
    """
    told = tomllib.loads((files(__package__) / "data" / "safeguarding.toml").read_text(encoding="utf-8"))
    _read_what_was_imported(store, on_duty)
    for each in told["words"]:
        _put(store, each)
    for item in reading_queue.due(store):
        for each in told["words"]:
            if each["said"] == item.words and each.keys() & {"done", "language"}:
                notes = Notes(each.get("language", ""), done=tuple(each.get("done", ())))
                reading_queue.note(store, item.id, on_duty, notes)
    for each in told["asks"]:
        _ask(store, each, on_duty)
    today = store.today()
    readers.move_up(store, on_duty, on_duty)
    readers.add_absence(store, away, today, today + dt.timedelta(days=DAYS_AWAY), away)


def _read_what_was_imported(store: Store, reader_id: int) -> None:
    """What past years brought was read long ago."""
    with store.reading() as session:
        ids = [row.hex() for row in session.scalars(select(ReadingItem.id))]
    reading_queue.mark_read(store, ids, reader_id)


def _put(store: Store, each: dict[str, Any]) -> None:
    working_days, ago = store.deadlines.working_days, each["working_days_ago"]
    came = working_days.before(store.today(), ago) if ago else store.today()
    question = store.surveys.get(SURVEY).question(each["question"]).text_in(Wording.STANDARD)
    with store.transaction() as connection:
        ballot_box.put_in(
            connection, [], [], ballot_box.reading_rows(store, [(question, each["said"])], came)
        )


def _ask(store: Store, each: dict[str, Any], reader_id: int) -> None:
    wanted = Wanted(each["name"], each["reach"], each.get("when", ""), each.get("about", ""))
    contact_requests.put(store, new_receipt(), wanted)
    for request in contact_requests.listing(store):
        if each.get("is_taken") and request.wanted == wanted:
            contact_requests.take(store, request.id, reader_id)
