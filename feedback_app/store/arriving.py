"""What arrives goes into the database in as few steps as can be: at every step somebody waits, and others wait for them.

A receipt decides: what came with one that is there already is left out. On PostgreSQL all of it is one statement, which is a
transaction of its own, so that storing takes one journey there and back. SQLite is no journey away, and takes its own steps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from feedback_app.store import Store
from feedback_app.store.base import Base
from feedback_app.store.dialect import Row, insert_through
from feedback_app.store.models import ReadingItem, Receipt, SealedComment, SealedResponse

if TYPE_CHECKING:
    from psycopg.sql import Composed

_MODELS: Final = (SealedResponse, SealedComment, ReadingItem)

#: Rows: their model, their columns, and how many there are.
_Shape = tuple[type[Base], tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A receipt, and the rows that go in with it: by model, in the order of response, words, and words to be read."""

    receipt: Row
    rows: tuple[Sequence[Row], ...]

    @property
    def digest(self) -> bytes:
        """What tells its receipt from all others."""
        digest = self.receipt["digest"]
        assert isinstance(digest, bytes)
        return digest


def put_in_new(store: Store, arrivals: Sequence[Arrival]) -> list[bool]:
    """Store what came with a receipt that was not there; for each, whether it was stored now. All of it is on the disk then."""
    first = {each.digest: each for each in reversed(arrivals)}
    put = _put_in_file if store.file else _put_by_statement
    new = put(store, tuple(first.values()))
    return [each.digest in new and first[each.digest] is each for each in arrivals]


def _put_in_file(store: Store, arrivals: Sequence[Arrival]) -> set[bytes]:
    dialect = store.engine.dialect
    with store.driver() as driver:
        new = [
            each
            for each in arrivals
            if insert_through(driver, dialect, Receipt, [each.receipt], or_ignore=True).number
        ]
        for model, rows in _by_model(new):
            insert_through(driver, dialect, model, rows)
    return {each.digest for each in new}


def _by_model(arrivals: Sequence[Arrival]) -> list[tuple[type[Base], list[Row]]]:
    together = [
        (model, [row for each in arrivals for row in each.rows[place]]) for place, model in enumerate(_MODELS)
    ]
    return [(model, rows) for model, rows in together if rows]


def _put_by_statement(store: Store, arrivals: Sequence[Arrival]) -> set[bytes]:
    marked = [Arrival(each.receipt, _marked(each)) for each in arrivals]
    tables = [(Receipt, [each.receipt for each in arrivals]), *_by_model(marked)]
    statement = _statement(tuple((model, tuple(rows[0]), len(rows)) for model, rows in tables))
    values = [value for _, rows in tables for row in rows for value in row.values()]
    with store.driver() as driver:
        return {digest for (digest,) in driver.execute(statement, values)}


def _marked(arrival: Arrival) -> tuple[list[Row], ...]:
    """The rows, each with the receipt that it came with."""
    return tuple([{"came_with": arrival.digest, **row} for row in rows] for rows in arrival.rows)


@lru_cache(maxsize=128)
def _statement(shapes: tuple[_Shape, ...]) -> bytes:
    """Puts in receipts, and of the rows marked with them those whose receipt was not there. Gives those that were not.

    Nothing fails where a receipt is there: the server's log would hold its hash and the time.
    """
    from psycopg.sql import SQL, Identifier

    (_, columns, _), *others = shapes
    parts = [
        SQL("fresh AS (INSERT INTO {} ({}) {} ON CONFLICT DO NOTHING RETURNING digest)").format(
            Identifier(Receipt.__tablename__), SQL(", ").join(map(Identifier, columns)), _values(shapes[0])
        )
    ]
    for shape in others:
        model, (mark, *columns_in), _ = shape
        parts.append(
            SQL(
                "{name} AS (INSERT INTO {table} ({columns}) SELECT {columns} FROM ({values}) AS given ({mark}, {columns}) "
                "WHERE {mark} IN (SELECT digest FROM fresh))"
            ).format(
                name=Identifier(f"{model.__tablename__}_in"),
                table=Identifier(model.__tablename__),
                columns=SQL(", ").join(map(Identifier, columns_in)),
                values=_values(shape),
                mark=Identifier(mark),
            )
        )
    return SQL("WITH {} SELECT digest FROM fresh").format(SQL(", ").join(parts)).as_bytes(None)


def _values(shape: _Shape) -> Composed:
    """Places for rows. Of a text's type its length is left out: cast to it, a longer one would be cut off and not refused."""
    from psycopg.sql import SQL

    model, names, number = shape
    types = {name: column.type.python_type for name, column in model.__table__.c.items()}
    places = {bytes: SQL("%s::bytea"), str: SQL("%s::text"), dt.date: SQL("%s::date")}
    row = SQL("({})").format(SQL(", ").join(places[types.get(name, bytes)] for name in names))
    return SQL("VALUES {}").format(SQL(", ").join([row] * number))
