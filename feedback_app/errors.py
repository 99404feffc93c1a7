"""Pages for what went wrong: one clear sentence, and a way on. Nothing of what was sent is repeated or logged."""

from __future__ import annotations

from typing import Final

from flask import Flask, render_template, request
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException, InternalServerError

#: Heading and sentence by status.
_SENTENCES: Final = {
    400: (lazy_gettext("That did not work"), lazy_gettext("Go back and try again.")),
    404: (
        lazy_gettext("This page is not here"),
        lazy_gettext("Check the link, or ask the person who gave it to you."),
    ),
    405: (
        lazy_gettext("This page is not here"),
        lazy_gettext("Check the link, or ask the person who gave it to you."),
    ),
    413: (
        lazy_gettext("That is too much at once"),
        lazy_gettext("Go back, make your words shorter and try again."),
    ),
    500: (
        lazy_gettext("Something went wrong here"),
        lazy_gettext("It is not your fault. Wait a little, go back and try again."),
    ),
}


def init_app(app: Flask) -> None:
    """Give an application its pages for errors."""

    @app.errorhandler(HTTPException)
    def show(error: HTTPException) -> tuple[str, int] | HTTPException:
        code = error.code or 500
        if error.response is not None or code < 400:
            return error
        heading, sentence = _SENTENCES.get(code) or _SENTENCES[400 if code < 500 else 500]
        if request.path.startswith("/static/"):
            return error
        return render_template("young_people/error.html", heading=heading, sentence=sentence), code

    @app.errorhandler(InternalServerError)
    def show_failure(_error: InternalServerError) -> tuple[str, int]:
        heading, sentence = _SENTENCES[500]
        return render_template("young_people/error.html", heading=heading, sentence=sentence), 500
