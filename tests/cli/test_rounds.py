"""Rounds are opened and listed."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from feedback_app import catalogues
from feedback_app.store import Store, counting, rounds
from tests.cli.conftest import Command, Ran
from tests.store.answering import send
from tests.support.clock import Clock
from tests.support.translations import translate

DAYS = ("--from", "2026-11-20", "--to", "2026-12-20")


def listed(heard: Command) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads("\n".join(heard("rounds", "list", "--format", "json").lines))
    return found


def test_a_round_by_link_prints_its_link(heard: Command) -> None:
    (link,) = heard("rounds", "open", "wellbeing", *DAYS).lines
    assert re.fullmatch(r"/s/[a-z0-9]{8}", link)


def test_the_link_begins_with_the_public_address(heard: Command, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HEARD_PUBLIC_URL", "https://heard.example.gov.uk/")
    (link,) = heard("rounds", "open", "wellbeing", *DAYS).lines
    assert link.startswith("https://heard.example.gov.uk/s/")


def test_codes_are_printed_once_and_each_lets_one_in(heard: Command, store: Store) -> None:
    link, *codes = heard("rounds", "open", "wellbeing", *DAYS, "--codes", "3").lines
    assert len(set(codes)) == 3
    send(store, link.removeprefix("/s/"), {}, code=codes[0])
    assert listed(heard)[0]["codes_left"] == 2
    assert not any(code in heard("rounds", "list").out for code in codes)


def test_the_list_has_the_shape_that_scripts_rely_on(heard: Command, store: Store, today: Clock) -> None:
    link = heard("rounds", "open", "wellbeing", *DAYS).lines[0]
    for _ in range(10):
        send(store, link.removeprefix("/s/"), {"carers_listen": "yes"})
    today.end_month()
    counting.count(store)
    send(store, link.removeprefix("/s/"), {"carers_listen": "yes"})
    (row,) = listed(heard)
    assert list(row) == ["survey", "slug", "opens", "closes", "sealed", "counted", "codes_left"]
    assert row == {
        "survey": "wellbeing",
        "slug": link.removeprefix("/s/"),
        "opens": "2026-11-20",
        "closes": "2026-12-20",
        "sealed": 1,
        "counted": 10,
        "codes_left": None,
    }


def test_no_round_is_an_empty_list(heard: Command) -> None:
    assert listed(heard) == []


def test_as_a_table_every_column_has_its_name(heard: Command) -> None:
    heard("rounds", "open", "wellbeing", *DAYS, "--codes", "2")
    header, _, row = heard("rounds", "list").lines
    assert header.split() == ["survey", "slug", "opens", "closes", "sealed", "counted", "codes_left"]
    assert row.split()[2:] == ["2026-11-20", "2026-12-20", "0", "0", "2"]


def open_wrongly(heard: Command, *arguments: str) -> Ran:
    given = heard("rounds", "open", *arguments)
    assert listed(heard) == []
    return given


WRONG = [
    (("shoes", *DAYS), "There is no survey 'shoes'; there are end_of_placement, iro_review, wellbeing."),
    (("wellbeing", "--from", "2026-12-20", "--to", "2026-11-20"), "The last day is before the first."),
    (("wellbeing", "--from", "2026-01-01", "--to", "2026-02-01"), "The last day is over already."),
    (("wellbeing", "--from", "2026-11-20", "--to", "2028-01-01"), "A round is open for a year at most."),
    (("wellbeing", "--from", "9999-12-31", "--to", "9999-12-31"), "A round opens within a year from today."),
    (
        ("wellbeing", "--from", "2026-02-30", "--to", "2026-12-01"),
        "Invalid value for '--from': '2026-02-30' is not a date",
    ),
    (
        ("wellbeing", "--from", "tomorrow", "--to", "2026-12-01"),
        "Invalid value for '--from': 'tomorrow' is not a date",
    ),
    (
        ("wellbeing", *DAYS, "--codes", "-1"),
        "Invalid value for '--codes': -1 is not in the range 0<=x<=5000.",
    ),
    (("wellbeing", *DAYS, "--codes", "99999"), "Invalid value for '--codes': 99999 is not in the range"),
    (
        ("wellbeing", *DAYS, "--codes", "many"),
        "Invalid value for '--codes': 'many' is not a valid integer range.",
    ),
    (("wellbeing", "--from", "2026-11-20"), "Missing option '--to'."),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_a_round_that_cannot_be_opened_is_told(
    heard: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    assert open_wrongly(heard, *arguments).complaint.startswith(sentence)


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Polish is translated and not reviewed; of other languages there is nothing."""
    folder = tmp_path / "translations"
    translate(folder, "pl")
    monkeypatch.setattr(catalogues, "FOLDER", folder)


@pytest.mark.usefixtures("polish")
def test_a_round_is_opened_in_a_language(heard: Command, store: Store) -> None:
    (link,) = heard("rounds", "open", "wellbeing", *DAYS, "--language", "pl").lines
    found = rounds.find(store, link.removeprefix("/s/"))
    assert found is not None
    assert found.turned_on == ("pl",)


