"""The ledger in the database: recorded before it is seen, the same again, and decided anew where something changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, select

from analysis.disclosure import Why
from analysis.findings import QuestionFinding, SurveyFindings
from analysis.period import Period
from analysis.releasing import release
from analysis.releasing.asked import Asked
from analysis.releasing.layers import Counted
from analysis.releasing.ledger import Entry
from analysis.settings import Rules
from feedback_app.analysis_process import AnalysisError
from feedback_app.config import Config
from feedback_app.context import Heard
from feedback_app.showing import show
from feedback_app.store import Store, counting, tallies
from feedback_app.store.models import Response, Shown, ShownTally, TallyRow
from surveys.schema import Survey
from tests.support.clock import Clock

YEAR = Period.year("2025-26")
APRIL = Period("2025-04", "2025-04")
QUARTER = Period.year("2025-26", 1)


@dataclass
class InProcess:
    """Answers as the analysis process does, without one; ``meanwhile`` is done each time that something is decided."""

    rules: Rules = field(default_factory=Rules)
    meanwhile: Callable[[], object] = lambda: None

    def release(
        self, survey: Survey, asked: Asked, counted: Counted, ledger: Sequence[Entry]
    ) -> release.Release:
        found = release.release(survey, asked, counted, ledger)
        self.meanwhile()
        return found

    def again(self, survey: Survey, period: Period, entry: Entry) -> SurveyFindings:
        return release.again(survey, period, entry)


@pytest.fixture
def analysis() -> InProcess:
    return InProcess()


@pytest.fixture
def parts(config: Config, store: Store, analysis: InProcess) -> Heard:
    return Heard(config, store, analysis)  # type: ignore[arg-type]  # answers as the process does


def enter(store: Store, month: str, yes: int = 0, no: int = 0, skipped: int = 0, **more: Any) -> None:
    """Count so many in a month, at once."""
    answers = [{"role_explained": value} for value in ["yes"] * yes + ["no"] * no + [None] * skipped]
    records = [{"version": 1, "round": None, "how": "self", "answers": each | more} for each in answers]
    with store.writing() as session:
        counting.enter(store, session, "iro_review", month, records)


def role(found: SurveyFindings) -> QuestionFinding:
    return next(question for question in found.everyone.questions if question.key == "role_explained")


def rows(store: Store) -> list[tuple[str, str, str, int]]:
    with store.reading() as session:
        query = select(Shown.first, Shown.last, Shown.by, Shown.edition).order_by(
            Shown.first, Shown.last, Shown.by, Shown.edition
        )
        return [tuple(row) for row in session.execute(query)]  # type: ignore[misc]


@pytest.fixture
def survey(store: Store) -> Survey:
    return store.surveys.get("iro_review")


def test_what_is_shown_is_in_the_ledger(parts: Heard, store: Store, survey: Survey) -> None:
    enter(store, "2025-04", yes=20)
    show(parts, survey, YEAR)
    show(parts, survey, YEAR, "how")
    assert rows(store) == [("2025-04", "2026-03", "", 0), ("2025-04", "2026-03", "how", 0)]


def test_the_ledger_keeps_no_day_and_nobody() -> None:
    assert set(Shown.__table__.c.keys()) == {
        "survey_key",
        "year",
        "first",
        "last",
        "by",
        "edition",
        "basis",
        "figures",
    }


def test_the_same_again_is_the_same_and_adds_nothing(parts: Heard, store: Store, survey: Survey) -> None:
    enter(store, "2025-04", yes=20)
    first = [show(parts, survey, period, by) for period in (APRIL, YEAR) for by in (None, "how")]
    number = len(rows(store))
    assert [show(parts, survey, period, by) for period in (APRIL, YEAR) for by in (None, "how")] == first
    assert len(rows(store)) == number


def test_what_tells_nothing_is_not_recorded(parts: Heard, store: Store, survey: Survey) -> None:
    show(parts, survey, YEAR)
    assert rows(store) == []


def test_a_running_year_is_recorded_up_to_the_last_month_that_has_ended(
    parts: Heard, store: Store, survey: Survey, today: Clock
) -> None:
    today.move_to("2025-06-20")
    enter(store, "2025-04", yes=20)
    show(parts, survey, YEAR)
    today.move_to("2025-07-20")
    show(parts, survey, YEAR)
    assert rows(store) == [("2025-04", "2025-05", "", 0), ("2025-04", "2025-06", "", 0)]


def test_what_was_shown_meanwhile_is_taken_into_account(
    parts: Heard, store: Store, survey: Survey, analysis: InProcess, today: Clock
) -> None:
    today.move_to("2025-07-20")
    enter(store, "2025-04", yes=20)
    enter(store, "2025-05", yes=4, skipped=10)

    def somebody_else() -> None:
        analysis.meanwhile = lambda: None
        assert role(show(parts, survey, QUARTER)).base == 24

    analysis.meanwhile = somebody_else
    april = role(show(parts, survey, APRIL))
    assert (april.base, april.why) == (None, Why.DIFFERENCE)


def test_what_was_counted_meanwhile_is_in_what_is_shown(
    parts: Heard, store: Store, survey: Survey, analysis: InProcess
) -> None:
    enter(store, "2025-04", yes=20)

    def import_more() -> None:
        analysis.meanwhile = lambda: None
        enter(store, "2025-04", yes=10)

    analysis.meanwhile = import_more
    assert role(show(parts, survey, YEAR)).base == 30


def test_whoever_is_never_left_to_finish_is_told(
    parts: Heard, store: Store, survey: Survey, analysis: InProcess
) -> None:
    enter(store, "2025-04", yes=20)
    analysis.meanwhile = lambda: enter(store, "2025-04", yes=10)
    with pytest.raises(AnalysisError, match="try again"):
        show(parts, survey, YEAR)
    assert rows(store) == []


def test_of_two_at_once_who_would_lay_bare_a_few_together_one_gives_way(
    parts: Heard, store: Store, survey: Survey, analysis: InProcess, today: Clock
) -> None:
    today.move_to("2025-07-20")
    enter(store, "2025-04", yes=20)
    enter(store, "2025-05", yes=4, skipped=10)
    both_decide = threading.Barrier(2, timeout=30)
    analysis.meanwhile = lambda: both_decide.wait() if not rows(store) else None
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda period: show(parts, survey, period), (APRIL, QUARTER)))
    assert sorted(role(one).base is None for one in found) == [False, True]


def test_what_an_import_adds_in_small_numbers_leaves_a_question_as_it_was(
    parts: Heard, store: Store, survey: Survey
) -> None:
    enter(store, "2025-04", yes=30)
    show(parts, survey, YEAR)
    enter(store, "2025-04", yes=4, skipped=8)
    kept = role(show(parts, survey, YEAR))
    assert (kept.base, kept.why) == (30, Why.CHANGED)
    assert role(show(parts, survey, YEAR)) == kept
    enter(store, "2025-04", yes=6, skipped=8)
    assert role(show(parts, survey, YEAR)).base == 40
    assert [edition for *_, edition in rows(store)] == [0, 1, 2]


def test_only_months_that_changed_are_kept_twice(parts: Heard, store: Store, survey: Survey) -> None:
    enter(store, "2025-04", yes=30)
    enter(store, "2025-05", yes=30)
    show(parts, survey, YEAR)
    enter(store, "2025-04", yes=12)
    show(parts, survey, YEAR)
    with store.reading() as session:
        found = session.execute(select(ShownTally.month, ShownTally.responses).distinct())
        assert sorted(tuple(row) for row in found) == [("2025-04", 30), ("2025-04", 42), ("2025-05", 30)]


def test_responses_that_are_destroyed_change_nothing_that_is_shown(
    parts: Heard, store: Store, survey: Survey, today: Clock
) -> None:
    enter(store, "2025-04", yes=30)
    before = show(parts, survey, YEAR)
    today.move_to("2029-01-10")
    counting.count(store)
    with store.writing() as session:
        session.query(Response).delete()
    assert show(parts, survey, YEAR) == before
    assert len(rows(store)) == 1


def test_a_recount_does_not_mind_the_ledger(parts: Heard, store: Store, survey: Survey) -> None:
    enter(store, "2025-04", yes=30)
    show(parts, survey, YEAR, "how")
    assert tallies.differences(store) == []


def test_tallies_that_shrank_are_not_shown(parts: Heard, store: Store, survey: Survey) -> None:
    enter(store, "2025-04", yes=30)
    show(parts, survey, YEAR)
    with store.writing() as session:
        session.query(TallyRow).delete()
        assert session.scalar(select(func.count()).select_from(TallyRow)) == 0
    enter(store, "2025-04", yes=12)
    with pytest.raises(ValueError, match="fewer responses are counted in 2025-04 than when it was shown"):
        show(parts, survey, YEAR)


def test_stricter_rules_hold_for_what_was_shown_before(
    parts: Heard, store: Store, survey: Survey, analysis: InProcess
) -> None:
    enter(store, "2025-04", yes=15)
    assert role(show(parts, survey, YEAR)).base == 15
    analysis.rules = Rules(minimum_base=20)
    assert role(show(parts, survey, YEAR)).base is None
