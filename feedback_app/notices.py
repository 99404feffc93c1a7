"""E-mail that tells staff that something waits: numbers and "sign in", never a word that a young person wrote."""

from __future__ import annotations

import logging
import time
from threading import Lock, Thread
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from feedback_app import mail
from feedback_app.config import Config
from feedback_app.store import Store, contact_requests, readers, staff

#: After one e-mail about contact requests the next one waits for so long, and tells of all that came meanwhile.
PAUSE_SECONDS: Final = 60
_log = logging.getLogger(__name__)

_CONTACT = """\
{asked} asked to be contacted, and staff have not been told of it before.

Please sign in, press "I have it", and get in touch within your council's time:

{link}

Nothing of what was written is in this e-mail. In Heard it is destroyed as soon as you say that it is dealt with.
"""


_STUCK = """\
A reader has stepped back from words that a young person wrote, and nobody else may read them now.

Please give somebody else the role Safeguarding today:

{link}

Nothing of what was written is in this e-mail.
"""


_REMINDER = """\
In Heard waits for you today:

{lines}

{duty}

Please sign in: {link}

Nothing of what was written is in this e-mail.
"""


_READ_FIRST = """\
In Heard wait words of young people that should be read before all others. Please sign in and read them now:

{link}

How many there are, and what they say, is not in this e-mail.
"""


class NotTold(Exception):
    """An e-mail could not be sent; the message is one sentence for whoever runs the server."""


def whom_to_tell(config: Config, store: Store) -> list[str]:
    """Who is told of contact requests: those whom the council named, else the readers who are there today, else all of them."""
    if config.contact_to:
        return list(config.contact_to)
    everybody = readers.listing(store)
    return [reader.email for reader in readers.on_duty(everybody, store.today()) or everybody]


def tell_of_contact_requests(config: Config, store: Store) -> int:
    """Tell staff of the contact requests that they have not been told of; how many those were.

    Raises:
        NotTold: the mail server cannot be reached or refuses, or there is nobody to tell.
    """
    ids = contact_requests.untold(store)
    if not ids:
        return 0
    number = len(ids)
    asked = "A young person has" if number == 1 else f"{number} young people have"
    text = _CONTACT.format(asked=asked, link=f"{config.public_url}/staff/contact")
    send(config, whom_to_tell(config, store), "Heard: somebody asks to be contacted", text)
    contact_requests.mark_told(store, ids)
    return number


def send_reminder(config: Config, to: list[str], lines: list[str], duty: str) -> None:
    """Send the day's reminder.

    Raises:
        NotTold: the mail server cannot be reached or refuses, or there is nobody to tell.
    """
    text = _REMINDER.format(
        lines="\n".join(f"- {line}" for line in lines), duty=duty, link=f"{config.public_url}/staff/"
    )
    send(config, to, "Heard: what is due today", text)


def send_read_first(config: Config, to: list[str]) -> None:
    """Tell readers that there are words to be read first. The subject, which a locked phone shows to anybody, does not say so.

    Raises:
        NotTold: the mail server cannot be reached or refuses.
    """
    text = _READ_FIRST.format(link=f"{config.public_url}/staff/reading")
    send(config, to, "Heard: please look at what waits for you", text)


def tell_admins_soon(config: Config, store: Store) -> None:
    """Tell administrators that nobody can read some words; without a mail server, the home page alone tells them."""
    admins = [row.email for row in staff.listing(store) if row.active and "admin" in row.roles]
    if config.smtp.host and admins:
        text = _STUCK.format(link=f"{config.public_url}/staff/people")
        mail.send_soon(
            config.smtp, mail.notice(config.smtp, admins, "Heard: somebody else has to read", text)
        )


def send(config: Config, to: list[str], subject: str, text: str) -> None:
    """Send an e-mail to members of staff.

    Raises:
        NotTold: the mail server cannot be reached or refuses, or there is nobody to tell.
    """
    if not to:
        raise NotTold("there is nobody to tell: nobody has the role safeguarding")
    try:
        mail.send(config.smtp, mail.notice(config.smtp, to, subject, text))
    except OSError as error:
        raise NotTold(f"{config.smtp.host} did not take an e-mail ({type(error).__name__})") from None


class Teller:
    """Tells staff of contact requests without making a young person wait. What fails is told again by ``heard remind``."""

    def __init__(self, config: Config, store: Store) -> None:
        self._config, self._store = config, store
        self._waiting, self._turn = Lock(), Lock()

    def tell_soon(self) -> None:
        """Have staff told; does nothing where a mail is about to be sent anyway, or there is no mail server."""
        if self._config.smtp.host and self._waiting.acquire(blocking=False):
            Thread(target=self._tell, name="contact requests", daemon=True).start()

    def _tell(self) -> None:
        with self._turn:
            # What is stored from here on needs an e-mail of its own.
            self._waiting.release()
            try:
                tell_of_contact_requests(self._config, self._store)
            except NotTold as error:
                _log.error("Staff were not told of a contact request: %s", error)
            except SQLAlchemyError:
                _log.exception("Staff may not have been told of a contact request")
            time.sleep(PAUSE_SECONDS)
