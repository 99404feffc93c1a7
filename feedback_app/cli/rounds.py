"""``heard rounds``: open and list them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

import click

from feedback_app.catalogues import Catalogues, LanguageError
from feedback_app.cli.session import opened, settings
from feedback_app.cli.tables import table
from feedback_app.store import rounds as store_rounds
from feedback_app.store.rounds import RoundError

#: What ``list --format json`` holds, in this order.
COLUMNS = ("survey", "slug", "opens", "closes", "sealed", "counted", "codes_left")


class Day(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day, or one line of what was expected."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.datetime.strptime(str(value), "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
        except ValueError:
            self.fail(f"{value!r} is not a date; expected YYYY-MM-DD", param, ctx)


@click.group()
def rounds() -> None:
    """Times in which a survey is open."""


@rounds.command("open")
@click.argument("survey")
@click.option("--from", "opens", type=Day(), required=True, help="First day, YYYY-MM-DD.")
@click.option("--to", "closes", type=Day(), required=True, help="Last day, YYYY-MM-DD.")
@click.option(
    "--codes",
    type=click.IntRange(0, store_rounds.MOST_CODES),
    default=0,
    help="How many codes; 0: by open link.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Offer it in a language that is not reviewed yet, such as ar or fa-AF; once for each.",
)
def open_(survey: str, opens: dt.date, closes: dt.date, codes: int, languages: tuple[str, ...]) -> None:
    """Open a round of SURVEY. Prints its link, and any codes: this is the only time they can be seen."""
    config = settings()
    with opened() as store:
        try:
            entry = "codes" if codes else "link"
            # A survey that there is not is told by open_round, with those there are.
            known = survey in store.surveys
            wanted = Catalogues().to_turn_on(languages, store.surveys.get(survey)) if known else ()
            slug, printed = store_rounds.open_round(store, survey, opens, closes, entry, codes)
            if wanted:
                store_rounds.set_languages(store, slug, wanted)
        except (LanguageError, RoundError) as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{config.public_url}/s/{slug}")
    for code in printed:
        click.echo(code)


@rounds.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def list_(form: str) -> None:
    """Every round, with how many responses wait in the ballot box and how many have been counted."""
    with opened() as store:
        rows = [{name: asdict(row)[name] for name in COLUMNS} for row in store_rounds.listing(store)]
    if form == "json":
        click.echo(json.dumps(rows, default=str, indent=2))
    else:
        click.echo(
            table(
                COLUMNS, [["" if row[name] is None else str(row[name]) for name in COLUMNS] for row in rows]
            )
        )
