"""Questions read aloud by a voice that is on the phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Phone

Voices = Callable[..., None]
#: Stands in for the phone's voice: keeps what it is given to say until it is told to go on.
STUB = """(voices) => {
  const said = [], listeners = [];
  const speech = {
    said,
    getVoices: () => speech.voices,
    voices,
    speak: (words) => said.push(words),
    cancel: () => (speech.cancelled = true),
    addEventListener: (name, listener) => listeners.push(listener),
    arrive: (late) => { speech.voices = late; for (const listener of listeners) listener(); },
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
  globalThis.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""
HERE = {"lang": "en-GB", "localService": True}
BUTTON = "[data-listen]"


@pytest.fixture
def voices(browser_page: Page) -> Voices:
    """Gives the phone voices."""

    def give(*found: dict[str, object]) -> None:
        browser_page.add_init_script(
            f"({STUB})({list(found)!r})".replace("True", "true").replace("False", "false")
        )

    return give


@pytest.fixture
def listening(phone: Phone, survey: str, voices: Voices) -> Phone:
    """A survey at its first question, on a phone with a voice."""
    voices(HERE)
    phone.start(survey)
    return phone


def said(page: Page) -> list[str]:
    texts: list[str] = page.evaluate("speechSynthesis.said.map((words) => words.text)")
    return texts


def go_on(page: Page) -> None:
    page.evaluate("speechSynthesis.said.at(-1).onend()")


def test_the_question_its_help_and_each_option_are_read_in_turn(listening: Phone) -> None:
    listening.press("Listen")
    for _ in range(4):
        go_on(listening.page)
    assert said(listening.page)[0].startswith("At your last review")
    assert said(listening.page)[1].startswith("It can be a small thing")
    assert said(listening.page)[2:] == ["Yes", "No", "Not sure"]


def test_what_is_read_is_marked(listening: Phone) -> None:
    listening.press("Listen")
    expect(listening.page.locator(".being-read")).to_have_text(said(listening.page)[0])
    go_on(listening.page)
    go_on(listening.page)
    expect(listening.page.locator(".being-read")).to_have_class("option being-read")


def test_the_last_option_ends_it(listening: Phone) -> None:
    listening.press("Listen")
    for _ in range(5):
        go_on(listening.page)
    expect(listening.page.locator(".being-read")).to_have_count(0)
    expect(listening.page.locator(BUTTON)).to_have_text("Listen")


def test_a_second_press_stops_it(listening: Phone) -> None:
    listening.press("Listen")
    listening.press("Stop listening")
    assert listening.page.evaluate("speechSynthesis.cancelled")
    go_on(listening.page)
    assert len(said(listening.page)) == 1


def test_the_next_question_stops_it(listening: Phone) -> None:
    listening.press("Listen")
    listening.press("Next")
    assert listening.page.evaluate("speechSynthesis.cancelled")
    expect(listening.page.locator(BUTTON)).to_have_text("Listen")


def test_leaving_stops_it(listening: Phone) -> None:
    listening.press("Listen")
    listening.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert listening.page.evaluate("speechSynthesis.cancelled")


@pytest.mark.parametrize("wording", ["standard", "easy"])
def test_the_welcome_is_read_too(
    phone: Phone, make_round: Callable[..., str], voices: Voices, wording: str
) -> None:
    voices(HERE)
    phone.page.goto(f"{make_round('wellbeing')}?wording={wording}")
    phone.press("Listen")
    go_on(phone.page)
    go_on(phone.page)
    assert len(said(phone.page)) == 3
    assert said(phone.page)[2].startswith("We do not know who you are")


def test_a_phone_without_a_voice_of_its_own_for_the_language_offers_nothing(
    phone: Phone, survey: str, voices: Voices
) -> None:
    """A voice that is not on the phone would send the words to a stranger."""
    voices()
    phone.start(survey)
    expect(phone.page.locator(BUTTON)).to_be_hidden()
    for found in ({"lang": "pl-PL", "localService": True}, {"lang": "en-GB", "localService": False}):
        phone.page.evaluate("(voice) => speechSynthesis.arrive([voice])", found)
        expect(phone.page.locator(BUTTON)).to_be_hidden()


def test_a_voice_that_comes_late_is_offered(phone: Phone, survey: str, voices: Voices) -> None:
    voices()
    phone.start(survey)
    phone.page.evaluate("(voice) => speechSynthesis.arrive([voice])", HERE)
    expect(phone.page.locator(BUTTON)).to_be_visible()


def test_the_nearest_voice_is_chosen(browser_page: Page) -> None:
    browser_page.goto("/help")
    chosen = {"en-GB": "en_GB", "en-US": "en-US", "fa-AF": "fa-IR", "ckb": None, "ar": "ar-EG"}
    found = browser_page.evaluate(
        """async ([languages, voices]) => {
          const { voiceFor } = await import("/static/survey/reading.js");
          return languages.map((language) => voiceFor(language, voices)?.lang ?? null);
        }""",
        [
            list(chosen),
            [{"lang": lang, "localService": True} for lang in ("en-US", "en_GB", "fa-IR", "ar-EG", "ku-TR")],
        ],
    )
    assert dict(zip(chosen, found, strict=True)) == chosen
