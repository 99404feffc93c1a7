"""What a member of staff sees when something is wrong that is not theirs to mend."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback_app.store import Store, tallies
from feedback_app.store.counting import SurveyGone
from feedback_app.store.secrets import UnsealError
from tests.staff.desk import Desk

SENTENCES = ("there are responses of wellbeing version 1", "the key it was sealed under is missing")


@pytest.mark.parametrize("error", [SurveyGone(SENTENCES[0]), UnsealError(SENTENCES[1])])
def test_what_cannot_be_read_is_said_in_its_own_sentence(
    desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_args: object) -> None:
        raise error

    worker = desk().sign_in("participation")
    monkeypatch.setattr(tallies, "months", fail)
    page = worker.pages.get("/staff/results/wellbeing", status=503)
    assert str(error) in page.text


def test_a_failure_is_a_staff_page_that_repeats_nothing(
    desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("my secret words")

    worker = desk().sign_in("participation")
    worker.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(tallies, "months", fail)
    page = worker.pages.get("/staff/results/wellbeing", status=500)
    assert page.heading == "Something went wrong here"
    assert "secret" not in page.text
