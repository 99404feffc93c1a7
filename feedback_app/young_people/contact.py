"""Asking somebody to get in touch: a page apart from every survey, for those who want it.

What is written here is meant to say who wrote it, so nothing of it may meet an answer: no receipt, no code, no survey's
address, no transaction in common. It is never queued on a phone.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from babel import Locale
from babel.dates import format_date
from flask import current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from feedback_app.context import heard
from feedback_app.forms import clean_words
from feedback_app.languages import ENGLISH
from feedback_app.notices import Teller
from feedback_app.store import contact_requests, readers
from feedback_app.store.ballot_box import is_receipt, new_receipt
from feedback_app.store.contact_requests import Wanted
from feedback_app.young_people.language import chosen
from feedback_app.young_people.views import blueprint

_Page = Response | tuple[str, int] | str
#: Under this name an application keeps what tells staff.
TELLER: Final = "heard_teller"
#: The year in the patterns by which languages write a whole date, with what ties it to the rest.
_YEAR: Final = re.compile(r"^y |د y |,? y.*$")


def _clean(text: str | None) -> str:
    return clean_words(text or "") or ""


def _at_most(letters: int) -> Length:
    return Length(max=letters, message=lazy_gettext("This is too long. Please make it shorter."))


class ContactForm(Form):
    """What somebody writes who wants to be contacted."""

    name = StringField(
        lazy_gettext("What should we call you?"),
        [DataRequired(lazy_gettext("Please write a name. Any name you like is fine.")), _at_most(100)],
        filters=[_clean],
    )
    reach = TextAreaField(
        lazy_gettext("How can we reach you?"),
        [DataRequired(lazy_gettext("Please write how we can reach you.")), _at_most(500)],
        filters=[_clean],
    )
    when = StringField(lazy_gettext("When is a good time?"), [_at_most(200)], filters=[_clean])
    about = TextAreaField(lazy_gettext("What is it about?"), [_at_most(2000)], filters=[_clean])


@blueprint.get("/contact")
def contact() -> _Page:
    """The form; or, where nobody could read what is sent, who else is there."""
    return _page(ContactForm(), new_receipt())


@blueprint.post("/contact")
def contact_send() -> _Page:
    """Store what was written, tell staff, and say so; or say what to mend, with everything still in its place."""
    form, token = ContactForm(request.form), request.form.get("token", "")
    if not is_receipt(token):
        token = new_receipt()
    if _answers_until() is None or not form.validate():
        return _page(form, token, is_sent=True), 422
    wanted = Wanted(form.name.data, form.reach.data, form.when.data, form.about.data)
    contact_requests.put(heard().store, token, wanted)
    teller = current_app.extensions[TELLER]
    assert isinstance(teller, Teller)
    teller.tell_soon()
    return redirect(url_for("young_people.contact_received"), 303)


@blueprint.get("/contact/received")
def contact_received() -> _Page:
    """What happens next."""
    return render_template("young_people/contact_received.html", answer_by=_said(_answers_until()))


def _page(form: ContactForm, token: str, *, is_sent: bool = False) -> str:
    return render_template(
        "young_people/contact.html",
        form=form,
        token=token,
        answer_by=_said(_answers_until()),
        is_sent=is_sent,
    )


def _answers_until() -> dt.date | None:
    """The day by which somebody answers who is there until then, or None where nobody is."""
    parts = heard()
    there = readers.receivers(parts.store, parts.config.contact_to)
    return readers.answers_until(parts.store, there, parts.store.today())


def _said(day: dt.date | None) -> str:
    """A day as young people read it in their language, such as ``Monday 23 November``; empty for none."""
    if day is None:
        return ""
    language = chosen().language
    if language is ENGLISH:
        return format_date(day, "EEEE d MMMM", locale="en_GB")
    whole = Locale.parse(language.code).date_formats["full"].pattern
    return format_date(day, _YEAR.sub("", whole), locale=language.code)
