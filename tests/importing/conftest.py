"""Imports go through the command, as they do in life; what a file holds is the same on every database, so one is enough."""

from __future__ import annotations

from tests.cli.conftest import analysis, environment, heard, rows, run

__all__ = ["analysis", "environment", "heard", "rows", "run"]
