"""Ways to match people to what they answered. Each is told everything that the attacker has, and guesses for everybody.

Every strategy works on one group of people who were counted together and cannot be told apart by what Heard means to keep
(survey, month of counting, round): its guess is an order of the rows that belong to them, best guess for the first person
first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from feedback_app.store.models import Base
from tests.attacks.loot import Copy, Row
from tests.attacks.population import QUESTIONS, Evidence, Night, Person


@dataclass(frozen=True)
class Group:
    """People counted together, by the time at which they answered, and the rows that are theirs, one each.

    Attributes:
        people: an entry for each row looked for: a person who wrote twice stands here twice, or has the row of one question only.
        rows: the rows as the database gives them.
        sealed: what waited in the ballot box the evening before, as the database gives it.
        places: for each person, which of what waited is theirs, counted by time.
        table: ``response`` or ``comment``.
        before: a copy from the evening before they were counted.
        after: a copy from the morning after.
        nights: the backups until then.
    """

    people: list[Person]
    rows: list[Row]
    sealed: list[Row]
    places: list[int]
    table: str
    before: Copy
    after: Copy
    nights: list[Night]

    @property
    def content(self) -> str:
        """The column that holds what was said."""
        return "answers" if self.table == "response" else "words"


#: A strategy's guess: rows in the order of the people, or None where what it needs is not there.
Guess = list[Row] | None
Strategy = Callable[[Group], Guess]


def groups(evidence: Evidence, table: str) -> Iterator[Group]:
    """Everybody by month of counting and, for answers, by the round that Heard keeps where ten share it."""
    for month, after in evidence.after.items():
        before = evidence.before[month]
        counted_before = {row["id"] for row in before.tables[table]}
        fresh = [row for row in after.tables[table] if row["id"] not in counted_before]
        people = [person for person in evidence.people if f"{person.day:%Y-%m}" == month]
        nights = [night for night in evidence.nights if f"{night.day:%Y-%m}" <= month]
        for some, rows, sealed, places in _parts(table, people, fresh, before):
            yield Group(some, rows, sealed, places, table, before, after, nights)


def _parts(
    table: str, people: list[Person], rows: list[Row], before: Copy
) -> Iterator[tuple[list[Person], list[Row], list[Row], list[int]]]:
    waiting = before.tables[f"sealed_{table}"]
    if table == "comment":
        wrote = [
            (person, question) for person in people for question in QUESTIONS if question in person.answers
        ]
        for question in QUESTIONS:
            places = [place for place, (_, asked) in enumerate(wrote) if asked == question]
            mine = [row for row in rows if row["question"] == question]
            yield [wrote[place][0] for place in places], mine, waiting, places
        return
    for slug in sorted({person.slug for person in people}):
        some = [person for person in people if person.slug == slug]
        mine = [row for row in rows if row["round_slug"] == slug]
        yield some, mine, [row for row in waiting if row["round_slug"] == slug], list(range(len(some)))


def by_column(name: str) -> Strategy:
    """By what stands in a column, the database's own among them: a time, a row number, a transaction, a place on a page."""

    def guess(group: Group) -> Guess:
        if name not in group.rows[0] or len({repr(row[name]) for row in group.rows}) == 1:
            return None
        return sorted(group.rows, key=lambda row: (row[name] is None, row[name]))

    return guess


def as_it_lies(group: Group) -> Guess:
    """In the order in which the database gives the rows."""
    return list(group.rows)


def by_place(column: str | None) -> Strategy:
    """By where a row's id, or what it says, stands first in the files: in tables, indexes, free pages, and what was not wiped."""

    def guess(group: Group) -> Guess:
        needles = [_as_bytes(row[column or group.content]) for row in group.rows]
        return _sorted_by(group.rows, group.after.first_places(needles))

    return guess


def by_last_place(group: Group) -> Guess:
    """By where a row's id stands last in the files."""
    places = group.after.last_places([row["id"] for row in group.rows])
    return _sorted_by(group.rows, places)


def by_tallies(group: Group) -> Guess:
    """Whose answers were tallied first: by where the counts that they belong to lie."""
    lie = {
        (row["question"], row["option"]): place
        for place, row in enumerate(group.after.tables["tally"])
        if not row["breakdown"]
    }
    if group.table != "response" or not lie:
        return None
    return _sorted_by(group.rows, [_rarest(row["answers"], lie) for row in group.rows])


def _rarest(answers: str, lie: dict[tuple[str, str], int]) -> list[int]:
    import json

    cells = [
        (question, option or "skipped")
        for question, option in json.loads(answers).items()
        if not isinstance(option, list)
    ]
    return sorted((lie.get(cell, 0) for cell in cells), reverse=True)


def by_same_id(order: Callable[[Group], list[Row] | None]) -> Strategy:
    """Follow each sealed row to one with the same id, the sealed rows in an order that was found out some way."""

    def guess(group: Group) -> Guess:
        found = {row["id"]: row for row in group.rows}
        sealed = order(group)
        same = [found[row["id"]] for row in sealed or [] if row["id"] in found]
        return same if len(same) == len(group.rows) else None

    return guess


