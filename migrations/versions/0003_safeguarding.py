"""Whose duty it is to read words, what was noted beside them, and young people who ask to be contacted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Words that wait to be read stay; the day they hold, the one after they came, becomes the day they are due."""
    op.add_column("reading_item", sa.Column("notes", sa.LargeBinary(), nullable=True))
    op.create_table(
        "never_quote",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("forget_after", sa.String(length=7), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_never_quote")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reader",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reader_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reader")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "absence",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_absence_days")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_absence_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "first", name=op.f("pk_absence")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stepped_back",
        sa.Column("item_id", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["reading_item.id"], name=op.f("fk_stepped_back_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_stepped_back_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "user_id", name=op.f("pk_stepped_back")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contact_request",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["taken_by"], ["user.id"], name=op.f("fk_contact_request_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_request")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget them, and whoever asked to be contacted with them."""
    op.drop_table("contact_request")
    op.drop_table("stepped_back")
    op.drop_table("absence")
    op.drop_table("reader")
    op.drop_table("never_quote")
    op.drop_column("reading_item", "notes")
