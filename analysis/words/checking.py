"""Everything that is suggested about one comment, as ``heard words check`` prints it."""

from __future__ import annotations

from dataclasses import asdict

from analysis.words.concern import is_worrying
from analysis.words.identifying import spans
from analysis.words.tone import tone


def check(words: str) -> dict[str, object]:
    """``spans`` (``start``, ``end``, ``kind``), ``tone`` and ``concern`` of a comment."""
    return {
        "spans": [asdict(span) for span in spans(words)],
        "tone": tone(words),
        "concern": is_worrying(words),
    }
