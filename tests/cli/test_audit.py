"""``heard audit-release`` says what can be inferred, and ends as scripts expect."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from analysis.audit.auditing import audit
from analysis.audit.facts import AuditError
from analysis.audit.outcome import Audit, Ranged
from feedback_app.analysis_process import AnalysisError, Progress, TimeIsOut
from feedback_app.cli import audit as command
from surveys.schema import Survey
from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def audit_release(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command with its analysis in this process, which is quicker to start."""

    class Here:
        def __init__(self, **_: object) -> None:
            """Nothing is started."""

        def audit(
            self,
            files: Sequence[tuple[str, bytes]],
            surveys: Sequence[Survey],
            progress: Progress,
            *,
            with_ranges: bool,
        ) -> Audit:
            try:
                return audit(files, surveys, progress, with_ranges=with_ranges)
            except AuditError as error:
                raise AnalysisError(str(error)) from None

        def close(self) -> None:
            """Nothing was started."""

    monkeypatch.setattr(command, "AnalysisProcess", Here)
    return lambda *arguments: run("audit-release", *arguments)


def output(file: Path, **changed: object) -> Path:
    """One sensitive question of the built-in survey, with one option withheld."""
    options = [("yes", "80%"), ("no", "14%"), ("not_sure", "withheld")]
    question = {
        "key": "carers_listen",
        "base": 50,
        "skipped": 0,
        "options": [
            {"key": key, "percent": int(shown[:-1]) if "%" in shown else None, "shown": shown}
            for key, shown in options
        ],
    }
    data = {
        "survey": "wellbeing",
        "from": "2022-04",
        "to": "2023-03",
        "responses": 50,
        "questions": [question],
    }
    file.write_text(json.dumps(data | changed), encoding="utf-8")
    return file


def test_what_can_be_inferred_is_one_line_and_status_1(audit_release: Run, tmp_path: Path) -> None:
    file = output(tmp_path / "year.json")
    ran = audit_release(file)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        f"{file}: 5 figures shown, 1 withheld or in words",
        f"wellbeing, April 2022 to March 2023, carers_listen, not_sure: withheld, but it is 3 (from {file})",
        "1 can be worked out.",
    ]


def test_a_release_that_holds_ends_with_status_0(audit_release: Run, tmp_path: Path) -> None:
    assert audit_release(output(tmp_path / "year.json", questions=[])).lines[-1] == (
        "Nothing that was withheld can be worked out."
    )


def test_json_says_the_same(audit_release: Run, tmp_path: Path) -> None:
    file = output(tmp_path / "year.json")
    found = json.loads(audit_release(file, "--format", "json").out)
    assert found["passed"] is False
    assert [(one["least"], one["most"], one["files"]) for one in found["failures"]] == [(3, 3, [str(file)])]


def split(file: Path) -> Path:
    """Nobody was not sure, and two groups of which nothing is shown; two answers to another question are withheld."""

    def asked(key: str, base: int | None, **options: str) -> dict[str, object]:
        shown = [
            {"key": o, "percent": int(s[:-1]) if "%" in s else None, "shown": s} for o, s in options.items()
        ]
        return {"key": key, "base": base, "skipped": base and 0, "options": shown}

    listen = asked("carers_listen", 50, yes="80%", no="20%", not_sure="0%")
    trusted = asked("trusted_adult", 50, yes="80%", no="withheld", not_sure="withheld")
    hidden = asked("carers_listen", None, yes="withheld", no="withheld", not_sure="withheld")
    groups = [{"group": how, "responses": None, "questions": [hidden]} for how in ("self", "conversation")]
    return output(file, questions=[listen, trusted], by="how", groups=groups)


def test_every_withheld_count_is_told_with_its_range_and_what_excuses_it(
    audit_release: Run, tmp_path: Path
) -> None:
    file = split(tmp_path / "year.json")
    plain = audit_release(file).lines
    told = audit_release(file, "--ranges").lines
    assert (told[0], told[-1]) == (plain[0], plain[-1])
    year = "wellbeing, April 2022 to March 2023"
    assert f"{year}, trusted_adult, no: 0 to 10, 11 values" in told
    assert (
        f"{year}, how self, carers_listen, not_sure: 0, 1 value; no failure: no file says anything of the group that"
        " everyone's figures do not"
    ) in told
    assert len(told) == len(plain) + 2 + 2 * 6


