"""The phone asks by the same rule as the server: one table of cases runs against both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from feedback_app.young_people.sheet import rule_as_data
from surveys.reading import survey_from_data
from surveys.schema import Wording

TABLE = json.loads((Path(__file__).parents[1] / "surveys" / "routing_cases.json").read_text(encoding="utf-8"))
#: What is no option at all cannot be chosen on a phone; only the server can be sent it.
CASES = [case for case in TABLE["cases"] if "refused" not in case]


def questions(case: dict[str, Any]) -> list[dict[str, Any]]:
    """What the page's markup tells the script."""
    survey = survey_from_data(TABLE["surveys"][case["survey"]], case["survey"])
    return [
        {"key": question.key, "showIf": rule_as_data(question.show_if) if question.show_if else None}
        for question in survey.asked_in(Wording(case["wording"]))
    ]


@pytest.fixture
def script(browser_page: Page) -> Page:
    browser_page.goto("/help")
    return browser_page


def test_the_phone_asks_what_the_server_asks(script: Page) -> None:
    inputs = [[questions(case), case["given"]] for case in CASES]
    found = script.evaluate(
        """async (inputs) => {
          const { asked } = await import("/static/survey/routing.js");
          return inputs.map(([questions, given]) => asked(questions, given));
        }""",
        inputs,
    )
    expected = {case["name"]: case["asked"] for case in CASES}
    assert dict(zip(expected, found, strict=True)) == expected
