"""``heard responses import``, ``heard count`` and ``heard recount``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from feedback_app.cli.session import opened
from feedback_app.cli.tables import table
from feedback_app.importing.mapping import read_map
from feedback_app.importing.problem import ImportProblem
from feedback_app.importing.responses import Row, import_responses
from feedback_app.store import Store, ballot_box, daily, retention, tallies
from surveys.schema import Survey


def survey_named(store: Store, key: str) -> Survey:
    """The newest version of a survey, or one line saying which there are."""
    try:
        return store.surveys.get(key)
    except KeyError:
        known = ", ".join(survey.key for survey in store.surveys.current())
        raise click.ClickException(f"there is no survey {key!r}; there are {known}") from None


def _progress(rows: Iterable[Row], number: int) -> Iterable[Row]:
    if not sys.stderr.isatty():
        yield from rows
        return
    with click.progressbar(rows, length=number, label="Sealing", file=sys.stderr) as shown:
        yield from shown


@click.group()
def responses() -> None:
    """Responses that were collected elsewhere."""


@responses.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--survey", "key", required=True, help="The survey they answer.")
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), help="A mapping from the file's columns and values."
)
@click.option(
    "--number",
    type=click.IntRange(1),
    default=1,
    help="2 where the same rows were imported before and these are other children's, and so on.",
)
def import_(file: Path, key: str, map_file: Path | None, number: int) -> None:
    """Import FILE (.csv or .xlsx): a row a response, its month (YYYY-MM) and question keys. All of it, or nothing."""
    with opened() as store:
        survey = survey_named(store, key)
        try:
            columns = read_map(map_file) if map_file else None
            done = import_responses(store, file, survey, columns, _progress, number)
        except ImportProblem as problem:
            raise click.ClickException(str(problem)) from None
        waiting = ballot_box.waiting(store, survey.key)
    imported = "1 response" if done.responses == 1 else f"{done.responses} responses"
    click.echo(f"{imported} imported; {waiting} of {survey.key} wait in the ballot box.")
    if done.empty:
        left_out = (
            "1 row answers no question and was"
            if done.empty == 1
            else f"{done.empty} rows answer no question and were"
        )
        click.echo(f"{left_out} left out: an empty row is no response.")


@click.command()
def count() -> None:
    """Count the ballot boxes of months that have ended, and destroy what is past its time."""
    with opened() as store:
        counted, gone = daily.count_and_destroy(store)
        for batch in counted:
            click.echo(f"{batch.survey} {batch.month}: {batch.responses} responses counted")
        if gone:
            click.echo(f"{gone} past their time destroyed (see heard destroyed)")
        for survey in store.surveys.current():
            click.echo(f"{survey.key}: {ballot_box.waiting(store, survey.key)} wait")
        # Every night, also where nothing was counted: what was read, used up or answered by staff leaves no trace.
        if not store.forget_deleted(also_counted=False):
            click.echo(
                "Traces of what was deleted are still there: somebody was reading. Run heard count again.",
                err=True,
            )


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def destroyed(form: str) -> None:
    """How many responses, comments and others have been destroyed, at the end of their time or since they were void."""
    with opened() as store:
        gone = retention.destroyed(store)
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in gone], indent=2))
        return
    columns = ("what", "survey", "month", "count")
    click.echo(table(columns, [[one.what, one.survey, one.month, str(one.count)] for one in gone]))


@click.command()
def recount() -> None:
    """Count every response again and compare with the tallies; exit status 1 where they differ."""
    with opened() as store:
        found = tallies.differences(store)
    for difference in found:
        click.echo(
            f"{difference.survey} {difference.month} {difference.what}: "
            f"the tally says {difference.tally}, the responses {difference.responses}",
            err=True,
        )
    if found:
        sys.exit(1)
    click.echo("Every tally is what the responses say.")
