"""Tallies: all that results are read from, and the proof that they are what the responses say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.store import Store, counting
from feedback_app.store.models import Destroyed, Response, TallyRow

#: survey, month, then the parts of a tally's key
Key = tuple[str, str, int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A tally that is not what the responses say."""

    survey: str
    month: str
    what: str
    tally: int
    responses: int


def months(store: Store, survey_key: str) -> list[str]:
    """The months of counting that have tallies, in order. Months that have ended are counted first."""
    counting.count(store)
    query = (
        select(TallyRow.month).where(TallyRow.survey_key == survey_key).distinct().order_by(TallyRow.month)
    )
    with store.reading() as session:
        return list(session.scalars(query))


def differences(store: Store) -> list[Difference]:
    """Count every response again and compare.

    Of months of which responses have been destroyed, those destroyed must be just as many as are missing, and no tally may be
    less than what is left.
    """
    of_responses = Destroyed.what == Response.__tablename__
    with store.reading() as session:
        gone = {
            (key, month): number
            for key, month, number in session.execute(
                select(Destroyed.survey_key, Destroyed.month, Destroyed.count).where(of_responses)
            )
        }
        kept = Counter(_kept(session))
        again: Counter[Key] = Counter()
        for survey_key, month, part in _counted_again(store, session):
            for key, number in part.items():
                again[(survey_key, month, *key)] += number
    return [
        *_missing(kept, again, gone),
        *(
            Difference(key[0], key[1], " ".join(str(part) for part in key[2:] if part), kept[key], again[key])
            for key in sorted(kept.keys() | again.keys())
            if (kept[key] < again[key] if (key[0], key[1]) in gone else kept[key] != again[key])
        ),
    ]


def _missing(
    kept: Counter[Key], again: Counter[Key], gone: Mapping[tuple[str, str], int]
) -> Iterator[Difference]:
    """Months of which more or fewer responses are missing than were destroyed."""
    for (survey_key, month), destroyed in sorted(gone.items()):
        tallied, left = (_responses(counts, survey_key, month) for counts in (kept, again))
        if tallied != left + destroyed:
            yield Difference(survey_key, month, "responses, with those destroyed", tallied, left + destroyed)


def _responses(counts: Counter[Key], survey_key: str, month: str) -> int:
    return sum(
        number
        for (survey, when, _version, breakdown, _group, question, _option), number in counts.items()
        if (survey, when, breakdown, question) == (survey_key, month, "", "*")
    )


def _kept(session: Session) -> dict[Key, int]:
    columns = (
        TallyRow.survey_key,
        TallyRow.month,
        TallyRow.survey_version,
        TallyRow.breakdown,
        TallyRow.group,
        TallyRow.question,
        TallyRow.option,
    )
    return {tuple(row[:-1]): row[-1] for row in session.execute(select(*columns, TallyRow.count))}  # type: ignore[misc]


def _counted_again(store: Store, session: Session) -> Iterator[tuple[str, str, Counter[counting.TallyKey]]]:
    query = select(
        Response.survey_key,
        Response.month,
        Response.survey_version,
        Response.round_slug,
        Response.how,
        Response.answers,
    ).execution_options(yield_per=1_000)
    with session.execute(query) as responses:
        for survey_key, month, version, slug, how, answers in responses:
            record = {"version": version, "round": slug, "how": how, "answers": json.loads(answers)}
            yield survey_key, month, counting.tally(store, survey_key, [record])
