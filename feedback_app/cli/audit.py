"""``heard audit-release``: what somebody can work out from what was published."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from analysis.audit.outcome import Audit, Failure, Ranged
from feedback_app.analysis_process import AnalysisError, AnalysisProcess, Progress, TimeIsOut
from feedback_app.cli.surveys import installed

#: A release of many years and breakdowns may take its time; nobody waits for a page.
_MINUTES = 60
_LARGEST_BYTES = 50_000_000


@click.command("audit-release")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option(
    "--ranges",
    "with_ranges",
    is_flag=True,
    help="Prove, of every withheld count, the narrowest range that follows from all files. Takes longer.",
)
@click.option(
    "--minutes",
    type=click.IntRange(min=1),
    default=_MINUTES,
    show_default=True,
    help="How long it may take.",
)
def audit_release(files: tuple[Path, ...], form: str, *, with_ranges: bool, minutes: int) -> None:
    """Try to work out what FILEs withhold: all releases together, as JSON, CSV, Word, spreadsheet or page.

    Ends with status 1 where something can be inferred.
    """
    contents = [(str(file), _content(file)) for file in dict.fromkeys(files)]
    process = AnalysisProcess(timeout_seconds=60.0 * minutes)
    try:
        with _progress() as progress:
            found = process.audit(contents, installed().current(), progress, with_ranges=with_ranges)
    except TimeIsOut as error:
        raise click.ClickException(f"time ran out: {error}; give it more with --minutes") from None
    except AnalysisError as error:
        raise click.ClickException(str(error)) from None
    finally:
        process.close()
    click.echo({"json": _json, "table": _table}[form](found, with_ranges=with_ranges))
    if not found.has_passed:
        sys.exit(1)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, and nothing elsewhere."""
    if not _is_terminal():
        yield lambda _share: None
        return
    with click.progressbar(length=100, label="Auditing", file=sys.stderr) as shown:
        yield lambda share: shown.update(round(100 * share) - shown.pos)


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST_BYTES:
            raise click.ClickException(f"{file}: this is larger than any release")
        return file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file}: cannot be read ({error.strerror})") from None


def _table(found: Audit, *, with_ranges: bool) -> str:
    lines = []
    for file in found.files:
        lines.append(f"{file.name}: {file.shown} figures shown, {file.withheld} withheld or in words")
        lines += [f"{file.name}: not understood: {sentence}" for sentence in file.unread]
    lines += [_line_of_range(ranged) for ranged in found.ranges if with_ranges]
    lines += [_line(failure) for failure in found.failures]
    number = len(found.failures)
    end = "Nothing that was withheld can be worked out." if not number else f"{number} can be worked out."
    return "\n".join([*lines, end])


def _line(failure: Failure) -> str:
    return f"{failure.figure}: {_what(failure)} (from {_listed(failure.files)})"


def _line_of_range(ranged: Ranged) -> str:
    values = "no end" if ranged.values is None else f"{ranged.values} value{'s' * (ranged.values > 1)}"
    if not ranged.is_proven:
        values += " or fewer, since time ran out"
    line = f"{ranged.figure}: {_range(ranged.least, ranged.most)}, {values}"
    if ranged.exemption:
        return f"{line}; no failure: {ranged.exemption}"
    return f"{line}; too narrow" if ranged.fails else line


def _what(failure: Failure) -> str:
    can_be = _range(failure.least, failure.most)
    if failure.rule == "withheld":
        return f"withheld, but it is {can_be}"
    where = "it is" if failure.is_published else "what is left is"
    return f"{where} {can_be}, {failure.rule}"


def _range(least: int, most: int | None) -> str:
    if least == most:
        return str(least)
    if most is None:
        return f"{least} or more"
    return f"{least} or {most}" if most == least + 1 else f"{least} to {most}"


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _json(found: Audit, *, with_ranges: bool) -> str:
    data: dict[str, object] = {
        "passed": found.has_passed,
        "files": [
            {"file": f.name, "shown": f.shown, "withheld": f.withheld, "not_understood": list(f.unread)}
            for f in found.files
        ],
        "failures": [
            {
                "figure": f.figure,
                "least": f.least,
                "most": f.most,
                "rule": f.rule,
                "published": f.is_published,
                "files": list(f.files),
            }
            for f in found.failures
        ],
    }
    if with_ranges:
        data["ranges"] = [_data(ranged) for ranged in found.ranges]
    return json.dumps(data, ensure_ascii=False, indent=2)


def _data(ranged: Ranged) -> dict[str, object]:
    exemption = ranged.exemption
    return {
        "figure": ranged.figure,
        "least": ranged.least,
        "most": ranged.most,
        "values": ranged.values,
        "proven": ranged.is_proven,
        "narrow": ranged.is_narrow,
        "failure": ranged.fails,
        "exemption": exemption.name.lower() if exemption else None,
        "why": exemption.value if exemption else None,
    }
