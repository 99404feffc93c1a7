"""Charts that an application draws keep copies of their figures: each must be one that the document shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.report.linting.archives import name_in
from analysis.report.linting.found import Found


def of_chart(name: str, root: Any, shown: str) -> Iterator[Found]:
    """A chart's copies of figures that are not shown, and the workbook it would be drawn from.

    Args:
        shown: all the text that a reader sees.
    """
    figures = set(re.findall(r"\d+(?:\.\d+)?", shown))
    for element in root.iter():
        local = name_in(element)
        if local == "externalData":
            yield Found("embedded", name)
        if local == "f":
            yield Found("chart_cache", f"{name}, the cells it would be drawn from")
        if local in ("numCache", "strCache", "multiLvlStrCache", "numLit", "strLit"):
            kept = [(value.text or "").strip() for value in element.iter() if name_in(value) == "v"]
            if any(not _is_shown(value, figures, shown) for value in kept):
                yield Found("chart_cache", f"{name}, {local}")


def _is_shown(value: str, figures: set[str], shown: str) -> bool:
    try:
        number = float(value)
    except ValueError:
        return value in shown
    return f"{number:g}" in figures or f"{number * 100:g}" in figures
