"""Translations made by rule, so that a test can tell from a text in which language it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from feedback_app.languages import Language, find
from feedback_app.translating.catalogue import FOLDER, TEMPLATE, path_of

REVIEW = "reviewed: AB 2026-11-20"
Change = Callable[[Message], None]


def language(tag: str) -> Language:
    """A language that there is."""
    found = find(tag)
    assert found is not None
    return found


def marked(tag: str, text: str) -> str:
    """A text as these translations have it: ``pl«Start»``."""
    return f"{tag}«{text}»"


def translate(
    folder: Path, tag: str, *, reviewed: bool = False, change: Change = lambda message: None
) -> Path:
    """Translate every text into a language, and let a test change some; returns the file."""
    to = language(tag)
    catalog = Catalog(locale=to.code, fuzzy=False)
    catalog.mime_headers = [("Plural-Forms", to.plurals)]
    for message in _template(folder):
        if message.id:
            is_one = isinstance(message.id, str)
            text = marked(tag, message.id if isinstance(message.id, str) else message.id[-1])
            made = catalog.add(
                message.id,
                text if is_one else [text] * catalog.num_plurals,
                user_comments=[REVIEW] if reviewed else [],
            )
            change(made)
    path = path_of(to, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0)
    return path


def _template(folder: Path) -> Catalog:
    own = folder / TEMPLATE
    if not own.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own.write_bytes((FOLDER / TEMPLATE).read_bytes())
    with own.open("rb") as file:
        return read_po(file)
