"""``heard staff``: adding somebody, and what was done to accounts."""

from __future__ import annotations

import json

import click

from feedback_app import create_app
from feedback_app.cli.session import opened, settings_to_serve
from feedback_app.cli.tables import table
from feedback_app.staff import links
from feedback_app.store import staff as store_staff
from feedback_app.store import staff_log


@click.group()
def staff() -> None:
    """Members of staff."""


@staff.command()
@click.argument("email")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(list(store_staff.ROLES)),
    help="May be given more than once.",
)
@click.option("--team", default="", help="The team whose conversations are counted together.")
def add(email: str, roles: tuple[str, ...], team: str) -> None:
    """Add a member of staff. Prints a one-time link to set a password."""
    config = settings_to_serve()
    with opened() as store:
        app = create_app(config)
        try:
            user_id = store_staff.add(store, email, roles, team)
        except store_staff.StaffError as error:
            raise click.ClickException(str(error)) from None
        made_from = store_staff.end_sessions(store, user_id)
    with app.test_request_context(base_url=config.public_url or "http://127.0.0.1:8000"):
        click.echo(links.address(made_from))
    app.extensions["heard"].store.close()


@staff.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def log(form: str) -> None:
    """Who did what to whose account, by day, the newest first: roles given and taken away, links made, accounts switched off."""
    with opened() as store:
        entries = staff_log.entries(store)
    rows = [[one.day.isoformat(), one.who, one.what, one.whom] for one in entries]
    columns = ("day", "who", "what", "whom")
    if form == "json":
        click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], indent=2))
    else:
        click.echo(table(columns, rows))
