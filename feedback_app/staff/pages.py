"""Every module that gives the blueprint pages. Importing this imports them all."""

from __future__ import annotations

from typing import Final

from feedback_app.staff import (
    activity,
    comments,
    contacts,
    conversations,
    destroyed,
    device,
    home,
    people,
    readers,
    report,
    results,
    round_languages,
    rounds,
    safeguarding,
    sign_in,
)

PAGES: Final = (
    activity,
    comments,
    contacts,
    conversations,
    destroyed,
    device,
    home,
    people,
    readers,
    report,
    results,
    round_languages,
    rounds,
    safeguarding,
    sign_in,
)
