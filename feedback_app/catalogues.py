"""Every language's translations, read when first needed; how much of each there is; and gettext on top of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po
from babel.support import NullTranslations
from flask import Flask, current_app
from flask_babel import Babel, Domain, get_locale

from feedback_app.languages import ENGLISH, LANGUAGES, OTHERS, Language, find
from feedback_app.translating.catalogue import (
    FOLDER,
    TEMPLATE,
    Catalogue,
    is_review,
    path_of,
    read_catalogue,
)
from surveys.schema import Survey
from surveys.texts import texts_of

_SURVEYS: Final = "surveys/"


class LanguageError(Exception):
    """A language cannot be turned on; the message is one sentence for the member of staff."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of something is translated: numbers of texts."""

    texts: int
    translated: int
    reviewed: int

    @property
    def missing(self) -> int:
        """How many texts would be shown in English."""
        return self.texts - self.translated

    @property
    def is_whole(self) -> bool:
        """Whether nothing would be shown in English."""
        return self.translated == self.texts

    @property
    def is_reviewed(self) -> bool:
        """Whether a native speaker stands by every text."""
        return self.reviewed == self.texts

    @property
    def translated_percent(self) -> int:
        """Of all texts, rounded down: 100 means all."""
        return 100 * self.translated // max(1, self.texts)

    @property
    def reviewed_percent(self) -> int:
        """Of all texts, rounded down: 100 means all."""
        return 100 * self.reviewed // max(1, self.texts)


class Catalogues:
    """The catalogues of a folder.

    Args:
        folder: where ``messages.pot`` and a folder for each language are; those that come with Heard where None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or FOLDER
        self._read: dict[str, Catalogue] = {}
        self._offered: dict[tuple[str, int, tuple[str, ...]], tuple[Language, ...]] = {}
        self._has_reviews: dict[str, bool] = {}
        self._covered: dict[tuple[str, str, int], Coverage] = {}

    def of(self, language: Language) -> Catalogue:
        """A language's translations; empty for English."""
        found = self._read.get(language.code)
        if found is None:
            found = self._read[language.code] = read_catalogue(path_of(language, self.folder), language)
        return found

    @cached_property
    def texts(self) -> dict[str, bool]:
        """Every text of pages and built-in surveys, and whether it stands on pages."""
        with (self.folder / TEMPLATE).open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        return {
            message.id if isinstance(message.id, str) else message.id[0]: any(
                not place.startswith(_SURVEYS) for place, _line in message.locations
            )
            for message in messages
        }

    def coverage(self, language: Language, survey: Survey | None = None) -> Coverage:
        """How much is translated of the pages, and of one survey where it is named."""
        key = (language.code, survey.key, survey.version) if survey else (language.code, "", 0)
        if key not in self._covered:
            self._covered[key] = self._count(language, survey)
        return self._covered[key]

    def is_reviewed(self, language: Language, survey: Survey | None = None) -> bool:
        """Whether a native speaker stands by every text of the pages, and of one survey where it is named.

        A catalogue without any review is not read for this: twelve of them take a second and ten megabytes.
        """
        if language.code not in self._has_reviews:
            path = path_of(language, self.folder)
            lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
            comments = (line.removeprefix("# ") for line in lines if line.startswith("# "))
            self._has_reviews[language.code] = any(map(is_review, comments))
        return self._has_reviews[language.code] and self.coverage(language, survey).is_reviewed

    def whole(self, language: Language) -> Coverage:
        """How much is translated of pages and every built-in survey."""
        return self._counted(language, None, set(self.texts))

    def to_turn_on(self, tags: Iterable[str], survey: Survey) -> tuple[str, ...]:
        """The codes of languages that somebody wants turned on for a survey, each once, without English.

        Raises:
            LanguageError: one is unknown, or not wholly translated.
        """
        wanted = {tag: find(tag) for tag in tags}
        for tag, language in wanted.items():
            if language is None:
                known = ", ".join(language.tag for language in LANGUAGES)
                raise LanguageError(f"There is no language {tag!r}; there are {known}.")
            if language is not ENGLISH and (missing := self.coverage(language, survey).missing):
                texts = "1 text is" if missing == 1 else f"{missing} texts are"
                raise LanguageError(
                    f"{survey.title} cannot be offered in {language.english} yet: {texts} not translated."
                )
        return tuple(language.code for language in OTHERS if language in wanted.values())

    def offered(self, survey: Survey, turned_on: tuple[str, ...] = ()) -> tuple[Language, ...]:
        """The languages in which a round is offered: English, the wholly reviewed, and those turned on."""
        key = (survey.key, survey.version, turned_on)
        if key not in self._offered:
            self._offered[key] = tuple(
                language
                for language in LANGUAGES
                if language is ENGLISH or language.code in turned_on or self.is_reviewed(language, survey)
            )
        return self._offered[key]

    @cached_property
    def offered_without_a_round(self) -> tuple[Language, ...]:
        """The languages of pages that belong to no round: English, and those wholly reviewed."""
        return (ENGLISH, *(language for language in OTHERS if self.is_reviewed(language)))

    def _count(self, language: Language, survey: Survey | None) -> Coverage:
        wanted = {text for text, is_on_pages in self.texts.items() if is_on_pages}
        if survey is not None:
            wanted |= {text.text for text in texts_of(survey)}
        return self._counted(language, survey, wanted)

    def _counted(self, language: Language, survey: Survey | None, wanted: set[str]) -> Coverage:
        entries = self.of(language).entries
        translated = {source for source, entry in entries.items() if entry.is_translated}
        reviewed = {source for source, entry in entries.items() if entry.is_reviewed}
        if survey is not None and (own := survey.translations.get(language.code)):
            translated |= set(own.texts)
            reviewed = (reviewed - set(own.texts)) | (set(own.texts) if own.is_reviewed else set())
        return Coverage(len(wanted), len(wanted & translated), len(wanted & reviewed))


class _Texts(Domain):
    """gettext's way to the catalogues; a text without a translation stays English."""

    def get_translations(self) -> NullTranslations:
        """The translations of the language in which a request is answered."""
        language = find(str(get_locale())) or ENGLISH
        return current().of(language).translations


class _Babel(Babel):
    """Flask-Babel, reading ``.po`` files."""

    @cached_property
    def domain_instance(self) -> _Texts:
        """What is asked when a text is needed."""
        return _Texts()


def init_app(app: Flask, choose: Callable[[], str]) -> None:
    """Give an application its catalogues.

    Args:
        app: the application.
        choose: the code of the language in which the current request is answered.
    """
    app.extensions["heard_catalogues"] = Catalogues()
    _Babel(app, locale_selector=choose)


def current() -> Catalogues:
    """The catalogues of the current application."""
    found = current_app.extensions["heard_catalogues"]
    assert isinstance(found, Catalogues)
    return found
