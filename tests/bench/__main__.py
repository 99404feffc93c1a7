"""``python -m tests.bench [--quick] [PART …]``."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from tests.bench import audit, machine, memory, phone, results, submissions, weight
from tests.bench.arithmetic import Bar
from tests.bench.problems import BenchError
from tests.support.databases import PostgresMissing

Part = Callable[[Path, bool], list[Bar]]

PARTS: dict[str, Part] = {
    "weight": lambda folder, _quick: weight.measure(folder),
    "phone": lambda folder, quick: phone.measure(folder, quick=quick),
    "memory": lambda folder, _quick: memory.measure(folder),
    "submissions": lambda folder, quick: submissions.measure(
        folder, submissions.QUICK if quick else submissions.FULL
    ),
    "results": lambda folder, quick: results.measure(folder, results.QUICK if quick else results.FULL),
    "audit": lambda folder, quick: audit.measure(folder, quick=quick),
}


@click.command()
@click.option("--quick", is_flag=True, help="Short turns and smaller stores: to see that it works.")
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
def bench(quick: bool, parts: tuple[str, ...]) -> None:
    """Measure how much the application bears. Fails when something does not work, not when a bar is not met."""
    start, busy = time.monotonic(), machine.machine_cpu_seconds()
    bars: list[Bar] = []
    for name in parts or tuple(PARTS):
        with tempfile.TemporaryDirectory(prefix=f"heard-bench-{name}-") as folder:
            bars += PARTS[name](Path(folder), quick)
    seconds = time.monotonic() - start
    click.echo("\nBars\n")
    for bar in bars:
        click.echo(bar.text())
    used = machine.machine_cpu_seconds() - busy
    own = machine.own_cpu_seconds()
    click.echo(
        f"\n{seconds:.0f} s. Others took {max(used - own, 0) / seconds:.1f} of this machine's {machine.PROCESSORS} "
        "processors meanwhile; the more they took, the less the times mean. Shares and processor time bear it better."
    )
    if quick:
        click.echo("This was --quick: too short for figures to be quoted.")


def main() -> None:
    """Run, and end with one line and status 1 where something did not work."""
    try:
        machine.check()
        bench.main(prog_name="python -m tests.bench", standalone_mode=False)
    except (BenchError, PostgresMissing) as error:
        click.echo(f"bench: {error}", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(2)


if __name__ == "__main__":
    main()
