"""What a reader of the exemptions found that the audit let pass, in releases written by hand."""

from __future__ import annotations

from analysis.audit.auditing import audit
from analysis.audit.outcome import Audit
from surveys.schema import Condition, Option, QuestionType, Survey
from tests.analysis.audit.data import NOTHING, OUT, bare, group, output, tried, yes_no
from tests.analysis.audit.releases import QUARTERS, YEAR, Answered, Publisher, World
from tests.analysis.published import question, survey

_YEAR, _Q1, _Q2, _Q3, _Q4 = (
    ("2022-04", "2023-03"),
    ("2022-04", "2022-06"),
    ("2022-07", "2022-09"),
    ("2022-10", "2022-12"),
    ("2023-01", "2023-03"),
)
_HALVES = ("50%", "50%", "0%")
_TWO = (Option("yes", "Yes"), Option("no", "No"))
_WHY = question("why", show_if=Condition("safe", ("no",)), headline=None, positive=())
_SENSITIVE = survey(
    question("safe", type=QuestionType.ONE, options=_TWO, sensitive=True, positive=("yes",)),
    _WHY,
    key="tried",
)
_FOLLOWED = survey(question("safe"), _WHY, key="tried")


def _answered(number: int, month: str = "2022-04", **answers: str) -> list[Answered]:
    return [Answered(month, "self", answers)] * number


def _audited(about: Survey, *files: bytes) -> Audit:
    return audit([(f"{number}.json", file) for number, file in enumerate(files)], [about])


def test_a_follow_up_that_all_answered_counts_those_who_met_its_condition() -> None:
    """Thirteen of sixteen were asked why not, so exactly three said yes to a sensitive question."""
    safe = (16, 0, {"yes": OUT, "no": "more than two thirds"})
    published = output(*_YEAR, group(16, safe=safe, why=yes_no(13, 0, "54%", "46%", "0%")))
    assert ("safe, yes", 3, 3) in bare(_audited(_SENSITIVE, published))


def test_no_release_shows_how_many_a_follow_up_was_asked_of_where_that_lays_bare_three() -> None:
    said = (
        *_answered(3, safe="yes"),
        *_answered(7, safe="no", why="yes"),
        *_answered(6, safe="no", why="no"),
    )
    publisher = Publisher(World(_SENSITIVE, said))
    publisher.data(YEAR)
    assert _audited(_SENSITIVE, *(content for _, content in publisher.files)).has_passed


def test_an_answer_of_a_group_of_six_is_no_less_bare_for_what_is_hidden_beside_it() -> None:
    """Nobody of the planned said yes all year; in a quarter four of everyone did, and six left suddenly."""
    planned = (40, 0, {"yes": "0%", "no": "50%", "not_sure": "50%"})
    sudden = (20, 0, {"yes": "40%", "no": "30%", "not_sure": "30%"})
    found = tried(
        output(
            *_YEAR,
            group(
                60,
                safe=yes_no(60, 0, "13%", "43%", "43%"),
                ending=(60, 0, {"planned": "67%", "sudden": "33%"}),
            ),
            {"planned": group(40, safe=planned), "sudden": group(20, safe=sudden)},
        ),
        output(
            *_Q1,
            group(
                30,
                safe=yes_no(30, 0, "13%", "43%", "43%"),
                ending=(30, 0, {"planned": "80%", "sudden": "20%"}),
            ),
            {"planned": group(None, safe=NOTHING), "sudden": group(None, safe=NOTHING)},
        ),
    )
    assert ("tried, April 2022 to June 2022, ending sudden, safe, yes", 4, 4) in bare(found)


def test_who_skipped_a_follow_up_is_as_secret_as_who_skipped_any_question() -> None:
    """Eleven were asked in a quarter and fewer than ten answered; over the year two skipped: so nine answered."""
    said = (
        *_answered(20, safe="yes"),
        *_answered(11, safe="no", why="yes"),
        *_answered(20, "2023-01", safe="yes"),
        *_answered(9, "2023-01", safe="no", why="no"),
        *_answered(2, "2023-01", safe="no", why=""),
    )
    for order in ((QUARTERS[3], YEAR), (YEAR, QUARTERS[3])):
        publisher = Publisher(World(_FOLLOWED, said))
        found = [publisher.data(period) for period in order]
        why = {period: shown.everyone.questions[1] for period, shown in zip(order, found, strict=True)}
        assert why[QUARTERS[3]].why != "fewer than 10 answered" or why[YEAR].base is None


def test_a_base_of_three_left_of_a_follow_up_is_laid_bare_where_eighteen_were_asked() -> None:
    withheld = {"yes": OUT, "no": OUT, "not_sure": OUT}
    found = _audited(
        _FOLLOWED,
        output(*_YEAR, group(80, safe=yes_no(80, 0, *_HALVES), why=(25, 15, withheld))),
        output(
            "2022-04", "2022-12", group(60, safe=yes_no(60, 0, "63%", "37%", "0%"), why=(22, 0, withheld))
        ),
    )
    assert ("tried, January 2023 to March 2023, why, answered", 3, 3) in bare(found)


def test_what_two_quarters_leave_of_the_year_is_looked_at_though_a_file_parts_it() -> None:
    found = tried(
        output(*_YEAR, group(47, safe=yes_no(47, 0, "51%", "49%", "0%"))),
        output(*_Q1, group(20, safe=yes_no(20, 0, *_HALVES))),
        output(*_Q3, group(20, safe=yes_no(20, 0, *_HALVES))),
        output(*_Q2, group(None, safe=NOTHING)),
    )
    assert any(least == most == 7 for _, least, most in bare(found))


def test_one_more_file_about_everyone_makes_no_group_that_is_left_harmless() -> None:
    def by_how(first: str, last: str, everyone: int, planned: int) -> bytes:
        groups = {"planned": planned, "sudden": everyone - planned}
        shown = {name: group(size, safe=yes_no(size, 0, *_HALVES)) for name, size in groups.items()}
        return output(first, last, group(everyone, safe=yes_no(everyone, 0, *_HALVES)), shown, by="how")

    files = by_how(*_YEAR, 60, 28), by_how("2022-04", "2022-09", 40, 20)
    third = output(*_Q3, group(10, safe=yes_no(10, 0, *_HALVES)))
    for some in (files, (*files, third)):
        assert any(least == most == 8 for _, least, most in bare(tried(*some)))
