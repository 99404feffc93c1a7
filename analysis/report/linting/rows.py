"""Rows of responses, told by how their words repeat, whatever the words are.

A table of figures has a figure in each row, and each of its labels once, or together. In rows of responses a few words come
back again and again, in several columns, after others stood between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Final

from analysis.bands import share

#: A table without its header; each row is the text of its cells.
Rows = Sequence[Sequence[str]]

#: All that stands in a cell of figures: a share, words for one, or that it is withheld.
_FIGURE: Final = re.compile(
    r"(?:\d{1,3}(?:\.\d+)? ?%|withheld|not shown|fewer than \d+"
    r"|(?:(?:fewer|more|less) than|about|between) (?:.* )?(?:half|thirds?|quarters?|\d in \d+|\d+ ?%)"
    r"|(?:half|a third|a quarter) or (?:fewer|more))(?:\W.*)?",
    re.IGNORECASE,
)
#: Numbers and months may come back in any table.
_NUMBER: Final = re.compile(r"\d[\d,.]*|(?:19|20)\d\d-\d\d(?:-\d\d)?")
_COUNT: Final = re.compile(r"\d[\d,]*")
#: So many rows are needed before words that nobody knows can look like answers.
_FEWEST: Final = 4
#: The share of a column that has to be words that come again.
_MOSTLY: Final = 0.6
#: An option is no longer than this.
_LONGEST: Final = 80


def runs(rows: Rows, known: Collection[str]) -> Iterator[Rows]:
    """Rows that follow each other and hold no figure.

    Args:
        rows: all rows of a table.
        known: answers, in lower case: no figures, even where they read like one, unless Heard itself writes them for a share.
    """

    def holds_figure(row: Sequence[str]) -> bool:
        cells = (cell.strip() for cell in row)
        return any(
            _FIGURE.fullmatch(cell) and (cell.casefold() not in known or share(cell) is not None)
            for cell in cells
        )

    yield from (list(some) for is_of_figures, some in groupby(rows, holds_figure) if not is_of_figures)


def look_like_answers(rows: Rows) -> bool:
    """Whether rows without figures are probably a response each.

    In two columns or more words come back; or in one, and whole rows do. What is ordered by its first column, has no combination
    of words twice and ends in a number in each row is a table of counts.
    """
    if len(rows) < _FEWEST:
        return False
    width = max(len(row) for row in rows)
    filled = [[cell.strip().casefold() for cell in (*row, *[""] * (width - len(row)))] for row in rows]
    words = Counter(word for row in filled for cell in row for word in _words(cell))
    columns = [column for column in zip(*filled, strict=True) if _is_of_few(column, words)]
    back = [_comes_back(column) for column in columns]
    if sum(back) > 1:
        is_counted = not back[0] and len(set(zip(*columns, strict=True))) == len(rows)
        return not (is_counted and _end_in_numbers(filled))
    return any(back) and len(set(map(tuple, filled))) < len(rows)


def _words(cell: str) -> list[str]:
    """What a cell says: where several answers could be chosen, each."""
    return [word for part in cell.split(";") if (word := part.strip())]


def _is_of_few(column: Sequence[str], words: Counter[str]) -> bool:
    """Whether what stands in a column is mostly words that come again, in this column or another."""
    found = [word for cell in column for word in _words(cell)]
    again = [
        word for word in found if words[word] > 1 and len(word) <= _LONGEST and not _NUMBER.fullmatch(word)
    ]
    return len(found) >= _FEWEST and len(again) >= len(found) * _MOSTLY


def _comes_back(column: Sequence[str]) -> bool:
    """Whether a word stands again after another stood between."""
    stretches = [word for word, _ in groupby(word for cell in column for word in _words(cell))]
    return len(set(stretches)) < len(stretches)


def _end_in_numbers(rows: Rows) -> bool:
    """Whether the last column is counts."""
    return all(_COUNT.fullmatch(row[-1]) for row in rows)
