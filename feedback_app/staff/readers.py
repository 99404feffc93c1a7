"""Who reads young people's words for safety: their order, who covers, and who is away."""

from __future__ import annotations

import datetime as dt

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from feedback_app.context import heard
from feedback_app.staff import duty
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.safeguarding_forms import AbsenceForm
from feedback_app.staff.words import day
from feedback_app.store import readers as store_readers
from feedback_app.store.readers import AbsenceError


@staff.get("/readers")
def readers() -> Page:
    """Everybody who reads, in order, with their absences."""
    return _page()


@staff.post("/readers/<int:user_id>/move-up")
def reader_up(user_id: int) -> Page:
    """One place further to the front."""
    _check(user_id)
    store_readers.move_up(heard().store, user_id, current_user.id)
    return redirect(url_for("staff.readers"), 303)


@staff.post("/readers/<int:user_id>/away")
def absence_add(user_id: int) -> Page:
    """Note that somebody is away."""
    _check(user_id)
    form = AbsenceForm(prefix=f"reader-{user_id}-")
    if not form.validate_on_submit():
        return _page(form, user_id), 422
    try:
        store_readers.add_absence(heard().store, user_id, form.first.data, form.last.data, current_user.id)
    except AbsenceError as error:
        form.last.errors = [str(error)]
        return _page(form, user_id), 422
    flash(f"Noted: away from {day(form.first.data)} to {day(form.last.data)}.")
    return redirect(url_for("staff.readers"), 303)


@staff.post("/readers/<int:user_id>/not-away/<first>")
def absence_remove(user_id: int, first: str) -> Page:
    """Somebody is not away after all."""
    _check(user_id)
    try:
        begins = dt.date.fromisoformat(first)
    except ValueError:
        abort(404)
    store_readers.remove_absence(heard().store, user_id, begins, current_user.id)
    return redirect(url_for("staff.readers"), 303)


def _check(user_id: int) -> None:
    if user_id not in {reader.id for reader in store_readers.listing(heard().store)}:
        abort(404)


def _page(wrong: AbsenceForm | None = None, wrong_id: int = 0) -> str:
    parts = heard()
    today = duty.of_today(parts.config, parts.store)
    forms = {
        reader.id: wrong
        if wrong and reader.id == wrong_id
        else AbsenceForm(formdata=None, prefix=f"reader-{reader.id}-")
        for reader in today.readers
    }
    return render_template(
        "staff/readers.html",
        duty=today,
        warnings=duty.warnings(today),
        forms=forms,
        wrong=wrong,
        today=parts.store.today(),
        reading_days=parts.store.deadlines.reading_days,
        contact_days=parts.store.deadlines.contact_days,
    )
