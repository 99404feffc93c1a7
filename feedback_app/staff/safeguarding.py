"""The safeguarding readers' queue: words and their question, and nothing else."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from feedback_app import notices
from feedback_app.context import heard
from feedback_app.staff import duty
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.permissions import may
from feedback_app.staff.safeguarding_forms import NotesForm
from feedback_app.staff.words import cannot_be_opened, in_tens, many
from feedback_app.store import readers, reading_queue, safeguarding_log
from feedback_app.store.reading_queue import DONE, Item, Notes

#: So many are shown at once that they can be read with care. Worrying ones are shown in any case, and more of what is overdue.
AT_ONCE: Final = 20
MOST_LATE: Final = 40
#: Months on the page of numbers: this one, and a year back.
MONTHS_SHOWN: Final = 13
DAYS_SHOWN: Final = 31


@staff.get("/reading")
def reading() -> Page:
    """What is to be read today: overdue words first, then worrying ones."""
    parts = heard()
    queue = reading_queue.queue(parts.store, current_user.id)
    due = queue.items
    late = [item for item in due if item.is_late]
    worrying = [item for item in due if item.worrying and not item.is_late]
    rest = [item for item in due if not item.worrying and not item.is_late]
    # Worrying ones stand first among the overdue: none of them is beyond what is shown.
    late_shown = late[: max(MOST_LATE, sum(item.worrying for item in late))]
    rest_shown = rest[: max(AT_ONCE - len(late_shown) - len(worrying), 0)]
    today = duty.of_today(parts.config, parts.store)
    return render_template(
        "staff/reading.html",
        duty=today,
        warnings=[*cannot_be_opened(queue.lost, "comment", "comments"), *duty.gaps(today)],
        parts=[("Overdue", late_shown), ("May be worrying", worrying), ("To read", rest_shown)],
        number=len(due),
        late=len(late),
        more=len(due) - len(late_shown) - len(worrying) - len(rest_shown),
    )


@staff.post("/reading")
def reading_done() -> Page:
    """Erase what has been read."""
    ids = request.form.getlist("read")
    if not ids:
        flash("Tick the comments that you have read.", "error")
        return redirect(url_for("staff.reading"), 303)
    read = reading_queue.mark_read(heard().store, ids, current_user.id)
    flash(f"{many(read, 'comment', 'comments')} marked as read and erased from this list.")
    return redirect(url_for("staff.reading"), 303)


@staff.get("/reading/<item_id>")
def reading_item(item_id: str) -> Page:
    """One of the words: what was done about it, whether it may be quoted, what an interpreter said."""
    item = _get(item_id)
    if item is None:
        return _gone()
    notes = item.notes
    return _page(item, NotesForm(data={"language": notes.language, "translation": notes.translation}))


@staff.post("/reading/<item_id>")
def reading_note(item_id: str) -> Page:
    """Keep what was noted; with the button for it, mark the words as read as well."""
    item = _get(item_id)
    if item is None:
        return _gone()
    form = NotesForm()
    if not form.validate_on_submit():
        return _page(item, form, 422)
    noted = Notes(
        form.language.data,
        (form.translation.data or "").strip(),
        tuple(form.done.data),
        form.never_quote.data,
    )
    store = heard().store
    if not reading_queue.note(store, item.id, current_user.id, noted):
        return _gone()
    if "read" in request.form:
        reading_queue.mark_read(store, [item.id], current_user.id)
        flash("Noted, marked as read, and erased from this list.")
        return redirect(url_for("staff.reading"), 303)
    flash("Noted. The words stay here until somebody marks them as read.")
    return redirect(url_for("staff.reading_item", item_id=item.id), 303)


@staff.post("/reading/<item_id>/step-back")
def reading_step_back(item_id: str) -> Page:
    """Leave words to somebody else, because they are about oneself or somebody one knows."""
    parts = heard()
    others = [
        each for each in readers.listing(parts.store) if each.has_password and each.id != current_user.id
    ]
    left = reading_queue.step_back(parts.store, item_id, current_user.id, [each.id for each in others])
    if left is None:
        return _gone()
    if left:
        flash("You will not see it again. It waits for the other readers.")
    else:
        notices.tell_admins_soon(parts.config, parts.store)
        flash(
            "You will not see it again, and nobody else can read it now. Your administrator is warned:"
            " ring them, so that somebody else gets the role Safeguarding today.",
            "error",
        )
    return redirect(url_for("staff.reading"), 303)


@staff.get("/reading/months")
def reading_months() -> Page:
    """What was read and done, as numbers: to readers month by month and day by day; to others in tens, of months that have ended.

    Who sees exact numbers of today sees by them when one young person wrote, or asked to be contacted.
    """
    store = heard().store
    is_reader = may("reading")
    months = (
        safeguarding_log.months(store) if is_reader else safeguarding_log.ended_months(store, MONTHS_SHOWN)
    )
    return render_template(
        "staff/reading_months.html",
        is_reader=is_reader,
        said=str if is_reader else in_tens,
        least=1 if is_reader else 10,
        months=months[:MONTHS_SHOWN],
        days=safeguarding_log.days(store, DAYS_SHOWN) if is_reader else [],
        number_of_days=DAYS_SHOWN,
        done=DONE,
    )


def _get(item_id: str) -> Item | None:
    return reading_queue.find(heard().store, item_id, current_user.id)


def _gone() -> Response:
    flash("These words are not in your list any more: somebody has read them.", "error")
    return redirect(url_for("staff.reading"), 303)


def _page(item: Item, form: NotesForm, status: int = 200) -> Page:
    form.done.choices = [choice for choice in form.done.choices if choice.value not in item.notes.done]
    return render_template("staff/reading_item.html", item=item, form=form, done=DONE), status
