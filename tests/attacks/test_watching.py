"""Somebody of each role reads every staff page and every export after every single submission, and again at each month's end.

What is compared is all of a page but its tokens. While answers come, nothing may move but the coarse numbers, ten at a time, and
the words that a safeguarding reader is there to read; when a month has ended, nothing may be told of fewer than ten.
"""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from lxml import html

from feedback_app.analysis_process import AnalysisProcess
from feedback_app.staff import permissions, words
from feedback_app.store import Store
from tests.staff.conftest import desk
from tests.staff.desk import Desk
from tests.store.answering import open_round, send
from tests.support.clock import Clock

__all__ = ["desk"]

pytestmark = [pytest.mark.slow, pytest.mark.only_on("sqlite")]

ROLES = ("iro", "participation", "board", "safeguarding", "admin")
#: What changes each time a page is made, and says nothing: tokens and receipts.
_TOKENS = re.compile(
    r'(name="(?:csrf_token|receipt|conversation)"[^>]* value="|data-[a-z-]*token="|data-csrf="|nonce-)[^"]*'
)
#: Pages that nobody reads: they ask for something, end the session, or need a link that was sent.
_NOT_READ = {
    "sign_in",
    "sign_out",
    "forgotten",
    "set_password",
    "signed_in",
    "handed_over",
    "stay",
    "no_such_page",
}
#: The safeguarding reader's own: what was written comes here, with neither survey nor round nor day.
_READING = ("/staff/", "/staff/reading", "/staff/readers")
_STEPS = re.compile(r"[Ff]ewer than 10|[\d,]+ or more")

Seen = dict[str, str]
#: What the analysis process was asked, and what it answered.
_ANSWERED: dict[bytes, bytes] = {}


@dataclass
class Watcher:
    """Somebody who reads everything that one role may see.

    Attributes:
        endpoints: the pages that were read.
    """

    role: str
    at: Desk
    endpoints: set[str] = field(default_factory=set)

    def read(self) -> Seen:
        """Every page and every file, by its address."""
        seen: Seen = {}
        wanted = ["/staff/", *_ALSO]
        while wanted:
            address = wanted.pop()
            if address in seen:
                continue
            found = self._read(address)
            if found is not None:
                seen[address] = found
                wanted += _links(address, found)
        return seen

    def _read(self, address: str) -> str | None:
        answered = self.at.client.get(address)
        if answered.status_code != 200:
            return None
        adapter = self.at.app.url_map.bind("localhost")
        self.endpoints.add(str(adapter.match(urlsplit(address).path)[0]).removeprefix("staff."))
        if answered.mimetype == "text/html":
            return _TOKENS.sub(r"\1", answered.get_data(as_text=True))
        return "\n".join(_parts(answered.get_data()))


#: What nobody links to but anybody can ask for.
_ALSO = [
    "/staff/destroyed",
    *(
        f"/staff/results/wellbeing?period={period}&by={by}"
        for period in ("2026-27", "2026-27.3", "2026-11", "2026-12")
        for by in ("", "round", "how")
    ),
    *(
        f"/staff/report/{period}.{kind}"
        for period in ("2026-27", "2026-27.3")
        for kind in ("docx", "xlsx", "html", "pdf")
    ),
]


def _parts(file: bytes) -> Iterator[str]:
    """What a file says, without the time at which it was made."""
    if not zipfile.is_zipfile(io.BytesIO(file)):
        yield file.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        for name in sorted(package.namelist()):
            if not name.startswith("docProps"):
                yield f"{name}: {package.read(name).decode('utf-8', 'replace')}"


def _links(address: str, page: str) -> list[str]:
    """Where a page leads to, if that is read."""
    if not page.lstrip().startswith("<!"):
        return []
    found = (
        urljoin(address, str(link)).partition("#")[0]
        for link in html.document_fromstring(page).xpath("//a/@href")
    )
    return [link for link in found if link.startswith("/staff/") and "sign-out" not in link]


