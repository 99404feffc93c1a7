"""``heard translations``: how far each language is, what is wrong in it, and bringing it up to date."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from babel.messages.pofile import PoFileError

from feedback_app.catalogues import Catalogues
from feedback_app.cli.surveys import folders
from feedback_app.cli.tables import table
from feedback_app.languages import OTHERS, Language
from surveys.problems import SurveyErrors
from surveys.reading import load_catalogue
from surveys.schema import Survey

_COLUMNS = ("language", "name", "texts", "translated", "reviewed", "fuzzy", "problems")


@click.group(invoke_without_command=True)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option("--survey", "key", help="Only what one survey and the pages around it need.")
@click.pass_context
def translations(context: click.Context, form: str, key: str | None) -> None:
    """How much of each language is translated and reviewed. Ends with status 2 where a translation is broken."""
    if context.invoked_subcommand:
        return
    catalogues = Catalogues()
    survey = _survey(key) if key else None
    rows = [_row(catalogues, language, survey) for language in OTHERS]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2) if form == "json" else _table(rows))
    problems = [problem for row in rows for problem in row["problems"]]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(2)


@translations.command()
def update() -> None:
    """Bring every language's file up to date with the texts of pages and built-in surveys."""
    from feedback_app.translating import updating

    try:
        changed = updating.update()
    except SurveyErrors as errors:
        raise click.ClickException(str(errors.problems[0])) from None
    except PoFileError as error:
        raise click.ClickException(f"a file cannot be read, see heard translations: {error}") from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: cannot be written ({error.strerror})") from None
    for path in changed:
        click.echo(path.as_posix())
    if not changed:
        click.echo("Everything is up to date.")


def _survey(key: str) -> Survey:
    try:
        return load_catalogue(folders()).get(key)
    except SurveyErrors as errors:
        raise click.ClickException(str(errors.problems[0])) from None
    except KeyError:
        raise click.ClickException(f"there is no survey {key!r}; see heard surveys list") from None


def _row(catalogues: Catalogues, language: Language, survey: Survey | None) -> dict[str, Any]:
    catalogue = catalogues.of(language)
    covered = catalogues.coverage(language, survey) if survey else catalogues.whole(language)
    return {
        "language": language.tag,
        "name": language.english,
        "texts": covered.texts,
        "translated": covered.translated,
        "reviewed": covered.reviewed,
        "translated_percent": covered.translated_percent,
        "reviewed_percent": covered.reviewed_percent,
        "fuzzy": sum(entry.is_fuzzy for entry in catalogue.entries.values()),
        "problems": list(catalogue.problems),
    }


def _table(rows: list[dict[str, Any]]) -> str:
    shown = [
        {
            **row,
            "translated": f"{row['translated']} ({row['translated_percent']}%)",
            "reviewed": f"{row['reviewed']} ({row['reviewed_percent']}%)",
            "problems": len(row["problems"]),
        }
        for row in rows
    ]
    return table(_COLUMNS, [[str(row[name]) for name in _COLUMNS] for row in shown])
