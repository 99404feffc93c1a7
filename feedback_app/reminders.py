"""What a timer reminds staff of: words that are due or overdue to be read, and young people who wait to be contacted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feedback_app import notices
from feedback_app.config import Config
from feedback_app.staff import duty
from feedback_app.staff.duty import Duty
from feedback_app.staff.words import many
from feedback_app.store import Store, audit
from feedback_app.store import staff as accounts

#: What the audit log calls a day's reminder, so that there is one a day however often the timer runs.
ACTION: Final = "reminded"


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
    """Tell staff of contact requests that no e-mail told them of, and, once each working day, of what is due or overdue.

    Raises:
        NotTold: the mail server cannot be reached or refuses.
    """
    told = notices.tell_of_contact_requests(config, store) if config.smtp.host else 0
    today = duty.of_today(config, store)
    lines = due(today)
    if not config.smtp.host:
        return Reminded(told, lines, [], "no mail server is set (HEARD_SMTP_HOST)")
    if not lines:
        return Reminded(told, lines, [], "nothing is due")
    if not store.deadlines.working_days.has(store.today()):
        return Reminded(told, lines, [], "it is not a working day")
    if _is_reminded(store):
        return Reminded(told, lines, [], "they were reminded today already")
    to = whom_to_remind(store, today)
    notices.send_reminder(config, to, lines, today.says())
    with store.writing() as session:
        audit.add(store, session, None, ACTION)
    return Reminded(told, lines, to)


def due(today: Duty) -> list[str]:
    """What is due today, or overdue, in numbers."""
    numbers = {
        "{} overdue to be read": (today.words.late, "comment", "comments"),
        "{} to be read today": (today.words.due, "comment", "comments"),
        "{} overdue to be contacted": (today.requests.late, "young person", "young people"),
        "{} to be contacted today": (today.requests.due, "young person", "young people"),
    }
    lines = [text.format(many(*number)) for text, number in numbers.items() if number[0]]
    return lines + duty.gaps(today)


def whom_to_remind(store: Store, today: Duty) -> list[str]:
    """Whoever is on duty; their cover as well where something is overdue; administrators where something else is wrong."""
    to = [person.email for person in today.here[:1]]
    if today.words.late or today.requests.late:
        to += [person.email for person in today.here[1:2]]
    if duty.gaps(today) or not to:
        to += [row.email for row in accounts.listing(store) if row.active and "admin" in row.roles]
    return list(dict.fromkeys(to))


def _is_reminded(store: Store) -> bool:
    with store.reading() as session:
        return audit.was_done(session, ACTION, store.today())
