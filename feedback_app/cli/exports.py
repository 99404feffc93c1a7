"""``heard lint-export``: whether files carry more than they show."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from analysis.report.linting import KINDS, lint
from feedback_app.cli.surveys import installed


@click.command("lint-export")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def lint_export(files: tuple[Path, ...], form: str) -> None:
    """Look for what each FILE (.docx, .xlsx, .html, .pdf, .csv, .json) carries beyond what it shows; status 1 where there is any."""
    surveys = installed()
    found = {file: lint(_read(file), _kind(file), surveys) for file in files}
    if form == "json":
        told = [
            {"file": str(file), "rule": one.rule, "where": one.where}
            for file, ones in found.items()
            for one in ones
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for file, ones in found.items():
            click.echo("\n".join(f"{file}: {one}" for one in ones) or f"{file}: nothing more than it shows")
    if any(found.values()):
        sys.exit(1)


def _kind(file: Path) -> str:
    kind = file.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise click.ClickException(
            f"{file.name}: expected a name that ends in {', '.join('.' + name for name in KINDS)}"
        )
    return kind


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file.name}: cannot be read ({error.strerror})") from None
