"""When the script fails, whenever that is, the plain form goes on with every answer in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Phone

Look = Callable[[], list[dict[str, Any]]]
SCRIPT = "**/static/survey.js*"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A phone's screen on which a script may fail."""
    with browser.new_context(base_url=address, viewport={"width": 360, "height": 740}) as context:
        yield context.new_page()


@pytest.fixture
def answered(page: Page, survey: str) -> Page:
    """A survey at its second question, with an answer to the first."""
    phone = Phone(page)
    phone.start(survey)
    phone.choose("Yes")
    phone.press("Next")
    return page


def send_as_plain_form(page: Page) -> None:
    """Answer one more question among them all, and send."""
    expect(page.get_by_role("button", name="Next")).to_have_count(0)
    page.locator("input[name=talked_before][value=no]").check()
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/thanks")


FAILURES = {
    "an error": "setTimeout(() => { throw new Error('made up'); })",
    "a promise": "void Promise.reject(new Error('made up'))",
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_in_the_middle_gives_the_plain_form_back(answered: Page, box: Look, failure: str) -> None:
    answered.evaluate(FAILURES[failure])
    send_as_plain_form(answered)
    assert [(each["going_well_recognised"], each["talked_before"]) for each in box()] == [("yes", "no")]


@pytest.mark.parametrize(
    "broken",
    [
        "history.pushState = null",
        "document.querySelector('[data-progress]').remove()",
        "window.scrollTo = null",
    ],
)
def test_a_step_that_fails_gives_the_plain_form_back(answered: Page, box: Look, broken: str) -> None:
    answered.evaluate(f"() => {{ {broken}; }}")
    answered.get_by_role("button", name="Next").click()
    send_as_plain_form(answered)
    assert box()[0]["going_well_recognised"] == "yes"


def test_the_question_where_it_failed_is_still_in_sight(answered: Page) -> None:
    answered.evaluate(FAILURES["an error"])
    expect(answered.locator("[data-step=talked_before]")).to_be_in_viewport()
    expect(answered.locator("[data-step=best_thing]")).to_be_visible()


@pytest.mark.parametrize(
    "script",
    [None, "const a = 1; const a = 2;"],
    ids=["lost", "broken"],
)
def test_a_script_that_never_runs_leaves_the_plain_form(
    page: Page, survey: str, box: Look, script: str | None
) -> None:
    page.route(
        SCRIPT,
        lambda route: (
            route.abort() if script is None else route.fulfill(body=script, content_type="text/javascript")
        ),
    )
    page.goto(survey)
    send_as_plain_form(page)
    assert box()[0]["talked_before"] == "no"


@pytest.mark.parametrize(
    "missing", ["crypto.getRandomValues", "history.replaceState", "HTMLElement.prototype.focus"]
)
def test_a_phone_that_lacks_something_gets_the_plain_form(
    page: Page, survey: str, box: Look, missing: str
) -> None:
    page.add_init_script(f"{missing} = undefined")
    page.goto(survey)
    start = page.get_by_role("link", name="Start")
    start.click()
    send_as_plain_form(page)
    assert len(box()) == 1


def test_help_and_leave_work_after_a_failure(answered: Page) -> None:
    answered.evaluate(FAILURES["an error"])
    answered.get_by_role("link", name="Get help").click()
    expect(answered.get_by_role("dialog")).to_contain_text("0800 1111")


def test_whoever_begins_before_the_script_has_come_goes_on_where_they_are(page: Page, survey: str) -> None:
    waiting: list[Route] = []
    page.route(SCRIPT, lambda route: waiting.append(route))
    page.goto(survey, wait_until="commit")
    page.get_by_role("link", name="Start").click()
    page.locator("input[name=talked_before][value=no]").check()
    waiting[0].continue_()
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    assert Phone(page).step == "talked_before"
    expect(page.locator("input[name=talked_before][value=no]")).to_be_checked()
    assert page.url.endswith(survey)
