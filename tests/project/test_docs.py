"""Nobody has to read the code to learn what there is: settings, commands and files are in the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from feedback_app.cli import heard
from feedback_app.config import SETTINGS
from feedback_app.store.models import Base

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DEPLOYING = (DOCS / "deploying.md").read_text(encoding="utf-8")
THREATS = (DOCS / "threat-model.md").read_text(encoding="utf-8")
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")


def leaves(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, f"{path} {name}")
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield f"{path} {name}", command


LEAVES = dict(leaves(heard, "heard"))


def line_of(command: str) -> str:
    """The row of the commands' tables that a command stands in."""
    rows = [
        line for line in COMMANDS.splitlines() if re.match(rf"\| `{re.escape(command)}(?! [a-z])[ `]", line)
    ]
    assert len(rows) == 1, f"docs/commands.md has {len(rows)} rows for {command}"
    return rows[0]


def test_the_threat_model_says_of_every_table_what_is_stored_in_it() -> None:
    said = re.search(r"^## What is stored$(.*?)^Nowhere:", THREATS, flags=re.MULTILINE | re.DOTALL)
    assert said
    first = [line.split("|")[1] for line in said[1].splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"`(\w+)`", " ".join(first))) == sorted(Base.metadata.tables)


def test_every_setting_is_documented_and_no_other() -> None:
    assert sorted(re.findall(r"^\| `(HEARD_\w+)` \|", DEPLOYING, flags=re.MULTILINE)) == sorted(SETTINGS)


def test_the_example_settings_are_settings() -> None:
    example = (DOCS / "examples" / "heard.env").read_text(encoding="utf-8")
    assert set(re.findall(r"^(HEARD_\w+)=", example, flags=re.MULTILINE)) <= set(SETTINGS)


@pytest.mark.parametrize("command", LEAVES)
def test_every_command_is_documented_with_its_options(command: str) -> None:
    row = line_of(command)
    options = [
        option for param in LEAVES[command].params if isinstance(param, click.Option) for option in param.opts
    ]
    assert [option for option in options if option not in row] == []


def test_no_command_is_documented_that_is_not_there() -> None:
    documented = re.findall(r"^\| `(heard(?: [a-z][a-z-]*)+)", COMMANDS, flags=re.MULTILINE)
    assert [command for command in documented if command not in LEAVES] == []


@pytest.mark.parametrize(
    "page",
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))],
    ids=lambda page: page.name,
)
def test_every_link_inside_the_documentation_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_packages_and_hashes_and_nothing_else(lock: str) -> None:
    pinned = re.compile(r"#|    --hash=sha256:[0-9a-f]{64}( \\)?$|[a-z0-9-]+==[^ @/]+( ; [^/@]+)? \\$")
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not pinned.match(line)] == []
    assert not any("index" in line or "find-links" in line for line in lines)


def test_what_runs_is_pinned_alike_for_tests() -> None:
    run, dev = (
        set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert run <= dev
