"""The linter of exports: a file carries nothing more than it shows.

It is asked of every file before it leaves (``analysis.report.write``), and of any file by ``heard lint-export``. What it does
not know it refuses: a part of an archive that Heard does not write is a finding, whatever is in it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import Final

from analysis.report.linting.found import RULES, Found
from analysis.report.linting.text import answers, built_in
from surveys.schema import Survey

__all__ = ["KINDS", "RULES", "Found", "lint"]

#: The kinds of file that can be looked into, and where and how each is. Imported when first asked for.
_LINTERS: Final[Mapping[str, tuple[str, str]]] = {
    "docx": ("word", "of_word"),
    "xlsx": ("sheets", "of_sheets"),
    "html": ("web", "of_web_page"),
    "pdf": ("pdf", "of_pdf"),
    "csv": ("data", "of_csv"),
    "json": ("data", "of_json"),
}
KINDS: Final = tuple(_LINTERS)


def lint(content: bytes, kind: str, surveys: Iterable[Survey] = ()) -> list[Found]:
    """What a file carries beyond what it shows, each thing once; empty where it may leave.

    Args:
        content: the file.
        kind: one of ``KINDS``.
        surveys: a council's own, whose answers are known beside those of the built-in ones.
    """
    known = built_in() | answers(surveys)
    module, function = _LINTERS[kind]
    found = getattr(importlib.import_module(f"analysis.report.linting.{module}"), function)(content, known)
    return list(dict.fromkeys(found))
