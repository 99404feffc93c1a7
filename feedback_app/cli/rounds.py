"""``heard rounds``: open and list them, make codes, and void what was poisoned."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from feedback_app import slips as paper
from feedback_app.catalogues import Catalogues, LanguageError
from feedback_app.cli.session import opened, settings
from feedback_app.cli.tables import table
from feedback_app.store import Store, voiding
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


_SLIPS = click.option(
    "--slips",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.html",
    help="Write the codes as slips to print, with QR codes, into a new file, instead of printing them.",
)


@rounds.command("open")
@click.argument("survey")
@click.option("--from", "opens", type=Day(), required=True, help="First day, YYYY-MM-DD.")
@click.option("--to", "closes", type=Day(), required=True, help="Last day, YYYY-MM-DD.")
@click.option(
    "--codes",
    "number",
    type=click.IntRange(0, store_rounds.MOST_CODES),
    default=0,
    help="How many codes; 0: by open link.",
)
@click.option("--open-link", is_flag=True, help="With --codes: let those in as well who have none.")
@_SLIPS
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Offer it in a language that is not reviewed yet, such as ar or fa-AF; once for each.",
)
def open_(  # noqa: PLR0913  # click gives each option as an argument
    survey: str,
    opens: dt.date,
    closes: dt.date,
    number: int,
    *,
    open_link: bool,
    slips: Path | None,
    languages: tuple[str, ...],
) -> None:
    """Open a round of SURVEY. Prints its link, and any codes: this is the only time they can be seen."""
    entry = {(False, False): "link", (True, False): "codes", (True, True): "both"}.get(
        (number > 0, open_link)
    )
    if entry is None or (slips and not number):
        raise click.UsageError("--open-link and --slips go with --codes.")
    with opened() as store, _reserved(slips), _told():
        # A survey that there is not is told by open_round, with those there are.
        known = survey in store.surveys
        wanted = Catalogues().to_turn_on(languages, store.surveys.get(survey)) if known else ()
        slug, printed = store_rounds.open_round(store, survey, opens, closes, entry, number)
        if wanted:
            store_rounds.set_languages(store, slug, wanted)
        click.echo(_link(slug))
        _hand_out(store, slug, printed, slips)


@rounds.command("codes")
@click.argument("slug")
@click.option(
    "--number",
    type=click.IntRange(1, store_rounds.MOST_CODES),
    required=True,
    help="How many more codes.",
)
@_SLIPS
def codes_(slug: str, number: int, *, slips: Path | None) -> None:
    """Make more codes for the round SLUG, and print them: this is the only time they can be seen."""
    with opened() as store, _reserved(slips), _told():
        _hand_out(store, slug, store_rounds.make_codes(store, slug, number), slips)


@rounds.command("void")
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def void_(slug: str, *, yes: bool) -> None:
    """Void the round SLUG: destroy what waits of it, and take no more. It cannot be taken back.

    On a terminal it asks first.
    """
    if not yes and sys.stdin.isatty():
        click.confirm(
            f"Everything of {slug} that is not counted yet will be destroyed, and cannot be brought back. Go on?",
            abort=True,
        )
    with opened() as store, _told():
        destroyed = voiding.void_round(store, slug)
    click.echo(f"{slug} is void; {destroyed} sealed responses are destroyed.")


@contextmanager
def _told() -> Iterator[None]:
    """What a round cannot do, as one line."""
    try:
        yield
    except (LanguageError, RoundError) as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _reserved(file: Path | None) -> Iterator[None]:
    """Make a new file for slips, for its owner alone, before there are codes; take it away where there are none after all."""
    if file is None:
        yield
        return
    if not settings().public_url:
        raise click.ClickException("HEARD_PUBLIC_URL is not set; slips say where the survey is")
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be made ({error.strerror})") from None
    try:
        yield
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _link(slug: str) -> str:
    return f"{settings().public_url}/s/{slug}"


def _hand_out(store: Store, slug: str, printed: list[str], file: Path | None) -> None:
    if file is None:
        for code in printed:
            click.echo(code)
        return
    round_ = store_rounds.find(store, slug)
    assert round_ is not None
    survey = store.surveys.get(round_.survey_key, round_.survey_version)
    title = next(iter(survey.welcome.values())).title
    file.write_text(paper.document(title, _link(slug), printed), encoding="utf-8")
    click.echo(
        f"{file}: {len(printed)} slips. Print them, then delete the file: whoever has a code can answer once."
    )


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
