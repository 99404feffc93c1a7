"""Five hundred young people answer at moments that the attacker knows. Whose is which answer, and which words?

The attacker has the database as it was before and after each counting, every nightly backup, every log, and the list of who held
which code and when each answered; neither the keys nor PostgreSQL's write-ahead log.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from feedback_app.store import Store
from tests.attacks.population import Evidence, gather
from tests.attacks.scoring import Score, scores
from tests.support.clock import Clock

pytestmark = pytest.mark.slow

#: How many answer in each of the months: five hundred.
MONTHS = (118, 127, 131, 124)
#: An attack has to succeed so many times in a row, on other young people each time: each interval leaves one in a hundred outside.
TIMES = 3


def findings(evidence: Evidence) -> dict[tuple[str, str], Score]:
    """The strategies that did better than guessing, by table and name."""
    return {
        (table, score.strategy): score
        for table in ("response", "comment")
        for score in scores(evidence, table)
        if score.is_a_finding
    }


def test_nobody_is_matched_to_answers_or_words_better_than_by_guessing(
    app: Flask, store: Store, today: Clock, tmp_path: Path
) -> None:
    today.move_to("2026-04-01")
    suspected = findings(gather(app, store, today, tmp_path, MONTHS, seed=1, by_link=30))
    for seed in range(2, TIMES + 1):
        if suspected:
            again = findings(gather(app, store, today, tmp_path, MONTHS, seed=seed, by_link=30))
            suspected = {name: again[name] for name in suspected if name in again}
    assert not suspected, "\n".join(f"{table} {score}" for (table, _), score in suspected.items())
