"""A phone that is killed at any moment: what it called sent is stored, what it called saved comes, nothing comes twice or half.

Each life of the phone ends in the middle of several submissions. Every submission has a number of its own, spelt in its choices
and again in its words, so that what is stored can be told apart and seen to be whole. The ten moments are gone through once,
offline and online in turn; with ``HEARD_TEST_LIVES=4`` (``make browser-kill``) each of them four times offline and online: 240
submissions.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from sqlalchemy import select

from feedback_app.store import Store
from feedback_app.store.models import SealedComment, SealedResponse
from tests.browser.conftest import SAVED, THANKS, until_kept, until_nothing_is_kept
from tests.support.browser import serving
from tests.support.killing import Arrival, Handset, Moments
from tests.support.signal import Signal

#: Moments from the first answer to the server's reply, in their order; driven from outside, by the page, or by the server.
BEFORE_SEND = ("first answer", "in words", "at the check")
IN_THE_PAGE = ("locking", "storing", "stored", "posting")
ONLINE = (*BEFORE_SEND, *IN_THE_PAGE, "arrived", "answering", "deleting")
OFFLINE = (*BEFORE_SEND, *IN_THE_PAGE, "saved", "trying again", "opened again")
#: From here on the answers are on the phone's disk, so they have to come.
KEPT_FROM = {
    "stored",
    "posting",
    "arrived",
    "answering",
    "deleting",
    "saved",
    "trying again",
    "opened again",
}
TOGETHER = 2
LOG = logging.getLogger(__name__)
PATIENCE_SECONDS = 3.0
QUESTIONS = (
    "going_well_recognised",
    "role_explained",
    "review_explained",
    "supported_to_take_part",
    "plan_understood",
)
VALUES = ("yes", "no", "not_sure")
#: Answers every question that is asked up to a step, as somebody does who presses Next each time.
ANSWER = """([choices, words, last]) => {
  const shown = () => [...document.querySelectorAll("[data-step]")].find((step) => !step.hidden);
  document.querySelector("[data-start]").click();
  while (shown().dataset.step !== last) {
    const name = shown().dataset.step;
    shown().querySelector(`input[value="${choices[name] ?? "yes"}"]`)?.click();
    const box = shown().querySelector("textarea");
    if (box) box.value = words;
    document.querySelector("[data-next]").click();
  }
}"""
SEND = "setTimeout(() => document.querySelector('[data-send]').click())"


def spelt(number: int) -> dict[str, str]:
    """A number as choices."""
    return {key: VALUES[number // 3**place % 3] for place, key in enumerate(QUESTIONS)}


def read(answers: dict[str, str]) -> int:
    """The number that choices spell; fails where one is missing."""
    return sum(VALUES.index(answers[key]) * 3**place for place, key in enumerate(QUESTIONS))


@dataclass
class Told:
    """Numbers of submissions, by what the phone said of them."""

    sent: set[int] = field(default_factory=set)
    saved: set[int] = field(default_factory=set)
    begun: list[int] = field(default_factory=list)

    def next(self) -> int:
        """A number that no submission has."""
        self.begun.append(len(self.begun))
        return self.begun[-1]


@pytest.fixture
def handset(chromium: str, tmp_path: Path) -> Iterator[Handset]:
    """A phone that is switched off."""
    made = Handset(chromium, tmp_path / "profile")
    yield made
    made.kill()


class Life:
    """One time that the phone is on: some submissions are handed in, others are under way when it dies.

    Args:
        context: its browser.
        survey: the survey's whole address.
        told: what the phone says is noted there.
    """

    def __init__(self, context: BrowserContext, survey: str, told: Told) -> None:
        self._context, self._survey, self._told = context, survey, told

    def open(self) -> Page:
        """A tab with the survey."""
        page = self._context.new_page()
        page.goto(self._survey)
        return page

    def answered(self, last: str = "check") -> tuple[Page, int]:
        """A tab with a submission answered as far as a step, and its number."""
        page, number = self.open(), self._told.next()
        page.evaluate(ANSWER, [spelt(number), f"number {number}", last])
        return page, number

    def hand_in(self, heading: str) -> Page:
        """Send one, and wait for what the phone says of it."""
        page, number = self.answered()
        page.evaluate(SEND)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        (self._told.sent if heading == THANKS else self._told.saved).add(number)
        return page

    def die_at(self, moment: str, moments: Moments, *, is_online: bool) -> None:
        """Bring submissions to a moment, and let the phone be killed there."""
        if moment in BEFORE_SEND:
            last = {"first answer": "talked_before", "in words": "one_change", "at the check": "check"}[
                moment
            ]
            for _ in range(TOGETHER):
                self.answered(last)
            moments.fall(0)
        elif moment in ("saved", "trying again", "opened again"):
            pages = [self.hand_in(SAVED) for _ in range(TOGETHER)]
            for page in pages if moment != "saved" else []:
                page.evaluate(
                    "document.querySelector('[data-try]').click()"
                    if moment == "trying again"
                    else "setTimeout(() => location.reload())"
                )
            moments.fall(0)
        else:
            self._send_into(moment, moments)

    def _send_into(self, moment: str, moments: Moments) -> None:
        under_way = [self.answered() for _ in range(TOGETHER)]
        moments.arm(moment, TOGETHER)
        for page, _number in under_way:
            with suppress(Error):  # the phone may be dead already
                page.evaluate(SEND)
        moments.fall(PATIENCE_SECONDS)
        self._told.saved |= {number_in(each.words) for each in moments.arrivals if was_called_saved(each)}


def number_in(words: str) -> int:
    """The number that words spell."""
    return int(words.removeprefix("number "))


def was_called_saved(arrival: Arrival) -> bool:
    """Whether the phone had said so: nothing is posted before."""
    return "Saved on this phone" in arrival.said or arrival.moment in ("arrived", "answering")


def numbers_stored(store: Store) -> tuple[list[int], list[int]]:
    """The numbers that what is stored spells: in choices, and in words."""
    with store.reading() as session:
        choices = [store.secrets.unseal(each) for each in session.scalars(select(SealedResponse.sealed))]
        words = [store.secrets.unseal(each) for each in session.scalars(select(SealedComment.sealed))]
    spoken = Counter((each["words"], each["question"]) for each in words)
    assert {question for _words, question in spoken} <= {"best_thing", "one_change"}
    best = [number_in(w) for (w, q), n in spoken.items() for _ in range(n) if q == "best_thing"]
    change = [number_in(w) for (w, q), n in spoken.items() for _ in range(n) if q == "one_change"]
    assert sorted(best) == sorted(change)
    return sorted(read(each["answers"]) for each in choices), sorted(best)


@pytest.mark.slow
@pytest.mark.browser
def test_whatever_the_moment_everything_is_stored_once_and_whole(
    app: Flask,
    handset: Handset,
    store: Store,
    make_round: Callable[..., str],
    playwright: Playwright,
) -> None:
    signal, told = Signal(app), Told()
    moments = Moments(app, handset, "best_thing")
    path = make_round()
    with serving(app) as address:
        survey = address + path
        for moment, is_online in lives():
            signal.flow()
            with handset.switched_on(playwright, moment) as context:
                life = Life(context, survey, told)
                page = life.open()
                until_kept(page, path)
                if is_online:
                    until_nothing_is_kept(page)
                signal.is_up = is_online
                life.hand_in(THANKS if is_online else SAVED)
                life.die_at(moment, moments, is_online=is_online)
        signal.flow()
        with handset.switched_on(playwright, "") as context:
            page = context.new_page()
            page.goto(survey)
            until_nothing_is_kept(page)
    in_choices, in_words = numbers_stored(store)
    figures = (len(told.begun), len(told.sent), len(told.saved), len(in_choices))
    LOG.info("%d submissions, %d called sent, %d called saved, %d stored", *figures)
    assert in_choices == in_words
    assert len(in_choices) == len(set(in_choices)), "something was stored twice"
    assert told.sent <= set(in_choices), "something called sent is not stored"
    assert told.saved <= set(in_choices), "something called saved never came"
    assert set(in_choices) <= set(told.begun)
    expected = {moment for moment, _ in lives()} & {*IN_THE_PAGE, "arrived", "answering", "deleting"}
    assert {each.moment for each in moments.arrivals} == expected, "a moment was never come to"
    assert len(told.begun) == len(lives()) * (1 + TOGETHER)


def lives() -> list[tuple[str, bool]]:
    """The moment at which each life ends, and whether there is signal then."""
    times = int(os.environ.get("HEARD_TEST_LIVES", "0"))
    pairs = [[(offline, False), (online, True)] for online, offline in zip(ONLINE, OFFLINE, strict=True)]
    return [life for pair in pairs for life in pair] * times or [
        pair[place % 2] for place, pair in enumerate(pairs)
    ]
