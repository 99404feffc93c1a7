"""By what a server can tell that it was given other keys than before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is known of the keys until now; the next start notes them."""
    op.create_table(
        "key_mark",
        sa.Column("name", sa.String(length=4), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_key_mark")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("key_mark")
