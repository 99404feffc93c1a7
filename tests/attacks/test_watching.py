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

from analysis.audit.auditing import audit
from feedback_app.analysis_process import AnalysisProcess
from feedback_app.staff import permissions, words
from feedback_app.store import Store, activity, contact_requests, reading_queue, safeguarding_log, staff
from feedback_app.store.activity import ActivityRow
from feedback_app.store.ballot_box import new_receipt
from feedback_app.store.contact_requests import Wanted
from feedback_app.store.reading_queue import Notes
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
#: The safeguarding reader's own work, in exact numbers: what was written and who asks for somebody, with neither survey nor round.
_OWN_WORK = re.compile(r"/staff/(?:|contact|reading(?:/.*)?)")
#: Coarse numbers: in a sentence, and in a cell of a close table.
_STEPS = re.compile(r"[Ff]ewer than 10|[\d,]+ or more|(?<=>)(?:–|[\d,]+\+)(?=<)")

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


def told_too_much(before: dict[str, Seen], after: dict[str, Seen]) -> list[tuple[str, str]]:
    """Role and address of what says anything else than before, but for coarse numbers and a reader's own work."""
    return [
        (role, address)
        for role, seen in after.items()
        for address in sorted(changed(before[role], seen))
        if not (role == "safeguarding" and _OWN_WORK.fullmatch(address))
        and in_steps(before[role].get(address, "")) != in_steps(seen.get(address, ""))
    ]


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
                moved -= {address for address in moved if _OWN_WORK.fullmatch(address)}
            steps += len(moved)
        assert told_too_much(before, after) == [], number
        before = after
    # The survey's ten and the ten of the round by codes; seen on the page of results, of the survey, of rounds and of the round.
    assert 0 < steps <= 12 * len(watchers)


class Work:
    """What readers do, who wants to be contacted, and a conversation: each of it once, one after the other."""

    def __init__(self, store: Store, slug: str) -> None:
        self._store, self._slug = store, slug
        self._readers = [
            staff.add(store, f"{name}@example.org", ["safeguarding"]) for name in ("ruth", "sam")
        ]
        for reader in self._readers:
            staff.set_password(store, reader, "hash")

    def steps(self) -> list[Callable[[], object]]:
        """What is done, in its order."""
        return [
            self.write,
            self.escalate,
            self.step_back,
            self.read,
            self.ask_for_contact,
            self.take,
            self.deal_with,
            self.converse,
        ]

    def write(self) -> None:
        """Words that are worrying, so that they are to be read at once."""
        send(self._store, self._slug, {"what_helps": "i want to die"})

    def escalate(self) -> None:
        """A reader acts on them, asks an interpreter, and marks them."""
        noted = Notes(language="Arabic", done=("lead", "police"), never_quote=True)
        assert reading_queue.note(self._store, self._item(), self._readers[0], noted)

    def step_back(self) -> None:
        """The reader leaves them to the other."""
        assert reading_queue.step_back(self._store, self._item(), self._readers[0], self._readers[1:])

    def read(self) -> None:
        """The other reads them."""
        assert reading_queue.mark_read(self._store, [self._item()], self._readers[1])

    def ask_for_contact(self) -> None:
        """A young person asks for somebody."""
        contact_requests.put(self._store, new_receipt(), Wanted("Jay", "07700 900123"))

    def take(self) -> None:
        """A reader has it."""
        assert contact_requests.take(self._store, self._request(), self._readers[0])

    def deal_with(self) -> None:
        """They have spoken."""
        assert contact_requests.deal_with(self._store, self._request(), self._readers[0])

    def converse(self) -> None:
        """An IRO holds a conversation, and their device sends its counters."""
        send(self._store, self._slug, {"carers_listen": "yes"}, how="conversation")
        row = ActivityRow("North", "wellbeing", self._store.this_month(), 1)
        activity.add(self._store, [row], new_receipt())

    def _item(self) -> str:
        return reading_queue.due(self._store)[0].id

    def _request(self) -> str:
        return contact_requests.listing(self._store)[0].id


def test_what_readers_and_iros_do_moves_nothing_but_on_their_own_work_lists(
    watchers: list[Watcher], november: November, store: Store
) -> None:
    work = Work(store, november.by_link)
    before = told(watchers)
    for step in work.steps():
        step()
        after = told(watchers)
        assert told_too_much(before, after) == [], step
        before = after


def test_what_they_did_in_a_month_is_told_to_nobody_else_when_it_has_ended(
    watchers: list[Watcher], november: November, store: Store, today: Clock
) -> None:
    work = Work(store, november.by_link)
    today.end_month()
    nothing_done = told(watchers)
    today.move_to("2026-11-03")
    for step in work.steps():
        step()
    today.end_month()
    assert told_too_much(nothing_done, told(watchers)) == []
    assert safeguarding_log.months(store)[0].done["read"] == 1


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


def test_when_the_month_has_ended_nine_look_like_none_on_every_page_and_in_every_file(
    watchers: list[Watcher], november: November, store: Store, today: Clock
) -> None:
    reader = staff.add(store, "ruth@example.org", ["safeguarding"])
    today.end_month()
    none = told(watchers)
    today.move_to("2026-11-03")
    for each in range(9):
        answer(store, november, each)
    today.move_to("2026-11-04")
    # Else they were overdue, of which those who can mend it are warned.
    assert reading_queue.mark_read(store, [item.id for item in reading_queue.due(store)], reader) == 9
    today.end_month()
    assert told_too_much(none, told(watchers)) == []


def test_when_ten_were_counted_nothing_that_staff_can_take_away_lays_anybody_bare(
    desk: Callable[[], Desk], november: November, store: Store, today: Clock
) -> None:
    for each in range(10):
        answer(store, november, each)
    today.end_month()
    worker = desk().sign_in("participation")
    files = [
        (address.rpartition("/")[2], worker.client.get(address).get_data())
        for address in _ALSO
        if address.endswith((".docx", ".xlsx", ".html"))
    ]
    found = audit(files, store.surveys.current())
    assert (found.failures, len(found.files)) == ((), 6)
    assert all(file.shown for file in found.files)


def test_when_the_month_has_ended_nothing_is_told_of_fewer_than_ten(
    watchers: list[Watcher], november: November, store: Store, today: Clock
) -> None:
    before = told(watchers)
    for each in range(10):
        answer(store, november, each)
    today.end_month()
    for role, after in told(watchers).items():
        for address in changed(before[role], after):
            new = numbers_of(after[address]) - numbers_of(before[role].get(address, ""))
            if "/results/" in address:
                assert not {n for n in new if 0 < n < 10}, (role, address, new)
        if "/staff/results" in after:
            assert "to November 2026" in after["/staff/results"]


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
