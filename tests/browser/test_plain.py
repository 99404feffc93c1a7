"""A survey answered in a browser without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from feedback_app.store import Store, codes
from tests.support.rounds import slug_of

Look = Callable[[], list[dict[str, Any]]]


def test_the_whole_survey_is_one_form(plain_page: Page, survey: str, box: Look) -> None:
    plain_page.goto(survey)
    plain_page.locator("input[name=talked_before][value=no]").check()
    plain_page.locator("input[name=talked_before_why]").first.check()
    plain_page.locator("textarea[name=best_thing]").fill("Somebody listened.")
    plain_page.get_by_role("button", name="Send").click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert [answers["talked_before"] for answers in box()] == ["no"]


def test_nothing_that_needs_script_is_shown(plain_page: Page, survey: str) -> None:
    plain_page.goto(survey)
    for name in ("Next", "Skip", "Back"):
        expect(plain_page.get_by_role("button", name=name)).to_have_count(0)
    expect(plain_page.get_by_text("Only if you answered “No” above.")).to_be_visible()


def test_going_back_after_send_shows_nobodys_answers(plain_page: Page, survey: str) -> None:
    plain_page.goto(survey)
    plain_page.locator("input[name=talked_before][value=no]").check()
    plain_page.locator("textarea[name=best_thing]").fill("A secret.")
    plain_page.get_by_role("button", name="Send").click()
    plain_page.wait_for_url("**/thanks")
    plain_page.go_back()
    assert plain_page.locator("textarea[name=best_thing]").input_value() == ""
    assert plain_page.locator("input:checked").count() == 0


def test_a_wrong_code_is_mended_with_every_answer_kept(
    plain_page: Page, make_round: Callable[..., str], store: Store, box: Look
) -> None:
    address = make_round(entry="codes")
    with store.writing() as session:
        (code,) = codes.make(session, store.secrets, slug_of(address), 1)
    plain_page.goto(address)
    plain_page.locator("input[name=talked_before][value=yes]").check()
    plain_page.get_by_label("Your code").fill("wrong")
    plain_page.get_by_role("button", name="Send").click()
    expect(plain_page.get_by_text("does not look right")).to_be_visible()
    assert plain_page.locator("input[name=talked_before][value=yes]").is_checked()
    plain_page.get_by_label("Your code").fill(code.lower())
    plain_page.get_by_role("button", name="Send").click()
    plain_page.wait_for_url("**/thanks")
    assert len(box()) == 1


@pytest.mark.parametrize(("link", "heading"), [("Get help", "Get help"), ("Your privacy", "Your privacy")])
def test_help_and_privacy_are_pages(plain_page: Page, survey: str, link: str, heading: str) -> None:
    plain_page.goto(survey)
    plain_page.get_by_role("link", name=link).click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(heading)
