"""``heard results`` and ``heard report``: only what disclosure control lets through."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from analysis.data_formats import COLUMNS, as_csv, as_json, rows
from analysis.findings import SurveyFindings
from analysis.period import Period, PeriodError
from analysis.report import FORMATS
from analysis.report.linting import KINDS, lint
from feedback_app import reporting, showing
from feedback_app.cli.responses import survey_named
from feedback_app.cli.session import everything
from feedback_app.cli.tables import table


@click.command()
@click.argument("survey")
@click.option("--from", "first", required=True, help="First month, YYYY-MM.")
@click.option(
    "--to",
    "last",
    required=True,
    help="Last month, YYYY-MM: the same, or the end of whole quarters of one year.",
)
@click.option("--by", default=None, help="A declared breakdown: a question's key, round, or how.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
def results(survey: str, first: str, last: str, by: str | None, form: str) -> None:
    """Percentages of SURVEY for one month, or whole quarters of one year."""
    try:
        period = Period.between(first, last)
    except PeriodError as error:
        raise click.ClickException(str(error)) from None
    with everything() as parts:
        named = survey_named(parts.store, survey)
        if by == "":
            raise click.ClickException(f"{named.key} cannot be split by ''")
        found = showing.show(parts, named, period, by)
    written = {"json": as_json, "csv": as_csv, "table": _table}[form](found)
    if form in KINDS and (carried := lint(written.encode(), form, [named])):
        raise click.ClickException(
            f"the figures are held back, since they hold more than they show: {carried[0]}"
        )
    click.echo(written)


@click.command()
@click.option("--year", required=True, help="The report year, such as 2022-23.")
@click.option(
    "--quarter", type=click.IntRange(1, 4), default=None, help="One quarter of it; 1 is April to June."
)
@click.option(
    "--to", "file", type=click.Path(path_type=Path), required=True, help="FILE.docx, .html or .xlsx"
)
def report(year: str, quarter: int | None, file: Path) -> None:
    """Write the feedback section of a year's report."""
    form = file.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise click.ClickException(
            f"{file.name}: expected a name that ends in {', '.join('.' + name for name in FORMATS)}"
        )
    if not file.parent.is_dir():
        raise click.ClickException(f"{file}: cannot be written (there is no such folder)")
    try:
        period = Period.year(year, quarter)
    except PeriodError as error:
        raise click.ClickException(str(error)) from None
    with everything() as parts:
        content = parts.analysis.report(reporting.report_input(parts, period), form)
    _write_whole(file, content)
    click.echo(f"{file}: {period.label}")


def _write_whole(file: Path, content: bytes) -> None:
    """The whole file or none of it, so that nobody opens half a report."""
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".heard-") as folder:
            part = Path(folder) / "report"
            part.write_bytes(content)
            part.replace(file)
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be written ({error.strerror})") from None


def _table(found: SurveyFindings) -> str:
    heading = f"{found.title}, {found.period.label}: {found.everyone.responses_shown}"
    return "\n".join([heading, "", table(COLUMNS, rows(found)), *_reasons(found)])


def _reasons(found: SurveyFindings) -> list[str]:
    """A line for each reason why something is withheld or in words."""
    keys: dict[str, list[str]] = {}
    for group in (found.everyone, *found.groups):
        for question in group.questions:
            if question.why:
                place = f"{question.key} ({group.group})" if group.group else question.key
                keys.setdefault(question.why, []).append(place)
    return ["", *(f"{', '.join(places)}: {why}" for why, places in keys.items())] if keys else []
