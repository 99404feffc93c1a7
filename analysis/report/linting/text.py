"""What text may not look like: rows of answers, ids, addresses, times, places on a computer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from analysis.report.linting.found import Found
from surveys.reading import load_catalogue
from surveys.schema import PREFER_NOT_TO_SAY

#: A table without its header; each row is the text of its cells.
Rows = Sequence[Sequence[str]]

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
#: What stands in a cell of figures: a share, a band, or that it is withheld.
_FIGURE: Final = re.compile(
    r"\d+\s?%|\b(?:withheld|or fewer|or more|fewer than|more than|less than|about|between|nobody|everybody|not shown)\b|\d in \d",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(r"\d+(?:\.\d+)?(?=\s?%)")
_MONTH: Final = re.compile(r"(?:19|20)\d\d-(?:0\d|1[0-2])(?:-\d\d)?")
#: So many rows are needed before they can look like answers.
_FEWEST: Final = 3
_MOSTLY: Final = 0.8
_BETWEEN: Final = re.compile(r"\s*[,;|\t]\s*|\s{2,}")


@cache
def answers() -> frozenset[str]:
    """Every answer that a built-in survey offers, as value and as text, in lower case."""
    options = (
        option
        for survey in load_catalogue().current()
        for question in survey.choice_questions
        for option in question.options
    )
    found = {
        text.casefold()
        for option in options
        for text in (option.value, option.text, option.value.replace("_", " "))
    }
    return frozenset(found | {PREFER_NOT_TO_SAY, "i’d rather not say", "skipped", "true", "false", "y", "n"})


def of_table(header: Sequence[str], rows: Rows, where: str) -> Iterator[Found]:
    """Rows that look like responses: by their columns' names, or since they hold answers where figures should stand."""
    names = {re.sub(r"\W+", "_", name.strip().casefold()).strip("_") for name in header}
    if len(rows) >= _FEWEST and (_is_of_responses(names, rows) or _holds_answers(rows)):
        yield Found("answers", where)


def _is_of_responses(names: set[str], rows: Rows) -> bool:
    return bool(names & _COLUMNS_OF_RESPONSES) and not _has_figures(rows)


def _holds_answers(rows: Rows) -> bool:
    """Two columns of answers, or one in rows that repeat; unless there is a figure in each row: then it is counted."""
    width = max(len(row) for row in rows)
    columns = [
        [row[place] for row in rows if place < len(row) and row[place].strip()] for place in range(width)
    ]
    of_answers = sum(
        len(cells) >= _FEWEST and _mostly(map(_is_answer, cells), len(cells)) for cells in columns
    )
    repeats = len({tuple(row) for row in rows}) < len(rows)
    return (of_answers > 1 or (of_answers == 1 and repeats)) and not _has_figures(rows)


def _has_figures(rows: Rows) -> bool:
    return _mostly((any(_FIGURE.search(cell) for cell in row) for row in rows), len(rows))


def _mostly(found: Iterable[bool], of: int) -> bool:
    return sum(found) >= of * _MOSTLY


def _is_answer(cell: str) -> bool:
    parts = [part.strip().casefold() for part in cell.split(";")]
    return all(part in answers() for part in parts)


def of_lines(text: str, where: str) -> Iterator[Found]:
    """Ids, addresses and times in what is shown; and lines that are rows of answers."""
    if holds_identifier(text):
        yield Found("identifier", where)
    rows = [cells for line in text.splitlines() if len(cells := _BETWEEN.split(line.strip())) > 1]
    told = [row for row in rows if all(_is_answer(cell) or _MONTH.fullmatch(cell) for cell in row)]
    if len(told) >= _FEWEST:
        yield Found("answers", where)


def of_words_instead(words: str, shown: str, where: str) -> Iterator[Found]:
    """What is said to those who do not see a picture or table: no rows, and no share that nobody else is shown."""
    yield from of_lines(words, where)
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
