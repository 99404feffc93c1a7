"""A backup comes back whole on either database, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text

from feedback_app.cli.session import void_codes
from feedback_app.store import Store, backups, comments, contact_requests, counting, keys, rounds, staff
from feedback_app.store.ballot_box import Sealed
from feedback_app.store.codes import CodeRefused
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.models import Base
from feedback_app.store.revision import REVISION
from tests.cli.conftest import Census, Command, census
from tests.conftest import WORDS_KEY
from tests.store.answering import open_round, send
from tests.support.clock import Clock
from tests.support.databases import SqliteTemplate

pytestmark = pytest.mark.slow


@pytest.fixture
def filled(store: Store, today: Clock) -> Store:
    """A store with something in every table that a backup holds."""
    first = staff.add(store, "one@example.org", ["participation", "safeguarding"], "North")
    slug, _ = open_round(store, codes=4)
    link, _ = open_round(store)
    for number in range(12):
        send(store, link, {"carers_listen": "yes", "what_helps": f"my nan {number} 🐈‍⬛"})
    today.end_month()
    counting.count(store)
    comments.make_safe(store, comments.listing(store)[0].id, "my [name removed]", first)
    send(store, link, {"trusted_adult": "no", "what_helps": "he hits me"})
    contact_requests.put(store, "a-random-number-of-a-form", Wanted("Samira", "07700 900123"))
    keys.note(store)
    assert slug
    return store


@pytest.fixture
def file(heard: Command, filled: Store, tmp_path: Path) -> Path:
    """A backup of it."""
    made = tmp_path / "heard.backup"
    held = sum(census(filled).values()) - 4
    assert heard("backup", made).lines == [f"{made}: {held} rows"]
    return made


@pytest.fixture
def elsewhere(
    environment: pytest.MonkeyPatch,
    sqlite_template: SqliteTemplate,
    tmp_path: Path,
    store: Store,
    today: Clock,
) -> Iterator[Store]:
    """An empty store on SQLite, which the command works on from here on."""
    (tmp_path / "elsewhere").mkdir()
    url = sqlite_template.fresh(tmp_path / "elsewhere")
    environment.setenv("HEARD_DATABASE_URL", url)
    opened = Store(url, store.secrets, store.surveys, today)
    yield opened
    opened.close()


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but that of codes, and but what a restore makes of them."""
    with store.reading() as session:
        return {
            table.name: sorted(
                map(
                    tuple,
                    session.execute(
                        select(*(c for c in table.columns if c.name not in ("codes_void", "needs_codes")))
                    ),
                ),
                key=repr,
            )
            for table in Base.metadata.sorted_tables
            if table.name != "code"
        }


def test_everything_but_codes_comes_back_in_a_new_database(
    heard: Command, file: Path, filled: Store, elsewhere: Store
) -> None:
    line, _ = heard("restore", file).lines
    assert line.startswith(f"{sum(census(elsewhere).values())} rows restored; the 4 unused codes are void, ")
    assert everything(elsewhere) == everything(filled)


def test_a_restore_without_codes_says_nothing_of_codes(heard: Command, filled: Store, tmp_path: Path) -> None:
    with filled.writing() as session:
        session.execute(Base.metadata.tables["code"].delete())
    heard("backup", tmp_path / "b")
    line, *_ = heard("restore", tmp_path / "b", "--replace").lines
    assert line.endswith(" rows restored.")


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, ""), (1, "; 1 unused code is void, so print"), (2, "; the 2 unused codes are void, so print")],
)
def test_void_codes_are_said_as_a_sentence(number: int, said: str) -> None:
    assert void_codes(number).removesuffix(" new ones for rounds that need them") == said


def test_after_a_restore_it_is_told_which_rounds_need_new_codes(
    heard: Command, filled: Store, tmp_path: Path, today: Clock
) -> None:
    slug, printed = open_round(filled, codes=3)
    over, _ = open_round(filled, days=0, codes=2)
    send(filled, slug, {}, code=printed[0])
    today.move_to(today.day + dt.timedelta(days=1))
    heard("backup", tmp_path / "b")
    told = heard("restore", tmp_path / "b", "--replace").lines[1:]
    (line,) = [each for each in told if each.startswith(slug)]
    assert "2 codes are void" in line
    assert line.endswith(f"heard rounds codes {slug} --number N")
    assert not any(each.startswith(over) for each in told)


