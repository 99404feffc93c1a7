"""The addresses of young people's pages."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response as Redirect

from feedback_app import conversation_token
from feedback_app.context import heard
from feedback_app.forms import given_answers, survey_form
from feedback_app.languages import ENGLISH
from feedback_app.static_files import prepared
from feedback_app.store import rounds
from feedback_app.store.ballot_box import (
    RoundClosed,
    Submission,
    has_come,
    is_answered,
    is_receipt,
    new_receipt,
    seal,
)
from feedback_app.store.codes import CodeRefused
from feedback_app.store.guessing import MustWait
from feedback_app.store.models import Round
from feedback_app.young_people.language import chosen, say_what_decided
from feedback_app.young_people.packed import PackedPage
from feedback_app.young_people.pages import Entrance, Problem, mending_page, problems_of, survey_page
from feedback_app.young_people.sheet import answer_text, filled, said, sheet
from feedback_app.young_people.source import source_of_request
from surveys.routing import settle
from surveys.schema import Answers

blueprint = Blueprint("young_people", __name__)
blueprint.after_request(say_what_decided)

#: Far over what a survey can hold: somebody who pasted too much is told so and keeps the words. More is not read.
MOST_BYTES: Final = 2 * 1024 * 1024
#: Thanks are kept for this long, so that they come up even when the signal went right after Send.
_THANKS_SECONDS: Final = 600
#: After so long it is worth trying again where too many wrong codes came.
_WAIT_SECONDS: Final = 600

_Page = Redirect | tuple[Response | str, int] | str


@blueprint.get("/")
def start() -> Response:
    """For somebody who came without a link."""
    return _still("start")


@blueprint.get("/sw.js")
def worker() -> Response:
    """The service worker. It stands at the top, so that it may answer for every page; phones ask for a newer one each time."""
    return prepared()["worker.js"].response()


@blueprint.get("/s/<slug>")
def survey(slug: str) -> _Page:
    """Welcome and survey, in one document."""
    return _opened(slug)


@blueprint.get("/s/<slug>/conversation")
def conversation(slug: str) -> _Page:
    """The survey with an IRO's prompts. The token that lets what is said in is kept by the IRO's device, not by the page."""
    return _opened(slug, asks=True)


@blueprint.post("/s/<slug>")
def send(slug: str) -> _Page:
    """Store what was sent, once, and say thank you; or say what to mend, with everything still in its place."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES
    round_, state = _round(slug)
    # What was received before a round closed is answered as received ever after, so only seal can say that it is too late.
    if round_ is None or state == "not_open_yet":
        return _closed_page(state)
    entrance = _entrance_of_form(round_)
    answers = given_answers(entrance.survey, entrance.wording, request.form)
    problems = _problems(entrance)
    if answers is None or problems:
        return _mend(entrance, problems)
    submission = _submission(round_, entrance, answers)
    if _is_nothing(round_, submission):
        return redirect(url_for("young_people.stopped"), 303)
    try:
        seal(heard().store, submission)
    except (CodeRefused, MustWait, RoundClosed) as refused:
        return _not_stored(entrance, refused)
    if entrance.asks:
        return _summary(entrance, answers)
    return redirect(_thanks_address(request.script_root, slug, chosen().carried), 303)


@blueprint.get("/s/<slug>/thanks")
def thanks(slug: str) -> Response:
    """What happens next. The same for everyone, so nothing is looked up."""
    del slug
    response = _still("thanks")
    response.headers["Cache-Control"] = f"private, max-age={_THANKS_SECONDS}"
    return response


@blueprint.get("/help")
def help_() -> Response:
    """Who to ring or text."""
    return _still("help")


@blueprint.get("/leave")
def leave() -> Redirect:
    """To an ordinary site, at once."""
    return redirect(heard().config.leave_to, 303)


@blueprint.get("/stopped")
def stopped() -> Response:
    """Nothing was sent, and nothing is left."""
    return _still("stopped")


@blueprint.get("/handed-over")
def handed_over() -> Response:
    """What a phone that was handed over shows in place of anything of the staff's."""
    return _still("handed_over")


@blueprint.get("/privacy")
def privacy() -> Response:
    """What is kept, what is not, and who reads it."""
    return _still("privacy")


@blueprint.get("/accessibility")
def accessibility() -> Response:
    """The accessibility statement that the Accessibility Regulations 2018 ask for."""
    return _still("accessibility")


@lru_cache(maxsize=512)
def _thanks_address(_root: str, slug: str, _carried: str) -> str:
    """Where a round's thanks are, for an application at a root and in a language that is carried: what decides about it."""
    return url_for("young_people.thanks", slug=slug)


