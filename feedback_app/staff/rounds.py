"""Opening and closing rounds; their links, QR codes, posters and slips of codes."""

from __future__ import annotations

import io
from datetime import timedelta

import segno
from flask import Response, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from wtforms import SelectChoice

from feedback_app import catalogues
from feedback_app.catalogues import LanguageError
from feedback_app.context import heard
from feedback_app.staff import round_languages
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.forms import ENTRIES, RoundForm
from feedback_app.staff.open_rounds import find_or_404
from feedback_app.store import rounds as store_rounds


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
    codes = form.codes.data if form.entry.data != "link" else None
    try:
        wanted = catalogues.current().to_turn_on(
            form.languages.data or (), store.surveys.get(form.survey.data)
        )
        slug, printed = store_rounds.open_round(
            store, form.survey.data, form.opens.data, form.closes.data, form.entry.data, codes or 0
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
    opened = find_or_404(slug)
    return render_template(
        "staff/round_codes.html", opened=opened, codes=printed, address=address(slug), qr=_inline(slug)
    )


@staff.get("/rounds/<slug>")
def round_page(slug: str) -> Page:
    """One round: its link, its QR code, how many have come."""
    opened = find_or_404(slug)
    row = next(row for row in store_rounds.listing(heard().store) if row.slug == slug)
    languages = round_languages.states(opened.survey)
    return render_template(
        "staff/round.html",
        opened=opened,
        row=row,
        languages=languages,
        hints=round_languages.hints(languages),
        form=round_languages.form_for(opened),
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
    """The QR code as a drawing in the page; what it says is written beside it, so it is hidden from screen readers."""
    code = segno.make(address(slug), error="m", micro=False)
    drawing = code.svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff"
    )
    # The address is drawn as squares: nothing that anybody typed is in the markup.
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704
