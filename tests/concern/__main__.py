"""Print the figures; ``--learn`` learns and writes the weights of words, ``--cross`` scores each batch by what the others teach."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable

import click

from analysis.words.concern import is_worrying
from tests.concern.crossing import crossed
from tests.concern.examples import ENGLISH, Example, given, ours
from tests.concern.learning import WEIGHTS, learn, written
from tests.concern.scoring import figures


def _print_each(examples: Iterable[Example], name_of: Callable[[Example], str]) -> None:
    groups: dict[str, list[Example]] = {}
    for one in examples:
        groups.setdefault(name_of(one), []).append(one)
    for name, group in groups.items():
        click.echo(f"  {name:24}{figures(group)}")


def _print_speed() -> None:
    comments = [one.words for one in ours()]
    before = time.process_time()
    for words in comments:
        is_worrying(words)
    each = (time.process_time() - before) / len(comments)
    click.echo(f"A queue of 200 is put in order in {200 * each:.2f} s on this machine")


def main() -> None:
    if sys.argv[1:] == ["--learn"]:
        WEIGHTS.write_text(written(*learn(ours())), encoding="utf-8")
        click.echo(f"{WEIGHTS.name} is written; run again without --learn for the figures.")
        return
    if sys.argv[1:] == ["--cross"]:
        for batch, found in crossed():
            click.echo(f"  {batch:24}{found}")
        return
    click.echo("Labelled comments made for the project")
    _print_each(given(), lambda _: "all")
    for title, held_out in (("Ours, worked with", False), ("Ours, held out", True)):
        some = [one for one in ours() if one.held_out is held_out]
        click.echo(title)
        _print_each(some, lambda one: "English" if one.language == ENGLISH else "other languages")
        _print_each((one for one in some if one.language == ENGLISH), lambda one: f"  {one.kind}")
        _print_each((one for one in some if one.language != ENGLISH), lambda one: f"  {one.language}")
    _print_speed()


if __name__ == "__main__":
    main()
