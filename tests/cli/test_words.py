"""``heard words check`` says what would be suggested about comments, one line of JSON for each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feedback_app.analysis_process import AnalysisProcess
from feedback_app.cli import words as words_command
from tests.cli.conftest import Command

Check = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def check(run: Command, analysis: AnalysisProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Check:
    """What is said about each of some comments."""
    monkeypatch.setattr(words_command, "AnalysisProcess", lambda: analysis)
    monkeypatch.setattr(analysis, "close", lambda: None)

    def check_(*comments: str) -> list[dict[str, Any]]:
        lines = [json.dumps({"id": f"c{n}", "words": words}) for n, words in enumerate(comments)]
        (tmp_path / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
        return [json.loads(line) for line in run("words", "check", tmp_path / "c.jsonl").lines]

    return check_


def test_a_line_has_the_shape_that_scripts_rely_on(check: Check) -> None:
    (found,) = check("my room is nice")
    assert list(found) == ["id", "spans", "tone", "concern"]
    assert found == {"id": "c0", "spans": [], "tone": "positive", "concern": False}


def test_every_comment_has_its_line_in_order(check: Check) -> None:
    assert [found["id"] for found in check("one", "", "three")] == ["c0", "c1", "c2"]


def test_worrying_words_are_a_concern(check: Check) -> None:
    assert check("he hits me and i want to die")[0]["concern"] is True


@pytest.mark.parametrize(
    ("before", "detail", "after", "kind"),
    [
        ("ring ", "07700 900123", " after six", "phone"),
        ("my number is ", "+44 7700 900123", "", "phone"),
        ("write to ", "sam.t@example.org", ".", "email"),
        ("add ", "@sam.t_2011", " on there", "social_handle"),
        ("see ", "https://example.org/sam?x=1", ", all there", "web_address"),
        ("look on ", "www.example.org", ".", "web_address"),
        ("we are at ", "QX4 7TN", " now", "address"),
        ("born ", "14/03/2010", "", "date_of_birth"),
        ("born on ", "the 9th of november 2011", "", "date_of_birth"),
    ],
)
@pytest.mark.parametrize("first", ["", "🐈‍⬛ café ", "ا\u202e"])
def test_a_detail_is_found_by_its_form_wherever_it_stands(
    check: Check, first: str, before: str, detail: str, after: str, kind: str
) -> None:
    start = len(first + before)
    (found,) = check(first + before + detail + after)
    assert found["spans"] == [{"start": start, "end": start + len(detail), "kind": kind}]


@pytest.mark.parametrize(
    "words", ["10 out of 10", "it took 6 months", "see you @ 5", "a 2:1 win", "year 7", "24/7"]
)
def test_what_only_looks_like_a_detail_is_left_alone(check: Check, words: str) -> None:
    assert check(words)[0]["spans"] == []


WRONG = [
    (b"{", "c.jsonl: row 1: is not JSON; expected "),
    (b'{"id": "a", "words": "x"}\n[]', "c.jsonl: row 2: expected "),
    (b'\n\n{"id": "a"}', "c.jsonl: row 3: expected "),
    (b'{"words": "x"}', "c.jsonl: row 1: expected "),
    (b'{"id": "a", "words": 3}', "c.jsonl: row 1: expected "),
    (b'{"id": "a", "words": "\\ud800"}', "c.jsonl: row 1: holds half a character; expected "),
    (b"[" * 100_000, "c.jsonl: row 1: is not JSON; expected "),
    (b"9" * 10_000, "c.jsonl: row 1: is not JSON; expected "),
    (b'{"id": "a", "words": "caf\xe9"}', "c.jsonl: is not UTF-8"),
]


@pytest.mark.parametrize(("content", "sentence"), WRONG)
def test_a_wrong_line_is_told_and_nothing_is_said_about_the_others(
    run: Command, tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "c.jsonl").write_bytes(content)
    assert run("words", "check", tmp_path / "c.jsonl").complaint.startswith(sentence)


def test_a_file_that_is_not_there_is_told(run: Command, tmp_path: Path) -> None:
    assert run("words", "check", tmp_path / "c.jsonl").complaint == (
        "c.jsonl: cannot be read (No such file or directory)"
    )
