"""Pages for what went wrong: one clear sentence, and a way on. Nothing of what was sent is repeated or logged."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, InternalServerError


def init_app(app: Flask) -> None:
    """Give an application its pages for errors."""

    @app.errorhandler(HTTPException)
    def show(error: HTTPException) -> tuple[str, int] | HTTPException:
        code = error.code or 500
        if error.response is not None or code < 400:
            return error
        heading, sentence = _sentences(code)
        if request.path.startswith("/static/"):
            return error
        return render_template("young_people/error.html", heading=heading, sentence=sentence), code

    @app.errorhandler(InternalServerError)
    def show_failure(_error: InternalServerError) -> tuple[str, int]:
        heading, sentence = _sentences(500)
        return render_template("young_people/error.html", heading=heading, sentence=sentence), 500


def _sentences(code: int) -> tuple[str, str]:
    """Heading and sentence for a status, in the language of the request."""
    if code in (404, 405):
        return (
            gettext("This page is not here"),
            gettext("Check the link, or ask the person who gave it to you."),
        )
    if code == 413:
        return gettext("That is too much at once"), gettext("Go back, make your words shorter and try again.")
    if code < 500:
        return gettext("That did not work"), gettext("Go back and try again.")
    return (
        gettext("Something went wrong here"),
        gettext("It is not your fault. Wait a little, go back and try again."),
    )
