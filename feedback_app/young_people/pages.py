"""The survey's page: made once for each round and wording, then sent with nothing new in it but a receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from flask import Response, current_app, render_template, url_for
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from analysis.words import phone_signs
from feedback_app.context import heard
from feedback_app.forms import SurveyForm
from feedback_app.languages import Language
from feedback_app.store.ballot_box import new_receipt
from feedback_app.store.models import Round
from feedback_app.young_people.language import chosen
from feedback_app.young_people.packed import PackedPage
from feedback_app.young_people.sheet import Asked, filled, said, sheet
from surveys.schema import WORDS_LIMIT, Survey, Wording

#: Stands in the made page where each copy gets its own receipt, and is as long.
_RECEIPT: Final = "receipt".center(len(new_receipt()), "@")
#: More pages than this are not kept; the next one starts afresh.
_MOST_PAGES: Final = 256


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend: where on the page (an element's id), which question or field, and one sentence."""

    anchor: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entrance:
    """How a survey is entered: its round, and whether it is held as a conversation, with its token where there is one."""

    slug: str
    survey: Survey
    wording: Wording
    entry: str
    asks: bool = False
    conversation: str = ""

    @classmethod
    def to(
        cls, round_: Round, wording: str | None, conversation: str = "", *, asks: bool = False
    ) -> Entrance:
        """The way into a round. A wording that its survey does not have becomes the first it has."""
        survey = heard().store.surveys.get(round_.survey_key, round_.survey_version)
        offered = {str(each): each for each in survey.wordings}
        chosen = offered.get(wording or "", survey.wordings[0])
        asks = asks or bool(conversation)
        return cls(round_.slug, survey, chosen, "link" if asks else round_.entry, asks, conversation)


def survey_page(entrance: Entrance) -> Response:
    """The page as it is first opened, with a receipt of its own."""
    pages: dict[object, PackedPage] = current_app.extensions.setdefault("heard_survey_pages", {})
    key = (
        entrance.slug,
        entrance.survey.version,
        entrance.wording,
        entrance.entry,
        entrance.asks,
        chosen(),
    )
    made = pages.get(key)
    if made is None:
        if len(pages) >= _MOST_PAGES:
            pages.clear()
        page = _rendered(entrance, _context(entrance, _RECEIPT))
        made = pages[key] = PackedPage(page, _RECEIPT)
    return made.response(new_receipt)


def mending_page(
    entrance: Entrance, form: SurveyForm, receipt: str, problems: list[Problem], code: str = ""
) -> Response:
    """The page with what was sent still in it, and what to mend at its top."""
    context = {**_context(entrance, receipt, form), "problems": problems, "code": code}
    return PackedPage(_rendered(entrance, context)).response()


def conversation_form(round_: Round, token: str, wording: str | None = None) -> Markup:
    """The form for a page on which an IRO holds the survey as a conversation; it posts to the round's own address."""
    entrance = Entrance.to(round_, wording, token)
    form = render_template("young_people/_conversation_form.html", **_context(entrance, new_receipt()))
    return Markup(form)  # noqa: S704 - escaped by its template


def _rendered(entrance: Entrance, context: dict[str, object]) -> str:
    name = "conversation" if entrance.asks else "survey"
    return render_template(f"young_people/{name}.html", **context)


def problems_of(questions: tuple[Asked, ...]) -> list[Problem]:
    """What is to be mended among the questions, in their order."""
    return [Problem(f"question-{q.key}", q.key, f"{q.text} – {q.error}") for q in questions if q.error]


def _context(entrance: Entrance, receipt: str, form: SurveyForm | None = None) -> dict[str, object]:
    survey, wording = entrance.survey, entrance.wording
    questions = sheet(survey, wording)
    return {
        "entrance": entrance,
        "title": said(survey, survey.welcome[wording].title),
        "about": said(survey, survey.welcome[wording].about),
        "minutes": survey.minutes,
        "wording": wording.value,
        "languages": _languages(entrance),
        "wordings": [each.value for each in survey.wordings],
        "questions": filled(questions, form) if form else questions,
        "receipt": receipt,
        "asks": entrance.asks,
        # An IRO who asks is there to help.
        "signs": None if entrance.asks else _signs(chosen().language.code),
        "action": url_for("young_people.send", slug=entrance.slug),
        "words_limit": WORDS_LIMIT,
        "problems": [],
        "code": "",
    }


@cache
def _signs(language: str) -> Markup:
    """The signs of harm that a page in a language ships, backwards: filters that read pages must find no such words in it."""
    dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    return Markup(htmlsafe_json_dumps(phone_signs.for_page(language), dumps=dumps)[::-1])  # noqa: S704 - safe either way round


def _languages(entrance: Entrance) -> list[tuple[Language, str]]:
    """The languages of the picker, each with the address of the same page in it."""
    endpoint = "young_people.survey"
    if entrance.asks:
        endpoint = "staff.conversation" if entrance.conversation else "young_people.conversation"
    # What is asked for without a word needs none in the address.
    wording = None if entrance.wording is entrance.survey.wordings[0] else entrance.wording.value
    return [
        (each, url_for(endpoint, slug=entrance.slug, wording=wording, lang=each.tag))
        for each in chosen().offered
    ]
