"""A report's sentences and tables, as ``analysis.report.content`` makes them, read back into facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from analysis.audit.documents import Grid, Part, Picture, Style, Text
from analysis.audit.facts import AuditError, Facts, Figure, FileSays, Kind, Place
from analysis.breakdowns import EVERY_SURVEY
from analysis.disclosure import Why
from analysis.findings import WITHHELD
from analysis.period import MONTH_NAMES, Period, PeriodError
from surveys.schema import Question, Survey

_COUNT: Final = r"([0-9][0-9,]*)"
_METHOD: Final = "How these figures were made"
_MONTH: Final = re.compile(rf"({'|'.join(MONTH_NAMES)}) ([0-9]{{4}})")
_TOGETHER: Final = re.compile(
    rf"Together we have {_COUNT} responses from children and young people: (.*)\. Surveys are anon.*"
)
_EACH: Final = re.compile(rf"{_COUNT} to “(.+?)”(?=, | and |$)")
_CONVERSATIONS: Final = re.compile(rf"{_COUNT} conversations were recorded for “(.+)”\. A child may.*")
_ABSENT: Final = re.compile(r"“(.+)” had (.+) (?:responses|conversations) counted in this time, so .*")
_OPENING: Final = re.compile(
    rf"{_COUNT} (?:children and young people answered|conversations were recorded) (?:in|from) .*"
)
_ALONE: Final = re.compile(rf"We have heard from {_COUNT} children and young people\.")
_BASE: Final = re.compile(
    r"(.+) \((?:of ([0-9][0-9,]*)( who answered in the easy wording)?|how many answered is withheld)\)"
)
_NOT_SHOWN: Final = re.compile(r"(“.+”) (?:is|are) not shown: (.+)\.")
_ANSWERED: Final = re.compile(r"([0-9][0-9,]*) answered, ([0-9][0-9,]*) skipped\.")
_NO_ANSWERED: Final = "How many answered and how many skipped is withheld."
_OF: Final = re.compile(r"(.+) of ([0-9][0-9,]*)")
_NO_SIZE: Final = re.compile(r"How many there were is withheld; answers were counted .*")
_NOTHING: Final = re.compile(r"Nothing is shown of “(.+)”: .*")
_BAR: Final = re.compile(r"(?:Bar chart\. .*?: |Bar: )?(.+), ([0-9]+%)\.?")
#: Sentences in which a number is no figure.
_NO_FIGURES: Final = re.compile(
    r"This (?:is|report is about) what children and young people .*|Nothing can be shown of this time: .*"
    r"|Made on .*|Groups of fewer than .*|More than one .*"
)


def _is_reason(text: str) -> bool:
    return text.lower().endswith(tuple(f"{why.lower()}." for why in Why))


def period_of(text: str) -> Period | None:
    """The period that a label names, such as ``April 2022 to March 2023``; None where it is no label."""
    found = _MONTH.findall(text)
    months = [f"{year}-{MONTH_NAMES.index(name) + 1:02d}" for name, year in found]
    try:
        period = Period.between(months[0], months[-1]) if months else None
    except PeriodError:
        return None
    return period if period and period.label == text.strip() else None


class ReportReader:
    """Reads a report from its top to its end.

    Args:
        name: the file's name.
        surveys: the newest version of each, by key.
    """

    def __init__(self, name: str, surveys: Mapping[str, Survey]) -> None:
        self.facts = Facts(name)
        self._surveys = surveys
        self._period: Period | None = None
        self._survey: Survey | None = None
        self._split: Question | None = None
        self._is_method = False
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def read(self, parts: Iterable[Part]) -> FileSays:
        """All that it says.

        Raises:
            AuditError: it is no report of Heard's, or of a survey that is not known.
        """
        for part in parts:
            match part:
                case Text():
                    self.text(part)
                case Grid():
                    self.grid(part)
                case Picture():
                    self._picture(part)
        if self._period is None:
            raise self._wrong("this is not a report that Heard wrote: it does not say of which time it is")
        return self.facts.said()

    def _wrong(self, what: str) -> AuditError:
        return AuditError(f"{self.facts.file}: {what}")

    def text(self, part: Text) -> None:
        """One paragraph."""
        if part.style is Style.SURVEY:
            self._is_method = part.text == _METHOD
            if not self._is_method:
                self.begin(part.mark if part.mark in self._surveys else self._titled(part.text))
        elif self._is_method or part.style in {Style.QUOTE, Style.TITLE, Style.HEADING}:
            return
        elif self._period is None:
            self._period = period_of(part.text)
        else:
            self.sentence(part.text)

    def begin(self, survey: str) -> None:
        """What follows is of this survey."""
        self._survey, self._split = self._surveys[survey], None

    def _titled(self, title: str) -> str:
        found = [survey.key for survey in self._surveys.values() if survey.title == title]
        if len(found) != 1:
            known = "several surveys are" if found else "no survey here is"
            raise self._wrong(
                f"{known} called “{title}”; a council's own surveys are read from the folder HEARD_SURVEYS"
            )
        return found[0]

    def place(self, survey: str | None = None) -> Place:
        """Everyone of a survey, the one being read where none is named."""
        if self._period is None or (survey is None and self._survey is None):
            raise self._wrong(
                "this is not a report that Heard wrote: figures stand before its time or its survey"
            )
        return Place(survey or self._current.key, self._period)

    @property
    def _current(self) -> Survey:
        if self._survey is None:
            raise self._wrong(
                "this is not a report that Heard wrote: figures stand before the name of a survey"
            )
        return self._survey

    def sentence(self, text: str) -> None:
        """One sentence: a figure, a reason, or nothing to do with figures."""
        readers: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]]] = (
            (_TOGETHER, self._together),
            (_CONVERSATIONS, lambda found: self._responses(found[2], found[1])),
            (_ABSENT, lambda found: self._responses(found[1], found[2])),
            (_NOTHING, lambda found: self._responses(found[1], WITHHELD)),
            (_OPENING, lambda found: self._opening(found[1])),
            (_NO_SIZE, lambda _: self._opening(WITHHELD)),
            (_ALONE, lambda _: True),
            (_BASE, self._headline),
            (_NOT_SHOWN, self._not_shown),
            (_ANSWERED, lambda found: self._answered(found[1], found[2])),
            (re.compile(re.escape(_NO_ANSWERED)), lambda _: self._answered(WITHHELD, WITHHELD)),
            (_NO_FIGURES, lambda _: True),
        )
        for pattern, read in readers:
            found = pattern.fullmatch(text)
            if found and read(found):
                return
        if re.search(r"[0-9]", text) and not _is_reason(text):
            self.facts.not_read(text)

    def _together(self, found: re.Match[str]) -> bool:
        return all(self._responses(title, count) for count, title in _EACH.findall(found[2]))

    def _responses(self, title: str, count: str) -> bool:
        self.facts.number(Figure(self.place(self._titled(title)), Kind.RESPONSES), count)
        return True

    def _opening(self, count: str) -> bool:
        if self._survey is None:
            return False
        self.facts.number(Figure(self.place(), Kind.RESPONSES), count)
        return True

    def _headline(self, found: re.Match[str]) -> bool:
        """A headline; two questions with the same one differ by their wording, which stands beside the base."""
        said, base = found[1], found[2]
        if self._survey is None:
            return False
        led = [q for q in self._current.choice_questions if q.headline and said.endswith(f" {q.headline}")]
        led = [q for q in led if base is None or _is_easy(q) == bool(found[3])]
        if len(led) != 1:
            return False
        figure = said.removesuffix(f" {led[0].headline}")
        self._positive(self.place(), led[0], figure, base or WITHHELD)
        return True

    def _positive(self, place: Place, question: Question, shown: str, base: str | None) -> None:
        words = shown if shown[:1].isdigit() else shown[:1].lower() + shown[1:]
        options = tuple(value for value in question.values if value in question.positive)
        self.facts.share(Figure(place, Kind.OPTION, question.key, options), words)
        if base is not None:
            self.facts.number(Figure(place, Kind.BASE, question.key), base)

    def _not_shown(self, found: re.Match[str]) -> bool:
        for title in re.findall(r"“(.+?)”(?=, | and |$)", found[1]):
            question = self._question(title, "withheld")
            self._bases(self.place(), question.key, WITHHELD, WITHHELD, found[2])
            for value in question.values:
                self.facts.share(Figure(self.place(), Kind.OPTION, question.key, (value,)), WITHHELD)
        return True

    def _bases(self, place: Place, question: str, base: str, skipped: str, why: str | None = None) -> None:
        self.facts.number(Figure(place, Kind.BASE, question), base, why)
        self.facts.number(Figure(place, Kind.SKIPPED, question), skipped)

    def _answered(self, base: str, skipped: str) -> bool:
        if self._split:
            self._bases(self.place(), self._split.key, base, skipped)
        return self._split is not None

    def _question(self, title: str, where: str, answers: Sequence[str] = ()) -> Question:
        """The question of this title; where several share it, those that fit the answers, then as they come."""
        found = [q for q in self._current.choice_questions if q.title == title]
        fitting = [q for q in found if {option.text for option in q.options} <= set(answers)]
        some = fitting or found
        if not some:
            raise self._wrong(f"{self._current.key} has no question called “{title}”")
        number = self._seen[self._current.key, where, title]
        self._seen[self._current.key, where, title] += 1
        return some[min(number, len(some) - 1)]

    def grid(self, grid: Grid) -> None:
        """One table."""
        if len({len(row) for row in grid.rows}) != 1:
            raise self._wrong(f"the table “{grid.title}” is damaged")
        self._split = None
        header = grid.rows[0]
        if header == ("Answer", "Share"):
            self._one_question(grid)
        elif header[-2:] == ("Answered", "Skipped"):
            self._yes_no(grid)
        elif header[:2] == ("Question", "Everyone"):
            self._breakdown(grid)
        elif any(re.search(r"[0-9]", cell) for row in grid.rows for cell in row):
            self.facts.not_read(f"the table “{grid.title}”")

    def _one_question(self, grid: Grid) -> None:
        question = self._question(grid.title, "table", [answer for answer, _ in grid.rows[1:]])
        self._split = question
        self._options(question, grid.rows[1:])

    def _options(
        self, question: Question, rows: Iterable[tuple[str, str]] | Iterable[tuple[str, ...]]
    ) -> None:
        values = []
        for text, shown in rows:
            values.append(option_of(text, [question]))
            self.facts.share(Figure(self.place(), Kind.OPTION, question.key, (values[-1],)), shown)
        self.facts.lists(self.place(), question.key, tuple(values))

    def _yes_no(self, grid: Grid) -> None:
        answers = grid.rows[0][1:-2]
        for title, *cells, base, skipped in grid.rows[1:]:
            shown = [(text, cell) for text, cell in zip(answers, cells, strict=True) if cell]
            question = self._question(title, "table", [text for text, _ in shown])
            self._bases(self.place(), question.key, base, skipped)
            self._options(question, shown)

    def _breakdown(self, grid: Grid) -> None:
        by, groups = self._groups(grid.title.removeprefix("Split by: "), grid.rows[0][2:])
        places = [self.place(), *(Place(self._current.key, self.place().period, by, g) for g in groups)]
        for title, *cells in grid.rows[1:]:
            if title == "Responses":
                for place, cell in zip(places, cells, strict=True):
                    self.facts.number(Figure(place, Kind.RESPONSES), cell)
                continue
            question = self._question(title, f"split by {by}")
            for place, cell in zip(places, cells, strict=True):
                found = _OF.fullmatch(cell)
                self._positive(place, question, found[1] if found else cell, found[2] if found else None)

    def _groups(self, title: str, texts: Sequence[str]) -> tuple[str, list[str]]:
        """The breakdown's key, and its groups', by the name of the one and the texts of the others."""
        for key, (known, names) in EVERY_SURVEY.items():
            if known.startswith(title):
                values = {text: value for value, text in names.items()}
                return key, [values.get(text, text) for text in texts]
        some = [q for q in self._current.breakdowns if {option.text for option in q.options} <= set(texts)]
        named = [q for q in some if q.title.startswith(title)] or some
        if not named:
            raise self._wrong(f"{self._current.key} has no breakdown called “{title}”")
        return named[0].key, [option_of(text, named[:1]) for text in texts]

    def _picture(self, picture: Picture) -> None:
        if not picture.in_words:
            self.facts.not_read("a picture without words")
            return
        for bar in picture.in_words.split("; "):
            found = _BAR.fullmatch(bar)
            question = next(
                (q for q in self._current.choice_questions if found and bar_label(q) == found[1]), None
            )
            if found and question:
                self._positive(self.place(), question, found[2], None)
            else:
                self.facts.not_read(bar)


def _is_easy(question: Question) -> bool:
    return [wording.value for wording in question.wordings] == ["easy"]


def bar_label(question: Question) -> str:
    """What a chart calls a question."""
    headline = question.headline or question.title
    return f"{headline[0].upper()}{headline[1:]}{' (easy wording)' if _is_easy(question) else ''}"


def option_of(text: str, questions: Iterable[Question]) -> str:
    """The value of an option by its text; of one that only older versions had, as results name those."""
    values = {option.text: option.value for question in questions for option in question.options}
    return values.get(text, text.replace(" ", "_"))
