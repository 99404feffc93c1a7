"""A survey held as a conversation, or on a phone that is handed over."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from feedback_app import catalogues, conversation_token
from feedback_app.context import heard
from feedback_app.staff import security
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.open_rounds import Opened, find_or_404, open_today
from feedback_app.staff.words import day
from feedback_app.young_people.pages import conversation_form
from surveys.schema import Wording


@staff.get("/conversation")
def conversations() -> Page:
    """Choose a survey: have the conversation yourself, or hand over the phone. The device keeps what a visit needs."""
    rounds = open_today()
    kept = {opened.round.slug: _kept(opened) for opened in rounds}
    until = max(
        (conversation_token.ready_until(heard().store, opened.round) for opened in rounds), default=None
    )
    return render_template(
        "staff/conversations.html", rounds=rounds, kept=kept, ready_until=day(until) if until else ""
    )


@staff.get("/conversation/<slug>")
def conversation(slug: str) -> Page:
    """The survey with the IRO's prompts. It is sent to the young people's address, where no session is seen."""
    opened = find_or_404(slug)
    store = heard().store
    if opened.round.state(store.today()) != "open":
        return render_template("staff/conversation_closed.html", opened=opened), 410
    wording = _wording(opened.survey.wordings)
    form = conversation_form(opened.round, conversation_token.make(store, slug), wording)
    return render_template("staff/conversation.html", opened=opened, wording=wording, form=form)


@staff.post("/hand-over/<slug>")
def hand_over(slug: str) -> Response:
    """Sign the member of staff out, then show the young person's own page."""
    opened = find_or_404(slug)
    security.sign_out()
    if opened.round.state(heard().store.today()) != "open":
        return redirect(url_for("staff.sign_in"), 303)
    return redirect(url_for("young_people.survey", slug=slug), 303)


def _kept(opened: Opened) -> dict[str, object]:
    """What a device keeps of a round to hold conversations of it without a session: nothing that says whose device it is."""
    store, round_ = heard().store, opened.round
    until = conversation_token.ready_until(store, round_)
    languages = catalogues.current().offered(opened.survey, round_.turned_on)
    return {
        "slug": round_.slug,
        "survey": opened.survey.key,
        "title": opened.survey.title,
        "token": conversation_token.make(store, round_.slug),
        "until": until.isoformat(),
        "untilText": day(until),
        "hasEasy": Wording.EASY in opened.survey.wordings,
        "needsCode": round_.entry == "codes",
        "languages": [each.tag for each in languages] if len(languages) > 1 else [],
    }


def _wording(offered: tuple[Wording, ...]) -> Wording:
    wanted = request.args.get("wording")
    return next((wording for wording in offered if wording == wanted), offered[0])
