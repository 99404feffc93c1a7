"""``heard serve`` and ``heard demo``."""

from __future__ import annotations

import os
import socket

import click

from feedback_app.cli.session import opened, settings_to_serve
from feedback_app.store import Store, keys
from feedback_app.store.secrets import MISSING_KEY
from surveys.problems import SurveyErrors


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that serve."
)
def serve(bind: str, workers: int) -> None:
    """Serve the application."""
    from feedback_app.serving import run

    host, port = _address(bind)
    settings_to_serve()
    with opened() as store:
        _check_keys(store)
    _check_free(host, port)
    run(host, port, workers)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def demo(port: int) -> None:
    """Set up demonstration data and accounts, unless they are there, then serve them on this machine."""
    from feedback_app import demonstration
    from feedback_app.serving import run

    if os.environ.get("HEARD_ENV") == "production":
        raise click.ClickException("HEARD_ENV is production, where the demonstration does not run")
    os.environ["HEARD_ENV"] = "development"
    os.environ["HEARD_DEMO"] = "yes"
    os.environ.pop("HEARD_DATABASE_URL", None)
    os.environ.setdefault("HEARD_COUNCIL", "Fernshire County Council")
    os.environ["HEARD_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    _check_free("127.0.0.1", port)
    config = settings_to_serve()
    try:
        click.echo(demonstration.set_up(config))
    except SurveyErrors as errors:
        raise click.ClickException(str(errors.problems[0])) from None
    except demonstration.NotADemonstration as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{config.instance}: cannot be written to ({error.strerror})") from None
    run("127.0.0.1", port, workers=1, quiet=True)


def _check_keys(store: Store) -> None:
    """Other secrets stop the start: codes would fail, and answers sent twice count twice. Words that cannot be opened do not."""
    keys.note(store)
    if not keys.is_secret_key_the_same(store):
        raise click.ClickException(keys.NOT_THE_SAME)
    if not keys.can_words_be_opened(store):
        click.echo(f"heard: {MISSING_KEY}; answers are taken all the same", err=True)


def _address(bind: str) -> tuple[str, int]:
    host, _, port = bind.rpartition(":")
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    is_port = port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 65536
    if not host or not is_port:
        raise click.ClickException(f"--bind {bind!r} is not HOST:PORT, such as 127.0.0.1:8000")
    return host, int(port)


def _check_free(host: str, port: int) -> None:
    """One line, before anything starts, where the address cannot be served at."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "no such host"
        raise click.ClickException(f"cannot serve at {host}:{port} ({why})") from None
