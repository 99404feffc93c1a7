"""Whether a round was voided, and how many of its codes are void without having been used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No round that is there was voided."""
    op.add_column("round", sa.Column("codes_void", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("round", sa.Column("is_voided", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """A voided round would take answers again: it ends here, further back than answers are accepted."""
    op.execute("UPDATE round SET closes = '1970-01-01', opens = '1970-01-01' WHERE is_voided")
    op.drop_column("round", "is_voided")
    op.drop_column("round", "codes_void")
