"""A survey on a phone, and what reached the server."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from feedback_app.store import Store, codes
from feedback_app.store.models import SealedResponse
from tests.support.rounds import add_round, slug_of
from tests.support.signal import Signal

#: Seconds a slow machine may take over a step.
expect.set_options(timeout=10_000)


#: Presses Next as somebody does who leaves everything out, in one go: each press from outside costs more than the step itself.
LEAVE_OUT = """(wanted) => {
  const shown = () => [...document.querySelectorAll("[data-step]")].find((step) => !step.hidden).dataset.step;
  for (let now = shown(); now !== wanted; ) {
    document.querySelector("[data-next]").click();
    const before = now;
    now = shown();
    if (now === before) throw new Error(`${before} is not left, so ${wanted} is not reached`);
  }
}"""


class Phone:
    """A survey being answered with script, a step at a time."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def start(self, address: str) -> None:
        """Open a survey and go to its first question."""
        self.page.goto(address)
        self.page.get_by_role("link", name="Start").click()

    @property
    def step(self) -> str:
        """The key of the question that is shown; ``welcome`` or ``check``."""
        shown = self.page.locator("[data-step]:visible")
        expect(shown).to_have_count(1)
        return str(shown.get_attribute("data-step"))

    def choose(self, text: str) -> None:
        """Choose an option of the question that is shown."""
        self.page.locator("[data-step]:visible").get_by_label(text, exact=True).check()

    def write(self, words: str) -> None:
        """Write in the box that is shown."""
        self.page.locator("textarea:visible").fill(words)

    def press(self, name: str) -> None:
        """Press a button, or a link that looks like one."""
        pressable = self.page.locator("button:visible, a:visible:not(.skip-link)")
        pressable.filter(has_text=name).first.click()

    def go_to(self, step: str) -> None:
        """Leave out questions until this step is shown; fails where it is not asked."""
        self.page.evaluate(LEAVE_OUT, step)
        assert self.step == step

    def is_chosen(self, name: str, value: str) -> bool:
        """Whether an option is chosen, shown or not."""
        return self.page.locator(f"input[name='{name}'][value='{value}']").is_checked()


THANKS = "Thank you. Your answers are in."
SAVED = "Saved on this phone, not sent yet"
WAITING = "Answers saved on this phone, not sent yet: 1"
CANNOT = "This phone cannot keep answers without signal."
#: The answers that wait in the ballot box.
Look = Callable[[], list[dict[str, Any]]]
#: What is in the browser's databases, as ``store: record``.
WHAT_IS_KEPT = """async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const records = await done(database.transaction(store).objectStore(store).getAll());
      found.push(...records.map((record) => `${store}: ${JSON.stringify(record)}`));
    }
    database.close();
  }
  return found;
}"""


def what_is_kept(page: Page) -> list[str]:
    """What is in the browser's databases; empty where nothing is."""
    found: list[str] = page.evaluate(WHAT_IS_KEPT)
    return found


def until_kept(page: Page, address: str) -> None:
    """Wait until a page is there without signal."""
    until(page, "Boolean(await caches.match(given, { ignoreVary: true }))", address)


def until(page: Page, holds: str, given: str = "") -> None:
    """Wait until an expression holds, which may await something."""
    page.evaluate(
        """async ([given, seconds]) => {
          const end = Date.now() + 1000 * seconds;
          while (!(HOLDS)) {
            if (Date.now() > end) throw new Error("never came true");
            await new Promise((again) => setTimeout(again, 20));
          }
        }""".replace("HOLDS", holds),
        [given, 15],
    )


def until_so(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds here, while the browser goes on."""
    for _ in range(750):
        if holds():
            return
        page.evaluate("new Promise((again) => setTimeout(again, 20))")
    pytest.fail("it never came true")


def until_nothing_is_kept(page: Page) -> None:
    """Wait until everything that waited has been sent or refused."""
    until(page, f"!(await ({WHAT_IS_KEPT})()).length")


@pytest.fixture
def phone(browser_page: Page) -> Phone:
    return Phone(browser_page)


@pytest.fixture
def make_round(store: Store) -> Callable[..., str]:
    return functools.partial(add_round, store)


@pytest.fixture
def survey(make_round: Callable[..., str]) -> str:
    """The address of an open survey."""
    return make_round()


@pytest.fixture
def box(store: Store) -> Callable[[], list[dict[str, Any]]]:
    """The answers that wait in the ballot box, opened."""

    def look() -> list[dict[str, Any]]:
        with store.reading() as session:
            sealed = session.scalars(select(SealedResponse.sealed)).all()
        return [store.secrets.unseal(each)["answers"] for each in sealed]

    return look


@pytest.fixture
def signal(app: Flask) -> Iterator[Signal]:
    """The line to the server; up until a test takes it down."""
    line = Signal(app)
    yield line
    line.flow()


@pytest.fixture
def opened(signal: Signal, phone: Phone, survey: str) -> Phone:
    """A survey that this phone has opened once, and may open again without signal."""
    phone.page.goto(survey)
    until_kept(phone.page, survey)
    return phone


def says(page: Page, heading: str) -> None:
    """Wait until the page's heading says this."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def answer_and_send(phone: Phone, words: str = "") -> None:
    """Answer the first question and one in words, go to the last step and press Send."""
    phone.page.get_by_role("link", name="Start").click()
    phone.choose("Yes")
    phone.go_to("best_thing")
    phone.write(words)
    phone.go_to("check")
    phone.press("Send")


def try_now(phone: Phone) -> None:
    """Press the button, unless the answers have gone by themselves and the button with them."""
    phone.page.evaluate("document.querySelector('[data-try]')?.click()")


def saved_without_signal(phone: Phone, signal: Signal, words: str = "") -> None:
    """Answer where there is no signal."""
    signal.is_up = False
    answer_and_send(phone, words)
    says(phone.page, SAVED)


@pytest.fixture
def coded(signal: Signal, phone: Phone, make_round: Callable[..., str], store: Store) -> tuple[str, str]:
    """A survey that needs a code, opened once, and a code for it."""
    address = make_round(entry="codes")
    with store.writing() as session:
        (code,) = codes.make(session, store.secrets, slug_of(address), 1)
    phone.page.goto(address)
    until_kept(phone.page, address)
    return address, code
