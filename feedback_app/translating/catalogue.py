"""One language's translations, read from its ``.po`` file as translators leave it: nothing has to be compiled."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations

from feedback_app.languages import Language
from feedback_app.translating.checking import problem_of
from feedback_app.translating.direction import isolated

FOLDER: Final = Path(__file__).parent.with_name("translations")
TEMPLATE: Final = "messages.pot"

#: How a native speaker says that they have read a translation and stand by it.
_REVIEW: Final = re.compile(r"reviewed:\s*[^\W\d_]{1,8}\s+\d{4}-\d{2}-\d{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One text's translation.

    Attributes:
        source: the English text; in the singular where there are two.
        line: where it stands in its file.
        is_fuzzy: whether it belongs to an English text that has changed since.
        is_translated: whether it can be shown: whole, not fuzzy, and without a problem.
        is_reviewed: whether a native speaker has said so, and it can be shown.
        problem: what is wrong with it, or None.
    """

    source: str
    line: int
    is_fuzzy: bool
    is_translated: bool
    is_reviewed: bool
    problem: str | None


@dataclass(frozen=True)
class Catalogue:
    """One language's translations.

    Attributes:
        path: its file, which need not be there.
        entries: by English text.
        problem: why the whole file cannot be used, as ``line: sentence``; None where it can.
    """

    path: Path
    entries: Mapping[str, Entry] = field(default_factory=dict)
    translations: NullTranslations = field(default_factory=NullTranslations)
    problem: str | None = None

    @cached_property
    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong, each with file and line."""
        found = [f"{self.path}:{self.problem}"] if self.problem else []
        return (
            *found,
            *(
                f"{self.path}:{entry.line}: the translation of “{entry.source}” {entry.problem}"
                for entry in self.entries.values()
                if entry.problem
            ),
        )


def path_of(language: Language, folder: Path = FOLDER) -> Path:
    """Where a language's catalogue is."""
    return folder / language.code / "LC_MESSAGES" / "messages.po"


def is_review(comment: str) -> bool:
    """Whether a translator's comment says that somebody has reviewed the entry below it."""
    return _REVIEW.fullmatch(comment.strip()) is not None


def read_catalogue(path: Path, language: Language) -> Catalogue:
    """A language's translations; without any where the file is not there, or cannot be used. Never fails."""
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=language.code, abort_invalid=True)
        _check_plurals(catalog)
        entries = {entry.source: entry for entry in map(_entry, _messages(catalog))}
        return Catalogue(path, entries, _translations(catalog, entries, language))
    except FileNotFoundError:
        return Catalogue(path)
    except PoFileError as error:
        return Catalogue(path, problem=f"{(error.lineno or 0) + 1}: {error}")
    except (OSError, ValueError, LookupError) as error:
        return Catalogue(path, problem=f"1: the file cannot be read as a catalogue ({error})")


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _check_plurals(catalog: Catalog) -> None:
    """Raises ValueError where the header chooses a form that is not there."""
    choose = gettext.c2py(catalog.plural_expr)
    if not all(0 <= choose(number) < catalog.num_plurals for number in range(200)):
        raise ValueError("Plural-Forms chooses a form that is not there")


def _entry(message: Message) -> Entry:
    source = _source(message)
    problem = _problem(message)
    is_translated = all(_texts(message)) and not message.fuzzy and problem is None
    return Entry(
        source=source,
        line=message.lineno or 0,
        is_fuzzy=bool(message.fuzzy),
        is_translated=is_translated,
        is_reviewed=is_translated and any(map(is_review, message.user_comments)),
        problem=problem,
    )


def _source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _problem(message: Message) -> str | None:
    """The first thing wrong with an entry. A fuzzy one is not shown, so it may be as it is."""
    if message.fuzzy:
        return None
    texts = [text for text in _texts(message) if text]
    if texts and len(texts) < len(_texts(message)):
        return "lacks some of its plural forms"
    source = message.id if isinstance(message.id, str) else message.id[-1]
    found = (problem_of(source, text, is_plural_form=not isinstance(message.id, str)) for text in texts)
    return next(filter(None, found), None)


def _translations(catalog: Catalog, entries: Mapping[str, Entry], language: Language) -> NullTranslations:
    """What gettext reads, with nothing in it that may not be shown."""
    for message in list(_messages(catalog)):
        if not entries[_source(message)].is_translated:
            catalog.delete(message.id)
        elif language.is_right_to_left:
            texts = tuple(map(isolated, _texts(message)))
            message.string = texts[0] if isinstance(message.string, str) else texts
    made = io.BytesIO()
    write_mo(made, catalog)
    made.seek(0)
    return Translations(made)
