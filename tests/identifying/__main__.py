"""Print the figures; ``--learn`` learns and writes the weights first, ``--cross`` scores each writer by what the others teach."""

from __future__ import annotations

import sys
import time

import click

from analysis.words.identifying import spans
from tests.identifying.crossing import crossed
from tests.identifying.examples import given, learnt, ours, unseen
from tests.identifying.learning import learn, write
from tests.identifying.scoring import figures


def _print_speed() -> None:
    comments = [one.words for one in ours()]
    before = time.process_time()
    for words in comments:
        spans(words)
    click.echo(
        f"A thousand comments take {1000 * (time.process_time() - before) / len(comments):.2f} s on this machine"
    )


def main() -> None:
    """Print, learn or cross."""
    if sys.argv[1:] == ["--learn"]:
        write(learn(learnt()))
        click.echo("Written; run again without --learn for the figures.")
        return
    if sys.argv[1:] == ["--cross"]:
        for writer, found in crossed():
            click.echo(f"  writer {writer:8}{found}")
        return
    for title, some in (("given", given()), ("unseen", unseen()), ("learnt from", learnt())):
        found = figures(some)
        click.echo(f"  {title:12}{found}")
        if sys.argv[1:] == ["--each"] and title != "learnt from":
            for line in found.missed:
                click.echo(f"    missed {line}")
            for line in found.marked:
                click.echo(f"    marked {line}")
    _print_speed()


if __name__ == "__main__":
    main()
