"""``heard translations``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from feedback_app import catalogues
from feedback_app.cli import main
from feedback_app.translating import updating
from tests.support.translations import translate

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command finds its translations."""
    for module in (catalogues, updating):
        monkeypatch.setattr(module, "FOLDER", tmp_path)
    return tmp_path


def rows(captured: Captured, *arguments: str) -> dict[str, dict[str, object]]:
    main(["translations", "--format", "json", *arguments])
    return {row["language"]: row for row in json.loads(captured.readouterr().out)}


def test_it_says_how_far_each_language_is(folder: Path, capsys: Captured) -> None:
    translate(folder, "pl")
    translate(folder, "uk", reviewed=True)
    found = rows(capsys)
    assert (found["pl"]["translated_percent"], found["pl"]["reviewed_percent"]) == (100, 0)
    assert (found["uk"]["translated_percent"], found["uk"]["reviewed_percent"]) == (100, 100)
    assert (found["fa-AF"]["name"], found["fa-AF"]["translated"]) == ("Dari", 0)


def test_it_says_how_far_a_language_is_for_one_survey(folder: Path, capsys: Captured) -> None:
    translate(folder, "pl")
    every, one = rows(capsys), rows(capsys, "--survey", "wellbeing")
    assert 0 < int(str(one["pl"]["texts"])) < int(str(every["pl"]["texts"]))


def test_a_table_has_a_row_for_each_language(folder: Path, capsys: Captured) -> None:
    translate(folder, "pl")
    main(["translations"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + 12
    assert "(100%)" in next(line for line in lines if line.startswith("pl "))


def test_what_is_broken_is_named_with_file_and_line(folder: Path, capsys: Captured) -> None:
    def break_one(message: Message) -> None:
        if message.id == "Call %(number)s":
            message.string = "Zadzwoń"

    path = translate(folder, "pl", change=break_one)
    with pytest.raises(SystemExit) as ended:
        main(["translations"])
    assert ended.value.code == 2
    complaint = capsys.readouterr().err
    line = int(complaint.removeprefix(f"{path}:").partition(":")[0])
    assert path.read_text(encoding="utf-8").splitlines()[line - 1] == 'msgid "Call %(number)s"'


def test_a_survey_that_there_is_not_is_refused(folder: Path, capsys: Captured) -> None:
    translate(folder, "pl")
    with pytest.raises(SystemExit) as ended:
        main(["translations", "--survey", "weather"])
    assert (ended.value.code, capsys.readouterr().err.count("\n")) == (2, 1)


def test_updating_names_what_it_changed(folder: Path, capsys: Captured) -> None:
    main(["translations", "update"])
    assert "pl/LC_MESSAGES/messages.po" in capsys.readouterr().out.splitlines()
    main(["translations", "update"])
    assert capsys.readouterr().out == "Everything is up to date.\n"


def test_a_catalogue_that_cannot_be_read_is_not_overwritten(folder: Path, capsys: Captured) -> None:
    path = translate(folder, "pl")
    path.write_text('msgid "Start\n', encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["translations", "update"])
    assert (ended.value.code, capsys.readouterr().err.count("\n")) == (2, 1)
    assert path.read_text(encoding="utf-8") == 'msgid "Start\n'
