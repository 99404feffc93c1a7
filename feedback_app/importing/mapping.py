"""A mapping from another tool's columns and values to question keys and option values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from feedback_app.importing.problem import ImportProblem


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How to read another tool's file.

    Attributes:
        columns: the file's column to ``month`` or a question key; an empty text leaves the column out.
        values: for a question key, the file's value to an option value.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """What a column of the file is to us; itself where the mapping does not name it."""
        return self.columns.get(name, name)

    def value(self, key: str, text: str) -> str:
        """What a value of the file is to us; itself where the mapping does not name it."""
        return self.values.get(key, {}).get(text, text)


def read_map(path: Path) -> ColumnMap:
    """A mapping file: ``[columns]`` and ``[values.QUESTION]``, each a table of text to text.

    Raises:
        ImportProblem: it is not such a file.
    """
    name = path.name
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ImportProblem(name, "there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ImportProblem(name, f"cannot be read ({type(error).__name__})") from None
    except tomllib.TOMLDecodeError as error:
        raise ImportProblem(name, f"is not TOML: {error}") from None
    except (ValueError, RecursionError):
        raise ImportProblem(
            name, "is not TOML: a number is too long, or tables are nested too deeply"
        ) from None
    if unknown := sorted(set(data) - {"columns", "values"}):
        raise ImportProblem(name, f"[{unknown[0]}] is not known; expected [columns] and [values.QUESTION]")
    values = data.get("values", {})
    if not isinstance(values, dict):
        raise ImportProblem(name, "values is not a table; expected [values.QUESTION]")
    return ColumnMap(
        _texts(name, "columns", data.get("columns", {})),
        {key: _texts(name, f"values.{key}", table) for key, table in values.items()},
    )


def _texts(name: str, place: str, table: Any) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ImportProblem(name, f'[{place}] holds something that is not text; expected "theirs" = "ours"')
    return table
