"""Five hundred young people answer at moments that the attacker knows. Whose is which answer, and which words?

The attacker has the database as it was before and after each counting, every nightly backup, every log, and the list of who held
which code and when each answered; neither the keys nor PostgreSQL's write-ahead log. The same attack on storage that keeps
what Heard does not keep finds them, so this can fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from feedback_app.store import Store
from tests.attacks import weakened
from tests.attacks.loot import is_superuser
from tests.attacks.population import Evidence, Scene
from tests.attacks.scoring import Score, scores
from tests.support.clock import Clock

pytestmark = pytest.mark.slow

#: How many answer in each of the months: five hundred, and a few who answer as others did and are not looked for.
MANY = (126, 129, 134, 126)
#: Months in which each who answers has a day of their own, so that each night's backup shows what one has sent.
FEW = (22, 20, 24, 21)
#: How many of each month come by open link.
BY_LINK = 30
#: So many times other young people answer; what was matched is judged of all of them together.
TIMES = 2
#: How often storage that tells nothing is called a finding, over all strategies and all that is measured of each.
FALSE_ALARM = 0.01

Findings = dict[tuple[str, str], Score]


@pytest.fixture
def scene(app: Flask, store: Store, today: Clock, tmp_path: Path) -> Scene:
    """April, and nobody has answered yet."""
    if not is_superuser(store):
        pytest.skip("the PostgreSQL server at HEARD_TEST_POSTGRES does not let this user read its files")
    today.move_to("2026-04-01")
    return Scene(app, store, today, tmp_path)


def findings(evidences: Sequence[Evidence]) -> Findings:
    """The strategies that did better than guessing, by table and name.

    Three things are measured of each: so what guessing does as well once in so many times is asked of all of them together.
    """
    found = {
        (table, one.strategy): one for table in ("response", "comment") for one in scores(evidences, table)
    }
    return {name: one for name, one in found.items() if one.by_chance < FALSE_ALARM / (3 * len(found))}


def found_of_all_together(scene: Scene, sizes: Sequence[int], by_link: int = 0) -> str:
    """What does better than guessing, in words; nothing where nothing does."""
    found = findings([scene.gather(sizes, seed, by_link) for seed in range(1, TIMES + 1)])
    return "\n".join(f"{table} {score}" for (table, _), score in found.items())


def best(scene: Scene, table: str, sizes: Sequence[int] = (60, 60), times: int = 1) -> dict[str, Score]:
    """What found more than guessing does, against weakened storage."""
    evidences = [scene.gather(sizes, seed) for seed in range(1, times + 1)]
    return {name: score for (found, name), score in findings(evidences).items() if found == table}


def test_nobody_of_five_hundred_is_matched_better_than_by_guessing(scene: Scene) -> None:
    assert found_of_all_together(scene, MANY, BY_LINK) == ""


def test_nobody_who_answers_alone_on_a_day_is_matched_by_the_backups_of_that_night(scene: Scene) -> None:
    assert found_of_all_together(scene, FEW) == ""


def test_the_application_logs_nothing_of_any_of_it(scene: Scene) -> None:
    evidence = scene.gather((22,), 1)
    assert evidence.log == []
    assert len(evidence.people) > 15


def test_ids_in_order_give_everybody_away(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    weakened.ids_in_order(monkeypatch)
    score = best(scene, "response")["by id"]
    assert score.matched > 100


def test_rows_in_order_give_everybody_away(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    weakened.rows_in_order(monkeypatch, scene.store)
    score = best(scene, "response")["by rowid" if scene.store.file else "by cmin"]
    assert score.matched > 5 * score.most


def test_a_stored_time_gives_everybody_away(scene: Scene) -> None:
    kept = replace(scene, on_counted=weakened.with_a_time(scene.store))
    assert best(kept, "response")["by answered_at"].matched > 100


def test_ids_made_from_codes_give_everybody_away_to_whoever_knows_who_held_which(scene: Scene) -> None:
    kept = replace(scene, on_counted=weakened.ids_from_codes(scene.store))
    assert best(kept, "response")["by the sha256 of the code"].matched > 100


@pytest.mark.parametrize("table", ["response", "comment"])
def test_lengths_give_many_away_to_whoever_knows_the_order(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    weakened.lengths_as_they_are(monkeypatch)
    order = "wal" if scene.store.file else "xmin"
    score = best(scene, table)[f"by size, in order of {order}"]
    assert score.length > 4


def test_lengths_give_many_away_to_whoever_has_the_backups(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    weakened.lengths_as_they_are(monkeypatch)
    found = best(scene, "comment", FEW, TIMES)
    assert max((score.length for name, score in found.items() if "backups grew" in name), default=0) > 3
