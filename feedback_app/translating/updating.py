"""Bringing the template and every language's catalogue up to date with pages and surveys."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from feedback_app.languages import OTHERS, Language
from feedback_app.translating.catalogue import FOLDER, TEMPLATE, is_review, path_of
from feedback_app.translating.extracting import header, template

#: Lines that change with every run, or with Babel's version, and tell a translator nothing.
_CHURN: Final = re.compile(
    rb'^"(?:POT-Creation-Date|Generated-By|Report-Msgid-Bugs-To): .*\n'
    # What nobody has filled in.
    rb'|^"(?:PO-Revision-Date: YEAR|Last-Translator: FULL NAME|Language-Team: .*<LL@li\.org>).*\n',
    re.MULTILINE,
)


def update(folder: Path | None = None) -> tuple[Path, ...]:
    """Write the template and merge it into each language's catalogue; a missing catalogue is made.

    A translation whose text changed stays as a fuzzy one, which is never shown; one whose text is gone stays at the end.

    Returns:
        The files that were changed, as they are called in the folder.

    Raises:
        PoFileError: a catalogue cannot be read.
    """
    folder = folder or FOLDER
    gathered = template()
    wanted = {folder / TEMPLATE: as_bytes(gathered)}
    for language in OTHERS:
        wanted[path_of(language, folder)] = as_bytes(_merged(language, gathered, folder))
    changed = [path for path, content in wanted.items() if not path.exists() or path.read_bytes() != content]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
    return tuple(path.relative_to(folder) for path in changed)


def as_bytes(catalog: Catalog) -> bytes:
    """A catalogue as a file: the same on every machine and day."""
    written = io.BytesIO()
    write_po(written, catalog, width=0, include_lineno=False)
    return _CHURN.sub(b"", written.getvalue())


def _merged(language: Language, gathered: Catalog, folder: Path) -> Catalog:
    path = path_of(language, folder)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language.code, abort_invalid=True)
    else:
        catalog = _new(language)
    catalog.update(gathered, update_header_comment=False)
    for message in catalog:
        message.user_comments = [line for line in message.user_comments if _stays(line, message)]
    return catalog


def _stays(comment: str, message: Message) -> bool:
    """Whether a comment is true still. What was reviewed of a fuzzy one is not what stands there now."""
    # Babel takes what editors write of an earlier text ("#| msgid …") for a comment.
    return not comment.startswith("| ") and not (message.id and message.fuzzy and is_review(comment))


def _new(language: Language) -> Catalog:
    catalog = Catalog(
        locale=Locale.parse(language.code),
        project="Heard",
        version="1",
        last_translator="",
        language_team="",
        fuzzy=False,
        header_comment=header(f"Heard in {language.english}."),
    )
    # Babel knows no plural forms of some of these languages, and takes those of English.
    catalog.mime_headers = [("Plural-Forms", language.plurals)]
    return catalog
