"""The ledger in the database: what has been shown of a survey, and the tallies that it was shown from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, insert, literal, select
from sqlalchemy.orm import Session

from analysis.period import Period
from analysis.releasing.asked import Asked
from analysis.releasing.counted import RESPONSES, Counted, Row
from analysis.releasing.ledger import (
    Entry,
    Layer,
    basis_from_json,
    basis_to_json,
    groups_from_json,
    groups_to_json,
)
from feedback_app.store import Store
from feedback_app.store.dialect import await_turn_to_count
from feedback_app.store.models import Shown, ShownTally, TallyRow


@dataclass(frozen=True, slots=True)
class Known:
    """All that decides what may be shown next: the tallies of a year, and everything shown of it before."""

    counted: Counted
    entries: Sequence[Entry]


def sizes(session: Session, survey_key: str, period: Period) -> dict[str, int]:
    """How many responses each month of a period holds; months without any are absent."""
    query = (
        select(TallyRow.month, func.sum(TallyRow.count))
        .where(
            TallyRow.survey_key == survey_key,
            TallyRow.month.between(period.first, period.last),
            TallyRow.breakdown == "",
            TallyRow.question == RESPONSES,
        )
        .group_by(TallyRow.month)
        .order_by(TallyRow.month)
    )
    return {month: int(number) for month, number in session.execute(query)}


def newest(session: Session, survey_key: str, asked: Asked, last: str) -> Entry | None:
    """What was shown the last time that the same was asked for, None where it never was."""
    query = (
        select(Shown)
        .where(
            *_of_year(survey_key, asked),
            Shown.first == asked.period.first,
            Shown.last == last,
            Shown.by == (asked.by or ""),
        )
        .order_by(Shown.edition.desc())
        .limit(1)
    )
    row = session.scalars(query).first()
    return _entry(row) if row else None


def known(session: Session, survey_key: str, asked: Asked) -> Known:
    """All that decides what may be shown next."""
    entries = [_entry(row) for row in session.scalars(select(Shown).where(*_of_year(survey_key, asked)))]
    now = _tallies(session, survey_key, asked.year, {"", asked.by or "", *(one.by for one in entries)})
    held = {month: 0 for month, *_ in now}
    for month, breakdown, _, question, _, count in now:
        if question == RESPONSES and not breakdown:
            held[month] += count
    layers = {layer for entry in entries for layer in entry.layers if layer[1] != held.get(layer[0])}
    breakdowns = {row[1] for row in now} | {""}
    before = {layer: _tallies_before(session, survey_key, layer, breakdowns) for layer in sorted(layers)}
    return Known(Counted(now, before), sorted(entries, key=_order))


def record(store: Store, survey_key: str, asked: Asked, entry: Entry, entries: int) -> bool:
    """Put what is about to be shown into the ledger, unless anything has changed since it was decided.

    Args:
        store: where.
        survey_key: of what.
        asked: what was wanted.
        entry: what will be shown.
        entries: how many were in the ledger of the survey and year when it was decided.

    Returns:
        False where it has to be decided again: something else was shown, or counted, meanwhile.
    """
    with store.writing() as session:
        await_turn_to_count(session.connection())
        number = select(func.count()).select_from(Shown).where(*_of_year(survey_key, asked))
        if session.scalar(number) != entries:
            return False
        if sizes(session, survey_key, Period(entry.first, entry.last)) != entry.basis.counted:
            return False
        for layer in entry.layers:
            _keep_tallies(session, survey_key, layer)
        session.add(
            Shown(
                survey_key=survey_key,
                year=asked.period.report_year,
                first=entry.first,
                last=entry.last,
                by=entry.by,
                edition=entry.edition,
                basis=basis_to_json(entry.basis),
                figures=groups_to_json(entry.groups),
            )
        )
    return True


def _of_year(survey_key: str, asked: Asked) -> tuple[ColumnElement[bool], ...]:
    return Shown.survey_key == survey_key, Shown.year == asked.period.report_year


def _order(entry: Entry) -> tuple[str, str, str, int]:
    return entry.first, entry.last, entry.by, entry.edition


def _entry(row: Shown) -> Entry:
    basis, groups = basis_from_json(row.basis), groups_from_json(row.figures)
    return Entry(row.first, row.last, row.by, row.edition, basis, groups)


def _tallies(session: Session, survey_key: str, period: Period, breakdowns: Iterable[str]) -> list[Row]:
    columns = TallyRow.month, TallyRow.breakdown, TallyRow.group, TallyRow.question, TallyRow.option
    query = (
        select(*columns, func.sum(TallyRow.count))
        .where(
            TallyRow.survey_key == survey_key,
            TallyRow.month.between(period.first, period.last),
            TallyRow.breakdown.in_(sorted(breakdowns)),
        )
        .group_by(*columns)
    )
    return [(m, b, g, q, o, int(n)) for m, b, g, q, o, n in session.execute(query)]


def _tallies_before(session: Session, survey_key: str, layer: Layer, breakdowns: Iterable[str]) -> list[Row]:
    query = select(
        ShownTally.month,
        ShownTally.breakdown,
        ShownTally.group,
        ShownTally.question,
        ShownTally.option,
        ShownTally.count,
    ).where(*_of_layer(survey_key, layer), ShownTally.breakdown.in_(sorted(breakdowns)))
    return [(m, b, g, q, o, n) for m, b, g, q, o, n in session.execute(query)]


def _of_layer(survey_key: str, layer: Layer) -> tuple[ColumnElement[bool], ...]:
    month, responses = layer
    return ShownTally.survey_key == survey_key, ShownTally.month == month, ShownTally.responses == responses


def _keep_tallies(session: Session, survey_key: str, layer: Layer) -> None:
    """Keep a month's tallies as they are, unless they are kept already."""
    if session.scalar(select(ShownTally.count).where(*_of_layer(survey_key, layer)).limit(1)):
        return
    month, responses = layer
    parts = TallyRow.breakdown, TallyRow.group, TallyRow.question, TallyRow.option
    tallies = (
        select(literal(survey_key), literal(month), literal(responses), *parts, func.sum(TallyRow.count))
        .where(TallyRow.survey_key == survey_key, TallyRow.month == month)
        .group_by(*parts)
    )
    names = ("survey_key", "month", "responses", "breakdown", "group", "question", "option", "count")
    session.execute(insert(ShownTally).from_select(names, tallies))
