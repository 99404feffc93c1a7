"""What text may not look like: rows of answers, ids, addresses, times, places on a computer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Final

from analysis.report.linting.found import Found
from analysis.report.linting.rows import Rows, look_like_answers, runs
from surveys.reading import load_catalogue
from surveys.schema import PREFER_NOT_TO_SAY, Survey

#: Every answer that some surveys offer, as value and as text, in lower case.
Answers = frozenset[str]

_IDENTIFIERS: Final = (
    re.compile(
        r"(?<![0-9A-Fa-f-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9A-Fa-f-])", re.IGNORECASE
    ),
    re.compile(r"(?<![0-9A-Za-z])(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{32,64}(?![0-9A-Za-z])"),
    re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])"),
    re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d"),
    re.compile(r"gAAAAA[A-Za-z0-9_=-]{40,}"),
)
#: What a receipt looks like: 22 characters of base64.
_RECEIPT: Final = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{22}(?![\w-])", re.ASCII)
_PATHS: Final = re.compile(
    r"file:/|(?:^|[\s\"'(=;>])(?:[A-Za-z]:[\\/]|\\\\[\w.$-]+\\)"
    r"|(?:^|[\s\"'(=;:>])/(?:home|Users|root|tmp|var|opt|etc|mnt|media|srv|usr|private|workspace|work|data|app|build|proc)/\w"
)
#: What the columns of a file of responses are called, and none of Heard's own.
_COLUMNS_OF_RESPONSES: Final = frozenset(
    "id uuid response response_id receipt token code respondent participant person child young_person name first_name"
    " surname email e_mail phone ip ip_address address user_agent device session timestamp time date submitted submitted_at"
    " created created_at started completed answered_at case_number reference month wording how dob date_of_birth".split()
)
_SHARE: Final = re.compile(r"\d+(?:\.\d+)?(?=\s?%)")
_MONTH: Final = re.compile(r"(?:19|20)\d\d-(?:0\d|1[0-2])(?:-\d\d)?")
#: So many rows are needed before they can look like answers.
_FEWEST: Final = 3
_MOSTLY: Final = 0.8
#: A table has columns of figures where no more of its rows than this are without.
_FEW: Final = 0.2
#: What a child said, on lines of its own; it may look like anything.
_QUOTE: Final = re.compile(r"^\s*“[^“”]*”\s*$", re.MULTILINE)
_BETWEEN: Final = re.compile(r"\s*[,;|\t]\s*|\s{2,}")


@cache
def built_in() -> Answers:
    """Every answer that a built-in survey offers."""
    more = {PREFER_NOT_TO_SAY, "i’d rather not say", "skipped", "true", "false", "y", "n"}
    return answers(load_catalogue()) | more


def answers(surveys: Iterable[Survey]) -> Answers:
    """Every answer that some surveys offer."""
    options = (
        option for survey in surveys for question in survey.choice_questions for option in question.options
    )
    return frozenset(
        text.casefold()
        for option in options
        for text in (option.value, option.text, option.value.replace("_", " "))
    )


def of_table(header: Sequence[str], rows: Rows, known: Answers, where: str) -> Iterator[Found]:
    """Rows that look like responses: by their columns' names, or since words stand again and again where figures should.

    Args:
        header: the names of the columns.
        rows: all that stands below them.
        known: what surveys offer as answers; other words are judged by how they repeat.
        where: as a finding says it.
    """
    names = {re.sub(r"\W+", "_", name.strip().casefold()).strip("_") for name in header}
    without_figures = list(runs(rows, known))
    is_by_name = bool(names & _COLUMNS_OF_RESPONSES) and sum(map(len, without_figures)) > len(rows) * _FEW
    if (len(rows) >= _FEWEST and is_by_name) or any(
        _hold_answers(some, known) or look_like_answers(some) for some in without_figures
    ):
        yield Found("answers", where)


def _hold_answers(rows: Rows, known: Answers) -> bool:
    """Whether there are two columns of known answers, or one in rows that repeat."""
    if len(rows) < _FEWEST:
        return False
    width = max(len(row) for row in rows)
    columns = [
        [row[place] for row in rows if place < len(row) and row[place].strip()] for place in range(width)
    ]
    of_answers = sum(
        len(cells) >= _FEWEST and sum(_is_answer(cell, known) for cell in cells) >= len(cells) * _MOSTLY
        for cells in columns
    )
    return of_answers > 1 or (of_answers == 1 and len(set(map(tuple, rows))) < len(rows))


def _is_answer(cell: str, known: Answers) -> bool:
    return all(part.strip().casefold() in known for part in cell.split(";"))


def of_lines(text: str, known: Answers, where: str) -> Iterator[Found]:
    """Ids, addresses and times in what is shown; and lines that are rows of answers."""
    if holds_identifier(text):
        yield Found("identifier", where)
    lines = [_BETWEEN.split(line.strip()) for line in _QUOTE.sub("", text).splitlines()]
    told = [
        row
        for row in lines
        if len(row) > 1 and all(_is_answer(cell, known) or _MONTH.fullmatch(cell) for cell in row)
    ]
    if len(told) >= _FEWEST or any(map(look_like_answers, _side_by_side(lines, known))):
        yield Found("answers", where)


def _side_by_side(lines: Rows, known: Answers) -> Iterator[Rows]:
    """Lines of several cells that follow each other, without figures."""
    for width, some in groupby(lines, len):
        if width > 1:
            yield from runs(list(some), known)


def of_words_instead(words: str, shown: str, known: Answers, where: str) -> Iterator[Found]:
    """What is said to those who do not see a picture or table: no rows, and no share that nobody else is shown."""
    yield from of_lines(words, known, where)
    if set(_SHARE.findall(words)) - set(_SHARE.findall(shown)):
        yield Found("chart_cache", where)


def holds_path(text: str) -> bool:
    """Whether there is a place on a computer in a text."""
    return _PATHS.search(text) is not None


def holds_identifier(text: str) -> bool:
    """Whether there is an id, a network address or a time in a text."""
    return any(pattern.search(text) for pattern in _IDENTIFIERS) or any(
        _is_random(found) for found in _RECEIPT.findall(text)
    )


def _is_random(text: str) -> bool:
    """Whether somebody without blanks on their keyboard would not have written it: large, small, and figures in two places."""
    has_both = any(c.islower() for c in text) and any(c.isupper() for c in text)
    return has_both and len(re.findall(r"\d+", text)) > 1
