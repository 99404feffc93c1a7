"""The health check: whether the database answers and has the tables this version needs."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from feedback_app.context import heard
from feedback_app.store.revision import REVISION

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> tuple[Response, int]:
    """200 and ``{"status": "ok"}``, or 503 and one sentence of what is wrong."""
    try:
        with heard().store.reading() as session:
            found = session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError:
        return jsonify(status="failed", why="the database does not answer, or has no tables"), 503
    if found != REVISION:
        return jsonify(status="failed", why=f"the database is at {found}; run heard db upgrade"), 503
    return jsonify(status="ok"), 200
