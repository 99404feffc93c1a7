"""Whose duty it is today to read words and to answer those who ask for somebody, and what staff are warned of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feedback_app.config import Config
from feedback_app.store import Store, contact_requests, readers, reading_queue
from feedback_app.store.contact_requests import Numbers as Requests
from feedback_app.store.readers import Person
from feedback_app.store.reading_queue import Numbers as Words

NO_MAIL: Final = (
    "No mail server is set, so nobody is told by e-mail of worrying words, or when a young person asks to be contacted:"
    " look at Heard every working day."
)


@dataclass(frozen=True, slots=True)
class Duty:
    """Today's duty.

    Attributes:
        readers: everybody who reads, in their order.
        here: those of them who are there today: the first is on duty, the second covers.
        words: what waits to be read.
        requests: the contact requests that wait.
        has_mail: whether there is a mail server.
    """

    readers: list[Person]
    here: list[Person]
    words: Words
    requests: Requests
    has_mail: bool

    @property
    def on_duty(self) -> str:
        """The e-mail address of whoever is on duty, or empty."""
        return self.here[0].email if self.here else ""

    @property
    def cover(self) -> str:
        """The e-mail address of whoever covers, or empty."""
        return self.here[1].email if len(self.here) > 1 else ""

    def says(self) -> str:
        """Who is on duty and who covers, as one sentence."""
        if not self.here:
            return "Nobody is on duty today."
        return f"On duty today: {self.on_duty}. " + (
            f"Cover: {self.cover}." if self.cover else "Nobody covers."
        )


def of_today(config: Config, store: Store) -> Duty:
    """Today's duty, without opening a word of what waits."""
    everybody = readers.listing(store)
    able = [reader.id for reader in everybody if reader.has_password]
    return Duty(
        everybody,
        readers.on_duty(everybody, store.today()),
        reading_queue.numbers(store, able),
        contact_requests.numbers(store),
        bool(config.smtp.host),
    )


def warnings(duty: Duty) -> list[str]:
    """What those must know who can mend it: what is overdue, and ``gaps``. No number of words, which only readers learn."""
    return [*_true(_overdue(duty)), *gaps(duty)]


def gaps(duty: Duty) -> list[str]:
    """Why words may not be read, or requests not be seen, in time."""
    return _true(_gaps(duty))


def _true(sentences: dict[str, bool]) -> list[str]:
    return [sentence for sentence, is_so in sentences.items() if is_so]


def _overdue(duty: Duty) -> dict[str, bool]:
    return {
        "Words of young people are overdue to be read for safety.": duty.words.late > 0,
        "A young person who asked to be contacted is overdue to be answered.": duty.requests.late > 0,
    }


def _gaps(duty: Duty) -> dict[str, bool]:
    is_able = any(reader.has_password for reader in duty.readers)
    return {
        "Nobody has the role Safeguarding, so nobody reads what young people write in their own words.": (
            not duty.readers
        ),
        "Nobody with the role Safeguarding has signed in yet, so nobody reads what young people write.": (
            bool(duty.readers) and not is_able
        ),
        "Everybody who reads words for safety is away today.": is_able and not duty.here,
        "There are words from which every reader has stepped back. Somebody else needs the role Safeguarding to read them.": (
            duty.words.stuck > 0
        ),
        NO_MAIL: not duty.has_mail,
        "A young person asks to be contacted, and the e-mail that tells staff could not be sent yet.": (
            duty.has_mail and duty.requests.untold > 0
        ),
        "Unusually many contact requests wait. Somebody may be playing with the form; look through all of them all the same.": (
            duty.requests.waiting > contact_requests.MANY
        ),
    }
