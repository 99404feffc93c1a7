"""The audit can fail: where a rule is left out, it finds what the rule would have hidden, and keeps it from leaving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from analysis import disclosure
from analysis.audit.auditing import audit
from analysis.disclosure import Shown, Split
from analysis.releasing.outsider import Outsider
from analysis.releasing.question import Question
from analysis.settings import Rules
from surveys.schema import Option, QuestionType
from tests.analysis.audit.releases import QUARTERS, YEAR, Answered, Publisher, World
from tests.analysis.published import question, survey


@pytest.fixture(params=[False, True], ids=["unread", "read before it leaves"])
def is_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether outputs are audited before they leave: what a rule forgot is then withheld all the same."""
    if not request.param:
        monkeypatch.setattr(Outsider, "learns", lambda *_: set())
    return bool(request.param)


ENDING = question(
    "ending",
    type=QuestionType.ONE,
    options=tuple(Option(value, value) for value in ("planned", "sudden", "other")),
    breakdown=True,
    headline=None,
    positive=(),
)


def said(
    month: str, number: int, ending: str = "planned", safe: str = "yes", told: str = "yes"
) -> list[Answered]:
    return [Answered(month, "self", {"ending": ending, "safe": safe, "told": told})] * number


def world(*answered: Sequence[Answered]) -> World:
    asked = survey(question("safe", sensitive=True), question("told"), ENDING, key="weak")
    return World(asked, tuple(one for some in answered for one in some))


def laid_bare(publisher: Publisher) -> list[str]:
    found = audit(publisher.files, [publisher.world.survey])
    return [failure.figure for failure in found.failures]


def laxer(**settings: int) -> Rules:
    """Rules below the floor, which no settings file can ask for."""
    rules = Rules()
    for name, value in settings.items():
        object.__setattr__(rules, name, value)
    return rules


SEVEN = world(said("2022-04", 7, told="no"), said("2022-04", 40, ending="sudden"))


def test_a_smaller_base_is_caught(is_read: bool) -> None:
    few = world(said("2022-04", 6), said("2022-04", 2, told="no"))
    strict, lax = Publisher(few), Publisher(few, laxer(minimum_base=5))
    for publisher in (strict, lax):
        publisher.data(YEAR)
    assert laid_bare(strict) == []
    assert ("weak, April 2022 to March 2023, told, answered" in laid_bare(lax)) is not is_read


def test_a_smaller_group_is_caught(is_read: bool) -> None:
    strict, lax = Publisher(SEVEN), Publisher(SEVEN, laxer(minimum_base=5))
    for publisher in (strict, lax):
        publisher.data(YEAR, "ending")
    assert laid_bare(strict) == []
    assert bool(laid_bare(lax)) is not is_read


def test_small_numbers_of_a_sensitive_question_are_caught(is_read: bool) -> None:
    three = world(said("2022-04", 40), said("2022-04", 3, safe="no"), said("2022-04", 20, safe="not_sure"))
    strict, lax = Publisher(three), Publisher(three, laxer(small_count=1))
    for publisher in (strict, lax):
        publisher.data(YEAR)
    assert laid_bare(strict) == []
    assert laid_bare(lax) == ([] if is_read else ["weak, April 2022 to March 2023, safe, no"])


def test_an_option_withheld_alone_is_caught(monkeypatch: pytest.MonkeyPatch, is_read: bool) -> None:
    three = world(said("2022-04", 40), said("2022-04", 3, safe="no"), said("2022-04", 20, safe="not_sure"))

    def only_the_small(split: Split, rules: Rules) -> set[int]:
        return {i for i, n in enumerate(split.counts) if 1 <= n <= rules.small_count}

    publisher = Publisher(three)
    monkeypatch.setattr(disclosure, "_hidden", only_the_small)
    publisher.data(YEAR)
    assert laid_bare(publisher) == ([] if is_read else ["weak, April 2022 to March 2023, safe, no"])


def test_a_group_withheld_alone_is_caught(monkeypatch: pytest.MonkeyPatch, is_read: bool) -> None:
    def every_large_group(sizes: Mapping[str, int], everyone: int, rules: Rules) -> set[str]:
        return {group for group, size in sizes.items() if size >= rules.minimum_base}

    def each_by_itself(
        everyone: Split, groups: Mapping[str, Split], rules: Rules, **_: Any
    ) -> dict[str, Shown]:
        return {
            name: Shown(tuple(disclosure.Cell(n, n) for n in split.counts), split.base, split.skipped, None)
            for name, split in groups.items()
        }

    publisher = Publisher(SEVEN)
    monkeypatch.setattr(disclosure, "groups_shown", every_large_group)
    monkeypatch.setattr(disclosure, "control_groups", each_by_itself)
    monkeypatch.setattr(Question, "allows_groups", lambda *_: True)
    publisher.data(YEAR, "ending")
    found = laid_bare(publisher)
    assert found == [] if is_read else "weak, April 2022 to March 2023, ending planned, told, no" in found


def test_a_forgotten_ledger_is_caught() -> None:
    """Nine months, then the year: seven came between."""
    months = world(*(said(f"2022-{number:02d}", 12) for number in (4, 7, 10)), said("2023-01", 7, told="no"))
    publishers = [Publisher(months, keeps_ledger=keeps) for keeps in (True, False)]
    for publisher in publishers:
        for quarter in QUARTERS[:3]:
            publisher.data(quarter)
        publisher.data(YEAR)
    with_ledger, without = publishers
    assert laid_bare(with_ledger) == []
    assert "weak, January 2023 to March 2023, responses" in laid_bare(without)
