"""Fixtures of the staff pages' tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from feedback_app.store import Store
from tests.staff.desk import Desk


@pytest.fixture
def desk(app: Flask, store: Store) -> Callable[[], Desk]:
    """Makes browsers: ``desk()`` is one in which nobody is signed in."""
    return lambda: Desk(app, store)
