"""Nine known answers beside one child's: what is learned, and what makes it vanish. The threat model tells these figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from surveys.catalogue import Catalogue
from tests.attacks.flooding import MONTH, SURVEYS, YEAR, measure

pytestmark = pytest.mark.slow

THREATS = Path(__file__).resolve().parents[2] / "docs" / "threat-model.md"


@pytest.mark.parametrize("key", SURVEYS)
def test_nine_known_answers_lay_the_ordinary_answers_of_a_tenth_bare(catalogue: Catalogue, key: str) -> None:
    assert measure(catalogue.get(key), MONTH, others=0).ordinary == 1


@pytest.mark.parametrize("key", ["wellbeing", "end_of_placement"])
def test_bands_do_not_stop_whoever_sets_nine_at_their_edge(catalogue: Catalogue, key: str) -> None:
    assert measure(catalogue.get(key), MONTH, others=0).sensitive > 0.5


@pytest.mark.parametrize("key", ["wellbeing", "end_of_placement"])
def test_a_year_of_ten_alone_tells_sensitive_answers_too(catalogue: Catalogue, key: str) -> None:
    assert measure(catalogue.get(key), YEAR, others=0).sensitive == 1


@pytest.mark.parametrize("key", SURVEYS)
@pytest.mark.parametrize("period", [MONTH, YEAR], ids=["month", "year"])
def test_among_eleven_others_hardly_anything_is_learned(
    catalogue: Catalogue, key: str, period: object
) -> None:
    """A box of twenty leaves eleven whom the attacker does not know."""
    found = measure(catalogue.get(key), MONTH if period is MONTH else YEAR, others=10)
    assert max(found.ordinary, found.sensitive) < 0.05


def test_the_threat_model_tells_what_was_measured(catalogue: Catalogue) -> None:
    told = THREATS.read_text(encoding="utf-8")
    survey = catalogue.get("end_of_placement")
    for others, period in ((0, MONTH), (0, YEAR), (1, MONTH), (1, YEAR), (10, MONTH), (10, YEAR)):
        found = measure(survey, period, others)
        when = "month" if period is MONTH else "year"
        row = f"| {1 + others} | {when} | {found.ordinary:.0%} | {found.sensitive:.0%} |"
        assert row in told
