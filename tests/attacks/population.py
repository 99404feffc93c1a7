"""Young people whose answering is known to the attacker to the minute, and what the attacker gathers meanwhile."""

from __future__ import annotations

import datetime as dt
import json
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from feedback_app import logs
from feedback_app.store import Store, backups, counting
from feedback_app.store.ballot_box import new_receipt
from feedback_app.store.models import Comment, Response
from surveys.routing import settle
from surveys.schema import Answers, Question, QuestionType, Survey, Wording
from tests.attacks.loot import Copy, steal
from tests.store.answering import open_round
from tests.support.clock import Clock

SURVEY = "iro_review"
#: Words as children write them, most of them short.
_WORDS = "my nan listened to me and the dog was there we had biscuits nobody said why I moved school is ok now".split()


@dataclass
class Person:
    """One young person, with what the attacker knows and, below, what the attacker is after.

    Attributes:
        number: their place among all who answer, by time.
        day: when they answered.
        code: the code on the slip that they were given; None for the open link.
        slug: the round that they answered in.
        answers: what they answered, words included.
        choices: what of it is kept as choices.
    """

    number: int
    day: dt.date
    code: str | None
    slug: str
    wording: Wording
    answers: dict[str, Any]
    choices: str
    receipt: str = field(default_factory=new_receipt)

    @property
    def words(self) -> list[str]:
        """What they wrote."""
        return [self.answers[key] for key in ("best_thing", "one_change") if key in self.answers]


@dataclass(frozen=True)
class Night:
    """A nightly backup: the lengths of its lines, which is all that it shows without the key."""

    day: dt.date
    lines: tuple[int, ...]


@dataclass
class Evidence:
    """All that the attacker has gathered, and, for the score, the truth.

    Attributes:
        people: by the time at which they answered.
        before: a copy from the evening before each counting, by the month it is called by.
        after: a copy from the morning after it.
        nights: backups by day, before and after everything.
        log: every line that the application wrote.
        truth: for each table the id of what is each person's, by their number; several for comments.
    """

    people: list[Person]
    before: dict[str, Copy] = field(default_factory=dict)
    after: dict[str, Copy] = field(default_factory=dict)
    nights: list[Night] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    truth: dict[str, dict[int, set[bytes]]] = field(default_factory=dict)


class _Lines(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logs.JsonFormatter())
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


Send = Callable[[Person], None]


def gather(
    app: Flask, store: Store, today: Clock, folder: Path, sizes: Sequence[int], seed: int, *, by_link: int = 0
) -> Evidence:
    """Let people answer, month after month from the day it is, while the attacker looks on.

    Args:
        sizes: how many answer in each month; every month is counted when it has ended.
        by_link: how many of each month come by an open link instead of by codes.
    """
    chance = random.Random(seed)
    slug, codes = open_round(store, SURVEY, days=31 * len(sizes), codes=sum(sizes))
    link, _ = open_round(store, SURVEY, days=31 * len(sizes))
    evidence = Evidence([])
    handler = _Lines(evidence.log)
    logging.getLogger().addHandler(handler)
    try:
        for size in sizes:
            _month(
                app,
                store,
                today,
                folder,
                evidence,
                _drawn(chance, store, today(), size, slug, codes, link, by_link),
            )
    finally:
        logging.getLogger().removeHandler(handler)
    evidence.truth = _truth(store, evidence.people)
    return evidence


def _drawn(
    chance: random.Random,
    store: Store,
    first: dt.date,
    size: int,
    slug: str,
    codes: list[str],
    link: str,
    by_link: int,
) -> list[Person]:
    """Who answers in a month, by time. Nobody answers as anybody else did, so that everybody can be told apart."""
    survey = store.surveys.get(SURVEY)
    days = sorted(chance.randint(0, 26) for _ in range(size))
    by_link_now = set(chance.sample(range(size), min(by_link, size)))
    people = []
    for number, day in enumerate(days):
        open_to_all = number in by_link_now
        wording = chance.choice([Wording.STANDARD, Wording.STANDARD, Wording.EASY])
        answers = _answers(chance, survey, wording)
        people.append(
            Person(
                number=number,
                day=first + dt.timedelta(days=day),
                code=None if open_to_all else codes.pop(),
                slug=link if open_to_all else slug,
                wording=wording,
                answers=answers,
                choices=_choices(survey, wording, answers),
            )
        )
    return people


def _answers(chance: random.Random, survey: Survey, wording: Wording) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for question in survey.asked_in(wording):
        given = _words(chance) if question.type is QuestionType.WORDS else _choice(chance, question)
        if given:
            answers[question.key] = given
    return answers


def _choice(chance: random.Random, question: Question) -> Any:
    if chance.random() < 0.12:
        return None
    values = [option.value for option in question.options]
    return chance.sample(values, 2) if question.type is QuestionType.MANY else chance.choice(values)


def _words(chance: random.Random) -> str | None:
    if chance.random() < 0.4:
        return None
    length = chance.choice([3, 5, 8, 12, 20, 40, 90, 240])
    return " ".join([f"{chance.getrandbits(40):010x}", *chance.choices(_WORDS, k=length)])


def _choices(survey: Survey, wording: Wording, answers: Answers) -> str:
    settled = settle(survey, wording, answers)
    return json.dumps(
        {q.key: settled[q.key] for q in survey.choice_questions if q.key in settled}, separators=(",", ":")
    )


def _month(
    app: Flask, store: Store, today: Clock, folder: Path, evidence: Evidence, people: list[Person]
) -> None:
    month, seen = store.this_month(), {person.choices for person in evidence.people}
    for person in people:
        if person.choices in seen:
            continue  # One who answers just as somebody else did is not looked for: who it is would be no finding.
        seen.add(person.choices)
        _nights_until(store, today, folder, evidence, person.day)
        person.number = len(evidence.people)
        evidence.people.append(person)
        send(app, person)
    _nights_until(store, today, folder, evidence, today().replace(day=28))
    evidence.before[month] = steal(store, whole=False)
    today.end_month()
    counting.count(store)
    evidence.after[month] = steal(store, whole=False)


def _nights_until(store: Store, today: Clock, folder: Path, evidence: Evidence, day: dt.date) -> None:
    """Make the backup of every night that somebody answered before, and of the first."""
    if day == today() and evidence.nights:
        return
    file = folder / "night.backup"
    backups.write(store, file)
    evidence.nights.append(Night(today(), tuple(len(line) for line in file.read_bytes().splitlines())))
    today.move_to(day)


def send(app: Flask, person: Person) -> None:
    """Send what one person answered, as a phone without script does."""
    form = {
        **person.answers,
        "receipt": person.receipt,
        "wording": person.wording.value,
        "code": person.code or "",
    }
    answered = app.test_client().post(f"/s/{person.slug}", data=form)
    assert answered.status_code == 303, answered.get_data(as_text=True)


def _truth(store: Store, people: list[Person]) -> dict[str, dict[int, set[bytes]]]:
    """Whose is what: choices are nobody else's, and words begin with a number that nobody else has."""
    with store.reading() as session:
        responses = {
            choices: {id_} for id_, choices in session.execute(select(Response.id, Response.answers))
        }
        words = {
            store.secrets.unseal(sealed): id_
            for id_, sealed in session.execute(select(Comment.id, Comment.words))
        }
    return {
        "response": {person.number: responses.get(person.choices, set()) for person in people},
        "comment": {
            person.number: {words[text] for text in person.words if text in words} for person in people
        },
    }
