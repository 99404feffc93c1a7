"""Everything in one encrypted file, and back, on SQLite and PostgreSQL alike.

Single-use codes are left out: between a backup and its restore some will have been used, so after a restore all are void.
Rows are written in the order of their (random) keys, since the order in which a database holds them can tell who came when.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import secrets
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Row, Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from feedback_app.store import Store, codes
from feedback_app.store.keys import ENCRYPTED
from feedback_app.store.models import Base, Code, KeyMark, Role, Round, User
from feedback_app.store.revision import REVISION
from feedback_app.store.secrets import UnsealError

_FIRST_LINE: Final = b"heard backup 1\n"
_ROWS_TOGETHER: Final = 2_000
#: Every line is filled up to a multiple of this many bytes: what one night's backup has more than the one before says how
#: much somebody wrote on the day between.
_STEP_BYTES: Final = 32 * 1024

#: What one line of a backup says, once opened.
Part = dict[str, Any]


class BackupError(Exception):
    """A backup cannot be written or read; the message is one sentence."""


def write(store: Store, file: Path) -> int:
    """Write a backup of one moment. The file is there when it is whole, and not before. Returns how many rows it holds.

    Raises:
        BackupError: the file cannot be written.
        UnsealError: a key is missing, so that what is encrypted could not be read back.
    """
    descriptor, name = _temporary(file)
    try:
        with os.fdopen(descriptor, "wb") as out, store.reading() as session:
            if session.get_bind().dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            out.write(_FIRST_LINE)
            rows = 0
            for line, number in _lines(store, session):
                out.write(line)
                rows += number
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except OSError as error:
        raise BackupError(f"{file}: cannot be written ({error.strerror})") from None
    finally:
        Path(name).unlink(missing_ok=True)
    return rows


def read(store: Store, file: Path, *, replace: bool = False) -> tuple[int, Mapping[str, int]]:
    """Restore a backup into an empty store, all of it or nothing.

    Args:
        replace: first delete what is there.

    Returns:
        How many rows were restored, and by round how many codes are void now.

    Raises:
        BackupError: not a whole backup, of another version, under another key, or the store is not empty.
    """
    for _ in _parts(store, file):
        pass  # Whether it is whole is known before anything is touched.
    with store.writing() as session:
        session.execute(delete(KeyMark))
        if replace:
            for table in reversed(_tables()):
                session.execute(delete(table))
        elif not all(_is_empty(session, table) for table in _tables()):
            raise BackupError("the database is not empty; restore into a new one, or add --replace")
        rows = 0
        void: dict[str, int] = {}
        for part in _parts(store, file):
            if part.get("rows"):
                table = Base.metadata.tables[part["table"]]
                session.execute(insert(table), [_restored(table, row) for row in part["rows"]])
                rows += len(part["rows"])
            void = part.get("codes", void)
        for slug, number in void.items():
            session.execute(
                update(Round)
                .where(Round.slug == slug)
                .values(codes_void=Round.codes_void + number, needs_codes=True)
            )
        _restart_counters(session)
    store.forget_deleted()
    return rows, void


def _lines(store: Store, session: Session) -> Iterator[tuple[bytes, int]]:
    """Each line after the first, and how many rows are in it.

    Every line carries the backup's own mark and its place, so that lines can be neither left out nor taken from another backup.
    """
    mark = secrets.token_hex(8)

    def line(number: int, part: Part) -> bytes:
        plain = json.dumps([mark, number, part], ensure_ascii=False, separators=(",", ":")).encode()
        # Nearly all of it is encrypted, and gets no shorter for taking more time.
        packed = zlib.compress(plain, 3)
        return store.secrets.seal_bytes(packed + bytes(-len(packed) % _STEP_BYTES)) + b"\n"

    yield line(0, {"revision": REVISION, "codes": codes.left(session)}), 0
    number = 0
    for number, part in enumerate(_rows(store, session), 1):
        yield line(number, part), len(part["rows"])
    yield line(number + 1, {"end": True}), 0


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


def _rows(store: Store, session: Session) -> Iterator[Part]:
    """Every row, and whatever is encrypted under the newest key: a backup needs the key it was made with, and no older one."""
    encrypted = {model.__tablename__: columns for model, columns in ENCRYPTED.items()}
    for table in _tables():
        if table.name == Code.__tablename__:
            continue
        query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_ROWS_TOGETHER)
        sealed = [column.name in encrypted.get(table.name, ()) for column in table.columns]
        # A table without rows has its line as well: that somebody was the first to write does not show.
        with session.execute(query) as found:
            for some in _at_least_once(found.partitions()):
                rows = [[*map(_plain, _renewed(store, sealed, row))] for row in some]
                yield {"table": table.name, "rows": rows}


def _renewed(store: Store, sealed: Sequence[bool], row: Row[Any]) -> Iterator[Any]:
    for is_sealed, value in zip(sealed, row, strict=True):
        yield store.secrets.renewed(value) if is_sealed and value is not None else value


def _at_least_once(found: Iterable[Sequence[Row[Any]]]) -> Iterator[Sequence[Row[Any]]]:
    is_first = True
    for some in found:
        is_first = False
        yield some
    if is_first:
        yield ()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, dt.datetime):
        return {"time": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return value


def _restored(table: Table, row: list[Any]) -> dict[str, Any]:
    return {column.name: _value(value) for column, value in zip(table.columns, row, strict=True)}


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    match value:
        case {"bytes": held}:
            return base64.b64decode(held)
        case {"time": held}:
            return dt.datetime.fromisoformat(held)
        case _:
            return dt.date.fromisoformat(value["day"])


def _parts(store: Store, file: Path) -> Iterator[Part]:
    """The parts of a backup, one at a time: in order, none missing, of this version.

    Raises:
        BackupError: it is not so; raised when the part is reached.
    """
    part: Part = {}
    mark = None
    try:
        with file.open("rb") as source:
            if source.readline(len(_FIRST_LINE)) != _FIRST_LINE:
                raise BackupError(f"{file.name}: is not a backup made by heard backup")
            for number, line in enumerate(source):
                mark, part = _opened(store, file, number, line, mark)
                if number == 0:
                    _check_revision(file, part)
                yield part
    except OSError as error:
        raise BackupError(f"{file.name}: cannot be read ({error.strerror})") from None
    if not part.get("end"):
        raise BackupError(f"{file.name}: ends too early; the backup is not whole")


def _check_revision(file: Path, part: Part) -> None:
    if (made_at := part.get("revision")) != REVISION:
        raise BackupError(
            f"{file.name}: was made at {made_at} and this version is at {REVISION}; restore it with the version "
            "that made it, then upgrade"
        )


def _opened(store: Store, file: Path, number: int, line: bytes, mark: str | None) -> tuple[str, Part]:
    try:
        plain = store.secrets.unseal_bytes(line.removesuffix(b"\n"))
    except UnsealError:
        raise BackupError(
            f"{file.name}: line {number + 2} cannot be opened with HEARD_WORDS_KEYS, or is damaged"
        ) from None
    try:
        # What follows the end of what was compressed fills the line up.
        found_mark, found, part = json.loads(zlib.decompressobj().decompress(plain))
    except (ValueError, zlib.error):
        found_mark, found, part = None, None, {}
    if found != number or found_mark is None or mark not in (None, found_mark):
        raise BackupError(
            f"{file.name}: line {number + 2} is not the one that belongs there; a part is missing or moved"
        )
    return found_mark, part


def _is_empty(session: Session, table: Table) -> bool:
    return session.execute(select(table).limit(1)).first() is None


def _restart_counters(session: Session) -> None:
    """PostgreSQL numbers staff and roles from a counter that must stand behind what was restored."""
    if session.get_bind().dialect.name == "postgresql":
        for model in (User, Role):
            sequence = func.pg_get_serial_sequence(f'"{model.__tablename__}"', "id")
            session.execute(
                select(func.setval(sequence, select(func.coalesce(func.max(model.id), 1)).scalar_subquery()))
            )


def _temporary(file: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise BackupError(f"{file}: cannot be written ({error.strerror})") from None
