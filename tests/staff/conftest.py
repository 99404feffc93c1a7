"""Fixtures of the staff pages' tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from feedback_app import context
from feedback_app.analysis_process import AnalysisProcess
from feedback_app.store import Store
from tests.staff.desk import Desk


@pytest.fixture(scope="session")
def analysis() -> Iterator[AnalysisProcess]:
    """One analysis process for all tests: it takes seconds to start."""
    process = AnalysisProcess()
    yield process
    process.close()


@pytest.fixture
def staff_app(app: Flask, analysis: AnalysisProcess) -> Iterator[Flask]:
    """The application with the analysis process that all tests share."""
    parts = app.extensions["heard"]
    context.attach(app, replace(parts, analysis=analysis))
    yield app
    context.attach(app, parts)


@pytest.fixture
def desk(staff_app: Flask, store: Store) -> Callable[[], Desk]:
    """Makes browsers: ``desk()`` is one in which nobody is signed in."""
    return lambda: Desk(staff_app, store)
