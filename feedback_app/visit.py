"""The start page of the installed app, which needs no session: what a device is ready for, and what waits on it to be sent.

It is the same for everyone. What it shows comes from the device itself.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, current_app, jsonify, render_template, url_for

from feedback_app.young_people.packed import PackedPage

blueprint = Blueprint("visit", __name__)

#: The colours of heard.css in its light theme: a manifest has room for one.
_PAPER: Final = "#fbf5ee"
_ICONS: Final = (
    ("icons/heard-192.png", "192x192", "any"),
    ("icons/heard-512.png", "512x512", "any"),
    ("icons/heard-maskable-192.png", "192x192", "maskable"),
    ("icons/heard-maskable-512.png", "512x512", "maskable"),
    ("icons/heard.svg", "any", "any"),
    ("icons/heard-maskable.svg", "any", "maskable"),
)


@blueprint.get("/visit")
def visit() -> Response:
    """What this device is ready for; filled in by the device."""
    made: PackedPage | None = current_app.extensions.get("heard_visit_page")
    if made is None:
        made = current_app.extensions["heard_visit_page"] = PackedPage(render_template("visit.html"))
    return made.response()


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What a device needs to know to install Heard as an app."""
    icons = [
        {
            "src": url_for("static", filename=file),
            "sizes": sizes,
            "type": "image/svg+xml" if file.endswith(".svg") else "image/png",
            "purpose": purpose,
        }
        for file, sizes, purpose in _ICONS
    ]
    response = jsonify(
        id="/visit",
        name="Heard",
        short_name="Heard",
        description="Hold a survey as a conversation, or hand the phone over, with signal or without.",
        lang="en-GB",
        dir="ltr",
        start_url=url_for("visit.visit"),
        scope="/",
        display="standalone",
        background_color=_PAPER,
        theme_color=_PAPER,
        icons=icons,
        shortcuts=[
            {"name": "Start a conversation", "url": url_for("visit.visit")},
            {"name": "Staff pages", "url": url_for("staff.home")},
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "no-cache"
    return response
