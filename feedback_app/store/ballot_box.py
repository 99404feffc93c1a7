"""The ballot box: the only way in for answers. They wait there, sealed, until ``counting`` takes them out."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session

from analysis.period import month_of
from analysis.words.harmless import harmless
from feedback_app.store import Store, codes
from feedback_app.store.arriving import Arrival, put_in_new
from feedback_app.store.dialect import insert_rows, together
from feedback_app.store.models import GRACE, ReadingItem, Receipt, Round, SealedComment, SealedResponse
from feedback_app.store.secrets import random_id
from surveys.routing import settle
from surveys.schema import PREFER_NOT_TO_SAY, Answers, QuestionType, Survey, Wording

#: Ours are 22 characters; another client may send a UUID or a number in hexadecimal.
_RECEIPT = re.compile(r"[A-Za-z0-9_-]{16,64}")
_RECEIPT_OF = select(Receipt.digest).where(Receipt.digest == bindparam("digest"))


class Sealed(Enum):
    """What became of a submission: stored now, or already stored when its receipt came before."""

    STORED = "stored"
    ALREADY = "already"


class RoundClosed(Exception):
    """The round takes no more answers."""


class _ReceivedBefore(Exception):
    """A receipt has come before: the submission is stored."""


@dataclass(frozen=True)
class Submission:
    """One young person's answers as they came.

    Attributes:
        round: the round it came by; None for imports.
        how: ``self``, ``conversation`` or ``import``.
        answers: answers by question key, words among them; what is off the path is dropped.
        receipt: a random number made for this survey started; see ``new_receipt``.
        code: the single-use code as typed, or None.
        source: where it came from, for limits on wrong codes: see ``Guesses.source``. It is not stored.
        only: the questions that an imported file has a column for, the others being not asked; None for all.
    """

    survey: Survey
    round: Round | None
    wording: Wording
    how: str
    answers: Answers
    receipt: str
    code: str | None = None
    source: str = ""
    only: frozenset[str] | None = None

    @cached_property
    def settled(self) -> Answers:
        """What counts of the answers; see ``settle``."""
        settled = settle(self.survey, self.wording, self.answers)
        if self.only is None:
            return settled
        return {key: answer for key, answer in settled.items() if key in self.only}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A submission as rows, sealed, ready to be stored.

    Attributes:
        code: the code to be used up, or None.
        is_in_time: whether its round takes answers on the day on which it came.
    """

    round: Round
    is_in_time: bool
    code: str | None
    receipt: dict[str, Any]
    response: dict[str, Any]
    comments: list[dict[str, Any]]
    reading: list[dict[str, Any]]


def new_receipt() -> str:
    """A random number of 128 bits as 22 url-safe characters."""
    return base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode()


def is_receipt(text: str) -> bool:
    """Whether a text has the form of a receipt."""
    return _RECEIPT.fullmatch(text) is not None


def is_answered(settled: Answers) -> bool:
    """Whether any question that is asked has an answer: a choice, "I'd rather not say" among them, or words that can be seen."""
    return any(harmless(said).strip() if isinstance(said, str) else said for said in settled.values())


def has_come(store: Store, receipt: str) -> bool:
    """Whether something with this receipt has been stored."""
    digest = store.secrets.keyed_hash("receipt", receipt)
    with store.engine.connect() as connection:
        return connection.execute(_RECEIPT_OF, {"digest": digest}).first() is not None


def seal(store: Store, submission: Submission) -> Sealed:
    """Store a submission once, however often it is sent. When this returns, it is on the disk.

    Raises:
        RoundClosed: the round takes no answers any more, or not yet.
        CodeRefused: the round needs a code, and this one is missing or not one of those left.
        MustWait: too many wrong codes came, some of them from where this came from; it is not looked at.
    """
    try:
        code = _code_that_is_left(store, submission)
        outcome: Sealed = store.submissions.do(_prepared(store, submission, code), partial(_seal_all, store))
    except _ReceivedBefore:
        return Sealed.ALREADY
    return outcome


def _code_that_is_left(store: Store, submission: Submission) -> str | None:
    """The code to be used up, or None where the round needs none. Wrong ones are turned away here, where they cost little.

    Among others one refused code would undo what is stored for all of them. That a code is left is proved when it is used up.

    Raises:
        _ReceivedBefore, RoundClosed, CodeRefused, MustWait: in this order.
    """
    round_ = submission.round
    assert round_ is not None
    if round_.entry == "link" or submission.how == "conversation":
        return None
    with store.engine.connect() as connection:

        def has_come() -> bool:
            return connection.execute(_RECEIPT_OF, {"digest": _digest(store, submission)}).first() is not None

        if has_come():
            raise _ReceivedBefore
        if not round_.accepts(store.today()):
            raise RoundClosed
        code = codes.read(round_, submission.code)

        def is_left(code: str) -> bool:
            # Sent twice at once, the one may use the code up while the other looks for it: its receipt has come then.
            return codes.is_left(connection, store.secrets, round_.slug, code) or has_come()

        if code and not store.guesses.look(round_.slug, submission.source, partial(is_left, code)):
            raise codes.not_there()
    return code


def _digest(store: Store, submission: Submission) -> bytes:
    return store.secrets.keyed_hash("receipt", submission.receipt)


