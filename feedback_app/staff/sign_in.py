"""Signing in and out, and setting a password by a one-time link."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_security import hash_password
from flask_security.utils import verify_password
from sqlalchemy import select
from werkzeug.wrappers import Response

from feedback_app import mail
from feedback_app.context import heard
from feedback_app.staff import links, passwords, security
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.forms import ChangePasswordForm, ForgottenForm, SetPasswordForm, SignInForm
from feedback_app.store import staff as accounts
from feedback_app.store.models import User

#: The same whatever was wrong, so that nobody learns who has an account or that a password was right.
NOT_SIGNED_IN: Final = (
    "That e-mail address and password do not go together, or there have been too many tries. "
    "Check both. After five wrong tries an account rests for 15 minutes or longer."
)
WRONG_OLD: Final = "That is not your password now. After five wrong tries the account rests."
TOO_OLD: Final = "This page was open for too long, or your browser keeps no cookies. Please sign in again."
LINK_OVER: Final = "This link has been used already, or its time is over. Ask for a new one."


@staff.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Page:
    """Sign in with e-mail address and password."""
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(_next(), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("staff/sign_in.html", form=form), 422 if form.errors else 200
    user = _let_in(form.email.data or "", form.password.data or "")
    if user is None:
        form.email.errors = [NOT_SIGNED_IN]
        return render_template("staff/sign_in.html", form=form), 422
    security.sign_in(user)
    return redirect(_next(), 303)


def too_old() -> str:
    """The sign-in page for somebody whose page had no session any more; what they typed stays but the password."""
    form = SignInForm()
    form.email.errors = [TOO_OLD]
    return render_template("staff/sign_in.html", form=form)


@staff.post("/sign-out")
def sign_out() -> Response:
    """End the session."""
    security.sign_out()
    flash("You are signed out.")
    return redirect(url_for("staff.sign_in"), 303)


@staff.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> Page:
    """Ask for a one-time link. The answer is the same for everyone."""
    form = ForgottenForm()
    smtp = heard().config.smtp
    if not form.validate_on_submit():
        return render_template(
            "staff/forgotten.html", form=form, by_mail=bool(smtp.host)
        ), 422 if form.errors else 200
    email = (form.email.data or "").strip()
    row = accounts.find_by_email(heard().store, email)
    if smtp.host and row and row.active:
        link = links.address(_uniquifier(row.id), "forgotten")
        mail.send_soon(smtp, mail.message(smtp, row.email, link, links.FORGOTTEN_HOURS))
    return render_template("staff/forgotten_done.html", by_mail=bool(smtp.host), hours=links.FORGOTTEN_HOURS)


@staff.route("/set-password/<token>", methods=["GET", "POST"])
def set_password(token: str) -> Page:
    """Set a first or forgotten password by a one-time link."""
    link = links.read(token)
    user = _of_link(link) if link else None
    if link is None or user is None:
        return render_template("staff/link_over.html", sentence=LINK_OVER), 410
    form = SetPasswordForm()
    if form.validate_on_submit():
        if sentence := passwords.problem(form.password.data or "", user.email):
            form.password.errors = [sentence]
        else:
            return _keep(user, link, form.password.data or "")
    return render_template(
        "staff/set_password.html", form=form, email=user.email
    ), 422 if form.errors else 200


@staff.route("/password", methods=["GET", "POST"])
def password() -> Page:
    """Change one's own password; every other session ends."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        form.old.errors, form.password.errors = _problems(form)
        if not form.errors:
            accounts.set_password(
                heard().store, current_user.id, security.hashed(passwords.normal(form.password.data))
            )
            security.sign_in(_account(current_user.id))
            flash("Your password is changed. Wherever else you were signed in, you are signed out.")
            return redirect(url_for("staff.home"), 303)
    return render_template("staff/password.html", form=form), 422 if form.errors else 200


def _problems(form: ChangePasswordForm) -> tuple[list[str], list[str]]:
    """What is wrong with the old password, and with the new one. A wrong old one counts as a failed sign-in."""
    if _let_in(current_user.email, form.old.data or "") is None:
        return [WRONG_OLD], []
    sentence = passwords.problem(form.password.data or "", current_user.email)
    return [], [sentence] if sentence else []


def _keep(user: User, link: links.Link, password: str) -> Page:
    hashed = security.hashed(passwords.normal(password))
    if not accounts.set_password(heard().store, user.id, hashed, link.made_from):
        return render_template("staff/link_over.html", sentence=LINK_OVER), 410
    security.sign_out()
    flash("Your password is set. Sign in with it.")
    return redirect(url_for("staff.sign_in"), 303)


def _let_in(email: str, password: str) -> User | None:
    """Whoever this is, or None; as slow for an address without an account as for a wrong password."""
    store, now = heard().store, accounts.now_utc()
    with store.reading() as session:
        user = session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is None or not user.password:
        hash_password(passwords.normal(password))
        return None
    may_try = user.active and accounts.may_try(store, user.id, now)
    right = verify_password(passwords.normal(password), user.password)
    if not (may_try and right):
        return None
    accounts.signed_in(store, user.id)
    return user


def _of_link(link: links.Link) -> User | None:
    with heard().store.reading() as session:
        return session.scalar(select(User).where(User.fs_uniquifier == link.made_from, User.active))


def _account(user_id: int) -> User:
    with heard().store.reading() as session:
        return session.scalars(select(User).where(User.id == user_id)).one()


def _uniquifier(user_id: int) -> str:
    with heard().store.reading() as session:
        return session.scalars(select(User.fs_uniquifier).where(User.id == user_id)).one()


def _next() -> str:
    """Where to go after signing in: a staff page of ours, or home."""
    wanted = request.args.get("next", "")
    return wanted if wanted.startswith("/staff/") and "\\" not in wanted else url_for("staff.home")
