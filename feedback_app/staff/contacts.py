"""Young people who asked somebody to get in touch."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from feedback_app.context import heard
from feedback_app.staff import duty
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.words import cannot_be_opened
from feedback_app.store import contact_requests


@staff.get("/contact")
def contacts() -> Page:
    """Who asks to be contacted, those due first."""
    parts = heard()
    today = duty.of_today(parts.config, parts.store)
    waiting = contact_requests.waiting(parts.store)
    return render_template(
        "staff/contacts.html",
        requests=waiting.requests,
        more=today.requests.waiting - len(waiting.requests) - waiting.lost,
        duty=today,
        warnings=[
            *cannot_be_opened(waiting.lost, "contact request", "contact requests"),
            *duty.gaps(today),
        ],
        me=current_user.id,
    )


@staff.post("/contact/<request_id>/take")
def contact_take(request_id: str) -> Page:
    """I have it."""
    before = request.form.get("instead_of", "")
    instead_of = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    if contact_requests.take(heard().store, request_id, current_user.id, instead_of):
        flash("It is yours: everybody sees that you have it.")
    else:
        flash("Somebody was quicker. Look who has it before you ring.", "error")
    return redirect(url_for("staff.contacts"), 303)


@staff.post("/contact/<request_id>/dealt-with")
def contact_done(request_id: str) -> Page:
    """Destroy what has been dealt with."""
    if contact_requests.deal_with(heard().store, request_id, current_user.id):
        flash("Dealt with: what was written is destroyed, and counted.")
    else:
        flash("It was dealt with already.", "error")
    return redirect(url_for("staff.contacts"), 303)
