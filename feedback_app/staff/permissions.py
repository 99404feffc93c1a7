"""Who may see which staff page. One table; a page that is not in it is refused to everyone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask import abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from feedback_app.context import heard

#: Pages that need nobody to be signed in.
ANYONE: Final = frozenset({"sign_in", "forgotten", "set_password", "sign_out", "handed_over", "signed_in"})
#: What is asked without a page, so without a CSRF token: it says why at its place, and what it checks instead.
NO_TOKEN: Final = frozenset({"staff.handed_over"})

EVERY_ROLE: Final = frozenset({"iro", "participation", "board", "safeguarding", "admin"})
_CONVERSATIONS: Final = frozenset({"iro", "participation"})
_ROUNDS: Final = frozenset({"participation"})
_RESULTS: Final = frozenset({"participation", "board"})
_SAFEGUARDING: Final = frozenset({"safeguarding"})
_PEOPLE: Final = frozenset({"admin"})
#: Stands beside the roles of somebody whom HEARD_CONTACT_TO names.
NAMED: Final = "named for contact requests"
_CONTACTS: Final = _SAFEGUARDING | {NAMED}

#: Which roles may use which page (its endpoint, without the blueprint's name).
ALLOWED: Final[dict[str, frozenset[str]]] = {
    "home": EVERY_ROLE,
    "no_such_page": EVERY_ROLE,
    "help_page": EVERY_ROLE,
    "password": EVERY_ROLE,
    "stay": EVERY_ROLE,
    "conversations": _CONVERSATIONS,
    "conversation": _CONVERSATIONS,
    "hand_over": _CONVERSATIONS,
    "activity_add": _CONVERSATIONS,
    "activity": _ROUNDS,
    "rounds": _ROUNDS,
    "round_open": _ROUNDS,
    "round_page": _ROUNDS,
    "round_close": _ROUNDS,
    "round_codes": _ROUNDS,
    "round_void": _ROUNDS,
    "round_languages": _ROUNDS,
    "round_qr": _ROUNDS,
    "round_poster": _ROUNDS,
    "results": _RESULTS,
    "results_survey": _RESULTS,
    "end_month": _RESULTS,
    "comments": _ROUNDS,
    "comment": _ROUNDS,
    "comment_make_safe": _ROUNDS,
    "comment_approve": _ROUNDS,
    "comment_withhold": _ROUNDS,
    "comment_send_back": _ROUNDS,
    "report": _RESULTS,
    "report_file": _RESULTS,
    "reading": _SAFEGUARDING,
    "reading_done": _SAFEGUARDING,
    "reading_item": _SAFEGUARDING,
    "reading_note": _SAFEGUARDING,
    "reading_step_back": _SAFEGUARDING,
    "reading_months": _SAFEGUARDING | _PEOPLE,
    "readers": _SAFEGUARDING | _PEOPLE | _ROUNDS,
    "reader_up": _PEOPLE,
    "absence_add": _SAFEGUARDING | _PEOPLE,
    "absence_remove": _SAFEGUARDING | _PEOPLE,
    "contacts": _CONTACTS,
    "contact_take": _CONTACTS,
    "contact_done": _CONTACTS,
    "people": _PEOPLE,
    "person_add": _PEOPLE,
    "person": _PEOPLE,
    "person_change": _PEOPLE,
    "person_link": _PEOPLE,
    "person_switch_off": _PEOPLE,
    "person_switch_on": _PEOPLE,
    "person_unlock": _PEOPLE,
    "destroyed": _PEOPLE | _ROUNDS,
}


def allows(endpoint: str, roles: Iterable[str]) -> bool:
    """Whether somebody with these roles may use a page; never where the page is not in the table."""
    return bool(ALLOWED.get(endpoint, frozenset()) & set(roles))


def roles_of_current_user() -> frozenset[str]:
    """The roles of whoever is signed in, with ``NAMED`` where it is so; none for anybody else."""
    if not current_user.is_authenticated:
        return frozenset()
    roles = frozenset(role.name for role in current_user.roles)
    return roles | {NAMED} if current_user.email in heard().config.contact_to else roles


def may(endpoint: str) -> bool:
    """Whether whoever is signed in may use a page: templates ask this before they offer a link."""
    return allows(endpoint, roles_of_current_user())


def check() -> Response | None:
    """Before every staff page: let them in, ask them to sign in, or refuse."""
    endpoint = (request.endpoint or "").removeprefix("staff.")
    if endpoint in ANYONE:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("staff.sign_in", next=_way_back()), 303)
    if not may(endpoint):
        abort(403)
    return None


def _way_back() -> str | None:
    """Where to go after signing in: this page, if merely looking at it."""
    if request.method != "GET" or request.endpoint == "staff.home":
        return None
    return request.full_path.rstrip("?")
