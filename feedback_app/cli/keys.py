"""``heard keys``: a new key, under which keys everything is, and changing them while Heard serves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click
from cryptography.fernet import Fernet

from feedback_app.cli.session import opened, void_codes
from feedback_app.store import Store
from feedback_app.store import keys as store_keys

#: A process that was started before the newest key was added seals under the older one, and nothing shows it until somebody answers.
_CONDITION: Final = (
    "Older keys can be taken out of HEARD_WORDS_KEYS if everything that serves was restarted after the newest was added, and "
    "before this ran. If not, or if in doubt: restart it, and run this again. Keep them elsewhere for as long as backups from "
    "their time."
)


@click.group()
def keys() -> None:
    """The keys that words and waiting answers are encrypted under."""


@keys.command()
def new() -> None:
    """Print a new key, to be put before the others in HEARD_WORDS_KEYS."""
    click.echo(Fernet.generate_key().decode())


@keys.command()
def check() -> None:
    """Say under which keys everything is; exit status 1 where something cannot be opened, or codes no longer match."""
    with opened() as store:
        found = store_keys.standings(store)
        is_same = store_keys.is_secret_key_the_same(store)
        number = store.secrets.words_keys
    for one in found:
        if one.table != "key_mark":
            click.echo(_said(one))
    lost = sum(one.lost for one in found)
    if lost:
        click.echo("A key is missing from HEARD_WORDS_KEYS: put it back behind the others.", err=True)
    elif any(one.older for one in found):
        click.echo("Everything can be opened. Older keys are still needed: run heard keys rotate.")
    elif number > 1:
        click.echo("Everything is under the newest key; the others are needed for older backups alone.")
    else:
        click.echo("Everything can be opened.")
    if not is_same:
        click.echo(f"{store_keys.NOT_THE_SAME}.", err=True)
    if lost or not is_same:
        sys.exit(1)


def _said(one: store_keys.Standing) -> str:
    parts = [f"{one.newest} under the newest key"]
    if one.older:
        parts.append(f"{one.older} under an older one")
    if one.lost:
        parts.append(f"{one.lost} that no key opens")
    return f"{one.table}.{one.column}: {', '.join(parts)}"


@keys.command()
def rotate() -> None:
    """Seal everything anew under the first of HEARD_WORDS_KEYS, while Heard serves. May be stopped and run again."""
    with opened() as store:
        with _progress(store) as progress:
            done = store_keys.rotate(store, progress)
        number = store.secrets.words_keys
    values = "1 value" if done.changed == 1 else f"{done.changed} values"
    click.echo(f"{values} sealed under the newest key.")
    if done.lost:
        click.echo(f"{done.lost} cannot be opened with any of the keys, and were left as they are.", err=True)
    if done.late:
        click.echo(_still_sealing(done.late), err=True)
    if not done.is_wiped:
        click.echo("What was there before could not be wiped while others read: run this again.", err=True)
    if done.lost or done.late or not done.is_wiped:
        sys.exit(1)
    if number > 1:
        click.echo(_CONDITION)


def _still_sealing(late: int) -> str:
    found = "1 of them was" if late == 1 else f"{late} of them were"
    return (
        f"{found} sealed under an older key after everything had been gone through: something that was started before the "
        "newest key was added still serves. Restart it, and run this again."
    )


@contextmanager
def _progress(store: Store) -> Iterator[store_keys.Progress]:
    if not sys.stderr.isatty():
        yield lambda _rows: None
        return
    with click.progressbar(length=store_keys.size(store), label="Sealing", file=sys.stderr) as shown:
        yield shown.update


@keys.command("give-up")
@click.option("--yes", is_flag=True, help="Really.")
def give_up(*, yes: bool) -> None:
    """Destroy what none of HEARD_WORDS_KEYS opens: for a key that is gone for good. What can be opened stays."""
    with opened() as store:
        lost = sum(one.lost for one in store_keys.standings(store) if one.table != "key_mark")
        if lost and not yes:
            raise click.ClickException(
                f"{lost} values that no key opens would be destroyed for good; if the key is surely gone, add --yes"
            )
        number = store_keys.give_up(store)
    click.echo(
        f"{number} rows that no key opens were destroyed (see heard destroyed)."
        if number
        else "Everything can be opened."
    )


@keys.command()
def accept() -> None:
    """Say that HEARD_SECRET_KEY was changed on purpose: unused codes are void, and staff sign in again."""
    with opened() as store:
        if store_keys.is_secret_key_the_same(store):
            click.echo(
                "HEARD_SECRET_KEY is the one that codes and receipts were made under; nothing was changed."
            )
            return
        number = store_keys.accept_secret_key(store)
    click.echo(f"Noted{void_codes(number)}.")
