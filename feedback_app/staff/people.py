"""Members of staff: adding them, their roles, one-time links, and switching them off."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from feedback_app import mail
from feedback_app.context import heard
from feedback_app.staff import links
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.forms import ROLE_TEXTS, NewPersonForm, PersonForm
from feedback_app.store import staff as accounts
from feedback_app.store.staff import StaffError, StaffRow


@staff.get("/people")
def people() -> Page:
    """Everyone who has an account."""
    return render_template("staff/people.html", rows=accounts.listing(heard().store), role_texts=ROLE_TEXTS)


@staff.route("/people/add", methods=["GET", "POST"])
def person_add() -> Page:
    """Add somebody; the answer is their one-time link."""
    form = NewPersonForm()
    if form.validate_on_submit():
        try:
            user_id = accounts.add(
                heard().store,
                form.email.data or "",
                form.roles.data or [],
                form.team.data or "",
                current_user.id,
            )
        except StaffError as error:
            form.email.errors = [f"{error}."]
        else:
            return _give_link(_get(user_id))
    return render_template(
        "staff/person_add.html", form=form, role_texts=ROLE_TEXTS
    ), 422 if form.errors else 200


@staff.get("/people/<int:user_id>")
def person(user_id: int) -> Page:
    """One member of staff."""
    row = _get(user_id)
    return _page(row, PersonForm(data={"roles": list(row.roles), "team": row.team}))


@staff.post("/people/<int:user_id>")
def person_change(user_id: int) -> Page:
    """Change roles or team."""
    row, form = _get(user_id), PersonForm()
    if not form.validate_on_submit():
        return _page(row, form, 422)
    try:
        accounts.change(heard().store, user_id, form.roles.data or [], form.team.data or "", current_user.id)
    except StaffError as error:
        form.roles.errors = [f"{error}."]
        return _page(row, form, 422)
    flash(f"{row.email} is changed.")
    return redirect(url_for("staff.people"), 303)


@staff.post("/people/<int:user_id>/link")
def person_link(user_id: int) -> Page:
    """A new one-time link; older links and every session end."""
    row = _get(user_id)
    if not row.active:
        abort(404)
    return _give_link(row)


@staff.post("/people/<int:user_id>/switch-off")
def person_switch_off(user_id: int) -> Page:
    """Somebody has left."""
    return _do(user_id, accounts.switch_off, "{} is switched off and signed out everywhere.")


@staff.post("/people/<int:user_id>/switch-on")
def person_switch_on(user_id: int) -> Page:
    """Let somebody in again, by a new one-time link."""
    return _do(user_id, accounts.switch_on, "{} is switched on. Make them a new one-time link.")


@staff.post("/people/<int:user_id>/unlock")
def person_unlock(user_id: int) -> Page:
    """Let somebody try to sign in again at once."""
    return _do(user_id, accounts.unlock, "{} can try to sign in again.")


def _do(user_id: int, act: Callable[..., None], done: str) -> Page:
    row = _get(user_id)
    try:
        act(heard().store, user_id, by=current_user.id)
    except StaffError as error:
        flash(f"{error}.", "error")
    else:
        flash(done.format(row.email))
    return redirect(url_for("staff.person", user_id=user_id), 303)


def _get(user_id: int) -> StaffRow:
    row = accounts.find(heard().store, user_id)
    if row is None:
        abort(404)
    return row


def _give_link(row: StaffRow) -> Page:
    """Send a one-time link where there is a mail server, else show it."""
    link = links.address(accounts.end_sessions(heard().store, row.id, current_user.id))
    smtp, sent = heard().config.smtp, False
    if smtp.host:
        try:
            mail.send(smtp, mail.message(smtp, row.email, link, links.FIRST_HOURS))
            sent = True
        except OSError:
            flash("The e-mail could not be sent, so here is the link to hand over.", "error")
    return render_template(
        "staff/person_link.html", row=row, link=None if sent else link, hours=links.FIRST_HOURS
    )


def _page(row: StaffRow, form: PersonForm, status: int = 200) -> Page:
    is_me = row.id == current_user.id
    return render_template(
        "staff/person.html", row=row, form=form, role_texts=ROLE_TEXTS, is_me=is_me
    ), status
