"""The scenes that are photographed, in the order in which a young person meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

WORDS = {
    "en": "My IRO remembered that I swim, and asked how it was going.",
    "ar": "تذكّرت أنني أسبح وسألتني كيف تسير الأمور.",
}
#: Words at which the phone shows who can help.
SIGNS = {"en": "I am scared of him. He hits me.", "ar": "هو يضربني كل يوم."}


@dataclass(frozen=True, slots=True)
class Look:
    """How the screen is seen.

    Attributes:
        size: width and height in CSS pixels.
        scheme: ``light`` or ``dark``.
        language: ``en`` or ``ar``.
        wording: ``standard`` or ``easy``.
    """

    device: str
    size: tuple[int, int]
    scheme: str
    language: str
    wording: str

    @property
    def name(self) -> str:
        """What a row of the sheet, and the files of its pictures, are called."""
        return f"{self.device}-{self.scheme}-{self.language}-{self.wording}"


@dataclass(frozen=True, slots=True)
class Scene:
    """A name, and what is done to get there from wherever the scene before it left the page."""

    name: str
    go: Callable[[Page, Look, str], None]


def welcome(page: Page, look: Look, address: str) -> None:
    """The survey as it is opened."""
    page.goto(f"{address}?lang={look.language}&wording={look.wording}")
    expect(page.locator("[data-start]")).to_be_visible()


def first_question(page: Page, look: Look, _address: str) -> None:
    """The first question, answered."""
    page.locator("[data-start]").click()
    option(page, 0)


def scale(page: Page, _look: Look, _address: str) -> None:
    """The question with faces, answered."""
    go_to(page, "[data-kind='faces']")
    option(page, 1)


def words(page: Page, look: Look, _address: str) -> None:
    """A question that is answered in one's own words."""
    go_to(page, "[data-kind='words']")
    page.locator("textarea:visible").fill(WORDS[look.language])


def too_long(page: Page, look: Look, _address: str) -> None:
    """An error: more words than there is room for."""
    page.locator("textarea:visible").fill(WORDS[look.language] * 50)
    page.locator("[data-next]").click()


def gentle_help(page: Page, look: Look, _address: str) -> None:
    """Help that appears under the question by itself."""
    page.locator("textarea:visible").fill(SIGNS[look.language])
    expect(page.locator("[data-care].open")).to_be_visible()


def gentle_help_whole(page: Page, _look: Look, _address: str) -> None:
    """The same, read to its end."""
    page.locator("[data-care] .contact-link a").scroll_into_view_if_needed()
    page.mouse.wheel(0, 200)


def help_lines(page: Page, look: Look, _address: str) -> None:
    """Who to call, over the question."""
    page.locator("textarea:visible").fill(WORDS[look.language])
    page.locator("[data-open='help']").first.click()
    expect(page.locator("dialog#help")).to_be_visible()


def check(page: Page, _look: Look, _address: str) -> None:
    """The answers, before they are sent."""
    page.locator("dialog#help [data-close]").first.click()
    go_to(page, "[data-step='check']")


def thanks(page: Page, _look: Look, _address: str) -> None:
    """After Send."""
    page.locator("[data-send]").click()
    page.wait_for_url("**/thanks*")


def offline(page: Page, look: Look, address: str) -> None:
    """After Send without signal: kept on the phone, and said so."""
    welcome(page, look, address)
    page.locator("[data-start]").click()
    option(page, 0)
    go_to(page, "[data-step='check']")
    page.context.set_offline(True)
    page.locator("[data-send]").click()
    expect(page.locator("main[data-page='saved']")).to_be_visible(timeout=30_000)


def stopped(page: Page, look: Look, address: str) -> None:
    """After Stop."""
    page.context.set_offline(False)
    welcome(page, look, address)
    page.locator("[data-start]").click()
    page.locator("[data-stop]").locator("visible=true").first.click()
    expect(page.locator("main[data-page='stopped']")).to_be_visible()


def contact(page: Page, look: Look, address: str) -> None:
    """Asking to be contacted."""
    page.goto(urljoin(address, f"/contact?lang={look.language}"))
    expect(page.locator("form[data-contact]")).to_be_visible()


def contact_to_mend(page: Page, _look: Look, _address: str) -> None:
    """The same with something missing."""
    page.locator("form[data-contact] [type='submit']").click()
    expect(page.locator("form[data-contact] .problems")).to_be_visible()


def contact_received(page: Page, look: Look, _address: str) -> None:
    """Somebody will be in touch."""
    for name in ("name", "reach"):
        page.locator(f"#{name}").fill(WORDS[look.language])
    page.locator("form[data-contact] [type='submit']").click()
    expect(page.locator("main[data-page='contact_received']")).to_be_visible()


SCENES = tuple(
    Scene(go.__name__.replace("_", " "), go)
    for go in (
        welcome,
        first_question,
        scale,
        words,
        too_long,
        gentle_help,
        gentle_help_whole,
        help_lines,
        check,
        thanks,
        offline,
        stopped,
        contact,
        contact_to_mend,
        contact_received,
    )
)


def option(page: Page, number: int) -> None:
    """Choose an option of the question that is shown."""
    page.locator("[data-step]:visible .option").nth(number).click()


def go_to(page: Page, step: str) -> None:
    """Leave out questions until a step like this is shown."""
    while not page.locator(step).locator("visible=true").count():
        page.locator("[data-next]").click()
