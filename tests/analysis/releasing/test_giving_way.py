"""What gives way where something could be inferred from an output and those before it."""

from __future__ import annotations

from analysis.audit.auditing import audit
from surveys.schema import QuestionType
from tests.analysis.audit.releases import QUARTERS, YEAR, Answered, Publisher, World
from tests.analysis.published import question, survey


def test_when_a_round_answered_is_not_told_where_the_year_shows_its_answers() -> None:
    """Of a sensitive question the year shows each round exactly, and a quarter bands: it may not say that the round is the quarter."""
    asked = survey(question("safe", sensitive=True), key="rounds")
    said = tuple(
        Answered(month, "self", {"safe": safe}, f"round {month}")
        for month in ("2022-05", "2022-08")
        for safe, number in {"yes": 47, "no": 5, "not_sure": 8}.items()
        for _ in range(number)
    )
    publisher = Publisher(World(asked, said))
    publisher.data(QUARTERS[0])
    by_year = publisher.data(YEAR, "round")
    by_quarter = publisher.data(QUARTERS[0], "round")
    assert [group.responses for group in by_year.groups] == [60, 60]
    assert [group.responses for group in by_quarter.groups] == [None, None]
    assert audit(publisher.files, [asked]).failures == ()


def test_how_many_are_in_a_group_is_told_only_where_the_question_that_splits_is() -> None:
    """It is how many chose an option: in the year so far too few are left of another quarter, and it is withheld."""
    asked = survey(question("safe"), question("ending", type=QuestionType.ONE, breakdown=True), key="sizes")
    said = tuple(
        Answered(month, "self", {"safe": "yes", "ending": ending})
        for month, endings in {
            "2022-05": {"yes": 15, "no": 15, "": 4},
            "2022-08": {"yes": 5, "no": 3, "": 4},
        }.items()
        for ending, number in endings.items()
        for _ in range(number)
    )
    publisher = Publisher(World(asked, said))
    publisher.data(QUARTERS[0], this_month="2022-10")
    so_far = publisher.data(YEAR, "ending", this_month="2022-10")
    assert {figure.key: figure.base for figure in so_far.everyone.questions} == {"safe": 46, "ending": None}
    assert {group.responses for group in so_far.groups} == {None}
