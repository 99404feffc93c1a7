"""The health check: whether the database answers, has the tables this version needs, and can be opened with the keys."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from feedback_app.context import heard
from feedback_app.store import keys
from feedback_app.store.revision import REVISION
from feedback_app.store.secrets import MISSING_KEY

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
    if why := _keys_problem():
        return jsonify(status="failed", why=why), 503
    return jsonify(status="ok"), 200


def _keys_problem() -> str | None:
    """What is wrong with the keys: answers are taken all the same, so that nobody is turned away for it."""
    store = heard().store
    try:
        if not keys.is_secret_key_the_same(store):
            return keys.NOT_THE_SAME
        return None if keys.can_words_be_opened(store) else MISSING_KEY
    except SQLAlchemyError:
        return "the database does not answer, or has no tables"
