"""Everything in one encrypted file, and back, on SQLite and PostgreSQL alike.

Single-use codes are left out: between a backup and its restore some will have been used, so after a restore all are void.
Rows are written in the order of their (random) keys, since the order in which a database holds them can tell who came when.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.orm import Session

from feedback_app.store import Store
from feedback_app.store.models import Base, Code
from feedback_app.store.revision import REVISION
from feedback_app.store.secrets import UnsealError

_FIRST_LINE: Final = b"heard backup 1\n"
_ROWS_TOGETHER: Final = 2_000


class BackupError(Exception):
    """A backup cannot be written or read; the message is one sentence."""


def write(store: Store, file: Path) -> int:
    """Write a backup of one moment. The file is there when it is whole, and not before. Returns how many rows it holds."""
    descriptor, name = _temporary(file)
    try:
        with os.fdopen(descriptor, "wb") as out, store.reading() as session:
            if session.get_bind().dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            out.write(_FIRST_LINE)
            number = rows = 0
            for number, part in enumerate(_parts(session)):
                out.write(
                    store.secrets.seal_bytes(zlib.compress(json.dumps([number, part]).encode())) + b"\n"
                )
                rows += len(part["rows"])
            end = {"end": True, "revision": REVISION, "rows": rows}
            out.write(store.secrets.seal_bytes(zlib.compress(json.dumps([number + 1, end]).encode())) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except OSError as error:
        raise BackupError(f"{file}: cannot be written ({error.strerror})") from None
    finally:
        Path(name).unlink(missing_ok=True)
    return rows


def read(store: Store, file: Path, *, replace: bool = False) -> tuple[int, int]:
    """Restore a backup into an empty store, all of it or nothing. Returns rows restored and codes that are void now.

    Args:
        replace: first delete what is there.

    Raises:
        BackupError: not a whole backup, of another version, under another key, or the store is not empty.
    """
    parts = _checked(store, file)
    with store.writing() as session:
        if replace:
            for table in reversed(_tables()):
                session.execute(delete(table))
        elif not all(_is_empty(session, table) for table in _tables()):
            raise BackupError("the database is not empty; restore into a new one, or add --replace")
        rows = 0
        for part in parts:
            table = Base.metadata.tables[part["table"]]
            session.execute(insert(table), [_restored(table, row) for row in part["rows"]])
            rows += len(part["rows"])
        _restart_counters(session)
        issued = select(func.coalesce(func.sum(Base.metadata.tables["round"].c.codes_issued), 0))
        void = int(session.execute(issued).scalar_one())
    store.forget_deleted()
    return rows, void


def _tables() -> list[Table]:
    return list(Base.metadata.sorted_tables)


def _parts(session: Session) -> Iterator[dict[str, Any]]:
    for table in _tables():
        if table.name == Code.__tablename__:
            continue
        query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_ROWS_TOGETHER)
        for some in session.execute(query).partitions():
            yield {"table": table.name, "rows": [[_plain(value) for value in row] for row in some]}


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
    ((kind, held),) = value.items()
    read_back = {"bytes": base64.b64decode, "time": dt.datetime.fromisoformat, "day": dt.date.fromisoformat}
    return read_back[kind](held)


def _checked(store: Store, file: Path) -> list[dict[str, Any]]:
    """The parts of a backup: in order, none missing, of this version."""
    try:
        with file.open("rb") as source:
            if source.readline() != _FIRST_LINE:
                raise BackupError(f"{file.name}: is not a backup made by heard backup")
            parts = [_opened(store, file, number, line) for number, line in enumerate(source)]
    except OSError as error:
        raise BackupError(f"{file.name}: cannot be read ({error.strerror})") from None
    if not parts or not parts[-1].get("end"):
        raise BackupError(f"{file.name}: ends too early; the backup is not whole")
    end = parts.pop()
    if end["revision"] != REVISION:
        raise BackupError(
            f"{file.name}: was made at {end['revision']} and this version is at {REVISION}; restore it with the version "
            "that made it, then upgrade"
        )
    return parts


def _opened(store: Store, file: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        found, part = json.loads(zlib.decompress(store.secrets.unseal_bytes(line.strip())))
    except UnsealError:
        raise BackupError(f"{file.name}: cannot be opened with HEARD_WORDS_KEYS, or is damaged") from None
    if found != number:
        raise BackupError(f"{file.name}: a part is missing")
    assert isinstance(part, dict)
    return part


def _is_empty(session: Session, table: Table) -> bool:
    return session.execute(select(table).limit(1)).first() is None


def _restart_counters(session: Session) -> None:
    """PostgreSQL numbers staff and roles from a counter that must stand behind what was restored."""
    if session.get_bind().dialect.name == "postgresql":
        for name in ("user", "role"):
            session.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), "
                    f'coalesce((SELECT max(id) FROM "{name}"), 1))'
                )
            )


def _temporary(file: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise BackupError(f"{file}: cannot be written ({error.strerror})") from None
