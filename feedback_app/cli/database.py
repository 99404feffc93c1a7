"""``heard db upgrade``, ``heard backup`` and ``heard restore``."""

from __future__ import annotations

from pathlib import Path

import click

from feedback_app.cli.session import opened, void_codes
from feedback_app.store import backups, keys, rounds
from feedback_app.store.revision import REVISION, migrate


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to what this version needs. Safe to run again."""
    with opened(migrated=False) as store:
        migrate(store.engine)
        keys.note(store)
    click.echo(f"The database is at {REVISION}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write everything into FILE, encrypted under the newest of HEARD_WORDS_KEYS."""
    with opened() as store:
        try:
            rows = backups.write(store, file)
        except backups.BackupError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{file}: {rows} rows")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace what is there.")
def restore(file: Path, *, replace: bool) -> None:
    """Read FILE back, all of it or nothing. Single-use codes are void afterwards: some may have been used since."""
    with opened() as store:
        try:
            rows, void = backups.read(store, file, replace=replace)
        except backups.BackupError as error:
            raise click.ClickException(str(error)) from None
        lacking = [row for row in rounds.listing(store) if row.needs_codes]
    click.echo(f"{rows} rows restored{void_codes(sum(void.values()))}.")
    for row in lacking:
        click.echo(
            f"{row.slug} ({row.survey}, until {row.closes}): {row.codes_void} codes are void. Collect the slips that are "
            f"out, and make new ones: heard rounds codes {row.slug} --number N"
        )
