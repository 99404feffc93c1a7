"""What is asked for wrongly gets one line; what is asked for rightly is done once."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import update

from feedback_app.cli import heard as command
from feedback_app.store import Store, staff
from feedback_app.store.models import TallyRow
from feedback_app.store.revision import REVISION
from tests.cli.conftest import Census, Command
from tests.conftest import ROOT
from tests.staff.desk import PASSWORD, Desk
from tests.support.tables import PUBLISHED

pytestmark = pytest.mark.slow

YEAR = ("--from", "2022-04", "--to", "2023-03")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("fly",), "No such command 'fly'."),
        (("--fly",), "No such option '--fly'."),
        (("count", "--fast"), "No such option '--fast'."),
        (("count", "wellbeing"), "Got unexpected extra argument (wellbeing)"),
        (("responses", "import"), "Missing argument 'FILE'."),
        (("responses", "import", "x.csv"), "Missing option '--survey'."),
        (("results", "wellbeing"), "Missing option '--from'."),
        (
            ("results", "wellbeing", *YEAR, "--format", "xml"),
            "Invalid value for '--format': 'xml' is not one of",
        ),
        (("report", "--year", "2022-23"), "Missing option '--to'."),
        (("surveys", "show"), "Missing argument 'KEY'."),
        (("staff", "add", "a@example.org"), "Missing option '--role'."),
    ],
)
def test_what_is_not_understood_is_told(run: Command, arguments: tuple[str, ...], sentence: str) -> None:
    assert run(*arguments).complaint.startswith(sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("shoes",), "there is no survey 'shoes'; there are end_of_placement, iro_review, wellbeing"),
        (("wellbeing", "--by", "shoes"), "wellbeing cannot be split by 'shoes'; it can be split by"),
        (("wellbeing", "--by", "carers_listen"), "wellbeing cannot be split by 'carers_listen'"),
        (("wellbeing", "--by", ""), "wellbeing cannot be split by ''"),
    ],
)
def test_results_that_there_are_none_of_are_told(
    heard: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    assert heard("results", *arguments, *YEAR).complaint.startswith(sentence)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2022-05", "2022-06", "2022-05 to 2022-06 is neither one month nor whole quarters of one year"),
        ("2022-04", "2024-03", "2022-04 to 2024-03 is neither one month nor whole quarters of one year"),
        ("2022-06", "2022-04", "2022-06 to 2022-04 is neither one month nor whole quarters of one year"),
        ("2022-10", "2023-06", "2022-10 to 2023-06 is neither one month nor whole quarters of one year"),
        ("2022-13", "2022-13", "'2022-13' is not a month; expected YYYY-MM"),
        ("1999-04", "1999-06", "'1999-04' is before 2000; expected a month from 2000-01 on"),
        ("", "2022-06", "'' is not a month; expected YYYY-MM"),
        ("2022-04\x1b[2J", "2022-06", "'2022-04\\x1b[2J' is not a month"),
    ],
)
def test_a_time_that_cannot_be_asked_about_is_told(
    run: Command, first: str, last: str, sentence: str
) -> None:
    assert run("results", "wellbeing", "--from", first, "--to", last).complaint.startswith(sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--year", "2022-24"), "'2022-24' is not a report year; expected one such as 2022-23"),
        (("--year", "2022"), "'2022' is not a report year; expected one such as 2022-23"),
        (
            ("--year", "2022-23", "--quarter", "5"),
            "Invalid value for '--quarter': 5 is not in the range 1<=x<=4.",
        ),
    ],
)
def test_a_report_of_no_year_is_told(
    run: Command, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert run("report", *arguments, "--to", tmp_path / "r.docx").complaint.startswith(sentence)
    assert list(tmp_path.glob("r*")) == []


@pytest.mark.parametrize("name", ["report.odt", "report", ".docx", "report.docx.bak"])
def test_a_report_of_another_kind_is_told(run: Command, tmp_path: Path, name: str) -> None:
    complaint = run("report", "--year", "2022-23", "--to", tmp_path / name).complaint
    assert complaint == f"{name}: expected a name that ends in .docx, .html, .xlsx"


def test_a_report_without_a_council_s_name_reads_well_without_one(
    heard: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.delenv("HEARD_COUNCIL", raising=False)
    assert heard("report", "--year", "2022-23", "--to", tmp_path / "report.html").status == 0
    said = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "children and young people in our care said" in said
    assert "your council" not in said.lower()


def test_a_report_to_a_folder_that_is_not_there_is_told(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "none" / "report.docx"
    assert run("report", "--year", "2022-23", "--to", file).complaint == (
        f"{file}: cannot be written (there is no such folder)"
    )


def test_a_report_that_cannot_be_put_in_its_place_leaves_nothing(heard: Command, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "report.html").mkdir(parents=True)
    complaint = heard("report", "--year", "2022-23", "--to", folder / "report.html").complaint
    assert complaint == f"{folder / 'report.html'}: cannot be written (Is a directory)"
    assert [path.name for path in folder.iterdir()] == ["report.html"]


@pytest.mark.parametrize("arguments", [(), ("rounds",), ("responses",)])
def test_without_a_command_help_is_shown(run: Command, arguments: tuple[str, ...]) -> None:
    shown = run(*arguments)
    assert shown.status == 2
    assert "Usage: heard" in shown.out + shown.err


@pytest.mark.parametrize("name", [*command.list_commands(None), "--help"])  # type: ignore[arg-type]
def test_every_command_explains_itself(run: Command, name: str) -> None:
    assert "Usage: heard" in "\n".join(run(name, "--help").lines)


def test_a_tally_that_was_tampered_with_is_found(heard: Command, store: Store) -> None:
    heard("responses", "import", PUBLISHED / "iro_review.csv", "--survey", "iro_review")
    with store.writing() as session:
        where = (TallyRow.question == "talked_before", TallyRow.option == "yes", TallyRow.breakdown == "")
        month = session.query(TallyRow.month).where(*where).limit(1).scalar()
        session.execute(
            update(TallyRow).where(*where, TallyRow.month == month).values(count=TallyRow.count + 1)
        )
    found = heard("recount")
    assert (found.status, found.out) == (1, "")
    assert found.err.startswith(f"iro_review {month} 1 talked_before yes: the tally says ")
    assert len(found.err.splitlines()) == 1


def test_an_answer_that_was_tampered_with_is_found(heard: Command, store: Store) -> None:
    heard("responses", "import", PUBLISHED / "iro_review.csv", "--survey", "iro_review")
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            'UPDATE response SET answers = replace(answers, \'"how_attended":"attended"\', \'"how_attended":null\')'
        )
    assert heard("recount").status == 1


def test_a_tally_out_of_nothing_is_found(heard: Command, store: Store) -> None:
    row = {"survey_key": "wellbeing", "month": "2026-09", "survey_version": 1, "breakdown": "", "group": ""}
    with store.writing() as session:
        session.add(TallyRow(**row, question="*", option="responses", count=12))
    assert heard("recount").err == "wellbeing 2026-09 1 * responses: the tally says 12, the responses 0\n"


def test_counting_twice_counts_once(heard: Command) -> None:
    heard("responses", "import", PUBLISHED / "wellbeing.csv", "--survey", "wellbeing")
    assert heard("count").lines == ["end_of_placement: 0 wait", "iro_review: 0 wait", "wellbeing: 0 wait"]


@pytest.mark.parametrize(
    "arguments", [("count",), ("rounds", "list"), ("recount",), ("serve", "--bind", "127.0.0.1:1")]
)
def test_a_database_without_tables_is_told(heard: Command, store: Store, arguments: tuple[str, ...]) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert (
        heard(*arguments).complaint
        == "the database has not the tables of this version; run: heard db upgrade"
    )


def test_upgrading_again_changes_nothing(heard: Command, rows: Census) -> None:
    heard("db", "upgrade")
    before = rows()
    assert heard("db", "upgrade").lines == [f"The database is at {REVISION}."]
    assert rows() == before


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "postgresql://nobody@127.0.0.1:1/heard",
            "the database does not answer, is locked, or its disk is full",
        ),
        ("sqlite:////proc/none/heard.sqlite", "HEARD_DATABASE_URL: its folder cannot be made ("),
    ],
)
@pytest.mark.parametrize("arguments", [("count",), ("db", "upgrade"), ("rounds", "list")])
def test_a_database_that_does_not_answer_is_told(
    heard: Command, environment: pytest.MonkeyPatch, url: str, sentence: str, arguments: tuple[str, ...]
) -> None:
    environment.setenv("HEARD_DATABASE_URL", url)
    assert heard(*arguments).complaint.startswith(sentence)


def test_a_file_that_is_no_database_is_told(
    heard: Command, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("not a database " * 100)
    environment.setenv("HEARD_DATABASE_URL", f"sqlite:///{tmp_path / 'notes.txt'}")
    assert heard("count").complaint == "the database refused: DatabaseError"


@pytest.mark.parametrize(
    "bind", ["8000", ":8000", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:99999", "a:²", "x:-1", "::"]
)
def test_an_address_that_is_none_is_told(run: Command, bind: str) -> None:
    assert (
        run("serve", "--bind", bind).complaint == f"--bind {bind!r} is not HOST:PORT, such as 127.0.0.1:8000"
    )


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 70, "192.0.2.1"])
def test_a_host_that_is_not_here_is_told(heard: Command, host: str) -> None:
    assert heard("serve", "--bind", f"{host}:8000").complaint.startswith(f"cannot serve at {host}:8000 (")


def test_a_port_in_use_is_told(heard: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert heard("serve", "--bind", f"127.0.0.1:{port}").complaint == (
            f"cannot serve at 127.0.0.1:{port} (Address already in use)"
        )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("HEARD_DISCLOSURE", "minimum_base = 3", "HEARD_DISCLOSURE: "),
        ("HEARD_DISCLOSURE", "shoes = 3", "HEARD_DISCLOSURE: shoes is not a disclosure setting"),
        ("HEARD_HELP_LINES", "", "HEARD_HELP_LINES: "),
    ],
)
@pytest.mark.parametrize("arguments", [("serve",), ("staff", "add", "a@example.org", "--role", "admin")])
def test_a_wrong_file_of_the_councils_stops_the_start(
    heard: Command,
    environment: pytest.MonkeyPatch,
    tmp_path: Path,
    store: Store,
    name: str,
    content: str,
    sentence: str,
    arguments: tuple[str, ...],
) -> None:
    (tmp_path / "file.toml").write_text(content)
    environment.setenv(name, str(tmp_path / "file.toml"))
    assert heard(*arguments).complaint.startswith(sentence)
    assert staff.listing(store) == []


def test_the_first_wrong_setting_is_told(heard: Command, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HEARD_SHOES", "4")
    assert heard("count").complaint.startswith("HEARD_SHOES is not a setting; known are ")


def test_production_refuses_without_its_secrets(heard: Command, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("HEARD_ENV")
    environment.delenv("HEARD_SECRET_KEY")
    assert heard("serve").complaint.startswith(
        "HEARD_SECRET_KEY is not set; production does not start without it"
    )


@pytest.fixture
def browser_of_staff(app: Flask, store: Store) -> Desk:
    return Desk(app, store)


def test_a_new_member_of_staff_gets_a_link_that_works_once(
    heard: Command, browser_of_staff: Desk, store: Store
) -> None:
    (link,) = heard(
        "staff", "add", "New@Example.org", "--role", "iro", "--role", "board", "--team", "North"
    ).lines
    (row,) = staff.listing(store)
    assert (row.email, row.roles, row.team, row.has_password) == (
        "new@example.org",
        ("iro", "board"),
        "North",
        False,
    )
    path = urlsplit(link).path
    token = browser_of_staff.token(path)
    browser_of_staff.client.post(path, data={"csrf_token": token, "password": PASSWORD})
    assert staff.listing(store)[0].has_password
    again = Desk(browser_of_staff.app, store)
    assert not again.pages.get(path, again.client.get(path).status_code).all("//input[@type='password']")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody", "--role", "iro"), "'nobody' is not an e-mail address"),
        (("a@b", "--role", "iro"), "'a@b' is not an e-mail address"),
        (("a@example.org", "--role", "king"), "Invalid value for '--role': 'king' is not one of"),
        (("a@example.org", "--role", "iro", "--team", "x" * 81), "A team's name has at most 80 characters"),
    ],
)
def test_somebody_who_cannot_be_added_is_told(
    heard: Command, store: Store, arguments: tuple[str, ...], sentence: str
) -> None:
    assert heard("staff", "add", *arguments).complaint.startswith(sentence)
    assert staff.listing(store) == []


def test_nobody_is_added_twice(heard: Command, store: Store) -> None:
    heard("staff", "add", "a@example.org", "--role", "iro")
    assert (
        heard("staff", "add", "A@example.org", "--role", "admin").complaint
        == "a@example.org already has an account"
    )
    assert staff.listing(store)[0].roles == ("iro",)


def heard_in_a_shell(*arguments: str | bytes, **more: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own, which is what a traceback would be seen in."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HEARD_ENV": "testing", **more}
    return subprocess.run(
        [sys.executable, "-c", "from feedback_app.cli import main; main()", *arguments],
        env=environ,
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_as_a_process_bad_input_is_status_2_and_one_line(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("month,shoes\n2022-04,4\n")
    ran = heard_in_a_shell(
        "responses",
        "import",
        str(tmp_path / "a.csv"),
        "--survey",
        "wellbeing",
        HEARD_DATABASE_URL=database_url,
        HEARD_INSTANCE=str(tmp_path),
    )
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(b"heard: a.csv: row 1, column shoes: is not known; expected month or")
    assert ran.stderr.count(b"\n") == 1


def test_as_a_process_the_published_survey_is_shown_as_json() -> None:
    ran = heard_in_a_shell("surveys", "show", "wellbeing", "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)["key"] == "wellbeing"


def test_an_argument_that_is_no_text_is_told(database_url: str, tmp_path: Path) -> None:
    ran = heard_in_a_shell(
        "staff",
        "add",
        b"\xff@example.org",
        "--role",
        "iro",
        HEARD_DATABASE_URL=database_url,
        HEARD_INSTANCE=str(tmp_path),
    )
    assert ran.returncode == 2
    assert ran.stderr.count(b"\n") == 1


def test_whoever_stops_reading_sees_no_traceback() -> None:
    script = (
        f"{sys.executable} -c 'from feedback_app.cli import main; main()' surveys show wellbeing | head -c 5"
    )
    ran = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert ran.stderr == b""
