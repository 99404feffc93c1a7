"""The languages of a round: which it is offered in by itself, and which a participation worker turns on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, url_for
from wtforms import SelectChoice

from feedback_app import catalogues
from feedback_app.catalogues import Coverage, LanguageError
from feedback_app.context import heard
from feedback_app.languages import OTHERS, Language
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.forms import LanguagesForm
from feedback_app.staff.open_rounds import Opened, find_or_404
from feedback_app.store import rounds as store_rounds
from surveys.schema import Survey


@dataclass(frozen=True, slots=True)
class LanguageState:
    """A language as staff see it: how much of it there is for a survey, or for all built-in ones."""

    language: Language
    coverage: Coverage

    @property
    def text(self) -> str:
        """How far one is that is not whole."""
        missing = self.coverage.missing
        texts = "1 text is" if missing == 1 else f"{missing} texts are"
        return f"{self.coverage.translated_percent}% translated, {texts} missing"


def states(survey: Survey | None = None) -> list[LanguageState]:
    """Every language but English, for one survey or for all built-in ones."""
    known = catalogues.current()
    return [
        LanguageState(each, known.coverage(each, survey) if survey else known.whole(each)) for each in OTHERS
    ]


def choices(found: list[LanguageState]) -> list[SelectChoice]:
    """Those that can be turned on: whole, and not offered anyway."""
    return [
        SelectChoice(each.language.tag, each.language.english)
        for each in found
        if each.coverage.is_whole and not each.coverage.is_reviewed
    ]


def hints(found: list[LanguageState]) -> dict[str, str]:
    """What stands beside each choice: what its readers call it."""
    return {each.language.tag: each.language.name for each in found}


def form_for(opened: Opened) -> LanguagesForm:
    """The boxes of a round, ticked where a language is turned on."""
    form = LanguagesForm(data={"languages": [code.replace("_", "-") for code in opened.round.turned_on]})
    form.languages.choices = choices(states(opened.survey))
    return form


@staff.post("/rounds/<slug>/languages")
def round_languages(slug: str) -> Page:
    """Turn languages on and off, on an open round as well: it is seen by whoever opens the page next."""
    opened = find_or_404(slug)
    form = form_for(opened)
    try:
        wanted = catalogues.current().to_turn_on(form.languages.data or (), opened.survey)
    except LanguageError as error:
        flash(str(error), "error")
    else:
        store_rounds.set_languages(heard().store, slug, wanted)
        flash("The languages of this round are changed.")
    return redirect(url_for("staff.round_page", slug=slug), 303)
