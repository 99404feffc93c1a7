"""Where pages of the Word report begin.

Word keeps a heading with the caption and the table below it. LibreOffice does not where a caption stands between the two, and
leaves the heading alone at the foot of a page. So every survey begins a page of its own, and what does not fit there together
with the first table has that table's heading on the next page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from analysis.report.content import Content, Section, Table

#: Points that text has on a page, of 717; what is reckoned below is rather too much than too little.
_PAGE: Final = 700
#: Characters of a line of text, of the first of two columns, and of the first of several.
_LINE, _WIDE_CELL, _CELL = 86, 50, 29
_TITLES: Final = 100
_SURVEY, _HEADING = 50, 40
_CAPTION: Final = 32


def begins_page(content: Content, section: Section) -> bool:
    """Whether the heading over a survey's tables begins a page: since what leads and the first table are more than one."""
    if not section.tables:
        return False
    before = _opening(content) if section is content.sections[0] else 0.0
    return before + _leading(section) + _table(section.tables[0]) > _PAGE


def _lines(text: str, characters: int) -> int:
    return sum(math.ceil(len(line) / characters) or 1 for line in text.splitlines() or [""])


def _paragraphs(texts: Iterable[str], line: float, after: float) -> float:
    return sum(_lines(text, _LINE) * line + after for text in texts)


def _opening(content: Content) -> float:
    """From the top of the first page to its first survey."""
    return _TITLES + _paragraphs((content.council, *content.about, *content.absent), 16, 8)


def _leading(section: Section) -> float:
    """From a survey's heading to its chart."""
    headlines = (f"{each.figure} {each.rest} ({each.base})" for each in section.headlines)
    chart = _CAPTION + 22 + 21 * len(section.chart.bars) if section.chart else 0
    note = 20 if section.chart and section.chart.note else 0
    return _SURVEY + _paragraphs((section.opening,), 16, 8) + _paragraphs(headlines, 16, 0) + chart + note


def _table(table: Table) -> float:
    """From the heading over a table to the end of its notes."""
    characters = _WIDE_CELL if len(table.header) == 2 else _CELL
    rows = sum(13.5 * _lines(row[0], characters) + 7.5 for row in table.rows)
    return _HEADING + _CAPTION + 28 + rows + _paragraphs(table.notes, 14, 7)
