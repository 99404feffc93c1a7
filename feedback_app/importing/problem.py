"""What is wrong with a file, and where."""

from __future__ import annotations


class ImportProblem(Exception):
    """A file that cannot be imported. Its text is one line: file, row, column, what was found and what was expected."""

    def __init__(self, file: str, sentence: str, row: int | None = None, column: str | None = None) -> None:
        place = [f"row {row}" if row else "", f"column {_cut(column)}" if column else ""]
        where = ", ".join(part for part in place if part)
        super().__init__(f"{file}: {where}: {sentence}" if where else f"{file}: {sentence}")


def quoted(text: str, most: int = 60) -> str:
    """A value from a file, made fit for one line of a terminal."""
    return repr(_cut(text, most))


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