def _still(name: str) -> Response:
    """A page that is the same for everyone; made once in each language."""
    pages: dict[tuple[str, str, str], PackedPage] = current_app.extensions.setdefault("heard_still_pages", {})
    key = (name, chosen().language.code, chosen().carried)
    made = pages.get(key)
    if made is None:
        made = pages[key] = PackedPage(render_template(f"young_people/{name}.html"))
    return made.response()


def _round(slug: str) -> tuple[Round | None, str]:
    """The round with this link, and its state; ``unknown`` where there is none."""
    store = heard().store
    round_ = rounds.recent(store, slug)
    return round_, round_.state(store.today()) if round_ else "unknown"


def _opened(slug: str, *, asks: bool = False) -> _Page:
    round_, state = _round(slug)
    if round_ is None or state != "open":
        return _closed_page(state)
    return survey_page(Entrance.to(round_, request.args.get("wording"), asks=asks))


def _closed_page(state: str) -> tuple[Response, int]:
    if request.method == "POST":
        return _still("not_taken"), {"unknown": 404, "not_open_yet": 409, "closed": 410}[state]
    return _still(state), {"unknown": 404, "not_open_yet": 200, "closed": 410}[state]


def _problems(entrance: Entrance) -> list[Problem]:
    """What is wrong with what came beside the answers."""
    problems = []
    if not is_receipt(request.form.get("receipt", "")):
        sentence = gettext(
            "Something was missing from what was sent. Your answers are still here: press Send again."
        )
        problems.append(Problem("send", "receipt", sentence))
    if entrance.asks and not conversation_token.check(heard().store, entrance.slug, entrance.conversation):
        sentence = gettext(
            "This conversation was opened too long ago, or not for this survey. Open it again."
        )
        problems.append(Problem("send", "conversation", sentence))
    return problems


def _is_nothing(round_: Round, submission: Submission) -> bool:
    """Whether nothing was answered, so that there is nothing to store and no code to use up."""
    if is_answered(submission.settled):
        return False
    # What was received is answered as received; and what comes too late is told so, whatever it holds.
    return round_.accepts(heard().store.today()) and not has_come(heard().store, submission.receipt)


def _entrance_of_form(round_: Round) -> Entrance:
    token = request.form.get("conversation")
    return Entrance.to(round_, request.form.get("wording"), token or "", asks=token is not None)


def _mend(entrance: Entrance, problems: list[Problem]) -> tuple[Response, int]:
    form = survey_form(entrance.survey, entrance.wording)(request.form)
    if not form.validate():
        problems = [*problems, *problems_of(filled(sheet(entrance.survey, entrance.wording), form))]
    receipt = request.form.get("receipt", "")
    if not is_receipt(receipt):
        receipt = new_receipt()
    return mending_page(entrance, form, receipt, problems, request.form.get("code", "")), 422


def _not_stored(entrance: Entrance, refused: CodeRefused | MustWait | RoundClosed) -> tuple[Response, int]:
    match refused:
        case CodeRefused():
            return _mend(entrance, [Problem("code", "code", gettext(refused.sentence))])
        case MustWait():
            return _wait(entrance)
        case _:
            return _closed_page("closed")


def _wait(entrance: Entrance) -> tuple[Response, int]:
    """Not sent yet: a page without script says so, and a phone that keeps answers tries again by itself."""
    sentence = gettext(
        "Too many wrong codes came just now. Your answers are still here: wait a little while, then press Send again."
    )
    page, _ = _mend(entrance, [Problem("code", "code", sentence)])
    page.headers["Retry-After"] = str(_WAIT_SECONDS)
    return page, 429


def _submission(round_: Round, entrance: Entrance, answers: Answers) -> Submission:
    return Submission(
        survey=entrance.survey,
        round=round_,
        wording=entrance.wording,
        how="conversation" if entrance.asks else "self",
        answers=answers,
        receipt=request.form["receipt"],
        code=request.form.get("code"),
        source="" if entrance.entry == "link" else source_of_request(),
    )


def _summary(entrance: Entrance, answers: Answers) -> Response:
    """What was said, for the child's review record. It is made from what was sent, and kept nowhere.

    The record is in English; what was asked and answered in another language stands beside it.
    """
    survey_, wording = entrance.survey, entrance.wording
    settled = settle(survey_, wording, answers)
    asked = [question for question in survey_.asked_in(wording) if question.key in settled]

    def texts() -> list[tuple[str, str]]:
        return [
            (
                said(survey_, question.text_in(wording)),
                answer_text(survey_, question, wording, settled[question.key]),
            )
            for question in asked
        ]

    own = texts()
    with force_locale(ENGLISH.code):
        page = render_template(
            "young_people/summary.html",
            title=survey_.title,
            said=list(zip(texts(), own, strict=True)),
            spoken=chosen().language,
            language=ENGLISH,
        )
    return PackedPage(page).response()
