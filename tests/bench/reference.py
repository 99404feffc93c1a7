"""The bare reference: what a form of this size costs with Flask and SQLAlchemy Core and nothing else.

One template, one table, one JSON row a submission, as durable as Heard's. No receipts, codes, encryption, routing, tallies,
compression or checks of what is sent: whatever Heard needs beyond this is what its safeguards cost.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import sys
from typing import Any

from flask import Flask, redirect, render_template, request
from sqlalchemy import Column, Engine, LargeBinary, MetaData, Table, Text, create_engine, event, insert
from werkzeug.wrappers import Response

URL_SETTING = "BENCH_REFERENCE_URL"
SLUG = "reference"

answers = Table(
    "reference_answers",
    MetaData(),
    Column("id", LargeBinary, primary_key=True),
    Column("answers", Text, nullable=False),
)

_CHOICES = ("Yes", "No", "Not sure")
QUESTIONS = tuple((f"question_{n}", f"Question {n}: did this go as you wanted it to?") for n in range(1, 10))
WORDS = (("words_1", "What would you change?"), ("words_2", "What is the best thing?"))

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Survey</title></head>
<body><main><h1>Survey</h1><form method="post" action="/s/{{ slug }}">
<input type="hidden" name="receipt" value="{{ receipt }}">
{% for key, text in questions %}<fieldset><legend>{{ text }}</legend>
{% for choice in choices %}<label><input type="radio" name="{{ key }}" value="{{ choice }}"> {{ choice }}</label>
{% endfor %}</fieldset>
{% endfor %}{% for key, text in words %}<p><label for="{{ key }}">{{ text }}</label>
<textarea id="{{ key }}" name="{{ key }}" rows="6"></textarea></p>
{% endfor %}<button>Send</button></form></main></body></html>"""
_THANKS = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Thank you</title></head>
<body><main><h1>Thank you</h1><p>Your answers have arrived.</p></main></body></html>"""


def open_engine(url: str) -> Engine:
    """An engine as durable as Heard's: SQLite with a write-ahead file, synced at every commit; PostgreSQL as it is."""
    engine = create_engine(url, pool_size=16)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 15000"):
                connection.execute(f"PRAGMA {pragma}")

    return engine


def create_app() -> Flask:
    """The application on the database that the environment names."""
    app = Flask(__name__)
    engine = open_engine(os.environ[URL_SETTING])
    page, thank_you = app.jinja_env.from_string(_PAGE), app.jinja_env.from_string(_THANKS)

    @app.get("/health")
    def health() -> str:
        return "ok"

    @app.get("/s/<slug>")
    def survey(slug: str) -> str:
        return render_template(
            page,
            slug=slug,
            receipt=secrets.token_urlsafe(16),
            questions=QUESTIONS,
            words=WORDS,
            choices=_CHOICES,
        )

    @app.post("/s/<slug>")
    def send(slug: str) -> Response:
        row = {"id": secrets.token_bytes(16), "answers": json.dumps(request.form.to_dict())}
        with engine.begin() as connection:
            connection.execute(insert(answers), row)
        return redirect(f"/s/{slug}/thanks", 303)

    @app.get("/s/<slug>/thanks")
    def thanks(slug: str) -> str:
        return render_template(thank_you, slug=slug)

    return app


def serve(port: int) -> None:
    """Serve it as ``heard serve`` serves Heard: the same server, processes and threads."""
    from granian.constants import Interfaces
    from granian.server import Server

    from feedback_app.serving import THREADS
    from tests.bench.servers import HOST, WORKERS

    server: Any = Server(
        "tests.bench.reference:create_app",
        factory=True,
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        backlog=1024,
        websockets=False,
        log_access=False,
    )
    server.serve()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
