"""Rows say from when their time is counted and no longer when it ends, so that a council's period holds for what is there.

The periods until now were the same everywhere: 24 months for answers and what waits, 6 for comments.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MONTHS: Final = {"sealed_response": 24, "sealed_comment": 24, "response": 24, "comment": 6}


def upgrade() -> None:
    """The same months, counted from their beginning."""
    for name, months in _MONTHS.items():
        op.execute(f"ALTER TABLE {name} RENAME COLUMN destroy_after TO kept_from")
        _shift(name, "kept_from", -months)


def downgrade() -> None:
    """The same months, counted to their end, as though the periods had been those of then."""
    for name, months in _MONTHS.items():
        op.execute(f"ALTER TABLE {name} RENAME COLUMN kept_from TO destroy_after")
        _shift(name, "destroy_after", months)


def _shift(name: str, column: str, months: int) -> None:
    """Move every month; the farthest first, so that none is moved twice."""
    rows = sa.table(name, sa.column(column, sa.String))
    held = op.get_bind().execute(sa.select(rows.c[column]).distinct()).scalars()
    for month in sorted(held, reverse=months > 0):
        index = int(month[:4]) * 12 + int(month[5:]) - 1 + months
        moved = f"{index // 12:04d}-{index % 12 + 1:02d}"
        op.execute(sa.update(rows).where(rows.c[column] == month).values({column: moved}))
