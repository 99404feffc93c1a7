"""Settings, read from the environment once at start. Anything missing or unsafe stops the start with one sentence."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from cryptography.fernet import Fernet
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from feedback_app.store.deadlines import CONTACT_DAYS, READING_DAYS, Deadlines
from feedback_app.store.periods import (
    COMMENT_MONTHS,
    COMMENT_MONTHS_BETWEEN,
    RESPONSE_MONTHS,
    RESPONSE_MONTHS_BETWEEN,
    Periods,
)
from feedback_app.working_days import WorkingDays

#: Fewer characters than this and a secret could be guessed.
SECRET_KEY_LENGTH: Final = 32


class ConfigError(Exception):
    """A setting is missing, unknown or unsafe; the message says which and what was expected."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """How one-time links are sent. ``host`` empty means they are shown to the administrator instead."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    starttls: bool = True


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of the application.

    Attributes:
        env: ``production``, ``development`` or ``testing``.
        instance: folder for the SQLite file and, in development, generated keys.
        database_url: SQLAlchemy URL; SQLite or PostgreSQL (psycopg).
        secret_key: signs staff sessions and links; receipts and codes are hashed under keys derived from it.
        words_keys: Fernet keys, newest first; comments and sealed responses are encrypted under them.
        surveys: a council's own survey definitions beside the built-in ones.
        help_lines: a council's own list of help lines instead of the built-in one.
        disclosure: a council's own, never laxer, disclosure settings.
        council: the council's name as boards read it; empty where it was not said (see ``council_on_pages``).
        public_url: the address young people use, such as ``https://heard.example.gov.uk``; empty in development.
        contact: how to complain or ask, shown in the accessibility statement and the privacy page.
        leave_to: the ordinary site that "leave this page" goes to.
        proxies: how many trusted proxies stand in front: for scheme and host, and for the address in limits on wrong codes alone.
        session_idle_minutes: staff are signed out after this long without a request.
        demo: whether this is the demonstration, in which a month can be ended at will.
        deadlines: by when words are read and contact requests answered, in the council's own working days; how long what
            young people said is kept.
        contact_to: who is told of contact requests, by e-mail address; empty for everybody with the role ``safeguarding``.
        procedure: where the council's own safeguarding procedure stands; empty where it was not said.
    """

    env: str
    instance: Path
    database_url: str
    secret_key: str = field(repr=False)
    words_keys: tuple[str, ...] = field(repr=False)
    surveys: Path | None = None
    help_lines: Path | None = None
    disclosure: Path | None = None
    council: str = ""
    public_url: str = ""
    contact: str = ""
    leave_to: str = "https://www.bbc.co.uk/weather"
    proxies: int = 0
    session_idle_minutes: int = 30
    smtp: Smtp = Smtp()
    demo: bool = False
    deadlines: Deadlines = field(default_factory=Deadlines)
    contact_to: tuple[str, ...] = ()
    procedure: str = ""

    @property
    def is_production(self) -> bool:
        """Whether real answers may be here: cookies are then sent over TLS only."""
        return self.env == "production"

    @property
    def council_on_pages(self) -> str:
        """The council's name as young people and staff read it."""
        return self.council or "Your council"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Config:
        """Settings from ``HEARD_*`` variables.

        Raises:
            ConfigError: a variable is unknown, missing where it must be set, or not of its form.
        """
        return _Reader(environ).config()