def test_a_range_that_is_too_narrow_says_so_beside_the_failure(audit_release: Run, tmp_path: Path) -> None:
    file = output(tmp_path / "year.json")
    ran = audit_release(file, "--ranges")
    assert ran.status == 1
    figure = "wellbeing, April 2022 to March 2023, carers_listen, not_sure"
    assert ran.out.splitlines()[1:3] == [
        f"{figure}: 3, 1 value; too narrow",
        f"{figure}: withheld, but it is 3 (from {file})",
    ]


def test_ranges_are_in_the_json_where_they_are_asked_for(audit_release: Run, tmp_path: Path) -> None:
    file = split(tmp_path / "year.json")
    assert "ranges" not in json.loads(audit_release(file, "--format", "json").out)
    found = json.loads(audit_release(file, "--format", "json", "--ranges").out)["ranges"]
    by_figure = {one["figure"].partition("2023, ")[2]: one for one in found}
    assert {k: v for k, v in by_figure["trusted_adult, no"].items() if k != "figure"} == {
        "least": 0,
        "most": 10,
        "values": 11,
        "proven": True,
        "narrow": False,
        "failure": False,
        "exemption": None,
        "why": None,
    }
    assert by_figure["how self, carers_listen, not_sure"]["exemption"] == "everyone"


def test_an_unknown_survey_is_one_line_and_status_2(audit_release: Run, tmp_path: Path) -> None:
    file = output(tmp_path / "year.json", survey="ours")
    complaint = audit_release(file).complaint
    assert complaint == (
        f"{file}: there is no survey 'ours' here; a council's own is read from the folder HEARD_SURVEYS"
    )


def test_a_file_that_is_not_there_is_one_line_and_status_2(audit_release: Run, tmp_path: Path) -> None:
    assert audit_release(tmp_path / "none.json").complaint.endswith(
        "cannot be read (No such file or directory)"
    )


def test_files_that_contradict_each_other_are_named(audit_release: Run, tmp_path: Path) -> None:
    one, other = output(tmp_path / "a.json"), output(tmp_path / "b.json", responses=60)
    assert audit_release(one, other).complaint == f"{one} and {other} contradict each other about wellbeing"


def test_no_file_at_all_is_refused(audit_release: Run) -> None:
    assert audit_release().status == 2


def test_a_bar_is_shown_on_a_terminal_alone(
    audit_release: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = output(tmp_path / "year.json")
    assert "Auditing" not in audit_release(file).err
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    assert "Auditing" in audit_release(file).err


def test_where_time_runs_out_one_line_says_so_and_how_to_give_it_more(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow:
        def __init__(self, timeout_seconds: float) -> None:
            self.timeout_seconds = timeout_seconds

        def audit(self, *_: object, **__: object) -> Audit:
            raise TimeIsOut(f"it took longer than {self.timeout_seconds:.0f} seconds and was ended")

        def close(self) -> None:
            """Nothing was started."""

    monkeypatch.setattr(command, "AnalysisProcess", Slow)
    ran = run("audit-release", output(tmp_path / "year.json"), "--minutes", 2)
    assert ran.complaint == (
        "time ran out: it took longer than 120 seconds and was ended; give it more with --minutes"
    )


def test_a_range_without_an_end_and_one_that_time_did_not_prove_say_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unproven:
        def __init__(self, **_: object) -> None:
            """Nothing is started."""

        def audit(self, *_: object, **__: object) -> Audit:
            wide = dict.fromkeys(("is_narrow", "fails"), False)
            one = Ranged("one", 0, None, is_proven=True, exemption=None, **wide)
            other = Ranged("other", 2, 9, is_proven=False, exemption=None, **wide)
            return Audit((), (), (one, other))

        def close(self) -> None:
            """Nothing was started."""

    monkeypatch.setattr(command, "AnalysisProcess", Unproven)
    assert run("audit-release", output(tmp_path / "year.json"), "--ranges").lines[:2] == [
        "one: 0 or more, no end",
        "other: 2 to 9, 8 values or fewer, since time ran out",
    ]


def test_no_time_at_all_is_refused(audit_release: Run, tmp_path: Path) -> None:
    assert audit_release(output(tmp_path / "year.json"), "--minutes", 0).status == 2
