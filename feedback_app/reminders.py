"""What a timer reminds staff of: words that are due or overdue to be read, and young people who wait to be contacted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feedback_app import notices
from feedback_app.config import Config
from feedback_app.staff import duty
from feedback_app.staff.duty import Duty
from feedback_app.staff.words import many
from feedback_app.store import Store, audit, reading_queue
from feedback_app.store import staff as accounts

#: What the audit log calls a day's reminder, so that there is one a day however often the timer runs.
ACTION: Final = "reminded"
#: And that a reader was told today of words to be read first: forgotten as soon as none wait for them.
READ_FIRST: Final = "told_to_read_first"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What was done.

    Attributes:
        told: of how many contact requests staff were told that they had not been told of.
        lines: what is due or overdue, as numbers; empty where nothing is.
        to: who was reminded; empty where nobody was, for the reason in ``why_not``.
    """

    told: int
    lines: list[str]
    to: list[str]
    why_not: str = ""


def remind(config: Config, store: Store) -> Reminded:
    """Tell staff of contact requests that no e-mail told them of, readers of words to be read first, and of what is due.

    Of words to be read first whoever reads is told on any day, once until those are read; what was done of it is not returned,
    since a journal would keep the hour. Of what is due or overdue, once each working day.

    Raises:
        NotTold: the mail server cannot be reached or refuses.
    """
    told = notices.tell_of_contact_requests(config, store) if config.smtp.host else 0
    today = duty.of_today(config, store)
    if config.smtp.host:
        _tell_to_read_first(config, store, today)
    lines = due(today)
    if not config.smtp.host:
        return Reminded(told, lines, [], "no mail server is set (HEARD_SMTP_HOST)")
    if not lines:
        return Reminded(told, lines, [], "nothing is due")
    if not store.deadlines.working_days.has(store.today()):
        return Reminded(told, lines, [], "it is not a working day")
    if _is_reminded(store):
        return Reminded(told, lines, [], "they were reminded today already")
    readers, admins = whom_to_remind(store, today)
    if readers or not admins:
        notices.send_reminder(config, readers, lines, today.says())
    if admins:
        notices.send_reminder(config, admins, duty.warnings(today), today.says())
    with store.writing() as session:
        audit.add(store, session, None, ACTION)
    return Reminded(told, lines, [*readers, *admins])


def due(today: Duty) -> list[str]:
    """What is due today, or overdue, in numbers."""
    numbers = {
        "{} overdue to be read": (today.words.late, "comment", "comments"),
        "{} to be read today": (today.words.due, "comment", "comments"),
        "{} overdue to be contacted": (today.requests.late, "young person", "young people"),
        "{} to be contacted today": (today.requests.due, "young person", "young people"),
    }
    lines = [text.format(many(*number)) for text, number in numbers.items() if number[0]]
    return lines + [gap for gap in duty.gaps(today) if gap != duty.NO_MAIL]


def whom_to_remind(store: Store, today: Duty) -> tuple[list[str], list[str]]:
    """Whoever is on duty, and their cover where something is overdue; administrators where something else is wrong.

    Apart, since administrators are told that something is wrong and no number.
    """
    is_late = today.words.late or today.requests.late
    readers = [person.email for person in today.here[: 2 if is_late else 1]]
    if readers and not duty.gaps(today):
        return readers, []
    admins = [row.email for row in accounts.listing(store) if row.active and "admin" in row.roles]
    return readers, [email for email in admins if email not in readers]


def _tell_to_read_first(config: Config, store: Store, today: Duty) -> None:
    """Tell readers who are there, or where those may read none of it the others, that worrying words wait for them."""
    able = [reader for reader in today.readers if reader.has_password]
    waits = [each for each in able if any(item.worrying for item in reading_queue.due(store, each.id))]
    with store.writing() as session:
        audit.keep_only(session, READ_FIRST, store.today(), [each.id for each in waits])
        told = audit.done_by(session, READ_FIRST, store.today())
    to = [each for each in ([one for one in waits if one in today.here] or waits) if each.id not in told]
    if not to:
        return
    notices.send_read_first(config, [each.email for each in to])
    with store.writing() as session:
        for each in to:
            audit.add(store, session, each.id, READ_FIRST)


def _is_reminded(store: Store) -> bool:
    with store.reading() as session:
        return audit.was_done(session, ACTION, store.today())
