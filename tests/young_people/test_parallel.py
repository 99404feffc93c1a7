"""The same answers, sent several times at the same moment: as a phone does whose first try seemed to hang."""

from __future__ import annotations

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import func, select

from feedback_app.store import Store, codes
from feedback_app.store.models import Code, SealedComment, SealedResponse
from tests.support.rounds import slug_of
from tests.young_people.conftest import MakeRound

COPIES = 5
TIMES = 4

pytestmark = pytest.mark.both_databases


def send_together(address: str, path: str, form: dict[str, Any], copies: int) -> list[tuple[int, str]]:
    """Post the same form from as many threads over as many connections, all at once; status and Location of each."""
    body = urlencode(form)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    start = threading.Barrier(copies)

    def post(_copy: int) -> tuple[int, str]:
        line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        line.connect()
        start.wait(30)
        line.request("POST", path, body, headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status, answer.headers["Location"] or ""

    with ThreadPoolExecutor(copies) as threads:
        return list(threads.map(post, range(copies)))


def number_of(store: Store, model: type) -> int:
    with store.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_five_copies_sent_at_once_are_one_response(
    address: str, store: Store, make_round: MakeRound, answers: dict[str, Any]
) -> None:
    path = make_round()
    form = {**answers, "best_thing": "Once."}
    for time in range(1, TIMES + 1):
        form["receipt"] = f"parallel-receipt-{time:05d}"
        answered = send_together(address, path, form, COPIES)
        assert answered == [(303, f"{path}/thanks")] * COPIES
        assert number_of(store, SealedResponse) == time
        assert number_of(store, SealedComment) == time


def test_five_copies_with_a_code_use_one_code_and_are_all_thanked(
    address: str, store: Store, make_round: MakeRound, answers: dict[str, Any]
) -> None:
    path = make_round(entry="codes")
    with store.writing() as session:
        code, _other = codes.make(session, store.secrets, slug_of(path), 2)
    answered = send_together(address, path, {**answers, "code": code}, COPIES)
    assert answered == [(303, f"{path}/thanks")] * COPIES
    assert number_of(store, SealedResponse) == 1
    assert number_of(store, Code) == 1
