"""The first tables: rounds, the ballot box, responses, tallies, comments, staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "activity",
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("conversations", sa.Integer(), nullable=False),
        sa.CheckConstraint("conversations > 0", name=op.f("ck_activity_conversations")),
        sa.PrimaryKeyConstraint("team", "survey_key", "month", name=op.f("pk_activity")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("year", sa.String(length=7), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("safe_words", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("destroy_after", sa.String(length=7), nullable=False),
        sa.CheckConstraint(
            "state in ('waiting', 'made_safe', 'approved', 'withheld')", name=op.f("ck_comment_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_comment_state_survey_key_year"), "comment", ["state", "survey_key", "year"], unique=False
    )
    op.create_table(
        "destroyed",
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "survey_key", "month", name=op.f("pk_destroyed")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "imported_file",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_imported_file")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reading_item",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("read_by", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_item")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipt",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("forget_after", sa.String(length=7), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_receipt")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("survey_version", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("round_slug", sa.String(length=20), nullable=True),
        sa.Column("how", sa.String(length=12), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("destroy_after", sa.String(length=7), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_response_survey_key"), "response", ["survey_key"], unique=False)
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("name", name=op.f("uq_role_name")),
    )
    op.create_table(
        "round",
        sa.Column("slug", sa.String(length=20), nullable=False),
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("survey_version", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("entry", sa.String(length=5), nullable=False),
        sa.Column("codes_issued", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.CheckConstraint("entry in ('link', 'codes', 'both')", name=op.f("ck_round_entry")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_round")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_comment",
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("destroy_after", sa.String(length=7), nullable=False),
        sa.PrimaryKeyConstraint("survey_key", "month", "id", name=op.f("pk_sealed_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally",
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("breakdown", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("option", sa.String(length=80), nullable=False),
        sa.Column("survey_version", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_tally_count")),
        sa.PrimaryKeyConstraint(
            "survey_key",
            "month",
            "breakdown",
            "group",
            "question",
            "option",
            "survey_version",
            name=op.f("pk_tally"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_user_fs_uniquifier")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_audit_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "code",
        sa.Column("round_slug", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_slug"], ["round.slug"], name=op.f("fk_code_round_slug"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_slug", "digest", name=op.f("pk_code")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_response",
        sa.Column("survey_key", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("round_slug", sa.String(length=20), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("destroy_after", sa.String(length=7), nullable=False),
        sa.ForeignKeyConstraint(["round_slug"], ["round.slug"], name=op.f("fk_sealed_response_round_slug")),
        sa.PrimaryKeyConstraint("survey_key", "month", "id", name=op.f("pk_sealed_response")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "user_role",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_user_role_role_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_user_role_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "role_id", name=op.f("pk_user_role")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop every table, those that point at others first."""
    op.drop_table("user_role")
    op.drop_table("sealed_response")
    op.drop_table("code")
    op.drop_index(op.f("ix_audit_subject"), table_name="audit")
    op.drop_table("audit")
    op.drop_table("user")
    op.drop_table("tally")
    op.drop_table("sealed_comment")
    op.drop_table("round")
    op.drop_table("role")
    op.drop_index(op.f("ix_response_survey_key"), table_name="response")
    op.drop_table("response")
    op.drop_table("receipt")
    op.drop_table("reading_item")
    op.drop_table("imported_file")
    op.drop_table("destroyed")
    op.drop_index(op.f("ix_comment_state_survey_key_year"), table_name="comment")
    op.drop_table("comment")
    op.drop_table("activity")
