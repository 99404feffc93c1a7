from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from analysis.process import answer, receive, send, serve
from analysis.releasing.asked import Asked
from analysis.releasing.release import release
from analysis.settings import Rules
from feedback_app.analysis_process import AnalysisError, AnalysisProcess, TimeIsOut
from tests.analysis.alone import AFTER, counted
from tests.analysis.audit.data import about, group, output, yes_no
from tests.analysis.published import published, surveys
from tests.analysis.reports import YEAR, report_input

pytestmark = pytest.mark.slow


@pytest.fixture
def process() -> Iterator[AnalysisProcess]:
    opened = AnalysisProcess()
    yield opened
    opened.close()


def test_messages_come_out_as_they_went_in() -> None:
    pipe = io.BytesIO()
    send(pipe, ("ok", {"a": 1}))
    send(pipe, "second")
    pipe.seek(0)
    assert [receive(pipe), receive(pipe)] == [("ok", {"a": 1}), "second"]


def test_half_a_message_is_the_end() -> None:
    pipe = io.BytesIO()
    send(pipe, "whole")
    with pytest.raises(EOFError):
        receive(io.BytesIO(pipe.getvalue()[:-1]))


def test_serving_ends_when_its_input_ends() -> None:
    requests, answers = io.BytesIO(), io.BytesIO()
    send(requests, ("tones", (["brilliant"],), {}))
    requests.seek(0)
    serve(requests, answers)
    answers.seek(0)
    assert receive(answers) == ("ok", ["positive"])


def test_an_unknown_request_is_a_sentence_and_its_words_are_not_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answer("secret words", (), {})[0] == "error"
    logged = capsys.readouterr()
    assert "KeyError" in logged.err
    assert "secret words" not in logged.err
    assert not logged.out


def test_findings_come_from_the_other_process(process: AnalysisProcess) -> None:
    survey, rows = surveys()["wellbeing"], counted(published("wellbeing"), YEAR)
    asked = Asked(YEAR, AFTER, None, Rules())
    assert process.release(survey, asked, rows, []) == release(survey, asked, rows, [])


def test_a_council_s_rules_reach_the_other_process(process: AnalysisProcess) -> None:
    asked = Asked(YEAR, AFTER, None, Rules(minimum_base=200))
    found = process.release(surveys()["wellbeing"], asked, counted(published("wellbeing"), YEAR), [])
    assert found.findings.everyone.responses_shown == "fewer than 200"


def test_a_mistake_of_who_asks_comes_back_as_its_sentence(process: AnalysisProcess) -> None:
    with pytest.raises(AnalysisError, match="cannot be split by 'nonsense'"):
        process.release(
            surveys()["wellbeing"], Asked(YEAR, AFTER, "nonsense", Rules()), counted([], YEAR), []
        )


def test_a_report_comes_from_the_other_process(process: AnalysisProcess) -> None:
    assert process.report(report_input(), "html").startswith(b"<!doctype html>")


def test_nothing_runs_before_it_is_needed(process: AnalysisProcess) -> None:
    assert process.pid is None
    process.tones([])
    assert process.pid is not None


def test_a_process_that_died_is_started_again(process: AnalysisProcess) -> None:
    process.tones([])
    died = process.pid
    assert died is not None
    os.kill(died, signal.SIGKILL)
    assert process.tones(["brilliant"]) == ["positive"]
    assert process.pid != died


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    process = AnalysisProcess(timeout_seconds=0.01)
    try:
        with pytest.raises(TimeIsOut, match=r"it took longer than 0\.01 seconds and was ended"):
            process.tones(["brilliant"])
    finally:
        process.close()


def test_an_audit_says_how_much_of_it_is_done(process: AnalysisProcess) -> None:
    shares: list[float] = []
    file = output("2022-04", "2023-03", group(100, safe=yes_no(98, 2, "50%", "48%", "2%")))
    assert process.audit([("year.json", file)], [about()], shares.append).has_passed
    assert shares == sorted(shares)
    assert (0 < shares[0] < 1, shares[-1]) == (True, 1.0)


def test_many_threads_get_their_own_answers(process: AnalysisProcess) -> None:
    found: dict[int, list[str]] = {}

    def ask(number: int) -> None:
        found[number] = process.tones(["brilliant"] * number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: len(tones) for number, tones in found.items()} == {n: n for n in range(1, 9)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_fork_gets_an_analysis_process_of_its_own() -> None:
    code = (
        "import os\n"
        "from feedback_app.analysis_process import AnalysisProcess\n"
        "process = AnalysisProcess(); process.tones([]); first = process.pid\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    assert process.pid is None and process.tones(['ok']) and process.pid != first\n"
        "    process.close(); os._exit(7)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), process.tones(['brilliant']), process.pid == first)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.split() == ["7", "['positive']", "True"]


def test_it_ends_with_the_process_that_started_it() -> None:
    code = (
        "from feedback_app.analysis_process import AnalysisProcess\n"
        "process = AnalysisProcess(); process.tones([]); print(process.pid)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    with pytest.raises(ProcessLookupError):
        os.kill(int(found.stdout), 0)
