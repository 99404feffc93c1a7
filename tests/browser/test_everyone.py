"""For everyone: no fault that axe finds, nothing cut off, little to load."""

from __future__ import annotations

from collections.abc import Callable

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.conftest import Phone

STILL = ["/", "/s/any/thanks", "/help", "/stopped", "/privacy", "/accessibility", "/s/nowhere"]
MakeRound = Callable[..., str]


def faults(page: Page) -> list[str]:
    """What axe finds, in words. It is run around the security policy, which has no place for its script."""
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


@pytest.fixture(params=["light", "dark"])
def screen(request: pytest.FixtureRequest, browser_page: Page) -> Page:
    """A phone's screen in each theme."""
    browser_page.emulate_media(color_scheme=request.param, reduced_motion="reduce")
    return browser_page


def test_still_pages_have_no_fault(screen: Page) -> None:
    for address in STILL:
        screen.goto(address)
        assert faults(screen) == [], address


@pytest.mark.parametrize("wording", ["standard", "easy"])
def test_every_step_of_a_survey_has_no_fault(screen: Page, make_round: MakeRound, wording: str) -> None:
    phone = Phone(screen)
    screen.goto(f"{make_round('wellbeing', entry='codes')}?wording={wording}")
    assert faults(screen) == []
    phone.press("Start")
    while phone.step != "check":
        screen.locator("[data-step]:visible input, [data-step]:visible textarea").first.focus()
        assert faults(screen) == [], phone.step
        phone.press("Next")
    assert faults(screen) == []


def test_errors_and_dialogs_have_no_fault(screen: Page, make_round: MakeRound) -> None:
    phone = Phone(screen)
    phone.start(make_round(entry="codes"))
    phone.press("Get help")
    assert faults(screen) == []
    phone.press("Close")
    phone.go_to("best_thing")
    phone.write("x" * 2_001)
    phone.press("Next")
    assert faults(screen) == []
    phone.write("x" * 400)
    phone.go_to("check")
    assert faults(screen) == []
    phone.press("Send")
    expect(screen.locator("[data-problems]")).to_be_visible()
    assert faults(screen) == []


def is_cut_off(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.fixture(params=["320 px", "200 % text", "text spacing"])
def cramped(request: pytest.FixtureRequest, browser_page: Page) -> Callable[[], None]:
    """Makes a page that is open as narrow, or its text as large or as wide, as WCAG 2.2 asks."""
    style = {
        "200 % text": "html { font-size: 36px }",
        "text spacing": (
            "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
            "p { margin-block-end: 2em !important }"
        ),
    }.get(request.param)
    if request.param == "320 px":
        browser_page.set_viewport_size({"width": 320, "height": 568})

    def apply() -> None:
        if style:
            script = "(text) => {const s = new CSSStyleSheet(); s.replaceSync(text); document.adoptedStyleSheets = [s];}"
            browser_page.evaluate(script, style)

    return apply


def test_still_pages_need_no_sideways_scrolling(browser_page: Page, cramped: Callable[[], None]) -> None:
    for address in STILL:
        browser_page.goto(address)
        cramped()
        assert not is_cut_off(browser_page), address


@pytest.mark.parametrize("wording", ["standard", "easy"])
def test_no_step_needs_sideways_scrolling(
    browser_page: Page, make_round: MakeRound, cramped: Callable[[], None], wording: str
) -> None:
    phone = Phone(browser_page)
    browser_page.goto(f"{make_round('end_of_placement', entry='codes')}?wording={wording}")
    cramped()
    assert not is_cut_off(browser_page)
    phone.press("Start")
    while phone.step != "check":
        assert not is_cut_off(browser_page), phone.step
        if browser_page.locator("textarea:visible").count():
            phone.write("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3)
        phone.press("Next")
    assert not is_cut_off(browser_page)


def test_every_target_is_large_enough_for_a_thumb(phone: Phone, survey: str) -> None:
    phone.start(survey)
    small = phone.page.evaluate(
        """[...document.querySelectorAll('a, button, .option-body')]
          .filter((element) => element.checkVisibility() && !element.matches('.skip-link'))
          .map((element) => [element.textContent.trim(), element.getBoundingClientRect().height])
          .filter(([, height]) => height < 48)"""
    )
    assert small == []


def weight(response: Response) -> int:
    return len(brotli.compress(response.body(), quality=5))


def test_a_first_visit_is_light(browser: Browser, address: str, survey: str) -> None:
    responses: list[Response] = []
    page = browser.new_page(base_url=address)
    page.on("response", lambda response: responses.append(response))
    page.goto(survey, wait_until="networkidle")
    total = sum(weight(response) for response in responses)
    requests = [response.url.removeprefix(address) for response in responses]
    page.close()
    assert len(requests) <= 5, requests
    assert total <= 30 * 1024, total


def test_only_the_stylesheet_holds_up_the_first_paint(phone: Phone, survey: str) -> None:
    phone.page.goto(survey)
    blocking = phone.page.evaluate(
        "performance.getEntriesByType('resource').filter((e) => e.renderBlockingStatus === 'blocking').map((e) => e.name)"
    )
    assert len(blocking) == 1
    assert "heard.css" in blocking[0]


def test_forced_colours_keep_a_choice_visible(phone: Phone, survey: str) -> None:
    phone.page.emulate_media(forced_colors="active")
    phone.start(survey)
    phone.choose("Yes")
    body = phone.page.locator("input:checked + .option-body")
    assert body.evaluate("(element) => getComputedStyle(element).outlineStyle") == "solid"


def test_nothing_moves_where_the_phone_asks_for_less_motion(phone: Phone, survey: str) -> None:
    phone.start(survey)
    assert phone.page.evaluate("document.getAnimations().length") == 0
