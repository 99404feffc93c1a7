"""Whether a restore made a round's codes void, and nobody has made others in their place yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No round that is there needs any."""
    op.add_column("round", sa.Column("needs_codes", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("round", "needs_codes")