def test_void_codes_are_not_counted_as_used(heard: Command, filled: Store, tmp_path: Path) -> None:
    slug, printed = open_round(filled, codes=3)
    send(filled, slug, {}, code=printed[0])
    heard("backup", tmp_path / "b")
    heard("restore", tmp_path / "b", "--replace")
    (row,) = [each for each in rounds.listing(filled) if each.slug == slug]
    assert (row.codes_issued, row.codes_left, row.codes_void, row.codes_used) == (3, 0, 2, 1)


def test_new_codes_let_in_after_a_restore(heard: Command, filled: Store, tmp_path: Path) -> None:
    slug, _ = open_round(filled, codes=1)
    heard("backup", tmp_path / "b")
    heard("restore", tmp_path / "b", "--replace")
    (code,) = rounds.make_codes(filled, slug, 1)
    assert send(filled, slug, {}, code=code) is Sealed.STORED
    (row,) = [each for each in rounds.listing(filled) if each.slug == slug]
    assert (row.codes_issued, row.codes_left, row.codes_void, row.codes_used) == (2, 0, 1, 1)
    assert not row.needs_codes


def test_what_came_back_goes_on(heard: Command, file: Path, elsewhere: Store) -> None:
    heard("restore", file)
    assert heard("recount").lines == ["Every tally is what the responses say."]
    assert comments.listing(elsewhere, "made_safe")[0].safe_words == "my [name removed]"
    assert staff.add(elsewhere, "two@example.org", ["board"]) > 1


def test_a_backup_from_sqlite_comes_back_in_either_database(
    heard: Command,
    environment: pytest.MonkeyPatch,
    file: Path,
    elsewhere: Store,
    database_url: str,
    filled: Store,
) -> None:
    before = everything(filled)
    heard("restore", file)
    again = file.with_name("again.backup")
    heard("backup", again)
    environment.setenv("HEARD_DATABASE_URL", database_url)
    assert heard("restore", again, "--replace").status == 0
    assert everything(filled) == before
    staff.add(filled, "three@example.org", ["iro"])


def test_codes_are_void_after_a_restore(heard: Command, filled: Store, tmp_path: Path) -> None:
    slug, codes = open_round(filled, codes=1)
    heard("backup", tmp_path / "b")
    heard("restore", tmp_path / "b", "--replace")
    with pytest.raises(CodeRefused):
        send(filled, slug, {}, code=codes[0])


def test_a_database_that_holds_something_is_left_alone(heard: Command, file: Path, filled: Store) -> None:
    before = everything(filled)
    assert heard("restore", file).complaint == (
        "the database is not empty; restore into a new one, or add --replace"
    )
    assert everything(filled) == before


def test_a_backup_tells_nothing_without_the_key(file: Path) -> None:
    content = file.read_bytes()
    # Three letters alone may stand in any encrypted text.
    for secret in (b"my nan ", b"carers", b"example.org", b"North", b"wellbeing", b"Samira", b"900123"):
        assert secret not in content


def test_a_backup_is_for_its_owner_alone(file: Path) -> None:
    assert file.stat().st_mode & 0o077 == 0


Damage = Callable[[list[bytes]], list[bytes]]
DAMAGES: list[tuple[str, Damage, str]] = [
    ("the end cut off", lambda lines: lines[:-1], "ends too early; the backup is not whole"),
    (
        "a line cut off",
        lambda lines: [*lines[:-1], lines[-1][:-9]],
        "cannot be opened with HEARD_WORDS_KEYS, or is d",
    ),
    ("the first line alone", lambda lines: lines[:1], "ends too early; the backup is not whole"),
    (
        "two lines swapped",
        lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]],
        "line 4 is not the one that belo",
    ),
    ("a line left out", lambda lines: [*lines[:3], *lines[4:]], "line 4 is not the one that belongs there"),
    (
        "a line twice",
        lambda lines: [*lines[:3], lines[2], *lines[3:]],
        "line 4 is not the one that belongs there",
    ),
    (
        "a letter changed",
        lambda lines: [*lines[:3], lines[3][:40] + bytes([lines[3][40] ^ 1]) + lines[3][41:], *lines[4:]],
        "line 4 cannot be opened with HEARD_WORDS_KEYS, or is damaged",
    ),
    (
        "something after the end",
        lambda lines: [*lines, b"more\n"],
        "cannot be opened with HEARD_WORDS_KEYS, or is",
    ),
    ("nothing", lambda lines: [], "is not a backup made by heard backup"),
    ("something else", lambda lines: [b"PK\x03\x04", *lines], "is not a backup made by heard backup"),
    ("a line without an end", lambda lines: [b"x" * 1_000_000], "is not a backup made by heard backup"),
]


