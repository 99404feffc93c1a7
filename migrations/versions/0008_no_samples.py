"""PostgreSQL gathers no samples of what must not outlive its row: ids, hashes, and everything that young people said.

Its statistics hold hundreds of values of a column, for as long as the table is not looked at again: also of rows long deleted.
"""

from __future__ import annotations

from typing import Final

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS: Final = {
    "receipt": ("digest",),
    "code": ("digest",),
    "sealed_response": ("id", "sealed"),
    "sealed_comment": ("id", "sealed"),
    "reading_item": ("id", "sealed", "notes"),
    "contact_request": ("id", "sealed"),
    "never_quote": ("digest",),
    "response": ("id", "answers"),
    "comment": ("id", "words", "safe_words"),
}
#: How many values PostgreSQL takes where nothing else is said.
_USUAL: Final = -1


def upgrade() -> None:
    """None from now on. Giving a column the type that it has drops what was gathered of it."""
    _set(0)
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in _COLUMNS.items():
            for column in columns:
                kind = "text" if column == "answers" else "bytea"
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}")


def downgrade() -> None:
    """As before."""
    _set(_USUAL)


def _set(number: int) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in _COLUMNS.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS {number}")
