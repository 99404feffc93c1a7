"""Rounds: when a survey is open, by which link, and how many have come."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import bindparam, select

from feedback_app.store import Store, audit, ballot_box, codes
from feedback_app.store.models import Round

#: No look-alikes: a link may be read aloud or copied from a poster. 23 ** 8 links are too many to try.
_SLUG_LETTERS = codes.ALPHABET.lower()
_SLUG_LENGTH = 8
MOST_CODES = 5_000
#: For so long a process that serves young people does not look again whether a round is open.
RECENT_SECONDS = 1.0


class RoundError(Exception):
    """A round cannot be opened or closed as asked; the message is one sentence for the member of staff."""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as staff see it.

    Attributes:
        state: ``not_open_yet``, ``open``, ``closed`` or ``void``.
        sealed: responses that wait in the ballot box.
        counted: responses that have been counted.
        codes_left: codes not used; None where it is open by link alone.
        codes_issued: codes that were made.
        codes_void: codes that a restore, voiding the round, or its end made void.
        needs_codes: whether it goes on, and a restore made its codes void and nobody has made others since.
    """

    survey: str
    slug: str
    opens: dt.date
    closes: dt.date
    entry: str
    state: str
    sealed: int
    counted: int
    codes_left: int | None
    codes_issued: int
    codes_void: int
    needs_codes: bool

    @property
    def codes_used(self) -> int:
        """How many codes let somebody in: those made that are neither left nor void."""
        return self.codes_issued - self.codes_void - (self.codes_left or 0)


_FIND = select(Round.__table__).where(Round.__table__.c.slug == bindparam("slug"))


def find(store: Store, slug: str) -> Round | None:
    """The round with this link, or None; detached, to be looked at."""
    if not slug.isalnum():
        # No link has anything else, and PostgreSQL takes no text with a null byte in it.
        return None
    with store.engine.connect() as connection:
        row = connection.execute(_FIND, {"slug": slug}).one_or_none()
    return Round(**row._mapping) if row else None  # noqa: SLF001  # the public name of a row's columns


def recent(store: Store, slug: str) -> Round | None:
    """The round with this link as it was at most a second ago, for what is asked with every page.

    What this process itself changes is seen at once; only one that another process has just closed may look open yet,
    and answers to it would be accepted anyway.
    """
    now = time.monotonic()
    looked, round_ = cast("tuple[float, Round | None]", store.recent.get(slug, (0.0, None)))
    if round_ is None or now - looked > RECENT_SECONDS:
        round_ = find(store, slug)
        if round_ is not None:
            store.recent[slug] = (now, round_)
    return round_


def open_round(
    store: Store,
    survey_key: str,
    opens: dt.date,
    closes: dt.date,
    entry: str = "link",
    number_of_codes: int = 0,
) -> tuple[str, list[str]]:
    """Open a round of the newest version of a survey.

    Args:
        entry: ``link``, ``codes`` or ``both``.

    Returns:
        Its slug, and its codes in clear: this is the only time they can be seen.

    Raises:
        RoundError: no such survey, dates the wrong way round or over, or codes that do not go with ``entry``.
    """
    try:
        survey = store.surveys.get(survey_key)
    except KeyError:
        known = ", ".join(survey.key for survey in store.surveys.current())
        raise RoundError(f"There is no survey {survey_key!r}; there are {known}.") from None
    _check(store.today(), opens, closes, entry, number_of_codes)
    slug = "".join(secrets.choice(_SLUG_LETTERS) for _ in range(_SLUG_LENGTH))
    with store.writing() as session:
        session.add(
            Round(
                slug=slug,
                survey_key=survey.key,
                survey_version=survey.version,
                opens=opens,
                closes=closes,
                entry=entry,
                codes_issued=number_of_codes,
            )
        )
        session.flush()
        printed = codes.make(session, store.secrets, slug, number_of_codes) if number_of_codes else []
    return slug, printed


def _check(today: dt.date, opens: dt.date, closes: dt.date, entry: str, number_of_codes: int) -> None:
    if closes < opens:
        raise RoundError("The last day is before the first.")
    if closes < today:
        raise RoundError("The last day is over already.")
    if opens > today + dt.timedelta(days=366):
        raise RoundError("A round opens within a year from today.")
    if closes > opens + dt.timedelta(days=366):
        raise RoundError("A round is open for a year at most.")
    if entry not in ("link", "codes", "both"):
        raise RoundError("A round is open by link, by codes, or by both.")
    if (number_of_codes > 0) != (entry != "link"):
        raise RoundError("Say how many codes to make, from 1, or open the round by link alone.")
    if not 0 <= number_of_codes <= MOST_CODES:
        raise RoundError(f"At most {MOST_CODES} codes can be made for a round.")


def make_codes(store: Store, slug: str, number: int, user_id: int | None = None) -> list[str]:
    """Make more codes for a round that is not over, and return them as they are printed: the only time they can be seen.

    Args:
        user_id: who asks for them; None for the command line.

    Raises:
        RoundError: no such round, it is over, needs no codes, or would have too many.
    """
    with store.writing() as session:
        round_ = session.get(Round, slug, with_for_update=True)
        if round_ is None:
            raise RoundError("There is no such round.")
        if round_.state(store.today()) == "closed":
            raise RoundError("This round is closed, so no more codes can be made for it.")
        if round_.entry == "link":
            raise RoundError("This round is open by link alone; it needs no codes.")
        # Not by how many are left: whoever asked again and again would see each one being used.
        room = MOST_CODES - (round_.codes_issued - round_.codes_void)
        if not 0 < number <= room:
            raise RoundError(
                f"A round has at most {MOST_CODES:,} codes: {room:,} more can be made for this one."
            )
        round_.codes_issued += number
        round_.needs_codes = False
        audit.record(store, session, user_id, "codes_made", slug, number)
        return codes.make(session, store.secrets, slug, number)


def set_languages(store: Store, slug: str, languages: Sequence[str]) -> None:
    """Offer a round in these languages beside those that are wholly reviewed.

    Raises:
        RoundError: there is no such round.
    """
    with store.writing() as session:
        round_ = session.get(Round, slug)
        if round_ is None:
            raise RoundError("There is no such round.")
        round_.languages = " ".join(languages)


def close_round(store: Store, slug: str) -> None:
    """Close a round today: nobody new can start, and phones that were offline may still send for 14 days.

    Raises:
        RoundError: there is no such round, or it is closed.
    """
    with store.writing() as session:
        round_ = session.get(Round, slug)
        if round_ is None:
            raise RoundError("There is no such round.")
        if round_.state(store.today()) == "closed":
            raise RoundError("This round is closed already.")
        round_.closes = store.today() - dt.timedelta(days=1)
        round_.opens = min(round_.opens, round_.closes)


def listing(store: Store) -> list[RoundRow]:
    """Every round, those that close last first."""
    today = store.today()
    with store.reading() as session:
        sealed = ballot_box.by_round(session)
        left = codes.left(session)
        rounds = session.scalars(
            select(Round).order_by(Round.closes.desc(), Round.survey_key, Round.slug)
        ).all()
    return [
        RoundRow(
            survey=r.survey_key,
            slug=r.slug,
            opens=r.opens,
            closes=r.closes,
            entry=r.entry,
            state="void" if r.is_voided else r.state(today),
            sealed=sealed.get(r.slug, 0),
            counted=r.counted,
            codes_left=None if r.entry == "link" else left.get(r.slug, 0),
            codes_issued=r.codes_issued,
            codes_void=r.codes_void,
            needs_codes=r.needs_codes and not r.is_voided and today <= r.closes,
        )
        for r in rounds
    ]
