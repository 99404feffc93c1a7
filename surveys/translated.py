"""``[translations.pl]`` in a survey's file: English text -> its translation, for a council's own surveys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from surveys.fields import Fields, kind_of, listed
from surveys.schema import LANGUAGES, Translation

#: Stands among the texts, and is none: who has reviewed them all, and when.
_REVIEWED: Final = "reviewed"
_BY_AND_ON: Final = re.compile(r"[^\W\d_]{1,8} \d{4}-\d{2}-\d{2}")


def translations(fields: Fields) -> dict[str, Translation]:
    """What a survey's file holds in other languages; problems are noted."""
    inner = fields.inner("translations", "translations")
    if inner is None:
        return {}
    found = {}
    for language, table in inner.table.items():
        if language not in LANGUAGES:
            inner.problem(f'language "{language[:20]}" is unknown; expected one of {listed(LANGUAGES)}')
        elif isinstance(table, Mapping):
            found[language] = _translation(Fields(table, f"translations.{language}", inner.notes))
        else:
            inner.problem(f"{language} is {kind_of(table)}; expected a table")
    return found


def _translation(fields: Fields) -> Translation:
    review = fields.text(_REVIEWED)
    if review and not _BY_AND_ON.fullmatch(review):
        fields.problem(
            f'reviewed "{review[:40]}" is not initials and a day; expected such as "AB 2026-11-20"'
        )
    texts = {_one_line(text): fields.text(text) for text in fields.table if text != _REVIEWED}
    return Translation({text: said for text, said in texts.items() if said}, is_reviewed=bool(review))


def _one_line(text: str) -> str:
    """A text as reading makes it of what stands in the file."""
    return " ".join(text.split())
