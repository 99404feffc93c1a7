"""Print the figures; ``--learn`` learns and writes the weights first, ``--cross`` scores each writer by what the others teach."""

from __future__ import annotations

import sys

import click

from analysis.words.tone import WEIGHTS
from tests.identifying.examples import given, unseen
from tests.tone.learning import agreeing, crossed, learn, learnt, write


def main() -> None:
    """Print, learn or cross."""
    if sys.argv[1:] == ["--learn"]:
        write(learn(learnt()))
        click.echo("Written; run again without --learn for the figures.")
        return
    if sys.argv[1:] == ["--cross"]:
        for writer, share in crossed():
            click.echo(f"  {writer:8}{share:6.1%}")
        return
    for title, some in (("given", given()), ("unseen", unseen())):
        click.echo(f"  {title:8}{agreeing(some, WEIGHTS):6.1%}")


if __name__ == "__main__":
    main()
