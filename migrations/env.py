"""Alembic's way to the database. The caller hands over a connection; the address is never written in a file."""

from __future__ import annotations

from alembic import context

from feedback_app.store.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
)
with context.begin_transaction():
    context.run_migrations()