@pytest.mark.usefixtures("polish")
@pytest.mark.parametrize(
    ("tag", "said"), [("ar", "cannot be offered in Arabic yet"), ("xx", "There is no language 'xx'")]
)
def test_a_round_is_not_opened_in_a_language_that_is_not_there(heard: Command, tag: str, said: str) -> None:
    refused = heard("rounds", "open", "wellbeing", *DAYS, "--language", "pl", "--language", tag)
    assert said in refused.complaint
    assert listed(heard) == []


@pytest.fixture
def public(environment: pytest.MonkeyPatch) -> None:
    """The address that young people use is known."""
    environment.setenv("HEARD_PUBLIC_URL", "https://heard.example.gov.uk")


@pytest.mark.usefixtures("public")
def test_slips_are_written_into_a_file_for_its_owner_alone(
    heard: Command, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "slips.html"
    link, told = heard("rounds", "open", "wellbeing", *DAYS, "--codes", "3", "--slips", file).lines
    assert told == f"{file}: 3 slips. Print them, then delete the file: whoever has a code can answer once."
    assert file.stat().st_mode & 0o077 == 0
    written = file.read_text(encoding="utf-8")
    codes = re.findall(r'data-code="([^"]+)"', written)
    assert len(set(codes)) == written.count("<svg ") == 3
    assert "http" not in written.replace("http-equiv", ""), "it asks no host for anything"
    send(store, link.rpartition("/")[2], {}, code=codes[0])


@pytest.mark.usefixtures("public")
def test_a_file_that_is_there_is_left_alone_and_no_round_is_opened(heard: Command, tmp_path: Path) -> None:
    file = tmp_path / "slips.html"
    file.write_text("mine")
    refused = heard("rounds", "open", "wellbeing", *DAYS, "--codes", "3", "--slips", file)
    assert refused.complaint == f"{file}: cannot be made (File exists)"
    assert file.read_text() == "mine"
    assert listed(heard) == []


@pytest.mark.usefixtures("public")
def test_where_no_round_is_opened_no_file_is_left(heard: Command, tmp_path: Path) -> None:
    file = tmp_path / "slips.html"
    assert heard("rounds", "open", "shoes", *DAYS, "--codes", "3", "--slips", file).status == 2
    assert not file.exists()


def test_slips_need_the_public_address(heard: Command, tmp_path: Path) -> None:
    refused = heard("rounds", "open", "wellbeing", *DAYS, "--codes", "3", "--slips", tmp_path / "s.html")
    assert refused.complaint == "HEARD_PUBLIC_URL is not set; slips say where the survey is"
    assert listed(heard) == []


@pytest.mark.parametrize("option", [("--slips", "s.html"), ("--open-link",)])
def test_what_goes_with_codes_is_not_taken_without(heard: Command, option: tuple[str, ...]) -> None:
    assert (
        open_wrongly(heard, "wellbeing", *DAYS, *option).complaint
        == "--open-link and --slips go with --codes."
    )


def test_a_round_by_both_is_opened(heard: Command, store: Store) -> None:
    link, code = heard("rounds", "open", "wellbeing", *DAYS, "--codes", "1", "--open-link").lines
    slug = link.removeprefix("/s/")
    send(store, slug, {})
    send(store, slug, {}, code=code)
    assert listed(heard)[0]["sealed"] == 2


def test_more_codes_are_printed_for_an_open_round(heard: Command, store: Store) -> None:
    link, _ = heard("rounds", "open", "wellbeing", *DAYS, "--codes", "1").lines
    slug = link.removeprefix("/s/")
    codes = heard("rounds", "codes", slug, "--number", "4").lines
    assert len(set(codes)) == 4
    send(store, slug, {}, code=codes[3])
    assert listed(heard)[0]["codes_left"] == 4


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nothing", "--number", "1"), "There is no such round."),
        (("nothing", "--number", "0"), "Invalid value for '--number': 0 is not in the range"),
        (("nothing",), "Missing option '--number'."),
    ],
)
def test_codes_that_cannot_be_made_are_told(
    heard: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    assert heard("rounds", "codes", *arguments).complaint.startswith(sentence)


def test_a_round_is_voided(heard: Command, store: Store) -> None:
    slug = heard("rounds", "open", "wellbeing", *DAYS).lines[0].removeprefix("/s/")
    for _ in range(3):
        send(store, slug, {"what_helps": "poison"})
    assert heard("rounds", "void", slug, "--yes").lines == [
        f"{slug} is void; 3 sealed responses are destroyed."
    ]
    assert listed(heard)[0]["sealed"] == 0
    assert heard("rounds", "void", slug).complaint == "This round is void already."


def test_on_a_terminal_voiding_asks_first(
    heard: Command, store: Store, environment: pytest.MonkeyPatch
) -> None:
    slug = heard("rounds", "open", "wellbeing", *DAYS).lines[0].removeprefix("/s/")
    send(store, slug, {})
    terminal = io.StringIO("n\n")
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    environment.setattr("sys.stdin", terminal)
    assert heard("rounds", "void", slug).status != 0
    assert listed(heard)[0]["sealed"] == 1
