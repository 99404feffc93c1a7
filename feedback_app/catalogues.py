"""Translations, read from ``.po`` files as translators leave them: nothing has to be compiled."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from feedback_app.languages import Language

FOLDER: Final = Path(__file__).with_name("translations")
TEMPLATE: Final = "messages.pot"

#: How a native speaker says that they have read a translation and stand by it.
_REVIEW: Final = re.compile(r"reviewed:\s*(?P<by>[^\W\d_]{1,8}) (?P<on>\d{4}-\d{2}-\d{2})", re.IGNORECASE)


def path_of(language: Language, folder: Path = FOLDER) -> Path:
    """Where a language's catalogue is."""
    return folder / language.code / "LC_MESSAGES" / "messages.po"


def is_review(comment: str) -> bool:
    """Whether a translator's comment says that somebody has reviewed the entry below it."""
    return _REVIEW.fullmatch(comment.strip()) is not None
