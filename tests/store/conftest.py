"""Staff for tests of the store."""

from __future__ import annotations

import pytest

from feedback_app.store import Store, staff


@pytest.fixture
def staff_id(store: Store) -> int:
    """A member of staff."""
    return staff.add(store, "one@example.org", ["participation", "safeguarding"])


@pytest.fixture
def other_id(store: Store) -> int:
    """Another one."""
    return staff.add(store, "other@example.org", ["participation"])
