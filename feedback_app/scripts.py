"""Scripts are written as small ES modules and sent as one file: a phone on a bad line pays for every request."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_IMPORT: Final = re.compile(r'^import (?:\{[^}]*\} from )?"(\./[\w/.-]+)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async |const |function |let |class ))", re.MULTILINE)
_NAME: Final = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function\*?) (\w+)", re.MULTILINE)
#: Comments that have lines of their own.
_COMMENT: Final = re.compile(r"^ *(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_BLANK: Final = re.compile(r"\n{2,}")
#: No text in a script goes over several lines, so that nothing but its look hangs on these.
_INDENT: Final = re.compile(r"^ +", re.MULTILINE)


class ScriptError(Exception):
    """Modules cannot be put together; the message names them."""


def put_together(main: Path) -> str:
    """One script of a module and of all that it imports: what is imported stands before what imports it.

    Modules share one scope in it, so the names that they declare at their top differ. They import by
    ``import { name } from "./module.js";`` and export where they declare. Comments and indents stay behind.

    Raises:
        ScriptError: modules import each other in a circle, or two declare the same name.
    """
    modules = modules_of(main)
    owners: dict[str, Path] = {}
    for module, source in modules.items():
        for name in _NAME.findall(source):
            if name in owners:
                raise ScriptError(f"{owners[name].name} and {module.name} both declare {name}")
            owners[name] = module
    return "".join(_inner(source) for source in modules.values())


def modules_of(main: Path) -> dict[Path, str]:
    """A module and all that it imports, with their sources, in the order in which they run.

    Raises:
        ScriptError: modules import each other in a circle.
    """
    found: dict[Path, str] = {}
    _gather(main.resolve(), found, ())
    return found


def _gather(module: Path, found: dict[Path, str], importers: tuple[Path, ...]) -> None:
    if module in importers:
        raise ScriptError("modules import each other: " + " -> ".join(p.name for p in (*importers, module)))
    if module in found:
        return
    source = module.read_text(encoding="utf-8")
    for name in _IMPORT.findall(source):
        _gather((module.parent / name).resolve(), found, (*importers, module))
    found[module] = source


def _inner(source: str) -> str:
    for left_behind in (_IMPORT, _EXPORT, _COMMENT, _INDENT):
        source = left_behind.sub("", source)
    return _BLANK.sub("\n", source).lstrip("\n")