@pytest.fixture(autouse=True)
def _asked_once(shared_analysis: AnalysisProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the analysis process answer the very same question once: it is asked for the same files by every role again and again.

    What it answers follows from what it is given alone, so that a page or a file that moves is still made anew.
    """
    ask = shared_analysis._ask

    def once(*args: Any, **kwargs: Any) -> object:
        asked = pickle.dumps((args, kwargs))
        if asked not in _ANSWERED:
            _ANSWERED[asked] = pickle.dumps(ask(*args, **kwargs))
        return pickle.loads(_ANSWERED[asked])

    monkeypatch.setattr(shared_analysis, "_ask", once)


@pytest.fixture
def watchers(desk: Callable[[], Desk]) -> list[Watcher]:
    """One of each role."""
    return [Watcher(role, desk().sign_in(role)) for role in ROLES]


@dataclass(frozen=True)
class November:
    """Two rounds of one survey, one by codes and one by link; twelve of October were counted."""

    by_codes: str
    codes: list[str]
    by_link: str


@pytest.fixture
def november(store: Store, today: Clock) -> November:
    """The second of November."""
    today.move_to("2026-10-05")
    first, _ = open_round(store, days=20)
    for _ in range(12):
        send(store, first, {"carers_listen": "yes", "feeling_lately": "great"})
    today.move_to("2026-11-02")
    by_codes, codes = open_round(store, days=50, codes=30)
    by_link, _ = open_round(store, days=50)
    return November(by_codes, codes, by_link)


def changed(before: Seen, after: Seen) -> set[str]:
    """Addresses that are new, gone, or say something else."""
    return {address for address in before | after if before.get(address) != after.get(address)}


def in_steps(page: str) -> str:
    """A page without its coarse numbers."""
    return _STEPS.sub("…", page)


def told(watchers: list[Watcher]) -> dict[str, Seen]:
    """What everybody reads now, by role."""
    return {watcher.role: watcher.read() for watcher in watchers}


def answer(store: Store, november: November, number: int) -> None:
    """The next one answers: every third by link, with words that name nobody."""
    given = {"carers_listen": "no", "trusted_adult": "no", "what_helps": f"the {number}th walk with Rufus"}
    by_link = number % 3 == 2
    send(
        store,
        november.by_link if by_link else november.by_codes,
        given,
        code=None if by_link else november.codes.pop(),
    )


def test_every_page_and_every_file_is_read(watchers: list[Watcher], november: November, app: Flask) -> None:
    told(watchers)
    pages = {
        rule.endpoint.removeprefix("staff.")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and "GET" in (rule.methods or ())
    }
    # There is no comment and nothing to read yet, so no page of one.
    assert set().union(*(watcher.endpoints for watcher in watchers)) == pages - _NOT_READ - {
        "comment",
        "reading_item",
    }
    assert {watcher.role for watcher in watchers} == permissions.EVERY_ROLE


def test_while_answers_come_nothing_moves_but_coarse_numbers(
    watchers: list[Watcher], november: November, store: Store
) -> None:
    before = told(watchers)
    steps = 0
    for number in range(13):
        answer(store, november, number)
        after = told(watchers)
        for role, seen in after.items():
            moved = changed(before[role], seen)
            if role == "safeguarding":
                moved -= {address for address in moved if address.startswith(_READING)}
            assert all(in_steps(before[role][address]) == in_steps(seen[address]) for address in moved), (
                number,
                role,
                moved,
            )
            steps += len(moved)
        before = after
    # The survey's ten and the ten of the round by codes; seen on the page of results, of the survey, of rounds and of the round.
    assert 0 < steps <= 12 * len(watchers)


def test_while_answers_come_nobody_but_the_safeguarding_reader_sees_words(
    watchers: list[Watcher], november: November, store: Store
) -> None:
    for number in range(12):
        answer(store, november, number)
    for role, seen in told(watchers).items():
        assert ("Rufus" in "".join(seen.values())) <= (role == "safeguarding"), role


def test_the_reading_queue_says_neither_round_nor_survey_nor_when(
    watchers: list[Watcher], november: November, store: Store, today: Clock
) -> None:
    answer(store, november, 0)
    today.move_to("2026-11-03")
    (reader,) = [watcher for watcher in watchers if watcher.role == "safeguarding"]
    seen = {address: page for address, page in reader.read().items() if "Rufus" in page}
    assert seen
    for page in seen.values():
        assert not re.search(
            f"{november.by_codes}|{november.by_link}|wellbeing|2026-11-02|2 November", page, re.IGNORECASE
        )


@pytest.mark.parametrize("number", [9, 10])
def test_when_the_month_has_ended_nothing_is_told_of_fewer_than_ten(
    watchers: list[Watcher], november: November, store: Store, today: Clock, number: int
) -> None:
    before = told(watchers)
    for each in range(number):
        answer(store, november, each)
    today.end_month()
    for role, after in told(watchers).items():
        for address in changed(before[role], after):
            new = numbers_of(after[address]) - numbers_of(before[role].get(address, ""))
            if "/results/" in address:
                assert not {n for n in new if 0 < n < 10}, (role, address, new)
        if "/staff/results" in after:
            assert ("to November 2026" in after["/staff/results"]) == (number >= 10)


def numbers_of(page: str) -> set[int]:
    """How many answered, left out or are in a group, as a page of results has them."""
    if not page:
        return set()
    tree = html.document_fromstring(page)
    cells = tree.xpath(
        "//p[@class='base']//strong | //p[@class='lead'] | //table[contains(., 'Answered')]//td"
    )
    return {
        int(n)
        for cell in cells
        for n in re.findall(r"(?<![\d%.])\d+(?!\d|%)", str(cell.text_content()).replace("2026", ""))
    }


def test_a_page_that_told_each_answer_would_be_seen(
    watchers: list[Watcher], november: November, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "in_tens", lambda number, several="": f"{number} {several}")
    before = told(watchers)
    answer(store, november, 0)
    after = told(watchers)
    moved = changed(before["participation"], after["participation"])
    assert any(
        in_steps(before["participation"][one]) != in_steps(after["participation"][one]) for one in moved
    )
