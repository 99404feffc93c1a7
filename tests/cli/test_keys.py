"""Keys from the command line: changing them, and what every command says where one is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from feedback_app.store import Store, counting, keys, retention
from feedback_app.store.models import Base
from feedback_app.store.secrets import Secrets
from tests.cli.conftest import Census, Command
from tests.conftest import SECRET_KEY, WORDS_KEY
from tests.store.answering import open_round, send
from tests.support.clock import Clock

pytestmark = pytest.mark.slow

NEW_KEY = "C" * 43 + "="
MISSING = "Stored words cannot be opened with HEARD_WORDS_KEYS; the key they were sealed under is missing"
CONDITION = (
    "Older keys can be taken out of HEARD_WORDS_KEYS if everything that serves was restarted after the newest was added, and "
    "before this ran. If not, or if in doubt: restart it, and run this again. Keep them elsewhere for as long as backups from "
    "their time."
)
OTHER_SECRET = "another one: sixty-four characters that nobody has to keep secret"


@pytest.fixture
def filled(store: Store, today: Clock) -> Store:
    """Ten responses counted, and ten that are due to be counted."""
    keys.note(store)
    slug, _ = open_round(store, days=90)
    for _ in range(2):
        for number in range(10):
            send(store, slug, {"carers_listen": "yes", "what_helps": f"my nan {number}"})
        if today().month == 11:
            today.end_month()
            counting.count(store)
    today.end_month()
    return store


def with_keys(environment: pytest.MonkeyPatch, *words_keys: str) -> None:
    environment.setenv("HEARD_WORDS_KEYS", ",".join(words_keys))


def test_a_new_key_is_a_key(run: Command) -> None:
    (key,) = run("keys", "new").lines
    Fernet(key)
    assert run("keys", "new").lines != [key]


@pytest.mark.usefixtures("filled")
def test_the_key_is_changed_in_three_steps(
    heard: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert heard("keys", "check").lines[-1] == "Everything can be opened."
    before = tmp_path / "before.backup"
    heard("backup", before)
    with_keys(environment, NEW_KEY, WORDS_KEY)
    assert heard("keys", "check").lines[-1] == (
        "Everything can be opened. Older keys are still needed: run heard keys rotate."
    )
    assert heard("keys", "rotate").lines == [
        "51 values sealed under the newest key.",
        CONDITION,
    ]
    with_keys(environment, NEW_KEY)
    assert heard("keys", "check").lines[-1] == "Everything can be opened."
    assert heard("count").lines[0] == "wellbeing 2026-12: 10 responses counted"
    with_keys(environment, NEW_KEY, WORDS_KEY)
    assert heard("restore", before, "--replace").status == 0
    assert heard("keys", "rotate").status == 0
    with_keys(environment, NEW_KEY)
    assert heard("count").status == 0


def test_a_process_that_was_not_restarted_is_told_of_and_loses_nothing(
    heard: Command, environment: pytest.MonkeyPatch, filled: Store
) -> None:
    """The test's own store is that process: it has the old key alone."""
    slug, _ = open_round(filled, days=90)
    with_keys(environment, NEW_KEY, WORDS_KEY)
    assert heard("keys", "rotate").lines[-1] == CONDITION
    send(filled, slug, {"carers_listen": "yes"})
    again = heard("keys", "rotate")
    assert (again.status, again.out) == (1, "1 value sealed under the newest key.\n")
    assert again.err == (
        "1 of them was sealed under an older key after everything had been gone through: something that was started before the "
        "newest key was added still serves. Restart it, and run this again.\n"
    )
    assert heard("keys", "rotate").lines == ["0 values sealed under the newest key.", CONDITION]
    with_keys(environment, NEW_KEY)
    assert heard("keys", "check").lines[-1] == "Everything can be opened."