def _prepared(store: Store, submission: Submission, code: str | None) -> Prepared:
    """Everything that can be done before it is one's turn to write."""
    round_ = submission.round
    assert round_ is not None
    today = store.today()
    month = month_of(today)
    response, comments, words = sealed_rows(store, submission, month, month)
    receipt = {
        "digest": _digest(store, submission),
        "forget_after": month_of(round_.closes + GRACE),
    }
    reading = reading_rows(store, words, today)
    return Prepared(round_, round_.accepts(today), code, receipt, response, comments, reading)


def _seal_all(store: Store, prepared: Sequence[Prepared]) -> list[Sealed]:
    """Store several submissions in one transaction; none where one of them is refused, which has to be tried alone.

    Raises:
        _ReceivedBefore, RoundClosed, CodeRefused: of any of them.
    """
    # Where nothing but its receipt can refuse one, it goes a shorter way.
    if not any(each.code or not each.is_in_time for each in prepared):
        arrivals = [
            Arrival(each.receipt, ([each.response], each.comments, each.reading)) for each in prepared
        ]
        return [Sealed.STORED if is_new else Sealed.ALREADY for is_new in put_in_new(store, arrivals)]
    with store.transaction() as connection:
        # Everything in one journey to the database; what is refused after that is undone.
        with together(connection):
            receipts = insert_rows(connection, Receipt, [each.receipt for each in prepared], or_ignore=True)
            put_in(
                connection,
                [each.response for each in prepared],
                [row for each in prepared for row in each.comments],
                [row for each in prepared for row in each.reading],
            )
        # The receipt first, so that what was received is answered as received whatever has changed since.
        if receipts.number < len(prepared):
            raise _ReceivedBefore
        for each in prepared:
            _admit(connection, store, each)
    return [Sealed.STORED] * len(prepared)


def _admit(connection: Connection, store: Store, each: Prepared) -> None:
    if not each.is_in_time:
        raise RoundClosed
    if each.code:
        codes.use(connection, store.secrets, each.round.slug, each.code)


def sealed_rows(
    store: Store, submission: Submission, month: str, now: str
) -> tuple[dict[str, Any], list[dict[str, Any]], list[tuple[str, str]]]:
    """A submission as the rows that will wait: the response, its comments, and (question text, words) for reading."""
    survey, settled = submission.survey, submission.settled
    choices = {q.key: settled[q.key] for q in survey.choice_questions if q.key in settled}
    said = {q.key: harmless(str(settled.get(q.key) or "")).strip() for q in survey.words_questions}
    words = {key: text for key, text in said.items() if text}
    common = {"survey_key": survey.key, "month": month, "kept_from": now}
    slug = submission.round.slug if submission.round else None
    sealed = {"version": survey.version, "how": submission.how, "answers": choices}
    response = {
        **common,
        "id": random_id(),
        "round_slug": slug,
        "sealed": store.secrets.seal(sealed, longest_response(survey)),
    }
    comments = [
        # The round is known only to whoever opens it, and forgotten when the box is counted: a voided round's words go with it.
        {
            **common,
            "id": random_id(),
            "sealed": store.secrets.seal({"question": key, "words": text, "round": slug}),
        }
        for key, text in words.items()
    ]
    asked = [(survey.question(key).text_in(submission.wording), text) for key, text in words.items()]
    return response, comments, asked


def longest_response(survey: Survey) -> int:
    """How many bytes a sealed response of a survey takes at most: all are made as long, so that none can be told by its length."""
    known, longest = _longest.get((survey.key, survey.version), (None, 0))
    if known is not survey:
        longest = _longest_of(survey)
        _longest[survey.key, survey.version] = (survey, longest)
    return longest


#: By key and version: the survey that was looked at, and how long its longest response is.
_longest: dict[tuple[str, int], tuple[Survey, int]] = {}


def _longest_of(survey: Survey) -> int:
    answers = {
        q.key: [option.value for option in q.options]
        if q.type is QuestionType.MANY
        else max((PREFER_NOT_TO_SAY, *(option.value for option in q.options)), key=len)
        for q in survey.choice_questions
    }
    return len(json.dumps({"version": survey.version, "how": "conversation", "answers": answers}).encode())


def reading_rows(store: Store, words: list[tuple[str, str]], today: dt.date) -> list[dict[str, Any]]:
    """Words for the safeguarding reader, with their due day; which are worrying is seen when the queue is opened."""
    read_by = store.deadlines.read_by(today)
    return [
        {
            "id": random_id(),
            "read_by": read_by,
            "sealed": store.secrets.seal({"question": question, "words": text}),
        }
        for question, text in words
    ]


def put_in(
    connection: Connection,
    responses: list[dict[str, Any]],
    comments: list[dict[str, Any]],
    reading: list[dict[str, Any]],
) -> None:
    """Put sealed rows into the box and words into the reading queue, in the connection's transaction."""
    for model, rows in ((SealedResponse, responses), (SealedComment, comments), (ReadingItem, reading)):
        if rows:
            insert_rows(connection, model, rows)


def waiting(store: Store, survey_key: str) -> int:
    """How many sealed responses of a survey wait."""
    query = select(func.count()).select_from(SealedResponse).where(SealedResponse.survey_key == survey_key)
    with store.reading() as session:
        return session.scalars(query).one()


def by_round(session: Session) -> Mapping[str, int]:
    """How many sealed responses wait, by round."""
    query = select(SealedResponse.round_slug, func.count()).group_by(SealedResponse.round_slug)
    return {slug: number for slug, number in session.execute(query) if slug}
