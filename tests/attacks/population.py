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
#: Its questions for words, in the order in which they are asked.
QUESTIONS = ("one_change", "best_thing")
#: Words as children write them, most of them short.
_WORDS = "my nan listened to me and the dog was there we had biscuits nobody said why I moved school is ok now".split()


@dataclass
class Person:
    """One young person, with what the attacker knows and, below, what the attacker is after.

    Attributes:
        day: when they answered.
        by_link: whether they came by the open link.
        answers: what they answered, words included.
        choices: what of it is kept as choices.
        number: their place among all who answer, by time.
        code: the code on the slip that they were given; None for the open link.
        slug: the round that they answered in.
    """

    day: dt.date
    by_link: bool
    wording: Wording
    answers: dict[str, Any]
    choices: str
    number: int = 0
    code: str | None = None
    slug: str = ""
    receipt: str = field(default_factory=new_receipt)

    @property
    def words(self) -> list[str]:
        """What they wrote."""
        return [self.answers[key] for key in QUESTIONS if key in self.answers]


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


@dataclass
class Scene:
    """Where young people answer while the attacker looks on.

    Attributes:
        on_counted: done after every counting, before the attacker comes; how storage is weakened that way.
    """

    app: Flask
    store: Store
    today: Clock
    folder: Path
    on_counted: Callable[[Evidence], None] = lambda _evidence: None

    def gather(self, sizes: Sequence[int], seed: int, by_link: int = 0) -> Evidence:
        """Let people answer, month after month from the day it is.

        Args:
            sizes: how many answer in each month; every month is counted when it has ended.
            by_link: how many of each month come by an open link instead of by codes.
        """
        chance = random.Random(seed)
        slug, codes = open_round(self.store, SURVEY, days=31 * len(sizes), codes=sum(sizes))
        link, _ = open_round(self.store, SURVEY, days=31 * len(sizes))
        evidence, seen = Evidence([]), self._answers_there_are()
        handler = _Lines(evidence.log)
        logging.getLogger().addHandler(handler)
        try:
            for size in sizes:
                people = _drawn(chance, self.store, self.today(), size, by_link)
                for person in people:
                    person.slug, person.code = (link, None) if person.by_link else (slug, codes.pop())
                # One who answers just as somebody else did is not looked for: who it is would be no finding.
                fresh = {one.choices: one for one in reversed(people) if one.choices not in seen}
                seen |= fresh.keys()
                self._month(evidence, [one for one in people if fresh.get(one.choices) is one])
        finally:
            logging.getLogger().removeHandler(handler)
        evidence.truth = _truth(self.store, evidence.people)
        return evidence

    def _answers_there_are(self) -> set[str]:
        with self.store.reading() as session:
            return set(session.scalars(select(Response.answers)))

    def _month(self, evidence: Evidence, people: list[Person]) -> None:
        month = self.store.this_month()
        for person in people:
            self._nights_until(evidence, person.day)
            person.number = len(evidence.people)
            evidence.people.append(person)
            send(self.app, person)
        self._nights_until(evidence, self.today().replace(day=28))
        evidence.before[month] = steal(self.store, whole=False)
        self.today.end_month()
        counting.count(self.store)
        self.on_counted(evidence)
        evidence.after[month] = steal(self.store, whole=False)

    def _nights_until(self, evidence: Evidence, day: dt.date) -> None:
        """Make the backup of the night, where the next to answer does so on another day, and of the first."""
        if day == self.today() and evidence.nights:
            return
        file = self.folder / "night.backup"
        backups.write(self.store, file)
        lengths = tuple(len(line) for line in file.read_bytes().splitlines())
        evidence.nights.append(Night(self.today(), lengths))
        self.today.move_to(day)


def _drawn(chance: random.Random, store: Store, first: dt.date, size: int, by_link: int) -> list[Person]:
    """Who answers in a month, by time."""
    survey = store.surveys.get(SURVEY)
    # Few enough answer on a day of their own each, so that a night's backup has what one of them sent.
    days = sorted(chance.sample(range(27), size) if size <= 27 else chance.choices(range(27), k=size))
    linked = set(chance.sample(range(size), min(by_link, size)))
    return [
        _person(chance, survey, first + dt.timedelta(days=day), number in linked)
        for number, day in enumerate(days)
    ]


def _person(chance: random.Random, survey: Survey, day: dt.date, by_link: bool) -> Person:
    wording = chance.choice([Wording.STANDARD, Wording.STANDARD, Wording.EASY])
    answers = _answers(chance, survey, wording)
    return Person(day, by_link, wording, answers, _choices(survey, wording, answers))


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
