"""A council may split by questions of the survey: a table of two of them can be read from either side."""

from __future__ import annotations

import pytest

from analysis.audit.auditing import audit
from analysis.findings import SurveyFindings
from surveys.schema import Option, Question, QuestionType
from tests.analysis.audit.releases import YEAR, Answered, Publisher, World
from tests.analysis.published import question, survey


def splitting(key: str, *values: str, sensitive: bool = False) -> Question:
    options = tuple(Option(value, value) for value in values or ("one", "two"))
    return question(
        key,
        type=QuestionType.ONE,
        options=options,
        breakdown=True,
        sensitive=sensitive,
        headline=None,
        positive=(),
    )


def said(numbers: dict[tuple[str, str], int]) -> tuple[Answered, ...]:
    """So many who responded, by place and ending; empty where they skipped it."""
    return tuple(
        Answered("2022-04", "self", {"place": place, "ending": ending})
        for (place, ending), number in numbers.items()
        for _ in range(number)
    )


def published(*, sensitive: bool) -> tuple[Publisher, SurveyFindings]:
    """Ten of one place, three of whom had another ending than most, and eleven of the other."""
    asked = survey(splitting("place", sensitive=sensitive), splitting("ending"), key="split")
    publisher = Publisher(
        World(asked, said({("one", "one"): 7, ("one", "two"): 3, ("two", "one"): 5, ("two", "two"): 6}))
    )
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


def test_an_answer_that_is_hidden_from_one_side_is_hidden_from_the_other() -> None:
    """Two endings were of the third kind, and one of them where sixteen lived: where the other lived says no more of them than of those who lived there."""
    asked = survey(
        splitting("place", "home", "kin", "none"),
        splitting("ending", "planned", "sudden", "other", "mixed"),
        key="split",
    )
    home = {("home", "other"): 1, ("home", "planned"): 9, ("home", "sudden"): 6}
    kin = {("kin", "other"): 1, ("kin", "mixed"): 1, ("kin", "planned"): 8, ("kin", "sudden"): 6}
    none = {("none", "planned"): 6, ("none", "sudden"): 3}
    publisher = Publisher(World(asked, said(home | kin | none)))
    for by in ("place", "ending"):
        publisher.data(YEAR, by)
        assert audit(publisher.files, [asked]).failures == ()


def test_how_many_of_a_group_answered_is_told_by_the_answers_that_the_other_side_shows() -> None:
    """Three endings were of the third kind; two of those lived in a home. So two or three of them said where they lived."""
    asked = survey(
        splitting("place", "home", "kin"), splitting("ending", "planned", "sudden", "other"), key="split"
    )
    home = {("home", "other"): 2, ("home", "planned"): 17, ("home", ""): 6}
    rest = {("kin", "planned"): 9, ("kin", ""): 1, ("", "planned"): 4, ("", "other"): 1, ("", ""): 5}
    publisher = Publisher(World(asked, said(home | rest)))
    for by in ("place", "ending"):
        publisher.data(YEAR, by)
        assert audit(publisher.files, [asked]).failures == ()


def test_where_the_other_side_shows_every_answer_it_shows_how_many_answered() -> None:
    """Six lived in the third place: five said that the ending was planned and none that it was sudden, so one skipped it."""
    asked = survey(
        splitting("place", "home", "kin", "none"), splitting("ending", "planned", "sudden"), key="split"
    )
    planned = {("home", "planned"): 17, ("kin", "planned"): 15, ("none", "planned"): 5, ("", "planned"): 3}
    sudden = {("home", "sudden"): 7, ("kin", "sudden"): 6, ("", "sudden"): 3}
    nothing = {("home", ""): 3, ("kin", ""): 6, ("none", ""): 1}
    publisher = Publisher(World(asked, said(planned | sudden | nothing)))
    for by in ("ending", "place"):
        publisher.data(YEAR, by)
        assert audit(publisher.files, [asked]).failures == ()


def test_what_nearly_everybody_says_follows_from_either_side() -> None:
    """All who said how it ended said the same, and who did not lived in one place; so of the ten in another all said so."""
    asked = survey(splitting("place", "home", "kin"), splitting("ending", "planned", "sudden"), key="split")
    numbers = {("home", "sudden"): 10, ("kin", "sudden"): 11, ("kin", ""): 2, ("", "sudden"): 3}
    publisher = Publisher(World(asked, said(numbers)))
    for by in ("place", "ending"):
        publisher.data(YEAR, by)
        assert audit(publisher.files, [asked]).failures == ()
