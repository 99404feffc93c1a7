"""The languages in which young people's pages can be read, and choosing among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Attributes:
        code: as Babel and the folders of translations name it, such as ``fa_AF``.
        name: what its readers call it.
        english: what staff call it.
        plurals: the header by which gettext chooses among plural forms. Source: CLDR.
        is_right_to_left: whether it is written so.
        asked_for: beginnings of what a browser's Accept-Language may call it, the tag itself apart.
    """

    code: str
    name: str
    english: str
    plurals: str = "nplurals=2; plural=(n != 1);"
    is_right_to_left: bool = False
    asked_for: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """As addresses name it, such as ``fa-AF``."""
        return self.code.replace("_", "-")

    @property
    def html(self) -> str:
        """As HTML names it: for voices, hyphens and fonts. English is that of Britain."""
        return "en-GB" if self.code == "en" else self.tag

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.is_right_to_left else "ltr"


_ONE_FORM: Final = "nplurals=1; plural=0;"
_ONE_OR_NONE: Final = "nplurals=2; plural=(n > 1);"
_SLAVIC: Final = "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"

ENGLISH: Final = Language("en", "English", "English")
#: In the order of the picker, English first.
LANGUAGES: Final = (
    ENGLISH,
    Language(
        "ar",
        "العربية",
        "Arabic",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
        is_right_to_left=True,
    ),
    Language("ps", "پښتو", "Pashto", is_right_to_left=True),
    # A reader of one of these two reads the other as well.
    Language("fa_AF", "دری", "Dari", _ONE_FORM, is_right_to_left=True, asked_for=("prs", "fa")),
    Language("fa", "فارسی", "Farsi", _ONE_FORM, is_right_to_left=True, asked_for=("prs",)),
    Language(
        "ckb", "کوردی", "Kurdish Sorani", is_right_to_left=True, asked_for=("ku-arab", "ku-iq", "ku-ir")
    ),
    Language("ti", "ትግርኛ", "Tigrinya", _ONE_OR_NONE),
    Language("am", "አማርኛ", "Amharic", _ONE_OR_NONE),
    Language("vi", "Tiếng Việt", "Vietnamese", _ONE_FORM),
    Language("sq", "Shqip", "Albanian"),
    Language("uk", "Українська", "Ukrainian", f"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : {_SLAVIC}"),
    Language("pl", "Polski", "Polish", f"nplurals=3; plural=(n==1 ? 0 : {_SLAVIC}"),
    Language(
        "cy",
        "Cymraeg",
        "Welsh",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
    ),
)
#: Those that there are to translate into.
OTHERS: Final = LANGUAGES[1:]

_BY_TAG: Final = {language.tag.lower(): language for language in LANGUAGES}


def find(tag: str | None) -> Language | None:
    """The language of a tag or code (``fa-AF``, ``fa_AF``), or None."""
    return _BY_TAG.get((tag or "").replace("_", "-").lower())


def negotiate(wanted: Sequence[tuple[str, float]], offered: Iterable[Language]) -> Language:
    """The language for somebody who has not chosen.

    Args:
        wanted: what their browser asks for, with how much (0 to 1), what is wanted most first.
        offered: what there is; English is, always.
    """
    there = [language for language in LANGUAGES if language in {ENGLISH, *offered}]
    for tag, quality in wanted:
        fitting = [language for language in there if quality > 0 and _fit(tag.lower(), language)]
        if fitting:
            return max(fitting, key=lambda language: _fit(tag.lower(), language))
    return ENGLISH


def _fit(tag: str, language: Language) -> int:
    """How well a language answers a tag: as many letters as they share, 0 where it does not."""
    own = language.tag.lower()
    # "fa" is answered by Farsi before Dari, and "fa-AF" the other way round.
    exact = len(own) + 100 if _begins(tag, own) else 0
    return exact or max((len(name) for name in language.asked_for if _begins(tag, name)), default=0)


def _begins(tag: str, name: str) -> bool:
    return tag == name or tag.startswith(name + "-")