_KNOWN: Final = frozenset(
    "ENV INSTANCE DATABASE_URL SECRET_KEY WORDS_KEYS SURVEYS HELP_LINES DISCLOSURE COUNCIL PUBLIC_URL CONTACT LEAVE_TO "
    "PROXIES SESSION_IDLE_MINUTES DEMO READING_DAYS CONTACT_DAYS CLOSED_DAYS CONTACT_TO PROCEDURE "
    "RESPONSE_MONTHS COMMENT_MONTHS SMTP_HOST SMTP_PORT SMTP_USER SMTP_PASSWORD SMTP_SENDER SMTP_STARTTLS".split()
)
#: The names of every setting, for documentation and its test.
SETTINGS: Final = tuple(sorted(f"HEARD_{name}" for name in _KNOWN))


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.values = {
            name[6:]: value.strip()
            for name, value in environ.items()
            if name.startswith("HEARD_") and not name.startswith("HEARD_TEST_")
        }
        if unknown := sorted(set(self.values) - _KNOWN):
            raise ConfigError(f"HEARD_{unknown[0]} is not a setting; known are {', '.join(SETTINGS)}")
        self.env = self.values.get("ENV") or "production"
        if self.env not in ("production", "development", "testing"):
            raise ConfigError(f"HEARD_ENV is {self.env!r}; expected production, development or testing")
        self.instance = Path(self.values.get("INSTANCE") or "instance").absolute()

    def config(self) -> Config:
        return Config(
            env=self.env,
            instance=self.instance,
            database_url=self.database_url(),
            secret_key=self.secret_key(),
            words_keys=self.words_keys(),
            surveys=self.path("SURVEYS"),
            help_lines=self.path("HELP_LINES"),
            disclosure=self.path("DISCLOSURE"),
            council=self.values.get("COUNCIL", ""),
            public_url=self.public_url(),
            contact=self.values.get("CONTACT", ""),
            leave_to=self.https("LEAVE_TO", "https://www.bbc.co.uk/weather"),
            proxies=self.number("PROXIES", 0, 0, 5),
            session_idle_minutes=self.number("SESSION_IDLE_MINUTES", 30, 5, 240),
            smtp=self.smtp(),
            demo=self.yes_or_no("DEMO", "no") and self.not_in_production("DEMO"),
            deadlines=Deadlines(
                WorkingDays(self.days("CLOSED_DAYS")),
                self.number("READING_DAYS", READING_DAYS, 1, 10),
                self.number("CONTACT_DAYS", CONTACT_DAYS, 1, 10),
                Periods(
                    self.number("RESPONSE_MONTHS", RESPONSE_MONTHS, *RESPONSE_MONTHS_BETWEEN),
                    self.number("COMMENT_MONTHS", COMMENT_MONTHS, *COMMENT_MONTHS_BETWEEN),
                ),
            ),
            contact_to=self.addresses("CONTACT_TO"),
            procedure=self.https("PROCEDURE", ""),
        )

    def database_url(self) -> str:
        url = self.values.get("DATABASE_URL") or f"sqlite:///{self.instance / 'heard.sqlite'}"
        if url.startswith(("postgresql://", "postgres://")):
            url = f"postgresql+psycopg://{url.split('://', 1)[1]}"
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ConfigError("HEARD_DATABASE_URL is neither sqlite:///FILE nor postgresql://USER@HOST/NAME")
        if not _parsed(url).database or ":memory:" in url:
            raise ConfigError("HEARD_DATABASE_URL names no database; answers must outlive the process")
        if url.startswith("sqlite") and not _may_be_a_file(Path(str(_parsed(url).database))):
            raise ConfigError(f"HEARD_DATABASE_URL: {_parsed(url).database} is there and is not a file")
        return url

    def secret_key(self) -> str:
        key = self.values.get("SECRET_KEY") or self.kept("secret_key", lambda: secrets.token_urlsafe(48))
        if len(key) < SECRET_KEY_LENGTH:
            raise ConfigError(f"HEARD_SECRET_KEY is shorter than {SECRET_KEY_LENGTH} characters")
        return key

    def words_keys(self) -> tuple[str, ...]:
        text = self.values.get("WORDS_KEYS") or self.kept(
            "words_keys", lambda: Fernet.generate_key().decode()
        )
        keys = tuple(part.strip() for part in text.split(",") if part.strip())
        if not keys:
            raise ConfigError(
                "HEARD_WORDS_KEYS holds no key; expected Fernet keys, the newest first, with commas between"
            )
        for place, key in enumerate(keys, 1):
            try:
                Fernet(key)
            except ValueError:
                raise ConfigError(
                    f"HEARD_WORDS_KEYS: key {place} is not a Fernet key (44 url-safe characters)"
                ) from None
        return keys

    def kept(self, name: str, make: Callable[[], str]) -> str:
        """A key generated for development and kept in the instance folder. Production must be given its own."""
        if self.env == "production":
            raise ConfigError(
                f"HEARD_{name.upper()} is not set; production does not start without it (see docs/deploying.md)"
            )
        file = self.instance / name
        try:
            return _read_or_make(file, make)
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                f"HEARD_INSTANCE: {file} cannot be read or made ({type(error).__name__})"
            ) from None

    def public_url(self) -> str:
        url = self.values.get("PUBLIC_URL", "").rstrip("/")
        parts = _address(url)
        if self.env == "production" and not (parts and parts.scheme == "https"):
            raise ConfigError(
                "HEARD_PUBLIC_URL is not set to an https:// address; production does not start without it"
            )
        if url and (not parts or parts.path or parts.query or parts.fragment or parts.username):
            raise ConfigError(
                f"HEARD_PUBLIC_URL is {url!r}; expected an address such as https://heard.example.gov.uk"
            )
        return url

    def https(self, name: str, default: str) -> str:
        url = self.values.get(name) or default
        parts = _address(url)
        if url and (not parts or parts.scheme != "https"):
            raise ConfigError(f"HEARD_{name} is not an https:// address")
        return url

    def days(self, name: str) -> frozenset[dt.date]:
        """Days, with commas or blanks between."""
        found = set()
        for text in _several(self.values.get(name, "")):
            try:
                found.add(dt.date.fromisoformat(text))
            except ValueError:
                raise ConfigError(
                    f"HEARD_{name}: {text!r} is not a day such as 2026-12-29 (commas between days)"
                ) from None
        return frozenset(found)

    def addresses(self, name: str) -> tuple[str, ...]:
        """E-mail addresses, with commas or blanks between."""
        found = tuple(text.lower() for text in _several(self.values.get(name, "")))
        for text in found:
            if not re.fullmatch(r"[^@\s<>;:]+@[^@\s<>;:]+", text):
                raise ConfigError(
                    f"HEARD_{name}: {text!r} is not an e-mail address (commas between addresses)"
                )
        return found

    def path(self, name: str) -> Path | None:
        text = self.values.get(name)
        if not text:
            return None
        path = Path(text).absolute()
        if not path.exists():
            raise ConfigError(f"HEARD_{name}: {text} does not exist")
        return path

    def number(self, name: str, default: int, least: int, most: int) -> int:
        text = self.values.get(name) or str(default)
        is_number = text.isascii() and text.isdigit() and len(text) < 10
        if not is_number or not least <= int(text) <= most:
            raise ConfigError(f"HEARD_{name} is {text!r}; expected a whole number from {least} to {most}")
        return int(text)

    def yes_or_no(self, name: str, default: str) -> bool:
        text = self.values.get(name) or default
        if text not in ("yes", "no"):
            raise ConfigError(f"HEARD_{name} is {text!r}; expected yes or no")
        return text == "yes"

    def not_in_production(self, name: str) -> bool:
        if self.env == "production":
            raise ConfigError(f"HEARD_{name} is for the demonstration; production does not start with it")
        return True

    def smtp(self) -> Smtp:
        host = self.values.get("SMTP_HOST", "")
        sender = self.values.get("SMTP_SENDER", "")
        if host and "@" not in sender:
            raise ConfigError("HEARD_SMTP_SENDER is not an e-mail address, though HEARD_SMTP_HOST is set")
        return Smtp(
            host=host,
            port=self.number("SMTP_PORT", 587, 1, 65535),
            user=self.values.get("SMTP_USER", ""),
            password=self.values.get("SMTP_PASSWORD", ""),
            sender=sender,
            starttls=self.yes_or_no("SMTP_STARTTLS", "yes"),
        )


def _several(text: str) -> list[str]:
    """What stands in a setting with commas or blanks between."""
    return text.replace(",", " ").split()


def _parsed(url: str) -> URL:
    """A database's address, taken apart; what is in it may be a password, so it is not repeated."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigError(
            "HEARD_DATABASE_URL cannot be read; expected postgresql://USER:PASSWORD@HOST:PORT/NAME"
        ) from None


def _may_be_a_file(path: Path) -> bool:
    """Not so of a folder, nor of a device, whose rights a new database would change."""
    try:
        return path.is_file() or not path.exists()
    except OSError:
        return True


def _address(url: str) -> SplitResult | None:
    """An http or https address with a host, taken apart, or None."""
    try:
        parts = urlsplit(url)
        return parts if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _read_or_make(file: Path, make: Callable[[], str]) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as out:
                out.write(make())
    return file.read_text(encoding="ascii").strip()
