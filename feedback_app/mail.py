"""Sending e-mail to staff, where a council has said by which server: one-time links, and notices that hold numbers alone."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from threading import Thread
from typing import Final

from feedback_app.config import Smtp

TIMEOUT_SECONDS: Final = 20
_log = logging.getLogger(__name__)

_TEXT = """\
Somebody asked to set a password for Heard with this e-mail address.

To set it, open this link. It works once, within {hours}:

{link}

If it was not you, there is nothing to do: your password stays as it is.
"""


def message(smtp: Smtp, to: str, link: str, hours: int) -> EmailMessage:
    """The e-mail that carries a link."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = smtp.sender, to, "Set your password for Heard"
    mail.set_content(_TEXT.format(link=link, hours="an hour" if hours == 1 else f"{hours} hours"))
    return mail


def notice(smtp: Smtp, to: Sequence[str], subject: str, text: str) -> EmailMessage:
    """An e-mail to several members of staff; whoever writes one puts nothing into it that a young person wrote."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = smtp.sender, ", ".join(to), subject
    mail.set_content(text)
    return mail


def send(smtp: Smtp, mail: EmailMessage) -> None:
    """Send an e-mail.

    Raises:
        OSError: the server cannot be reached or refuses (``smtplib.SMTPException`` is one).
    """
    with smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS) as server:
        if smtp.starttls:
            server.starttls(context=ssl.create_default_context())
        if smtp.user:
            server.login(smtp.user, smtp.password)
        server.send_message(mail)


def send_soon(smtp: Smtp, mail: EmailMessage) -> None:
    """Send without waiting, so that the time an answer takes does not tell whether there is an account."""
    Thread(target=_send_or_log, args=(smtp, mail), name="mail", daemon=True).start()


def _send_or_log(smtp: Smtp, mail: EmailMessage) -> None:
    try:
        send(smtp, mail)
    except OSError as error:
        _log.error("An e-mail could not be sent by %s: %s", smtp.host, type(error).__name__)
