"""What the linter finds, and every rule it finds it by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Each rule, and what it says. A test makes a file that breaks each.
RULES: Final[Mapping[str, str]] = {
    "answers": "looks like one row a response",
    "identifier": "has the form of an id, a network address or a time of answering",
    "hidden": "is there and is not shown",
    "leftover": "is kept and shown nowhere",
    "defined_name": "is a name for something in the file, or of a query",
    "chart_cache": "is a chart's own copy of figures that are not shown beside it",
    "pivot_cache": "is a pivot table's own copy of its rows",
    "comment": "is a comment",
    "tracked_change": "is a change that was kept, or an earlier version",
    "custom_xml": "is data that no reader sees",
    "custom_property": "is a property of somebody's own",
    "external": "leads, or is fetched from, outside of the file",
    "embedded": "is another file inside this one",
    "macro": "is a program",
    "name": "names somebody who is not named in what is shown",
    "time": "is a time finer than a day",
    "path": "is a place on somebody's computer",
    "printer": "are the settings of somebody's printer",
    "formula": "is worked out, or would be, when it is opened",
    "picture": "is carried by a picture beside its pixels",
    "archive": "is in the archive beside its parts",
    "unknown": "is nothing that Heard writes",
    "unreadable": "cannot be looked into",
}


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a file carries beyond what it shows.

    Attributes:
        rule: one of ``RULES``.
        where: the part, sheet, table or element; never what stands in it.
    """

    rule: str
    where: str

    def __post_init__(self) -> None:
        """A rule that is not declared would be one that no test tries."""
        assert self.rule in RULES, self.rule

    def __str__(self) -> str:
        """One sentence's worth, without what stands there."""
        return f"{self.where}: {RULES[self.rule]}"
