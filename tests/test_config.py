"""A setting that is missing, unknown or unsafe stops the start with one sentence that names it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from feedback_app.config import SETTINGS, Config, ConfigError
from tests.conftest import WORDS_KEY

#: The same in every test process, since it is part of a test's name.
KEY = WORDS_KEY
PRODUCTION = {
    "HEARD_SECRET_KEY": "s" * 32,
    "HEARD_WORDS_KEYS": KEY,
    "HEARD_PUBLIC_URL": "https://heard.example.gov.uk",
}


def problem(**changes: str | None) -> str:
    """What is said of production's settings with some changed, or left out."""
    environ = {**PRODUCTION, **{f"HEARD_{name}": value for name, value in changes.items()}}
    with pytest.raises(ConfigError) as raised:
        Config.from_environment({name: value for name, value in environ.items() if value is not None})
    assert len(str(raised.value).splitlines()) == 1
    return str(raised.value)


def test_production_is_what_starts_when_nothing_is_said() -> None:
    assert Config.from_environment(PRODUCTION).is_production


@pytest.mark.parametrize("name", ["SECRET_KEY", "WORDS_KEYS", "PUBLIC_URL"])
def test_production_does_not_start_without_its_secrets(name: str) -> None:
    assert problem(**{name: None}).startswith(f"HEARD_{name} is not set")
    assert problem(**{name: "  "}).startswith(f"HEARD_{name} is not set")


