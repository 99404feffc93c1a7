"""What was done to accounts, from the command line: for somebody other than the administrator who did it."""

from __future__ import annotations

import json

from feedback_app.store import Store, staff
from tests.cli.conftest import Command
from tests.support.clock import Clock


def test_who_gave_themselves_which_role_is_listed(heard: Command, store: Store, today: Clock) -> None:
    today.move_to("2026-11-20")
    admin = staff.add(store, "admin@example.org", ["admin"])
    today.move_to("2026-12-01")
    staff.change(store, admin, ["admin", "safeguarding"], "", admin)
    assert [line.split(maxsplit=2) for line in heard("staff", "log").lines] == [
        ["day", "who", "what                        whom"],
        ["----------", "-----------------", "--------------------------  -----------------"],
        ["2026-12-01", "admin@example.org", "gave the role safeguarding  admin@example.org"],
        ["2026-11-20", "the", "command line   added                       admin@example.org"],
        ["2026-11-20", "the", "command line   gave the role admin         admin@example.org"],
    ]


def test_it_comes_as_json(heard: Command, store: Store, today: Clock) -> None:
    today.move_to("2026-11-20")
    staff.add(store, "board@example.org", ["board"])
    assert json.loads(heard("staff", "log", "--format", "json").out)[0] == {
        "day": "2026-11-20",
        "who": "the command line",
        "what": "added",
        "whom": "board@example.org",
    }


def test_without_accounts_it_has_a_heading_alone(heard: Command) -> None:
    assert len(heard("staff", "log").lines) == 2
