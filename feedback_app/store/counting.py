"""Counting: sealed responses leave the ballot box, ten or more of one survey together, and become tallies.

The rule (DESIGN §2): the sealed responses of a survey are gone through month by month, ended months only; what is under
``box_size`` (10, or more where a council says so) is carried forward to the next month until that many are together, and
all are counted in that month.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from analysis.period import month_after, year_of
from analysis.settings import Rules
from feedback_app.store import Store, never_quote, retention, voiding
from feedback_app.store.dialect import await_turn_to_count, insert_or_add
from feedback_app.store.models import Comment, Response, Round, SealedComment, SealedResponse, TallyRow
from feedback_app.store.secrets import random_id
from surveys.schema import PREFER_NOT_TO_SAY, Survey

#: Fewer than this are never counted together, whatever a council sets (DOMAIN: "Small numbers").
BOX_SIZE: Final = Rules().box_size

#: version, breakdown, group, question, option
TallyKey = tuple[int, str, str, str, str]
Record = dict[str, Any]


class SurveyGone(Exception):
    """Responses of a survey are here, and its definition is not; the message is one sentence for whoever runs the server."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One batch: how many responses of a survey were counted in a month."""

    survey: str
    month: str
    responses: int


def count(store: Store, until_month: str | None = None) -> list[Counted]:
    """Count every month that has ended. Cheap where there is nothing to count.

    Args:
        until_month: count as though this month had ended too (the demonstration's way to end a month).
    """
    before = max(store.this_month(), month_after(until_month) if until_month else "")
    with store.reading() as session:
        if not _due(store, session, before):
            return []
    counted = []
    with store.writing() as session:
        await_turn_to_count(session.connection())
        voiding.destroy_what_is_void(store, session)
        for survey_key, months in _due(store, session, before):
            for month, together in months:
                counted.append(_count_batch(store, session, survey_key, month, together))
        retention.destroy_what_is_over(store, session)
    store.forget_deleted(also_counted=False)
    return counted


def _due(store: Store, session: Session, before: str) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """For each survey the batches to count: the month to count in, and the months that go into it."""
    query = (
        select(SealedResponse.survey_key, SealedResponse.month, func.count())
        .where(SealedResponse.month < before)
        .group_by(SealedResponse.survey_key, SealedResponse.month)
        .order_by(SealedResponse.survey_key, SealedResponse.month)
    )
    sizes: dict[str, list[tuple[str, int]]] = {}
    for survey_key, month, size in session.execute(query):
        sizes.setdefault(survey_key, []).append((month, size))
    due = ((key, batches_of(months, store.box_size)) for key, months in sizes.items())
    # What a survey asked cannot be told without its definition: until it is back, its responses wait.
    return [(key, found) for key, found in due if found and key in store.surveys]


def batches_of(sizes: Iterable[tuple[str, int]], box_size: int = BOX_SIZE) -> list[tuple[str, list[str]]]:
    """The rule itself: months in order with how many wait, to (month of counting, months counted in it)."""
    batches: list[tuple[str, list[str]]] = []
    carried: list[str] = []
    together = 0
    for month, size in sizes:
        carried.append(month)
        together += size
        if together >= box_size:
            batches.append((month, carried))
            carried, together = [], 0
    return batches


def _count_batch(
    store: Store, session: Session, survey_key: str, month: str, months: Sequence[str]
) -> Counted:
    rows = session.execute(
        select(SealedResponse.sealed, SealedResponse.round_slug).where(
            SealedResponse.survey_key == survey_key, SealedResponse.month.in_(months)
        )
    ).all()
    records: list[Record] = [{**store.secrets.unseal(sealed), "round": slug} for sealed, slug in rows]
    by_round = Counter(record["round"] for record in records if record["round"])
    for slug, number in by_round.items():
        session.execute(update(Round).where(Round.slug == slug).values(counted=Round.counted + number))
    enter(store, session, survey_key, month, records)
    _release_comments(store, session, survey_key, month, months)
    session.execute(
        delete(SealedResponse).where(
            SealedResponse.survey_key == survey_key, SealedResponse.month.in_(months)
        )
    )
    return Counted(survey_key, month, len(records))


def enter(store: Store, session: Session, survey_key: str, month: str, records: list[Record]) -> None:
    """Enter ten or more opened responses, in random order under new ids, and add them to the tallies."""
    keep_where_shared(records, store.box_size)
    secrets.SystemRandom().shuffle(records)
    for some in batched_rows(records):
        session.execute(
            insert(Response),
            [
                {
                    "id": random_id(),
                    "survey_key": survey_key,
                    "survey_version": record["version"],
                    "month": month,
                    "round_slug": record["round"],
                    "how": record["how"],
                    "answers": json.dumps(record["answers"], separators=(",", ":")),
                    "kept_from": store.this_month(),
                }
                for record in some
            ],
        )
    add_to_tallies(session, survey_key, month, tally(store, survey_key, records))


