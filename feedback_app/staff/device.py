"""What the device itself asks, where no page is shown: to sign out because it was handed over, and whether anybody is signed in."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from flask_login import current_user

from feedback_app.staff import security
from feedback_app.staff.blueprint import Page, staff


@staff.post("/handed-over")
def handed_over() -> Page:
    """Sign out, without a form: a device that was handed over without signal asks for it at its first contact.

    It has no page, so it has no CSRF token. The browser says instead that the request comes from one of our own pages;
    what another site could bring about is that somebody has to sign in again.
    """
    if not _is_our_own():
        return "This is asked by Heard’s own pages alone.", 403
    security.sign_out()
    return "", 204


@staff.get("/signed-in")
def signed_in() -> Page:
    """204 where somebody is signed in, else 401: a device that was handed over is given back by a sign-in alone."""
    return "", 204 if current_user.is_authenticated else 401


def _is_our_own() -> bool:
    """Whether a browser says so: by ``Sec-Fetch-Site``, or, before it had that, by ``Origin``."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
