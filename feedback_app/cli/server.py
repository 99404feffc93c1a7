"""``heard serve`` and ``heard demo``."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click

from feedback_app.cli.session import opened, settings


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that serve."
)
def serve(bind: str, workers: int) -> None:
    """Serve the application."""
    from feedback_app.serving import run

    host, _, port = bind.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise click.ClickException(f"--bind {bind!r} is not HOST:PORT, such as 127.0.0.1:8000")
    with opened():
        pass
    _check_free(host.strip("[]"), int(port))
    run(host.strip("[]"), int(port), workers)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def demo(port: int) -> None:
    """Set up demonstration data and accounts in a folder of their own, then serve it on this machine."""
    from feedback_app import demonstration
    from feedback_app.serving import run

    os.environ["HEARD_ENV"] = "development"
    folder = Path(os.environ.get("HEARD_INSTANCE") or "instance")
    os.environ["HEARD_INSTANCE"] = str(folder / "demonstration")
    for name in ("HEARD_DATABASE_URL", "HEARD_SECRET_KEY", "HEARD_WORDS_KEYS"):
        os.environ.pop(name, None)
    os.environ["HEARD_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    _check_free("127.0.0.1", port)
    click.echo(demonstration.set_up(settings()))
    os.environ["HEARD_DEMO"] = "yes"
    run("127.0.0.1", port, workers=1)


def _check_free(host: str, port: int) -> None:
    """One line, before anything starts, where the address cannot be served at."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise click.ClickException(f"cannot serve at {host}:{port} ({error.strerror})") from None
