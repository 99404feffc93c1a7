"""The staff pages: everything under ``/staff``."""

from __future__ import annotations

from flask import Flask, render_template, request, session
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from feedback_app.context import heard
from feedback_app.staff import bars, permissions, security, sign_in, words
from feedback_app.staff.blueprint import staff
from feedback_app.staff.pages import PAGES
from feedback_app.store.counting import SurveyGone
from feedback_app.store.secrets import UnsealError

__all__ = ["init_app"]

#: What a page says that cannot be shown, by status.
_REFUSALS = {
    403: (
        "You cannot see this page",
        "It is for another role. If your work needs it, ask your administrator.",
    ),
    404: ("There is no such page", "The address may be mistyped, or what it showed is gone."),
    405: ("There is no such page", "This address only takes what a button on another page sends."),
    413: ("That is too much at once", "Send less, and try again."),
    500: (
        "Something went wrong here",
        "It has been logged. Go back and try again; if it stays so, tell whoever runs Heard.",
    ),
}


def init_app(app: Flask) -> None:
    """Give an application its staff pages, with sign-in. ``context.attach`` has been called."""
    with app.app_context():
        parts = heard()
    security.init_app(app, parts.config, parts.store)
    assert PAGES, "a blueprint is registered after its pages are known"
    app.register_blueprint(staff)


@staff.before_request
def _protect() -> Response | None:
    security.end_old_session()
    if request.method not in ("GET", "HEAD") and request.endpoint not in permissions.NO_TOKEN:
        security.csrf.protect()
    return permissions.check()


@staff.context_processor
def _for_every_page() -> dict[str, object]:
    config = heard().config
    return {
        "may": permissions.may,
        "council": config.council_on_pages,
        "demo": config.demo,
        "idle_minutes": config.session_idle_minutes,
        "day": words.day,
        "month": words.month,
        "many": words.many,
        "in_tens": words.in_tens,
        "in_tens_briefly": words.in_tens_briefly,
        "reach": bars.reach,
    }


@staff.errorhandler(CSRFError)
def _no_token(_error: CSRFError) -> tuple[str, int]:
    if request.endpoint == "staff.sign_in":
        return sign_in.too_old(), 400
    written = request.form.get("safe_words", "")
    return render_template("staff/try_again.html", signed_out="_user_id" not in session, written=written), 400


@staff.errorhandler(SurveyGone)
@staff.errorhandler(UnsealError)
def _cannot_be_read(error: Exception) -> tuple[str, int]:
    """What is stored cannot be read, and whoever runs the server can mend that: they are told what is missing."""
    sentence = (
        "Nothing is lost, and young people can go on answering. Whoever runs Heard has to mend it. Please tell them today: "
        f"{error}."
    )
    return render_template("staff/refused.html", heading="This cannot be shown now", sentence=sentence), 503


@staff.errorhandler(HTTPException)
def _refused(error: HTTPException) -> tuple[str, int] | HTTPException:
    code = error.code or 500
    if code not in _REFUSALS:
        return error
    title, sentence = _REFUSALS[code]
    return render_template("staff/refused.html", heading=title, sentence=sentence), code
