"""A survey's file: read, or told what is wrong with it before anything in it is looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.problems import SurveyErrors
from surveys.reading import LARGEST_BYTES, read_survey

MINIMAL = """
key = "example"
version = 1
counts = "children"
title = "An example"
minutes = 2
welcome.standard = { title = "Hello", about = "About this." }

[[questions]]
key = "carers_listen"
type = "yes_no"
title = "Carers listen"
text = "Do they listen?"
"""


def told(path: Path) -> list[str]:
    with pytest.raises(SurveyErrors) as caught:
        read_survey(path)
    return [str(problem).removeprefix(f"{path.parent}/") for problem in caught.value.problems]


def written(folder: Path, content: str | bytes, name: str = "example.toml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    assert read_survey(written(tmp_path, MINIMAL)).question("carers_listen").title == "Carers listen"


def test_a_file_may_be_called_by_key_and_version(tmp_path: Path) -> None:
    assert read_survey(written(tmp_path, MINIMAL, "example.1.toml")).version == 1


def test_a_file_that_a_windows_editor_saved_is_read(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode()
    assert read_survey(written(tmp_path, content)).key == "example"


@pytest.mark.parametrize("name", ["other.toml", "example.2.toml", "example.txt"])
def test_a_file_must_be_called_by_its_key(tmp_path: Path, name: str) -> None:
    assert told(written(tmp_path, MINIMAL, name)) == [
        f'{name}: the key is "example"; expected the file to be called example.toml or example.1.toml'
    ]


def test_a_slip_in_the_syntax_is_told_with_line_and_column(tmp_path: Path) -> None:
    assert told(written(tmp_path, 'key = "example"\nversion = = 1\n')) == [
        "example.toml: line 2, column 11: is not TOML here: invalid value"
    ]


def test_a_file_that_ends_too_early_is_told(tmp_path: Path) -> None:
    assert "end of file: is not TOML here" in told(written(tmp_path, 'key = """example'))[0]


def test_a_number_with_thousands_of_digits_is_told(tmp_path: Path) -> None:
    assert told(written(tmp_path, "version = " + "9" * 5_000)) == [
        "example.toml: is not TOML here: a number is too long"
    ]


def test_deep_nesting_is_told(tmp_path: Path) -> None:
    assert told(written(tmp_path, "key = " + "[" * 50_000)) == ["example.toml: is nested too deeply"]


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    content = 'key = "example"\ntitle = "Où?"\n'.encode("latin-1")
    assert told(written(tmp_path, content)) == ["example.toml: line 2: is not UTF-8; save the file as UTF-8"]


def test_an_empty_file_is_told_what_is_missing(tmp_path: Path) -> None:
    missing = [problem.split(" ")[1] for problem in told(written(tmp_path, ""))]
    assert missing == ["key", "version", "counts", "title", "minutes", "welcome", "questions"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "example.toml") == ["example.toml: cannot be read: No such file or directory"]


def test_a_folder_instead_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "example.toml").mkdir()
    assert "cannot be read" in told(tmp_path / "example.toml")[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, MINIMAL)
    path.chmod(0)
    assert told(path) == ["example.toml: cannot be read: Permission denied"]


def test_a_huge_file_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "example.toml"
    with path.open("wb") as file:
        file.truncate(50 * LARGEST_BYTES)
    assert told(path) == ["example.toml: is larger than 1,000,000 bytes; a survey is far smaller"]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40))
def test_no_bytes_in_a_file_break_the_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    assert told(written(tmp_path_factory.getbasetemp(), content))