WRONG = [
    ("ENV", "prod", "HEARD_ENV is 'prod'; expected production, development or testing"),
    ("SECRET_KEY", "short", "HEARD_SECRET_KEY is shorter than 32 characters"),
    ("WORDS_KEYS", "short", "HEARD_WORDS_KEYS: key 1 is not a Fernet key"),
    ("WORDS_KEYS", f"{KEY},{KEY[:-1]}", "HEARD_WORDS_KEYS: key 2 is not a Fernet key"),
    ("WORDS_KEYS", "é" * 44, "HEARD_WORDS_KEYS: key 1 is not a Fernet key"),
    ("WORDS_KEYS", " , ", "HEARD_WORDS_KEYS holds no key"),
    (
        "DATABASE_URL",
        "mysql://localhost/heard",
        "HEARD_DATABASE_URL is neither sqlite:///FILE nor postgresql://",
    ),
    ("DATABASE_URL", "sqlite://", "HEARD_DATABASE_URL is neither"),
    ("DATABASE_URL", "sqlite:///", "HEARD_DATABASE_URL names no database"),
    ("DATABASE_URL", "sqlite:///:memory:", "HEARD_DATABASE_URL names no database"),
    ("DATABASE_URL", "sqlite:///?x=1", "HEARD_DATABASE_URL names no database"),
    ("DATABASE_URL", "postgresql://user:secret@host:port/heard", "HEARD_DATABASE_URL cannot be read"),
    ("DATABASE_URL", "postgresql://user:secret@host", "HEARD_DATABASE_URL names no database"),
    ("PUBLIC_URL", "http://heard.example.gov.uk", "HEARD_PUBLIC_URL is not set to an https:// address"),
    ("PUBLIC_URL", "heard.example.gov.uk", "HEARD_PUBLIC_URL is not set to an https:// address"),
    ("PUBLIC_URL", "https://", "HEARD_PUBLIC_URL is not set to an https:// address"),
    ("PUBLIC_URL", "https://[::1", "HEARD_PUBLIC_URL is not set to an https:// address"),
    (
        "PUBLIC_URL",
        "https://heard.example.gov.uk/x?y",
        "HEARD_PUBLIC_URL is 'https://heard.example.gov.uk/x?y'; expected",
    ),
    ("LEAVE_TO", "http://example.org", "HEARD_LEAVE_TO is not an https:// address"),
    ("LEAVE_TO", "javascript:alert(1)", "HEARD_LEAVE_TO is not an https:// address"),
    ("LEAVE_TO", "https://", "HEARD_LEAVE_TO is not an https:// address"),
    ("PROXIES", "6", "HEARD_PROXIES is '6'; expected a whole number from 0 to 5"),
    ("PROXIES", "-1", "HEARD_PROXIES is '-1'; expected a whole number from 0 to 5"),
    ("PROXIES", "٣", "HEARD_PROXIES is '٣'; expected a whole number from 0 to 5"),
    ("PROXIES", "9" * 5000, "HEARD_PROXIES is '999"),
    ("SESSION_IDLE_MINUTES", "4", "HEARD_SESSION_IDLE_MINUTES is '4'; expected a whole number from 5 to 240"),
    ("SMTP_PORT", "0", "HEARD_SMTP_PORT is '0'; expected a whole number from 1 to 65535"),
    ("SMTP_STARTTLS", "true", "HEARD_SMTP_STARTTLS is 'true'; expected yes or no"),
    (
        "SMTP_HOST",
        "mail.example.org",
        "HEARD_SMTP_SENDER is not an e-mail address, though HEARD_SMTP_HOST is set",
    ),
    ("SURVEYS", "/no/such/folder", "HEARD_SURVEYS: /no/such/folder does not exist"),
    ("HELP_LINES", "/no/such/file", "HEARD_HELP_LINES: /no/such/file does not exist"),
    ("DISCLOSURE", "/no/such/file", "HEARD_DISCLOSURE: /no/such/file does not exist"),
    ("READING_DAYS", "0", "HEARD_READING_DAYS is '0'; expected a whole number from 1 to 10"),
    ("CONTACT_DAYS", "11", "HEARD_CONTACT_DAYS is '11'; expected a whole number from 1 to 10"),
    ("CLOSED_DAYS", "2026-12-29, 30 December", "HEARD_CLOSED_DAYS: '30' is not a day such as 2026-12-29"),
    ("CONTACT_TO", "a@example.org; b", "HEARD_CONTACT_TO: 'a@example.org;' is not an e-mail address"),
    ("RESPONSE_MONTHS", "5", "HEARD_RESPONSE_MONTHS is '5'; expected a whole number from 6 to 60"),
    ("COMMENT_MONTHS", "7", "HEARD_COMMENT_MONTHS is '7'; expected a whole number from 1 to 6"),
    ("PROCEDURE", "http://example.org", "HEARD_PROCEDURE is not an https:// address"),
    ("DEMO", "yes", "HEARD_DEMO is for the demonstration; production does not start with it"),
    ("DEMO", "1", "HEARD_DEMO is '1'; expected yes or no"),
    ("SECRET", "x", "HEARD_SECRET is not a setting; known are HEARD_"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_wrong_setting_is_named(name: str, value: str, sentence: str) -> None:
    assert problem(**{name: value}).startswith(sentence)


def test_without_a_council_s_name_pages_say_your_council_and_reports_name_none() -> None:
    unnamed = Config.from_environment(PRODUCTION)
    assert (unnamed.council, unnamed.council_on_pages) == ("", "Your council")
    named = Config.from_environment({**PRODUCTION, "HEARD_COUNCIL": "Northshire"})
    assert (named.council, named.council_on_pages) == ("Northshire", "Northshire")


def test_a_council_says_on_which_days_it_is_closed_and_whom_to_tell() -> None:
    said = {"HEARD_CLOSED_DAYS": "2026-12-29, 2026-12-30", "HEARD_CONTACT_TO": "A@example.org b@example.org"}
    config = Config.from_environment({**PRODUCTION, **said})
    assert config.deadlines.read_by(dt.date(2026, 12, 24)) == dt.date(2027, 1, 4)
    assert config.contact_to == ("a@example.org", "b@example.org")


def test_a_passwords_characters_are_not_repeated() -> None:
    assert "secret" not in problem(DATABASE_URL="postgresql://user:secret@host:port/heard")


def test_every_setting_has_a_wrong_value_tried_above() -> None:
    free = {"COUNCIL", "CONTACT", "INSTANCE", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SENDER"}
    assert {f"HEARD_{name}" for name in {*free, *(wrong[0] for wrong in WRONG)}} == {
        *SETTINGS,
        "HEARD_SECRET",
    }


def test_a_database_that_is_a_folder_or_a_device_is_told(tmp_path: Path) -> None:
    assert (
        problem(DATABASE_URL=f"sqlite:///{tmp_path}")
        == f"HEARD_DATABASE_URL: {tmp_path} is there and is not a file"
    )


def test_secrets_are_not_shown_when_settings_are_printed() -> None:
    config = Config.from_environment({**PRODUCTION, "HEARD_SMTP_PASSWORD": "hush"})
    assert not any(secret in repr(config) for secret in (KEY, "s" * 32, "hush"))


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_by_psycopg(scheme: str) -> None:
    config = Config.from_environment({**PRODUCTION, "HEARD_DATABASE_URL": f"{scheme}://host/heard"})
    assert config.database_url == "postgresql+psycopg://host/heard"


def development(folder: Path) -> Config:
    return Config.from_environment({"HEARD_ENV": "development", "HEARD_INSTANCE": str(folder)})


def test_development_makes_its_keys_once(tmp_path: Path) -> None:
    first, second = development(tmp_path / "new"), development(tmp_path / "new")
    assert (first.secret_key, first.words_keys) == (second.secret_key, second.words_keys)


def test_generated_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    development(tmp_path)
    assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0, 0]


def test_an_instance_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("x")
    with pytest.raises(ConfigError, match=r"HEARD_INSTANCE: .*secret_key cannot be read or made"):
        development(tmp_path / "instance")


def test_a_kept_key_that_was_emptied_is_told(tmp_path: Path) -> None:
    development(tmp_path)
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(ConfigError, match="HEARD_SECRET_KEY is shorter than 32 characters"):
        development(tmp_path)
