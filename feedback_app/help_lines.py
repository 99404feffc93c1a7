"""Where a young person can get help: a short list that a council may replace with its own."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from babel.dates import format_skeleton
from flask_babel import get_locale, gettext

from analysis.period import PeriodError, read_month

BUILT_IN: Final = Path(__file__).with_name("help_lines.toml")


class HelpLinesError(Exception):
    """A list of help lines has a problem; the message names the file, the line and what was expected."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One way to get help.

    Attributes:
        name: what it is called.
        about: who it is for, in one sentence.
        open: when somebody answers.
        last_checked: the month in which somebody tried it, ``YYYY-MM``.
        call: the number to ring, as people read it; empty where it is texted.
        text: the number to text; empty where it is rung.
        word: what to send to it.
    """

    name: str
    about: str
    open: str
    last_checked: str
    call: str = ""
    text: str = ""
    word: str = ""

    @property
    def link(self) -> str:
        """What a phone opens when the number is tapped."""
        if self.call:
            return f"tel:{_digits(self.call)}"
        return f"sms:{_digits(self.text)}" + (f"?body={self.word}" if self.word else "")

    @property
    def checked(self) -> str:
        """The month of the last check as people read it in their language, such as ``November 2026``.

        Where a language ends it with a full stop, that is left to the sentence it stands in.
        """
        day = dt.date.fromisoformat(f"{self.last_checked}-01")
        return format_skeleton("yMMMM", day, locale=get_locale() or "en").removesuffix(".")

    def translated(self) -> HelpLine:
        """The same in the language of the request, where it is one of the built-in lines."""
        return replace(self, name=gettext(self.name), about=gettext(self.about), open=gettext(self.open))


def read_help_lines(path: Path | None = None) -> tuple[HelpLine, ...]:
    """The help lines of a file, in its order; the built-in ones where None.

    Raises:
        HelpLinesError: the file cannot be read, is empty, or a line is not of its form.
    """
    path = path or BUILT_IN
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("line")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HelpLinesError(f"{path}: cannot be read as TOML ({error})") from error
    if not isinstance(found, list) or not found:
        raise HelpLinesError(f"{path}: has no [[line]]; at least one help line is needed")
    return tuple(_line(f"{path}: line {place}", entry) for place, entry in enumerate(found, 1))


def _line(where: str, entry: Any) -> HelpLine:
    known = {field.name for field in fields(HelpLine)}
    if not isinstance(entry, dict) or not all(isinstance(value, str) and value for value in entry.values()):
        raise HelpLinesError(f"{where}: expected text for each of {', '.join(sorted(known))}")
    if unknown := sorted(set(entry) - known):
        raise HelpLinesError(f"{where}: {unknown[0]} is not known; expected {', '.join(sorted(known))}")
    if missing := sorted({"name", "about", "open", "last_checked"} - set(entry)):
        raise HelpLinesError(f"{where}: {missing[0]} is missing")
    line = HelpLine(**entry)
    _check(where, line)
    return line


def _check(where: str, line: HelpLine) -> None:
    if bool(line.call) == bool(line.text):
        raise HelpLinesError(f"{where}: expected either call or text, a number")
    if not _digits(line.call or line.text):
        raise HelpLinesError(f"{where}: {line.call or line.text!r} is not a number to ring or text")
    if line.word and not (line.word.isascii() and line.word.isalnum()):
        raise HelpLinesError(f"{where}: word is {line.word!r}; expected one plain word to send")
    try:
        read_month(line.last_checked)
    except PeriodError as error:
        raise HelpLinesError(f"{where}: last_checked: {error}") from error


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit() or character == "+")
