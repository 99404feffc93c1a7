"""The first page after signing in: what waits for whoever it is."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template, url_for
from flask_login import current_user

from feedback_app.context import heard
from feedback_app.staff import duty
from feedback_app.staff.blueprint import Page, staff
from feedback_app.staff.duty import Duty
from feedback_app.staff.permissions import may
from feedback_app.staff.words import many
from feedback_app.store import Store, comments, reading_queue, rounds
from feedback_app.store import staff as staff_store


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits.

    Attributes:
        number: how many wait; 0 where nothing does.
        urgent: whether it should be done today.
    """

    title: str
    says: str
    address: str
    number: int = 0
    urgent: bool = False


@staff.get("/")
def home() -> Page:
    """What waits for me."""
    store = heard().store
    today = duty.of_today(heard().config, store)
    tasks = [*_contacts(today), *_reading(store, today)]
    tasks += [task for part in (_conversations, _comments, _rounds, _box, _people) for task in part(store)]
    return render_template("staff/home.html", tasks=tasks, warnings=_warnings(today))


@staff.get("/help")
def help_page() -> Page:
    """How this works, for members of staff."""
    return render_template("staff/help.html", roles=sorted(role.name for role in current_user.roles))


@staff.get("/<path:address>")
def no_such_page(address: str) -> Page:
    """An address under ``/staff`` that is no page, said so on a staff page with its ways on."""
    abort(404, address)


@staff.post("/stay")
def stay() -> Page:
    """Keep the session going; the script asks when somebody says that they are still here."""
    return "", 204


def _warnings(today: Duty) -> list[str]:
    """For those who can mend it; readers see among their tasks what is overdue."""
    if not may("readers"):
        return []
    return duty.gaps(today) if may("reading") else duty.warnings(today)


def _reading(store: Store, today: Duty) -> list[Task]:
    if not may("reading"):
        return _readers(today)
    queue = reading_queue.queue(store, current_user.id)
    items = queue.items
    late = sum(item.is_late for item in items)
    is_urgent = queue.lost > 0 or any(
        item.is_late or item.worrying or item.read_by <= store.today() for item in items
    )
    says = f"{many(len(items), 'comment', 'comments')} to read" if items else "Nothing to read now"
    says += f", {late} of them overdue" if late else ""
    says += f", and {queue.lost} that cannot be opened" if queue.lost else ""
    return [Task("Words to read", f"{says}. {today.says()}", url_for("staff.reading"), len(items), is_urgent)]


def _readers(today: Duty) -> list[Task]:
    if not may("people"):
        return []
    return [Task("Reading words for safety", today.says(), url_for("staff.readers"))]


def _contacts(today: Duty) -> list[Task]:
    if not may("contacts"):
        return []
    waiting, untaken = today.requests.waiting, today.requests.untaken
    says = f"{many(waiting, 'young person', 'young people')} waiting" if waiting else "Nobody is waiting"
    says += f", {untaken} not taken yet" if untaken else ""
    return [Task("Asks for contact", says, url_for("staff.contacts"), waiting, urgent=waiting > 0)]


def _conversations(store: Store) -> list[Task]:
    if not may("conversations"):
        return []
    open_now = sum(row.state == "open" for row in rounds.listing(store))
    says = f"{many(open_now, 'survey', 'surveys')} open today" if open_now else "No survey is open today"
    return [Task("Start a conversation", says, url_for("staff.conversations"))]


def _comments(store: Store) -> list[Task]:
    if not may("comments"):
        return []
    numbers = comments.numbers(store)
    waiting, to_approve = numbers["waiting"], numbers["made_safe"]
    return [
        Task(
            "Comments to make safe",
            f"{many(waiting, 'comment', 'comments')} waiting" if waiting else "None waiting",
            url_for("staff.comments", state="waiting"),
            waiting,
        ),
        Task(
            "Comments to approve",
            f"{many(to_approve, 'comment', 'comments')} made safe" if to_approve else "None made safe yet",
            url_for("staff.comments", state="made_safe"),
            to_approve,
        ),
    ]


def _rounds(store: Store) -> list[Task]:
    if not may("rounds"):
        return []
    open_now = [row for row in rounds.listing(store) if row.state == "open"]
    ends = min((row.closes for row in open_now), default=None)
    left = (ends - store.today()).days if ends else 0
    says = "No round is open" if ends is None else f"{many(len(open_now), 'round', 'rounds')} open"
    if ends is not None and left <= 7:
        says += "; one closes today" if left == 0 else f"; one closes in {many(left, 'day', 'days')}"
    return [Task("Rounds", says, url_for("staff.rounds"))]


def _people(store: Store) -> list[Task]:
    if not may("people"):
        return []
    rows = [row for row in staff_store.listing(store) if row.active]
    locked = sum(row.locked_until is not None for row in rows)
    new = sum(not row.has_password for row in rows)
    says = many(len(rows), "account", "accounts") + " switched on"
    says += f"; {new} without a password yet" if new else ""
    says += f"; {locked} locked after wrong tries" if locked else ""
    return [Task("People", says, url_for("staff.people"), locked)]


def _box(store: Store) -> list[Task]:
    if not may("results"):
        return []
    # Of all surveys together nothing is said: beside each survey's own steps of ten it would tell more than they do.
    del store
    says = "What has been counted, and about how much waits in the ballot box"
    return [Task("Results", says, url_for("staff.results"))]
