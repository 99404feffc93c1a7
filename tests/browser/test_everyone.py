"""For everyone: no fault that axe finds in any state, nothing cut off or covered, little to load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import brotli
import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.conftest import Phone

STILL = ["/", "/s/any/thanks", "/help", "/stopped", "/privacy", "/accessibility", "/s/nowhere"]
#: Every way the pages can look, as classes on the document.
LOOKS = [
    "theme-light",
    "theme-dark",
    *(f"theme-{t} colours-{c}" for t in ("light", "dark") for c in ("calm", "strong")),
]
MakeRound = Callable[..., str]
Reach = Callable[[Phone], None]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def faults(page: Page, *rules: str) -> list[str]:
    """What axe finds, in words; by some rules only, where they are named. The security policy has no place for its script."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    options = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate("(options) => axe.run(options)", {**options, "resultTypes": ["violations"]})[
        "violations"
    ]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


def wear(page: Page, look: str) -> None:
    """Make the page look as if that had been chosen."""
    page.evaluate("(look) => (document.documentElement.className = look)", look)


def assert_no_fault(page: Page, state: str) -> None:
    """No fault, in light and in dark colours."""
    for look, rules in (("theme-light", ()), ("theme-dark", ("color-contrast",))):
        wear(page, look)
        assert faults(page, *rules) == [], (state, look)


def test_still_pages_have_no_fault(browser_page: Page) -> None:
    for address in STILL:
        browser_page.goto(address)
        assert_no_fault(browser_page, address)


@pytest.mark.parametrize("wording", ["standard", "easy"])
def test_every_step_of_a_survey_has_no_fault(phone: Phone, make_round: MakeRound, wording: str) -> None:
    phone.page.goto(f"{make_round('wellbeing', entry='codes')}?wording={wording}")
    assert_no_fault(phone.page, "welcome")
    phone.press("Start")
    while phone.step != "check":
        phone.page.locator("[data-step]:visible input, [data-step]:visible textarea").first.focus()
        assert_no_fault(phone.page, phone.step)
        phone.press("Next")
    assert_no_fault(phone.page, "check")


def at_help(phone: Phone) -> None:
    phone.press("Get help")


def at_look(phone: Phone) -> None:
    phone.page.get_by_role("button", name="Text and colours").click()


def at_privacy(phone: Phone) -> None:
    phone.press("Your privacy")
    expect(phone.page.get_by_role("dialog")).to_be_visible()


def at_a_choice(phone: Phone) -> None:
    phone.choose("Yes")


def at_words_too_long(phone: Phone) -> None:
    phone.go_to("best_thing")
    phone.write("x" * 2_001)
    phone.press("Next")


def at_a_wrong_code(phone: Phone) -> None:
    phone.choose("Yes")
    phone.go_to("best_thing")
    phone.write("x" * 400)
    phone.go_to("check")
    phone.press("Send")
    expect(phone.page.locator("[data-problems]")).to_be_visible()


def at_stopped(phone: Phone) -> None:
    phone.press("Stop and wipe")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("You have stopped")


def at_the_warning(phone: Phone) -> None:
    phone.page.clock.fast_forward(18 * 60_000)
    expect(phone.page.get_by_role("alertdialog")).to_be_visible()


def at_idle(phone: Phone) -> None:
    phone.page.clock.fast_forward(20 * 60_000)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Your answers are wiped")


STATES: list[Reach] = [
    at_help,
    at_look,
    at_privacy,
    at_a_choice,
    at_words_too_long,
    at_a_wrong_code,
    at_stopped,
    at_the_warning,
    at_idle,
]


@pytest.mark.parametrize("reach", STATES)
def test_no_state_of_a_survey_has_a_fault_in_any_look(
    phone: Phone, make_round: MakeRound, reach: Reach
) -> None:
    phone.page.clock.install()
    phone.start(make_round(entry="codes"))
    reach(phone)
    assert faults(phone.page) == []
    for look in LOOKS:
        wear(phone.page, look)
        assert faults(phone.page, "color-contrast") == [], look


def is_cut_off(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


_SPACED = "line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important"
#: As narrow, and text as large or as wide, as WCAG 2.2 asks: the window, and a style for all pages.
CRAMPED = {
    "320 px": ((320, 568), ""),
    "400 % zoom": ((320, 256), ""),
    "200 % text": ((360, 740), "html { font-size: 36px }"),
    "text spacing": ((360, 740), f"* {{ {_SPACED} }} p {{ margin-block-end: 2em !important }}"),
}


def assert_not_cut_off(page: Page, state: str) -> None:
    """No sideways scrolling, however cramped."""
    for what, ((width, height), style) in CRAMPED.items():
        page.set_viewport_size({"width": width, "height": height})
        script = "(text) => {const s = new CSSStyleSheet(); s.replaceSync(text); document.adoptedStyleSheets = [s];}"
        page.evaluate(script, style)
        assert not is_cut_off(page), (state, what)


def test_still_pages_need_no_sideways_scrolling(browser_page: Page) -> None:
    for address in STILL:
        browser_page.goto(address)
        assert_not_cut_off(browser_page, address)


@pytest.mark.parametrize("wording", ["standard", "easy"])
def test_no_step_needs_sideways_scrolling(phone: Phone, make_round: MakeRound, wording: str) -> None:
    phone.page.goto(f"{make_round('end_of_placement', entry='codes')}?wording={wording}")
    assert_not_cut_off(phone.page, "welcome")
    phone.press("Start")
    while phone.step != "check":
        if phone.page.locator("textarea:visible").count():
            phone.write("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3)
        assert_not_cut_off(phone.page, phone.step)
        phone.press("Next")
    assert_not_cut_off(phone.page, "check")


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
    assert total <= 34 * 1024, total


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
