"""Words in a file lose what no reader sees and nothing else, and lose nobody's other answers."""

from __future__ import annotations

import csv
from pathlib import Path

from sqlalchemy import select

from analysis.words.harmless import harmless
from feedback_app.importing.responses import Imported, import_responses
from feedback_app.store import Store, ballot_box
from feedback_app.store.models import SealedComment
from tests.support.hostile import TEXTS

#: What a file of text can hold: neither half a character nor, since it is refused with its row, a null byte.
WORDS = [text.encode("utf-8", "ignore").decode() for what, text in TEXTS.items() if what != "null bytes"]


def test_hostile_words_are_imported_as_words(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(("month", "how_attended", "best_thing"))
        writer.writerows(("2026-11", "attended", words) for words in WORDS)
    assert import_responses(store, file, store.surveys.get("iro_review")) == Imported(len(WORDS), 0)
    assert ballot_box.waiting(store, "iro_review") == len(WORDS)
    with store.reading() as session:
        held = [
            store.secrets.unseal(sealed)["words"] for sealed in session.scalars(select(SealedComment.sealed))
        ]
    assert sorted(held) == sorted(harmless(words).strip() for words in WORDS)
