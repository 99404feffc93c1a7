"""``heard remind``: for a timer."""

from __future__ import annotations

import sys

import click

from feedback_app import reminders
from feedback_app.cli.session import opened, settings
from feedback_app.notices import NotTold


@click.command()
def remind() -> None:
    """Remind whoever is on duty of words to be read and young people to be contacted. One e-mail a day, numbers only.

    It also tells staff of contact requests whose e-mail could not be sent before, so let a timer run it every hour.
    """
    config = settings()
    with opened() as store:
        try:
            done = reminders.remind(config, store)
        except NotTold as error:
            click.echo(f"heard: nobody was told: {error}", err=True)
            sys.exit(1)
    if done.told:
        click.echo(f"Told staff of contact requests: {done.told}")
    for line in done.lines:
        click.echo(line)
    click.echo(f"Reminded {', '.join(done.to)}." if done.to else f"Nobody was reminded: {done.why_not}.")
