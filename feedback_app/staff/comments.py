"""Comments: one person makes each safe to publish, another approves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from feedback_app.analysis_process import AnalysisError
from feedback_app.context import heard
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.forms import SafeWordsForm, WithholdForm
from feedback_app.store import comments as store_comments
from feedback_app.store.comments import REASONS, CommentError, CommentRow

#: Each list, and what it is called.
STATES: Final = {
    "waiting": "To make safe",
    "made_safe": "To approve",
    "approved": "Approved",
    "withheld": "Withheld",
}
#: The order in which comments are offered: what sounds bad first, so that it is not read when everybody is tired.
TONES: Final = {
    "negative": "sounds unhappy",
    "mixed": "sounds mixed",
    "neutral": "sounds neutral",
    "positive": "sounds happy",
}
#: What takes the place of what could tell who it was, as official practice writes it.
MARKS: Final = ("[name removed]", "[place removed]", "[details removed]")

#: So many are listed on one page.
AT_ONCE: Final = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """A comment in a list, with the machine's guess at its tone, or None."""

    row: CommentRow
    tone: str | None
    asked: str
    survey: str


@staff.get("/comments")
def comments() -> Page:
    """A page of the comments in one state, unhappy ones first."""
    state = request.args.get("state", "waiting")
    if state not in STATES:
        abort(404)
    rows = _with_tones(store_comments.listing(heard().store, state))
    last = max((len(rows) - 1) // AT_ONCE, 0) + 1
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    start = (page - 1) * AT_ONCE
    return render_template(
        "staff/comments.html",
        listed=[_listed(row, tone) for row, tone in rows[start : start + AT_ONCE]],
        start=start,
        page=page,
        last=last,
        state=state,
        states=STATES,
        numbers=store_comments.numbers(heard().store),
        tones=TONES,
        reasons=REASONS,
    )


@staff.get("/comments/<comment_id>")
def comment(comment_id: str) -> Page:
    """One comment: make it safe, approve it, withhold it or send it back."""
    row = _get(comment_id)
    return _page(row, SafeWordsForm(data={"safe_words": row.safe_words or row.words}), WithholdForm())


@staff.post("/comments/<comment_id>/make-safe")
def comment_make_safe(comment_id: str) -> Page:
    """Keep the words as they may be published."""
    row, form = _get(comment_id), SafeWordsForm()
    if not form.validate_on_submit():
        return _page(row, form, WithholdForm(formdata=None), 422)
    try:
        store_comments.make_safe(heard().store, row.id, form.safe_words.data or "", current_user.id)
    except CommentError as error:
        form.safe_words.errors = [str(error)]
        return _page(row, form, WithholdForm(formdata=None), 422)
    flash("Made safe. Somebody else approves it.")
    return redirect(_next(row), 303)


@staff.post("/comments/<comment_id>/approve")
def comment_approve(comment_id: str) -> Page:
    """Approve what another person made safe."""
    row = _get(comment_id)
    return _do(
        row, lambda by: store_comments.approve(heard().store, row.id, by), "Approved: it can be quoted."
    )


@staff.post("/comments/<comment_id>/withhold")
def comment_withhold(comment_id: str) -> Page:
    """Decide that a comment is not published."""
    row, form = _get(comment_id), WithholdForm()
    if not form.validate_on_submit():
        kept = SafeWordsForm(formdata=None, data={"safe_words": row.safe_words or row.words})
        return _page(row, kept, form, 422)
    return _do(
        row, lambda by: store_comments.withhold(heard().store, row.id, by, form.reason.data), "Withheld."
    )


@staff.post("/comments/<comment_id>/send-back")
def comment_send_back(comment_id: str) -> Page:
    """Put a comment back to where it is made safe."""
    row = _get(comment_id)
    return _do(
        row, lambda by: store_comments.send_back(heard().store, row.id, by), "Sent back to be made safe."
    )


def _get(comment_id: str) -> CommentRow:
    try:
        return store_comments.get(heard().store, comment_id)
    except CommentError:
        abort(404)


def _do(row: CommentRow, act: Callable[[int], None], done: str) -> Page:
    """Act on a comment, then offer the next of the same list; or say why it cannot be."""
    try:
        act(current_user.id)
    except CommentError as error:
        flash(str(error), "error")
        return redirect(url_for("staff.comment", comment_id=row.id), 303)
    flash(done)
    return redirect(_next(row), 303)


def _next(row: CommentRow) -> str:
    rest = _with_tones(store_comments.listing(heard().store, row.state))
    if row.state in ("waiting", "made_safe") and rest:
        return url_for("staff.comment", comment_id=rest[0][0].id)
    return url_for("staff.comments", state=row.state)


def _later(row: CommentRow) -> str | None:
    """The comment after this one in its list, or the first; None where it is the only one, or settled."""
    if row.state not in ("waiting", "made_safe"):
        return None
    ids = [other.id for other, _ in _with_tones(store_comments.listing(heard().store, row.state))]
    after = ids[(ids.index(row.id) + 1) % len(ids)] if row.id in ids else row.id
    return after if after != row.id else None


def _with_tones(rows: list[CommentRow]) -> list[tuple[CommentRow, str | None]]:
    """Comments with their tone, in the order they are offered; without it where the analysis cannot be reached."""
    try:
        tones: list[str] = heard().analysis.tones([row.words for row in rows]) if rows else []
    except AnalysisError:
        return [(row, None) for row in rows]
    order = list(TONES)
    pairs = sorted(zip(rows, tones, strict=True), key=lambda pair: order.index(pair[1]))
    return [(row, tone) for row, tone in pairs]


def _listed(row: CommentRow, tone: str | None) -> Listed:
    try:
        survey = heard().store.surveys.get(row.survey_key)
        return Listed(row, tone, survey.question(row.question).text, survey.title)
    except KeyError:
        return Listed(row, tone, row.question, row.survey_key)


def _page(row: CommentRow, safe: SafeWordsForm, withhold: WithholdForm, status: int = 200) -> Page:
    page = render_template(
        "staff/comment.html",
        listed=_listed(row, None),
        later=_later(row),
        safe=safe,
        withhold=withhold,
        numbers=store_comments.numbers(heard().store),
        states=STATES,
        reasons=REASONS,
        marks=MARKS,
    )
    return page, status
