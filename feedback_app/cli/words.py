"""``heard words check``: what the product would suggest about comments in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from feedback_app.analysis_process import AnalysisError, AnalysisProcess


@click.group()
def words() -> None:
    """What young people say in their own words."""


@words.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """For each line of FILE.jsonl ({"id", "words"}): identifying spans, tone, and whether it is worrying.

    Suspected are names of people, places, schools and clubs, numbers, addresses, handles, dates of birth, and a few telling facts.
    These are suggestions: a person decides.
    """
    lines = [_checked(file, number, line) for number, line in enumerate(_lines(file), 1) if line.strip()]
    analysis = AnalysisProcess()
    try:
        for line in lines:
            found = analysis.words_check(line["words"])
            click.echo(json.dumps({"id": line["id"], **found}, ensure_ascii=False))
    except AnalysisError as error:
        raise click.ClickException(str(error)) from None
    finally:
        analysis.close()


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name}: is not UTF-8") from None
    except OSError as error:
        raise click.ClickException(f"{file.name}: cannot be read ({error.strerror})") from None


def _checked(file: Path, number: int, line: str) -> dict[str, Any]:
    expected = 'expected {"id": …, "words": "…"}'
    try:
        found = json.loads(line)
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise click.ClickException(f"{file.name}: row {number}: holds half a character; {expected}") from None
    except (ValueError, RecursionError):
        raise click.ClickException(f"{file.name}: row {number}: is not JSON; {expected}") from None
    if not isinstance(found, dict) or "id" not in found or not isinstance(found.get("words"), str):
        raise click.ClickException(f"{file.name}: row {number}: {expected}")
    return found