def keep_where_shared(records: list[Record], box_size: int = BOX_SIZE) -> None:
    """Forget the round and the way of answering wherever fewer than ten counted together share it.

    Those who are left without one must be ten or more themselves, or none: else all minus the kept would find them. Where
    fewer than ten share both, the way of answering goes: in the table of responses both stand side by side.
    """
    for name in ("round", "how"):
        shared = kept_groups(
            Counter(record[name] for record in records if record[name]), len(records), box_size
        )
        for record in records:
            if record[name] not in shared:
                record[name] = None
    if (
        min(Counter((record["round"], record["how"]) for record in records).values(), default=box_size)
        < box_size
    ):
        for record in records:
            record["how"] = None


def kept_groups(sizes: Mapping[str, int], total: int, box_size: int = BOX_SIZE) -> set[str]:
    """The groups that may be kept apart, out of a total that may hold others: each, and the rest, ten or more."""
    kept = {group: size for group, size in sizes.items() if size >= box_size}
    while kept and 0 < total - sum(kept.values()) < box_size:
        del kept[min(kept, key=lambda group: (kept[group], group))]
    return set(kept)


def tally(store: Store, survey_key: str, records: Iterable[Record]) -> Counter[TallyKey]:
    """How often each option was chosen, by everyone and by each group of each breakdown."""
    counts: Counter[TallyKey] = Counter()
    for record in records:
        survey = _survey(store, survey_key, record["version"])
        cells = list(_cells(record["answers"]))
        for breakdown, group in _groups(survey, record):
            for question, option in cells:
                counts[survey.version, breakdown, group, question, option] += 1
    return counts


def _survey(store: Store, key: str, version: int) -> Survey:
    try:
        return store.surveys.get(key, version)
    except KeyError:
        raise SurveyGone(
            f"there are responses of {key} version {version}, whose definition is gone; put it back (see HEARD_SURVEYS)"
        ) from None


def _cells(answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "*", "responses"
    for question, answer in answers.items():
        if not answer:
            yield question, "skipped"
        elif answer in (PREFER_NOT_TO_SAY, [PREFER_NOT_TO_SAY]):
            yield question, PREFER_NOT_TO_SAY
        else:
            yield question, "answered"
            for option in [answer] if isinstance(answer, str) else answer:
                yield question, option


def _groups(survey: Survey, record: Record) -> Iterator[tuple[str, str]]:
    yield "", ""
    for name in ("round", "how"):
        if record[name]:
            yield name, record[name]
    for question in survey.breakdowns:
        answer = record["answers"].get(question.key)
        if isinstance(answer, str):
            yield question.key, answer


def add_to_tallies(session: Session, survey_key: str, month: str, counts: Counter[TallyKey]) -> None:
    """Add counts to the tallies of a month."""
    rows = [
        {
            "survey_key": survey_key,
            "month": month,
            "survey_version": version,
            "breakdown": breakdown,
            "group": group,
            "question": question,
            "option": option,
            "count": number,
        }
        for (version, breakdown, group, question, option), number in sorted(counts.items())
    ]
    insert_or_add(session.connection(), TallyRow, rows, "count")


def _release_comments(
    store: Store, session: Session, survey_key: str, month: str, months: Sequence[str]
) -> None:
    """Words whose box is counted may be read by staff: under new ids, in random order, with a year and no month."""
    mine = SealedComment.survey_key == survey_key, SealedComment.month.in_(months)
    opened = [
        store.secrets.unseal(sealed) for sealed in session.scalars(select(SealedComment.sealed).where(*mine))
    ]
    secrets.SystemRandom().shuffle(opened)
    # Those counted together are all as long as the longest, so that none leads back to what waited.
    sealed = store.secrets.seal_alike([comment["words"] for comment in opened])
    is_marked = never_quote.marks(store, session)
    kept_from = retention.comments_kept_from(year_of(month), store.this_month())
    rows = [
        {
            "id": random_id(),
            "survey_key": survey_key,
            "question": comment["question"],
            "year": year_of(month),
            "words": words,
            **never_quote.state(is_marked, survey_key, comment["question"], comment["words"]),
            "kept_from": kept_from,
        }
        for comment, words in zip(opened, sealed, strict=True)
    ]
    if rows:
        session.execute(insert(Comment), rows)
    session.execute(delete(SealedComment).where(*mine))


def batched_rows(records: Sequence[Record], size: int = 1_000) -> Iterator[Sequence[Record]]:
    """Rows a thousand at a time, so that a large import is entered without a large statement."""
    for start in range(0, len(records), size):
        yield records[start : start + size]
