"""What has been shown, so that what is shown next lays nothing bare beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing counts as shown yet: what was shown before there was a ledger is not known."""
    op.create_table(
        "shown",
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("year", sa.String(length=7), nullable=False),
        sa.Column("first", sa.String(length=7), nullable=False),
        sa.Column("last", sa.String(length=7), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "survey_key", "year", "first", "last", "by", "edition", name=op.f("pk_shown")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shown_tally",
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("breakdown", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("option", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "survey_key",
            "month",
            "responses",
            "breakdown",
            "group",
            "question",
            "option",
            name=op.f("pk_shown_tally"),
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget what was shown."""
    op.drop_table("shown_tally")
    op.drop_table("shown")
