"""The language in which a request is answered, and how it is carried from page to page without a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from flask import Flask, Response, g, has_request_context, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header

from feedback_app import catalogues
from feedback_app.context import heard
from feedback_app.languages import ENGLISH, Language, find, negotiate
from feedback_app.store import rounds
from surveys.schema import Survey

#: Pages on which an IRO asks: in English unless they choose another language, whatever their own browser asks for.
_ASKING: Final = frozenset({"young_people.conversation", "staff.conversation"})
#: Pages whose language is one of those that a round is offered in. All others are in any language that an address names.
_OF_A_ROUND: Final = frozenset({"young_people.survey", "young_people.send"}) | _ASKING
#: Addresses that need no language: a form carries its own, and another site has its own.
_NOT_CARRIED: Final = frozenset({"young_people.send", "young_people.leave"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for a request.

    Attributes:
        language: the language.
        offered: the languages there are to choose among.
        carried: what addresses and the form carry, so that the next page is in it as well; empty where that page would be
            in it anyway.
        is_negotiated: whether it follows what the browser asks for.
        is_draft: whether some of what is shown is a translation that no native speaker has reviewed.
    """

    language: Language
    offered: tuple[Language, ...]
    carried: str = ""
    is_negotiated: bool = False
    is_draft: bool = False


def chosen() -> Chosen:
    """What is chosen for this request; the same however often it is asked for."""
    if "heard_language" not in g:
        g.heard_language = _choose()
    found = g.heard_language
    assert isinstance(found, Chosen)
    return found


def init_app(app: Flask) -> None:
    """Give an application its translations, and carry the language in every link between young people's pages."""
    catalogues.init_app(app, lambda: chosen().language.code)

    @app.url_defaults
    def carry(endpoint: str, values: dict[str, Any]) -> None:
        is_ours = endpoint.startswith("young_people.") and endpoint not in _NOT_CARRIED
        if is_ours and has_request_context() and (carried := chosen().carried):
            values.setdefault("lang", carried)

    @app.context_processor
    def for_every_page() -> dict[str, object]:
        found = chosen()
        return {"language": found.language, "is_draft": found.is_draft, "carried": found.carried}


def say_what_decided(response: Response) -> Response:
    """Tell caches that a page would be in another language for somebody whose browser asks for another."""
    if chosen().is_negotiated and len(chosen().offered) > 1:
        response.vary.add("Accept-Language")
    return response


def _choose() -> Chosen:
    if not has_request_context() or _is_for_staff():
        return Chosen(ENGLISH, (ENGLISH,))
    survey, turned_on = _of_the_round()
    known = catalogues.current()
    offered = known.offered(survey, turned_on) if survey else known.offered_without_a_round
    named = find(_named())
    if named and (named in offered or _may_be_shown(named, survey)):
        return Chosen(named, offered, named.tag, is_draft=_is_draft(named, survey))
    if request.endpoint in _ASKING:
        return Chosen(ENGLISH, offered, ENGLISH.tag)
    language = _negotiated(request.headers.get("Accept-Language", ""), offered)
    return Chosen(
        language, offered, _carried(language), is_negotiated=True, is_draft=_is_draft(language, survey)
    )


@lru_cache(maxsize=512)
def _negotiated(header: str, offered: tuple[Language, ...]) -> Language:
    """Most phones of a town send one of a few headers, and reading one takes longer than all else here."""
    return negotiate(list(parse_accept_header(header, LanguageAccept)), offered)


def _is_for_staff() -> bool:
    return request.path.startswith(("/staff", "/static", "/visit")) and request.endpoint not in _ASKING


def _of_the_round() -> tuple[Survey | None, tuple[str, ...]]:
    """The survey of the address, and the languages turned on for it."""
    if request.endpoint not in _OF_A_ROUND:
        return None, ()
    store = heard().store
    try:
        round_ = rounds.recent(store, (request.view_args or {})["slug"])
    except SQLAlchemyError:
        # The page asks again, and fails; the one that says so must not.
        return None, ()
    if round_ is None:
        return None, ()
    return store.surveys.get(round_.survey_key, round_.survey_version), round_.turned_on


def _named() -> str | None:
    """The language that the address or the form names."""
    if request.method == "POST":
        try:
            return request.form.get("lang") or request.args.get("lang")
        except HTTPException:
            # What was sent is too much to be read; the page that says so is in the language of the browser.
            return request.args.get("lang")
    return request.args.get("lang")


def _may_be_shown(language: Language, survey: Survey | None) -> bool:
    """Beside what is offered: on pages of no round whatever there is; where translators try things out, everywhere."""
    if survey is not None and heard().config.env != "development":
        return False
    return language is ENGLISH or any(
        entry.is_translated for entry in catalogues.current().of(language).entries.values()
    )


def _carried(language: Language) -> str:
    """Another page may belong to no round, and would choose among fewer languages."""
    if language is ENGLISH:
        without_a_round = catalogues.current().offered_without_a_round
        other = _negotiated(request.headers.get("Accept-Language", ""), without_a_round)
        return "" if other is ENGLISH else ENGLISH.tag
    return language.tag


def _is_draft(language: Language, survey: Survey | None) -> bool:
    return language is not ENGLISH and not catalogues.current().is_reviewed(language, survey)
