"""The ``heard`` command. Scripts rely on its words and exit statuses: 0 done, 1 not as it should be, 2 bad input."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

__all__ = ["heard", "main"]

#: Each command's module. A command loads only what it needs; the server's own process stays small.
_MODULES: Final = {
    "demo": "server",
    "serve": "server",
    "db": "database",
    "surveys": "surveys",
    "responses": "responses",
    "count": "responses",
    "recount": "responses",
    "destroyed": "responses",
    "results": "figures",
    "words": "words",
    "report": "figures",
    "lint-export": "exports",
    "audit-release": "audit",
    "rounds": "rounds",
    "translations": "translations",
    "staff": "staff",
    "remind": "reminders",
    "keys": "keys",
    "backup": "database",
    "restore": "database",
}


class _Commands(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in _MODULES:
            return None
        command = getattr(
            importlib.import_module(f"feedback_app.cli.{_MODULES[name]}"), name.replace("-", "_")
        )
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
def heard() -> None:
    """Surveys with children and young people in care: kept anonymous, turned into figures and quotes."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command. Whatever a user got wrong is one line on standard error, and exit status 2."""
    try:
        heard.main(
            list(arguments) if arguments is not None else None, prog_name="heard", standalone_mode=False
        )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"heard: {one_line(error.format_message())}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read the output has had enough; what is left of it must not be written again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except UnicodeEncodeError:
        click.echo("heard: an argument holds bytes that are not text", err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)


def one_line(text: str) -> str:
    """A message on one line that cannot command a terminal, whatever was typed, or stood in a file."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in " ".join(text.split()))
