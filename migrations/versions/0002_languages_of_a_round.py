"""The languages that a participation worker has turned on for a round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rounds that are there have none turned on."""
    op.add_column("round", sa.Column("languages", sa.String(length=80), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("round", "languages")
