"""``heard remind``, as a timer runs it."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import EmailMessage

import pytest

from feedback_app import mail, reminders
from feedback_app.config import Config, Smtp
from feedback_app.notices import NotTold
from feedback_app.store import Store, audit, contact_requests, readers, reading_queue, staff
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.reading_queue import Notes
from tests.cli.conftest import Command
from tests.store.answering import open_round, send
from tests.support.clock import Clock


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """E-mails sent."""
    messages: list[EmailMessage] = []
    monkeypatch.setattr(mail, "send", lambda _smtp, message: messages.append(message))
    return messages


@pytest.fixture
def council(config: Config) -> Config:
    """A council with a mail server."""
    smtp = Smtp(host="mail.example.org", sender="heard@example.org")
    return replace(config, smtp=smtp, public_url="https://heard.example.gov.uk")


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    """Two readers and an administrator."""
    found = {}
    for name, role in (("ruth", "safeguarding"), ("sam", "safeguarding"), ("admin", "admin")):
        found[name] = staff.add(store, f"{name}@example.org", [role])
        staff.set_password(store, found[name], "hash")
    return found


def write(store: Store, words: str = "my dog is called Rex") -> None:
    send(store, open_round(store)[0], {"what_helps": words})


def test_whoever_is_on_duty_is_reminded_on_the_day_once(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store)
    today.move_to("2026-11-23")
    assert reminders.remind(council, store).why_not == "nothing is due"
    today.move_to("2026-11-24")
    assert reminders.remind(council, store).to == ["ruth@example.org"]
    assert reminders.remind(council, store).why_not == "they were reminded today already"
    (message,) = sent
    text = message.get_content()
    assert "- 1 comment to be read today" in text
    assert "https://heard.example.gov.uk/staff/" in text
    assert "Rex" not in str(message)


def test_the_cover_is_reminded_as_well_of_what_is_overdue(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store)
    today.move_to("2026-11-25")
    assert reminders.remind(council, store).to == ["ruth@example.org", "sam@example.org"]


def test_whoever_is_away_is_not_reminded(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store)
    today.move_to("2026-11-24")
    readers.add_absence(store, ids["ruth"], today.day, today.day, ids["admin"])
    assert reminders.remind(council, store).to == ["sam@example.org"]
    readers.add_absence(store, ids["sam"], today.day, today.day, ids["admin"])


def test_administrators_are_reminded_where_nobody_can_read(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store, "i want to die")
    item = reading_queue.due(store)[0].id
    for name, other in (("ruth", "sam"), ("sam", "ruth")):
        reading_queue.step_back(store, item, ids[name], [ids[other]])
    assert "admin@example.org" in reminders.remind(council, store).to
    assert "every reader has stepped back" in sent[0].get_content()


def test_readers_who_are_there_are_told_once_of_words_to_be_read_first(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    today.move_to("2026-11-21")
    write(store)
    reminders.remind(council, store)
    assert sent == []
    write(store, "i want to die")
    for _ in range(2):
        reminders.remind(council, store)
    (message,) = sent
    assert message["To"] == "ruth@example.org, sam@example.org"
    assert message["Subject"] == "Heard: please look at what waits for you"
    assert "https://heard.example.gov.uk/staff/reading" in message.get_content()
    assert not re.search(r"\d|want to die", message.get_content())


def test_when_such_words_were_read_nothing_is_kept_of_it_and_new_ones_are_told_of(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    for number in (1, 2):
        write(store, "i want to die")
        reminders.remind(council, store)
        assert len(sent) == number
        reading_queue.mark_read(store, [reading_queue.due(store)[0].id], ids["ruth"])
        reminders.remind(council, store)
        with store.reading() as session:
            assert audit.done_by(session, reminders.READ_FIRST, today.day) == set()


def test_such_words_that_still_wait_on_the_next_day_are_told_of_again(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store, "i want to die")
    reminders.remind(council, store)
    today.move_to("2026-11-21")
    reminders.remind(council, store)
    assert len(sent) == 2


def test_whoever_stepped_back_is_not_told_of_such_words_and_the_others_are(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store, "i want to die")
    readers.add_absence(store, ids["sam"], today.day, today.day, ids["admin"])
    reminders.remind(council, store)
    reading_queue.step_back(store, reading_queue.due(store)[0].id, ids["ruth"], [ids["sam"]])
    reminders.remind(council, store)
    assert [message["To"] for message in sent] == ["ruth@example.org", "sam@example.org"]


def test_administrators_are_told_no_number(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store)
    for name in ("ruth", "sam"):
        readers.add_absence(store, ids[name], today.day, today.day.replace(day=27), ids["admin"])
    today.move_to("2026-11-25")
    assert reminders.remind(council, store).to == ["admin@example.org"]
    (message,) = sent
    assert "- Words of young people are overdue to be read for safety." in message.get_content()
    assert "comment" not in message.get_content()


def test_nobody_is_reminded_on_a_day_off(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store)
    today.move_to("2026-11-28")
    assert reminders.remind(council, store).why_not == "it is not a working day"
    assert sent == []


def test_a_contact_request_that_could_not_be_told_of_is_told_of_now(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    contact_requests.put(store, "a" * 22, Wanted("Jay", "07700 900123"))
    today.move_to("2026-11-21")
    assert reminders.remind(council, store).told == 1
    assert reminders.remind(council, store).told == 0
    (message,) = sent
    assert message["To"] == "ruth@example.org, sam@example.org"
    assert "Jay" not in str(message)


def test_those_whom_the_council_names_are_told_of_contact_requests_instead(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage]
) -> None:
    contact_requests.put(store, "a" * 22, Wanted("Jay", "07700 900123"))
    reminders.remind(replace(council, contact_to=("duty@example.gov.uk",)), store)
    assert [message["To"] for message in sent] == ["duty@example.gov.uk"]


def test_the_command_says_in_lines_what_is_due(
    store: Store, ids: dict[str, int], heard: Command, today: Clock
) -> None:
    write(store)
    today.move_to("2026-11-24")
    assert heard("remind").lines == [
        "1 comment to be read today",
        "Nobody was reminded: no mail server is set (HEARD_SMTP_HOST).",
    ]


def test_the_command_fails_where_the_mail_server_does_not_answer(
    store: Store, ids: dict[str, int], heard: Command, environment: pytest.MonkeyPatch
) -> None:
    def refuse(_smtp: Smtp, _message: EmailMessage) -> None:
        raise ConnectionRefusedError

    environment.setenv("HEARD_SMTP_HOST", "mail.example.org")
    environment.setenv("HEARD_SMTP_SENDER", "heard@example.org")
    environment.setattr(mail, "send", refuse)
    contact_requests.put(store, "a" * 22, Wanted("Jay", "07700 900123"))
    ran = heard("remind")
    assert (ran.status, ran.out) == (1, "")
    assert "mail.example.org did not take an e-mail" in ran.err


def test_without_a_mail_server_it_says_so_and_what_is_due(
    store: Store, config: Config, ids: dict[str, int], today: Clock
) -> None:
    write(store)
    today.move_to("2026-11-24")
    done = reminders.remind(config, store)
    assert done.lines == ["1 comment to be read today"]
    assert done.why_not == "no mail server is set (HEARD_SMTP_HOST)"


def test_a_mail_server_that_refuses_is_told_and_tried_again(
    store: Store,
    council: Config,
    ids: dict[str, int],
    sent: list[EmailMessage],
    today: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_smtp: Smtp, _message: EmailMessage) -> None:
        raise ConnectionRefusedError

    write(store)
    today.move_to("2026-11-24")
    with monkeypatch.context() as broken:
        broken.setattr(mail, "send", refuse)
        with pytest.raises(NotTold, match=r"mail\.example\.org did not take"):
            reminders.remind(council, store)
    assert reminders.remind(council, store).to == ["ruth@example.org"]


def test_notes_beside_words_are_in_no_reminder(
    store: Store, council: Config, ids: dict[str, int], sent: list[EmailMessage], today: Clock
) -> None:
    write(store, "i want to die")
    item = reading_queue.due(store)[0].id
    reading_queue.note(store, item, ids["ruth"], Notes("Arabic", "rex", ("police",)))
    today.move_to("2026-11-24")
    reminders.remind(council, store)
    assert not any(word in str(sent[0]) for word in ("rex", "police", "Arabic", "die"))
