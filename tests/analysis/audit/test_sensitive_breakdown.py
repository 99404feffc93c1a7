"""A council may split by a question that is sensitive itself: a table of two questions can be read from either side."""

from __future__ import annotations

import pytest

from analysis.audit.auditing import audit
from analysis.findings import SurveyFindings
from surveys.schema import Option, Question, QuestionType
from tests.analysis.audit.releases import YEAR, Answered, Publisher, World
from tests.analysis.published import question, survey


def splitting(key: str, *, sensitive: bool) -> Question:
    options = tuple(Option(value, value) for value in ("one", "two"))
    return question(
        key,
        type=QuestionType.ONE,
        options=options,
        breakdown=True,
        sensitive=sensitive,
        headline=None,
        positive=(),
    )


def published(*, sensitive: bool) -> tuple[Publisher, SurveyFindings]:
    """Ten of one place, three of whom had another ending than most, and eleven of the other."""
    asked = survey(splitting("place", sensitive=sensitive), splitting("ending", sensitive=False), key="split")
    numbers = {("one", "one"): 7, ("one", "two"): 3, ("two", "one"): 5, ("two", "two"): 6}
    said = tuple(
        Answered("2022-04", "self", {"place": place, "ending": ending})
        for (place, ending), number in numbers.items()
        for _ in range(number)
    )
    publisher = Publisher(World(asked, said))
    return publisher, publisher.data(YEAR, "place")


@pytest.mark.parametrize("sensitive", [False, True])
def test_what_a_sensitive_question_splits_is_as_sensitive(sensitive: bool) -> None:
    _, found = published(sensitive=sensitive)
    shown = {group.group: group.questions[-1].base for group in found.groups}
    assert shown == ({"one": None, "two": None} if sensitive else {"one": 10, "two": 11})


def test_from_its_other_side_the_table_tells_nothing_small_either() -> None:
    publisher, _ = published(sensitive=True)
    publisher.data(YEAR, "ending")
    assert audit(publisher.files, [publisher.world.survey]).failures == ()
