"""What must not be known: each withheld figure, and whatever is left when what is shown is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from analysis.audit.facts import Figure, Kind, named
from analysis.audit.knowledge import REST, Block, Knowledge, Terms
from analysis.inference import Range

#: Fewer possible values lay a withheld count bare. Source: issue of the audit; bands leave as many.
FEWEST_VALUES: Final = 3
#: A count of 1 to this is small. Source: DESIGN §6, rule 2; the floor of ``analysis.settings``, whatever a council's own.
SMALL: Final = 4
#: A base under this is never shown. Source: DESIGN §6, rule 1.
BASE: Final = 10


class Rule(StrEnum):
    """What is wrong with knowing a figure, and how a reader of the audit is told."""

    WITHHELD = "withheld"
    BASE = "fewer than 10"
    SENSITIVE = "a small number of a sensitive question"
    LEFT = "of fewer than 10"

    def holds(self, found: Range) -> bool:
        """Whether a range is wide enough. True of a range, it is true of every wider one."""
        is_narrow = found.values < FEWEST_VALUES
        is_small = found.is_within(1, SMALL)
        if self in {Rule.WITHHELD, Rule.LEFT}:
            return not is_narrow and not is_small
        if self is Rule.BASE:
            return not (is_narrow and found.is_within(1, BASE - 1)) and not is_small
        return not is_small


@dataclass(frozen=True, slots=True)
class Target:
    """One count that an outsider must not know.

    Attributes:
        name: for whoever reads the audit.
        is_left: whether nobody published it: it is what remains.
    """

    rule: Rule
    kind: Kind
    question: str
    options: tuple[str, ...]
    block: Block
    name: str
    is_left: bool = False

    @property
    def may_follow(self) -> bool:
        """Whether it does no harm where it follows from wider figures, which are judged by themselves."""
        return self.rule in {Rule.WITHHELD, Rule.LEFT} or (self.rule is Rule.BASE and self.is_left)

    @property
    def may_follow_from_everyone(self) -> bool:
        """Whether it does no harm where everyone's figures alone tell as much of a group."""
        return self.may_follow or self.is_left


@dataclass(frozen=True, slots=True)
class Bare:
    """A target that is laid bare, with all that it can be."""

    target: Target
    found: Range


def published(know: Knowledge) -> Iterator[Target]:
    """The figures that files withhold, and those that they show and might better not have."""
    shown, figures = _shown(know), dict.fromkeys(fact.figure for fact in know.facts)
    counts = set(shown.values())
    for figure in figures:
        is_shown = figure in shown or _key(know.of(figure)) in counts or _is_all_shown(figure, shown)
        rule = _rule(know, figure, is_itself=figure in shown) if is_shown else Rule.WITHHELD
        if rule:
            block = know.block(figure)
            yield Target(rule, figure.kind, figure.question, figure.options, block, named(figure))


def withheld(know: Knowledge) -> Iterator[tuple[Target, bool]]:
    """Every figure that no file shows, and whether its count is shown all the same, under another name."""
    shown = _shown(know)
    counts = set(shown.values())
    for figure in dict.fromkeys(fact.figure for fact in know.facts):
        if figure not in shown:
            is_shown = _key(know.of(figure)) in counts or _is_all_shown(figure, shown)
            what = figure.kind, figure.question, figure.options, know.block(figure)
            yield Target(Rule.WITHHELD, *what, named(figure)), is_shown


def _key(terms: Terms) -> frozenset[tuple[object, int]]:
    return frozenset(terms.items())


def _shown(know: Knowledge) -> dict[Figure, frozenset[tuple[object, int]]]:
    figures = {fact.figure for fact in know.facts if fact.is_shown}
    return {figure: _key(know.of(figure)) for figure in figures}


def _is_all_shown(figure: Figure, shown: Iterable[Figure]) -> bool:
    each = [Figure(figure.place, figure.kind, figure.question, (option,)) for option in figure.options]
    return len(each) > 1 and all(one in shown for one in each)


