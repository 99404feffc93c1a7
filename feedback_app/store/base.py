"""What every table has in common."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Final

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase

#: On SQLite such a table's rows lie in the order of their random or natural keys, not in that in which they came.
NO_ORDER: Final = {"sqlite_with_rowid": False}
#: ``2026-11`` or, of a report year, ``2026-27``.
MONTH: Final = String(7)
#: The key of a survey, a question or a group.
KEY: Final = String(80)


class Base(DeclarativeBase):
    """All tables, with names for their constraints so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        bytes: LargeBinary,
        dt.date: Date,
        dt.datetime: DateTime,
    }
