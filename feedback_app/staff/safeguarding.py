"""The safeguarding reader's queue: words and their question, and nothing else."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from feedback_app.context import heard
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.words import many
from feedback_app.store import reading_queue

#: So many are shown at once that they can be read with care.
AT_ONCE = 20


@staff.get("/reading")
def reading() -> Page:
    """What is to be read today, worrying words first."""
    due = reading_queue.due(heard().store)
    return render_template("staff/reading.html", items=due[:AT_ONCE], more=max(len(due) - AT_ONCE, 0))


@staff.post("/reading")
def reading_done() -> Page:
    """Erase what has been read."""
    ids = request.form.getlist("read")
    if not ids:
        flash("Tick the comments that you have read.", "error")
        return redirect(url_for("staff.reading"), 303)
    read = reading_queue.mark_read(heard().store, ids, current_user.id)
    flash(f"{many(read, 'comment', 'comments')} marked as read and erased from this list.")
    return redirect(url_for("staff.reading"), 303)