@pytest.mark.usefixtures("filled")
def test_a_backup_needs_the_key_it_was_made_with_and_no_older_one(
    heard: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing has been rotated: what is in it is under the old key in the database, and not in the backup."""
    with_keys(environment, NEW_KEY, WORDS_KEY)
    heard("backup", tmp_path / "b")
    with_keys(environment, NEW_KEY)
    assert heard("restore", tmp_path / "b", "--replace").status == 0
    assert heard("keys", "check").lines[-1] == "Everything can be opened."
    assert heard("count").status == 0


@pytest.mark.parametrize(
    "command",
    [
        ("count",),
        ("results", "wellbeing", "--from", "2026-12", "--to", "2026-12"),
        ("report", "--year", "2026-27", "--to", "report.html"),
        ("backup", "b.backup"),
    ],
    ids=lambda command: command[0],
)
def test_a_missing_key_is_one_sentence_and_changes_nothing(
    heard: Command,
    environment: pytest.MonkeyPatch,
    filled: Store,
    rows: Census,
    command: tuple[str, ...],
    tmp_path: Path,
) -> None:
    environment.chdir(tmp_path)
    before = rows()
    with_keys(environment, NEW_KEY)
    assert heard(*command).complaint == MISSING
    assert rows() == before
    assert retention.destroyed(filled) == []
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".html", ".backup")] == []


@pytest.mark.usefixtures("filled")
def test_a_missing_key_stops_nothing_that_needs_none(heard: Command, environment: pytest.MonkeyPatch) -> None:
    with_keys(environment, NEW_KEY)
    assert heard("recount").lines == ["Every tally is what the responses say."]
    assert heard("destroyed").status == 0
    assert heard("rounds", "list").status == 0


@pytest.mark.usefixtures("filled")
def test_a_missing_key_is_told_by_check_and_rotate(heard: Command, environment: pytest.MonkeyPatch) -> None:
    with_keys(environment, NEW_KEY)
    checked, rotated = heard("keys", "check"), heard("keys", "rotate")
    assert (checked.status, rotated.status) == (1, 1)
    assert checked.err == "A key is missing from HEARD_WORDS_KEYS: put it back behind the others.\n"
    assert "sealed_comment.sealed: 0 under the newest key, 10 that no key opens" in checked.out
    assert rotated.err == "51 cannot be opened with any of the keys, and were left as they are.\n"


@pytest.mark.usefixtures("filled")
def test_with_the_key_back_all_goes_on(heard: Command, environment: pytest.MonkeyPatch) -> None:
    with_keys(environment, NEW_KEY)
    assert heard("count").status == 2
    with_keys(environment, NEW_KEY, WORDS_KEY)
    assert heard("count").lines[0] == "wellbeing 2026-12: 10 responses counted"
    assert heard("recount").status == 0


def test_a_key_that_is_gone_for_good_does_not_stop_what_comes_after_it(
    heard: Command, environment: pytest.MonkeyPatch, filled: Store, rows: Census, today: Clock
) -> None:
    before = rows()
    with_keys(environment, NEW_KEY)
    assert heard("keys", "give-up").complaint == (
        "50 values that no key opens would be destroyed for good; if the key is surely gone, add --yes"
    )
    assert rows() == before
    assert heard("keys", "give-up", "--yes").lines == [
        "50 rows that no key opens were destroyed (see heard destroyed)."
    ]
    assert heard("keys", "check").status == 0
    filled.secrets = Secrets(SECRET_KEY, (NEW_KEY,))
    slug, _ = open_round(filled)
    for _ in range(10):
        send(filled, slug, {"carers_listen": "yes"})
    today.end_month()
    assert heard("count").lines[0] == "wellbeing 2027-01: 10 responses counted"
    assert heard("recount").status == 0
    listed = [line.split() for line in heard("destroyed").lines]
    assert ["sealed_response", "wellbeing", "2026-12", "10"] in listed


@pytest.mark.usefixtures("filled")
def test_another_secret_key_is_told_and_can_be_meant(heard: Command, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HEARD_SECRET_KEY", OTHER_SECRET)
    assert heard("keys", "check").err == f"{keys.NOT_THE_SAME}.\n"
    assert heard("serve", "--bind", "127.0.0.1:1").complaint == keys.NOT_THE_SAME
    assert heard("keys", "accept").lines == ["Noted."]
    assert heard("keys", "check").status == 0
    environment.setenv("HEARD_SECRET_KEY", SECRET_KEY)
    assert heard("keys", "check").status == 1


@pytest.mark.usefixtures("filled")
def test_the_secret_key_from_before_is_not_taken_for_another(heard: Command) -> None:
    assert heard("keys", "accept").lines == [
        "HEARD_SECRET_KEY is the one that codes and receipts were made under; nothing was changed."
    ]


def test_a_new_database_knows_its_keys_and_can_still_be_restored_into(
    heard: Command, environment: pytest.MonkeyPatch, filled: Store, tmp_path: Path
) -> None:
    heard("backup", tmp_path / "b")
    with filled.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())
    assert heard("db", "upgrade").status == 0
    with_keys(environment, NEW_KEY)
    assert heard("keys", "check").status == 1
    with_keys(environment, WORDS_KEY)
    assert heard("restore", tmp_path / "b").status == 0


@pytest.mark.usefixtures("filled")
def test_what_was_destroyed_is_listed(heard: Command, today: Clock) -> None:
    today.move_to("2029-06-01")
    heard("count")
    listed = [line.split() for line in heard("destroyed").lines]
    assert ["response", "wellbeing", "2026-11", "10"] in listed
    assert ["comment", "wellbeing", "2026-27", "10"] in listed
    assert '"count": 10' in heard("destroyed", "--format", "json").out
