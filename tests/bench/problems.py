"""What makes a measurement worthless."""

from __future__ import annotations


class BenchError(Exception):
    """Something did not do what was measured, so that its figures mean nothing; the message is one sentence."""
