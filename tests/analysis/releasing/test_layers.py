"""Tallies cut into what was counted between one showing and the next."""

from __future__ import annotations

import pytest

from analysis.disclosure import Split
from analysis.findings import FindingsError
from analysis.releasing.layers import RESPONSES, Counted, Layers, Row
from tests.analysis.published import question, survey

ASKED = survey(question("safe"))
APRIL = "2022-04"


def tallies(month: str = APRIL, group: str = "", **counts: int) -> list[Row]:
    """``responses`` are the responses themselves, everything else is an option of the question."""
    breakdown = "ending" if group else ""
    return [
        (month, breakdown, group, RESPONSES if option == "responses" else "safe", option, count)
        for option, count in counts.items()
    ]


TWENTY = tallies(responses=20, yes=9, no=7, answered=16, skipped=3, prefer_not_to_say=1)
THIRTY = tallies(responses=30, yes=17, no=8, answered=25, skipped=4, prefer_not_to_say=1)


def test_an_option_has_its_base_and_skips() -> None:
    layers = Layers(ASKED, Counted(TWENTY, {}), ())
    found = layers.split("safe", layers.all(APRIL, APRIL))
    assert found == Split((9, 7, 0), base=16, skipped=4, many=False, sensitive=False)


def test_no_tallies_give_nothing() -> None:
    layers = Layers(ASKED, Counted([], {}), ())
    assert layers.split("safe", layers.all(APRIL, "2023-03")).base == 0
    assert layers.sizes == {}


def test_responses_are_counted_by_group() -> None:
    rows = [*tallies(responses=20), *tallies(group="planned", responses=11)]
    layers = Layers(ASKED, Counted(rows, {}), ())
    year = layers.all(APRIL, "2023-03")
    assert layers.split(RESPONSES, year).base == 20
    assert layers.split(RESPONSES, year, ("ending", "planned")).base == 11
    assert layers.groups("ending") == ["planned"]


def test_what_was_counted_since_it_was_shown_is_a_layer_of_its_own() -> None:
    layers = Layers(ASKED, Counted(THIRTY, {(APRIL, 20): TWENTY}), [(APRIL, 20)])
    before, now = layers.until({APRIL: 20}), layers.until({APRIL: 30})
    assert layers.split("safe", before).counts == (9, 7, 0)
    assert layers.split("safe", now - before) == Split((8, 1, 0), 9, 1, many=False, sensitive=False)


def test_a_month_that_is_as_it_was_shown_is_one_layer() -> None:
    assert Layers(ASKED, Counted(TWENTY, {}), [(APRIL, 20)]).all(APRIL, APRIL) == {(APRIL, 20)}


def test_fewer_than_were_shown_are_refused() -> None:
    with pytest.raises(FindingsError, match="fewer responses are counted in 2022-04 than when it was shown"):
        Layers(ASKED, Counted(TWENTY, {(APRIL, 30): THIRTY}), [(APRIL, 30)])


def test_tallies_that_do_not_add_up_are_refused() -> None:
    layers = Layers(ASKED, Counted(tallies(responses=20, yes=9, answered=16), {}), ())
    with pytest.raises(FindingsError, match="heard recount"):
        layers.split("safe", layers.all(APRIL, APRIL))
