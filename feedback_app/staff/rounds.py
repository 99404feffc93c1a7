"""Opening and closing rounds; their links, QR codes, posters and slips of codes."""

from __future__ import annotations

import io
from datetime import timedelta

import segno
from flask import Response, abort, flash, redirect, render_template, request, stream_template, url_for
from flask_login import current_user
from markupsafe import Markup
from wtforms import SelectChoice

from feedback_app import catalogues, slips
from feedback_app.catalogues import LanguageError
from feedback_app.context import heard
from feedback_app.staff import round_languages
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.forms import ENTRIES, MoreCodesForm, RoundForm, VoidForm
from feedback_app.staff.open_rounds import Opened, find_or_404
from feedback_app.store import rounds as store_rounds
from feedback_app.store import voiding


@staff.get("/rounds")
def rounds() -> Page:
    """Every round."""
    store = heard().store
    titles = {survey.key: survey.title for survey in store.surveys.current()}
    return render_template("staff/rounds.html", rows=store_rounds.listing(store), titles=titles)


@staff.route("/rounds/open", methods=["GET", "POST"])
def round_open() -> Page:
    """Open a round. Its codes are shown once, in the answer, and can never be seen again."""
    store = heard().store
    form = RoundForm()
    form.survey.choices = [SelectChoice(survey.key, survey.title) for survey in store.surveys.current()]
    languages = round_languages.states()
    form.languages.choices = round_languages.choices(languages)
    hints = round_languages.hints(languages)
    if request.method == "GET":
        form.opens.data, form.closes.data = store.today(), store.today() + timedelta(weeks=6)
    if not form.validate_on_submit():
        return render_template(
            "staff/round_open.html", form=form, languages=languages, hints=hints
        ), 422 if form.errors else 200
    number = (form.codes.data or 0) if form.entry.data != "link" else 0
    try:
        wanted = catalogues.current().to_turn_on(
            form.languages.data or (), store.surveys.get(form.survey.data)
        )
        slug, printed = store_rounds.open_round(
            store,
            form.survey.data,
            form.opens.data,
            form.closes.data,
            form.entry.data,
            number,
        )
    except store_rounds.RoundError as error:
        form.closes.errors = [str(error)]
        return render_template("staff/round_open.html", form=form, languages=languages, hints=hints), 422
    except LanguageError as error:
        form.languages.errors = [str(error)]
        return render_template("staff/round_open.html", form=form, languages=languages, hints=hints), 422
    store_rounds.set_languages(store, slug, wanted)
    if not printed:
        flash("The round is open.")
        return redirect(url_for("staff.round_page", slug=slug), 303)
    return _slips(find_or_404(slug), printed, "The round is open: print its codes now")


@staff.get("/rounds/<slug>")
def round_page(slug: str) -> Page:
    """One round: its link, its QR code, how many have come."""
    return _round_page(find_or_404(slug), MoreCodesForm())


@staff.post("/rounds/<slug>/codes")
def round_codes(slug: str) -> Page:
    """Make more codes. They are shown once, in the answer, and can never be seen again."""
    opened, form = find_or_404(slug), MoreCodesForm()
    if not form.validate_on_submit():
        return _round_page(opened, form), 422
    try:
        printed = store_rounds.make_codes(heard().store, slug, form.number.data or 0, current_user.id)
    except store_rounds.RoundError as error:
        form.number.errors = [str(error)]
        return _round_page(opened, form), 422
    return _slips(opened, printed, "Print the new codes now")


@staff.route("/rounds/<slug>/void", methods=["GET", "POST"])
def round_void(slug: str) -> Page:
    """What voiding a round would destroy; and voiding it."""
    opened, form = find_or_404(slug), VoidForm()
    if not form.validate_on_submit():
        page = render_template("staff/round_void.html", opened=opened, row=_row(slug), form=form)
        return page, 422 if form.errors else 200
    try:
        voiding.void_round(heard().store, slug, current_user.id)
    except store_rounds.RoundError as error:
        flash(str(error), "error")
    return redirect(url_for("staff.round_page", slug=slug), 303)


def _row(slug: str) -> store_rounds.RoundRow:
    return next(row for row in store_rounds.listing(heard().store) if row.slug == slug)


def _slips(opened: Opened, printed: list[str], heading: str) -> Response:
    """Codes to print. Large pages leave as they are made, and no copy of one is kept anywhere on the way."""
    slug = opened.round.slug
    page = stream_template(
        "staff/round_codes.html",
        opened=opened,
        heading=heading,
        number=len(printed),
        title=next(iter(opened.survey.welcome.values())).title,
        address=address(slug),
        slips=slips.slips(address(slug), printed),
    )
    return Response(page)


def _round_page(opened: Opened, more: MoreCodesForm) -> str:
    slug = opened.round.slug
    row = _row(slug)
    languages = round_languages.states(opened.survey)
    return render_template(
        "staff/round.html",
        opened=opened,
        row=row,
        languages=languages,
        hints=round_languages.hints(languages),
        form=round_languages.form_for(opened),
        more=more,
        entry=ENTRIES[row.entry],
        address=address(slug),
        qr=_inline(slug),
    )


@staff.get("/rounds/<slug>/poster")
def round_poster(slug: str) -> Page:
    """A page to print and put up."""
    opened = find_or_404(slug)
    languages = catalogues.current().offered(opened.survey, opened.round.turned_on)
    return render_template(
        "staff/poster.html", opened=opened, address=address(slug), qr=_inline(slug), languages=languages
    )


@staff.get("/rounds/<slug>/qr.<kind>")
def round_qr(slug: str, kind: str) -> Response:
    """The round's QR code to put into a leaflet, as ``svg`` or ``png``."""
    find_or_404(slug)
    if kind not in ("svg", "png"):
        abort(404)
    out = io.BytesIO()
    segno.make(address(slug), error="m", micro=False).save(out, kind=kind, scale=12, border=4)
    mime = "image/svg+xml" if kind == "svg" else "image/png"
    headers = {"Content-Disposition": f'attachment; filename="heard-{slug}.{kind}"'}
    return Response(out.getvalue(), mimetype=mime, headers=headers)


@staff.post("/rounds/<slug>/close")
def round_close(slug: str) -> Page:
    """Close a round today."""
    find_or_404(slug)
    try:
        store_rounds.close_round(heard().store, slug)
    except store_rounds.RoundError as error:
        flash(str(error), "error")
    else:
        flash("The round is closed. Phones that were offline can still send for 14 days.")
    return redirect(url_for("staff.round_page", slug=slug), 303)


def address(slug: str) -> str:
    """The whole link that young people open."""
    return (heard().config.public_url or request.host_url.rstrip("/")) + url_for(
        "young_people.survey", slug=slug
    )


def _inline(slug: str) -> Markup:
    return slips.drawing(segno.make(address(slug), error="m", micro=False))