@pytest.mark.parametrize(("damage", "sentence"), [d[1:] for d in DAMAGES], ids=[d[0] for d in DAMAGES])
def test_a_damaged_backup_changes_nothing(
    heard: Command, file: Path, rows: Census, damage: Damage, sentence: str
) -> None:
    before = rows()
    file.write_bytes(b"".join(damage(file.read_bytes().splitlines(keepends=True))))
    complaint = heard("restore", file, "--replace").complaint
    assert complaint.startswith("heard.backup: ")
    assert sentence in complaint
    assert rows() == before


def test_a_line_of_another_backup_changes_nothing(heard: Command, file: Path, rows: Census) -> None:
    before = rows()
    heard("backup", file.with_name("other.backup"))
    lines, others = (f.read_bytes().splitlines(keepends=True) for f in (file, file.with_name("other.backup")))
    file.write_bytes(b"".join([*lines[:3], others[3], *lines[4:]]))
    assert "line 4 is not the one that belongs there" in heard("restore", file, "--replace").complaint
    assert rows() == before


def test_a_sealed_answer_is_no_line_of_a_backup(
    heard: Command, file: Path, store: Store, rows: Census
) -> None:
    before = rows()
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*lines[:3], store.secrets.seal({"answers": {}}) + b"\n", *lines[4:]]))
    assert "line 4 is not the one that belongs there" in heard("restore", file, "--replace").complaint
    assert rows() == before


def test_another_key_opens_nothing(
    heard: Command, environment: pytest.MonkeyPatch, file: Path, rows: Census
) -> None:
    before = rows()
    environment.setenv("HEARD_WORDS_KEYS", Fernet.generate_key().decode())
    assert "cannot be opened with HEARD_WORDS_KEYS" in heard("restore", file, "--replace").complaint
    assert rows() == before


def test_after_a_key_was_added_an_old_backup_opens(
    heard: Command, environment: pytest.MonkeyPatch, file: Path
) -> None:
    environment.setenv("HEARD_WORDS_KEYS", f"{Fernet.generate_key().decode()},{WORDS_KEY}")
    assert heard("restore", file, "--replace").status == 0


def test_a_backup_of_another_version_is_told(
    heard: Command, environment: pytest.MonkeyPatch, file: Path, rows: Census
) -> None:
    before = rows()
    environment.setattr(backups, "REVISION", "0099")
    assert heard("restore", file, "--replace").complaint == (
        f"heard.backup: was made at {REVISION} and this version is at 0099; restore it with the version that made it, "
        "then upgrade"
    )
    assert rows() == before


def test_a_restore_that_fails_half_way_leaves_what_was_there(
    heard: Command, environment: pytest.MonkeyPatch, file: Path, filled: Store
) -> None:
    before = everything(filled)

    def fail(*_: object) -> None:
        raise backups.BackupError("the power went")

    environment.setattr(backups, "_restart_counters", fail)
    assert heard("restore", file, "--replace").complaint == "the power went"
    assert everything(filled) == before


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_folder_that_is_not_there_is_told(heard: Command, command: str, tmp_path: Path) -> None:
    assert heard(command, tmp_path / "none" / "b").complaint.endswith("(No such file or directory)")


def test_a_folder_is_no_backup(heard: Command, tmp_path: Path) -> None:
    assert heard("restore", tmp_path).complaint.endswith("cannot be read (Is a directory)")


def test_nothing_is_left_beside_a_backup(file: Path) -> None:
    assert [path.name for path in file.parent.glob(".*")] == []


def test_a_database_without_tables_is_not_backed_up(heard: Command, store: Store, tmp_path: Path) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert heard("backup", tmp_path / "b").complaint == (
        "the database has not the tables of this version; run: heard db upgrade"
    )
    assert not (tmp_path / "b").exists()
