"""A year of counted responses, entered as counting enters them: rows of responses, tallies with them, and comments."""

from __future__ import annotations

import random
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from analysis.period import Period, month_after, year_of
from feedback_app.store import Store, counting, retention
from feedback_app.store.models import Comment, Response, TallyRow
from feedback_app.store.secrets import random_id
from surveys.routing import settle
from surveys.schema import Answer, QuestionType, Survey, Wording
from tests.bench.problems import BenchError

SURVEY = "iro_review"
#: One comment for so many responses, and so many approved as quotes however many there are.
RESPONSES_A_COMMENT = 5
APPROVED = 50

_PATTERNS = 500
#: Room for a month's pages: rows come in random order and touch all of them.
_CACHE_KIB = 400_000
_WORDS = "I would like the meeting to be shorter, and somewhere that is not school."


def last_year(store: Store) -> str:
    """The last report year that has ended."""
    return year_of(month_after(store.this_month(), -12))


def fill(store: Store, responses: int) -> None:
    """Enter so many responses of ``SURVEY``, spread over the months of last year, with their comments.

    Raises:
        BenchError: rows and tallies are not as many as were entered.
    """
    period = Period.year(last_year(store))
    chance = random.Random(responses)
    patterns = _patterns(store.surveys.get(SURVEY), chance)
    months = [month_after(period.first, number) for number in range(12)]
    for number, month in enumerate(months):
        share = responses * (number + 1) // 12 - responses * number // 12
        with store.writing() as session:
            _give_room(session)
            counting.enter(store, session, SURVEY, month, _records(store, patterns, share, chance))
    _add_comments(store, period.report_year, responses // RESPONSES_A_COMMENT)
    store.forget_deleted()
    _check(store, responses)


def _patterns(survey: Survey, chance: random.Random) -> list[dict[str, Answer]]:
    """Ways to answer, each settled as a real submission is: mostly yes, a few questions skipped."""
    choices = survey.choice_questions
    return [
        {
            key: answer
            for key, answer in settle(survey, Wording.STANDARD, _given(survey, chance)).items()
            if survey.question(key) in choices
        }
        for _ in range(_PATTERNS)
    ]


def _given(survey: Survey, chance: random.Random) -> dict[str, Answer]:
    asked = (q for q in survey.asked_in(Wording.STANDARD) if q.type is not QuestionType.WORDS)
    weights = (8, 1, 1, 1, 1)
    return {
        question.key: chance.choices(question.values, weights[: len(question.values)])[0]
        for question in asked
        if chance.random() > 0.05
    }


def _records(
    store: Store, patterns: list[dict[str, Answer]], number: int, chance: random.Random
) -> list[dict[str, Any]]:
    version = store.surveys.get(SURVEY).version
    return [
        {
            "version": version,
            "how": chance.choice(("self", "self", "conversation")),
            "round": chance.choice(("spring", "autumn")),
            "answers": chance.choice(patterns),
        }
        for _ in range(number)
    ]


def _add_comments(store: Store, year: str, number: int) -> None:
    words = store.secrets.seal(_WORDS)
    common = {"survey_key": SURVEY, "year": year, "words": words}
    kept_from = retention.comments_kept_from(year, store.this_month())
    with store.writing() as session:
        _give_room(session)
        for start in range(0, number, 10_000):
            session.execute(
                insert(Comment),
                [
                    {**common, **_state(place, words), "id": random_id(), "kept_from": kept_from}
                    for place in range(start, min(start + 10_000, number))
                ],
            )


def _state(place: int, words: bytes) -> dict[str, Any]:
    question = ("best_thing", "one_change")[place % 2]
    is_approved = place < APPROVED
    return {
        "question": question,
        "state": "approved" if is_approved else "waiting",
        "safe_words": words if is_approved else None,
    }


def _give_room(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA cache_size = -{_CACHE_KIB}"))


def _check(store: Store, responses: int) -> None:
    tallied = select(func.sum(TallyRow.count)).where(TallyRow.question == "*", TallyRow.breakdown == "")
    with store.reading() as session:
        numbers = {
            "rows": session.scalars(select(func.count()).select_from(Response)).one(),
            "tallies": session.scalars(tallied).one(),
        }
    if set(numbers.values()) != {responses}:
        raise BenchError(f"{responses} responses were entered, and the store holds {numbers}")