def _rule(know: Knowledge, figure: Figure, *, is_itself: bool) -> Rule | None:
    """What a figure that is shown may not be; None where it may be anything.

    The size of a group that only the option shows that makes the group is judged as that option.
    """
    if figure.kind is Kind.OPTION:
        return Rule.SENSITIVE if know.questions[figure.question].sensitive else None
    if figure.kind is Kind.RESPONSES and figure.place.by in know.questions and not is_itself:
        return Rule.SENSITIVE if know.questions[figure.place.by].sensitive else None
    return None if figure.kind is Kind.SKIPPED else Rule.BASE


def left(know: Knowledge) -> Iterator[Target]:
    """What remains when groups are taken from everyone and shorter times from longer ones, that no file publishes."""
    seen = {_key(know.of(fact.figure)) for fact in know.facts}
    times = list(_times(know))
    pieces = [frozenset({piece}) for piece in know.pieces]
    of_groups = list(dict.fromkeys([*map(know.times, know.periods), *pieces]))
    for by, question in sorted({*know.split, *((by, "") for by in ("", *know.groups))}):
        if know.tells_of_groups(question, by) and not know.tells_of_groups(by, question):
            continue
        for time in dict.fromkeys([*(of_groups if by else times), *_left_of_shown(know, by, question)]):
            for groups in _groups(know, by, question):
                block = Block(time, by, groups)
                for target in _of_block(know, question, block):
                    key = _key(know.terms(target.kind, question, target.options, block))
                    if key not in seen:
                        seen.add(key)
                        yield target


def _of_block(know: Knowledge, question: str, block: Block) -> Iterator[Target]:
    name = _name(know, question, block)
    if not question:
        if block.by not in know.questions:
            yield Target(Rule.BASE, Kind.RESPONSES, "", (), block, f"{name}, responses", is_left=True)
        return
    yield Target(Rule.BASE, Kind.BASE, question, (), block, f"{name}, answered", is_left=True)
    if know.questions[question].sensitive:
        for option in know.options[question]:
            yield Target(
                Rule.SENSITIVE, Kind.OPTION, question, (option,), block, f"{name}, {option}", is_left=True
            )


def _times(know: Knowledge) -> Iterator[frozenset[str]]:
    """Each period, each of its pieces, and what is left of it without one or all of the shorter ones in it."""
    of = {period: know.times(period) for period in know.periods}
    found: dict[frozenset[str], None] = dict.fromkeys(of.values())
    found |= dict.fromkeys(frozenset({piece}) for piece in know.pieces)
    for long, short in combinations(of.values(), 2):
        found |= dict.fromkeys([long - short, short - long] if long & short else [])
    for whole in of.values():
        shorter = [some for some in of.values() if some < whole]
        found[whole - frozenset().union(*shorter)] = None
    return (some for some in found if some)


def _left_of_shown(know: Knowledge, by: str, question: str) -> list[frozenset[str]]:
    """The pieces of time that are in the same times over which the question is shown, together: nothing shown parts them."""
    of_groups = know.groups[by] if by else ("",)
    blocks = (Block(frozenset(), by, frozenset({group})) for group in of_groups)
    shown = dict.fromkeys(times for block in blocks for times in know.times_shown(question, block))
    within: dict[tuple[bool, ...], set[str]] = {}
    for piece in know.pieces:
        within.setdefault(tuple(piece in times for times in shown), set()).add(piece)
    return [frozenset(pieces) for where, pieces in within.items() if any(where)]


def _groups(know: Knowledge, by: str, question: str) -> Iterator[frozenset[str]]:
    """Each group, and those together of whom some file shows nothing."""
    if not by:
        yield frozenset({""})
        return
    single = (frozenset({group}) for group in know.groups[by])
    yield from dict.fromkeys([*single, *know.left(by, question)])


def _name(know: Knowledge, question: str, block: Block) -> str:
    when = know.calendar.label(block.times)
    groups = sorted(block.groups - {REST})
    who = (
        "those in no group"
        if not groups
        else " and ".join(groups) + (" and no group" if REST in block.groups else "")
    )
    group = f"{block.by}: {who}" if block.by else ""
    return ", ".join(part for part in (know.survey.key, when, group, question) if part)