def by_size(order: Callable[[Group], list[Row] | None]) -> Strategy:
    """The longest of what waited with the longest of what was counted, what waited in an order that was found out some way."""

    def guess(group: Group) -> Guess:
        sealed = order(group)
        if sealed is None or max(group.places) >= len(sealed):
            return None
        return _by_rank([len(sealed[place]["sealed"]) for place in group.places], group)

    return guess


def by_growth_of_backups(line: int | None) -> Strategy:
    """Whoever made a night's backup grow most wrote the longest: one line of it, or all together."""

    def guess(group: Group) -> Guess:
        sizes = {
            night.day: sum(night.lines) if line is None else night.lines[line]
            for night in group.nights
            if night.lines
        }
        days = sorted(sizes)
        grew = {day: sizes[day] - sizes[earlier] for earlier, day in pairwise(days)}
        many = [person.day for person in group.people]
        return _by_rank([grew.get(day, 0) / many.count(day) for day in many], group)

    return guess


def _by_rank(sizes: Sequence[float], group: Group) -> Guess:
    """The rows by length given to the people by size."""
    by_length = sorted(group.rows, key=lambda row: len(row[group.content]))
    who = sorted(range(len(sizes)), key=lambda i: sizes[i])
    guess: list[Any] = [None] * len(sizes)
    for row, i in zip(by_length, who, strict=True):
        guess[i] = row
    return guess


def sealed_by(name: str) -> Callable[[Group], list[Row] | None]:
    """What waits, by one of the columns."""

    def order(group: Group) -> list[Row] | None:
        if not group.sealed or name not in group.sealed[0]:
            return None
        return sorted(group.sealed, key=lambda row: row[name])

    return order


def sealed_by_log(group: Group) -> list[Row] | None:
    """What waits, by where SQLite's write-ahead file first has it: the file is written in order of time."""
    written = group.before.files.get("-wal")
    return sorted(group.sealed, key=lambda row: written.find(row["id"])) if written else None


def by_code(made_of_it: Callable[[str], str]) -> Strategy:
    """By the list of who held which code: whoever's code, or what anybody can make of it, comes first has the first id."""

    def guess(group: Group) -> Guess:
        if not any(person.code for person in group.people):
            return None
        held = [made_of_it((person.code or "").replace("-", "")) for person in group.people]
        guess: list[Any] = [None] * len(held)
        by_id = sorted(group.rows, key=lambda row: row["id"])
        for row, place in zip(by_id, sorted(range(len(held)), key=held.__getitem__), strict=True):
            guess[place] = row
        return guess

    return guess


def _hashed(name: str) -> Callable[[str], str]:
    return lambda code: hashlib.new(name, code.encode(), usedforsecurity=False).hexdigest()


def _sorted_by(rows: list[Row], keys: Sequence[Any]) -> list[Row]:
    return [
        row for _, _, row in sorted(zip(keys, range(len(rows)), rows, strict=True), key=lambda one: one[:2])
    ]


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def backwards(strategy: Strategy) -> Strategy:
    """The same the other way round."""

    def guess(group: Group) -> Guess:
        found = strategy(group)
        return found[::-1] if found else None

    return guess


#: Lines of a backup: one for each table, one before and two after.
LINES: Final = len(Base.metadata.tables) + 2
#: Every column that a row has or that a careless hand might add.
_COLUMNS: Final = (
    "id", "rowid", "ctid", "xmin", "xmax", "cmin", "answered_at", "how", "survey_version", "answers", "words", "destroy_after",
)  # fmt: skip
_ORDERS: Final = {
    "rowid": sealed_by("rowid"),
    "xmin": sealed_by("xmin"),
    "ctid": sealed_by("ctid"),
    "id": sealed_by("id"),
    "wal": sealed_by_log,
}
_FORWARD: Final[dict[str, Strategy]] = {
    "as it lies": as_it_lies,
    **{f"by {name}": by_column(name) for name in _COLUMNS},
    "by the place of the id": by_place("id"),
    "by the place of the words": by_place(None),
    "by the last place of the id": by_last_place,
    "by the order of tallies": by_tallies,
    **{f"by the same id, in order of {name}": by_same_id(order) for name, order in _ORDERS.items()},
}
_SIZES: Final[dict[str, Strategy]] = {
    **{f"by size, in order of {name}": by_size(order) for name, order in _ORDERS.items()},
    "by how backups grew": by_growth_of_backups(None),
    **{f"by how line {line} of backups grew": by_growth_of_backups(line) for line in range(2, LINES)},
}
_CODES: Final[dict[str, Strategy]] = {
    "by the code": by_code(str),
    **{f"by the {name} of the code": by_code(_hashed(name)) for name in ("md5", "sha1", "sha256", "blake2b")},
}
STRATEGIES: Final[dict[str, Strategy]] = {
    **_CODES,
    **_FORWARD,
    **{f"{name}, backwards": backwards(strategy) for name, strategy in _FORWARD.items()},
    **_SIZES,
}
