"""Which targets are laid bare, and by which files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.audit.facts import Kind
from analysis.audit.knowledge import Block, Knowledge, Terms
from analysis.audit.targets import BASE, FEWEST_VALUES, Rule, Target, left, published
from analysis.inference import Range, System


@dataclass(frozen=True, slots=True)
class Bare:
    """A target that is laid bare, with all that it can be."""

    target: Target
    found: Range


class Judge:
    """Everything known of one survey, and what follows from it.

    Raises:
        Contradiction: it cannot all be true.
    """

    def __init__(self, know: Knowledge) -> None:
        self._know = know
        self._system = System(know.statements())
        self._system.check()

    def laid_bare(self) -> Iterator[Bare]:
        """Every target that is."""
        of_bases = list(left(self._know))
        yield from self.those_bare([*published(self._know), *of_bases])
        yield from self.those_bare(self._of_small_blocks(of_bases))

    def those_bare(self, targets: Sequence[Target]) -> Iterator[Bare]:
        """Those of some targets that are laid bare."""
        for rule in Rule:
            some = [target for target in targets if target.rule is rule]
            found = self._system.ranges([self._terms(target) for target in some], enough=rule.holds)
            for target, what in zip(some, found, strict=True):
                if not rule.holds(what) and not self._is_explained(target, what):
                    yield Bare(target, what)

    def _terms(self, target: Target) -> Terms:
        return self._know.terms(target.kind, target.question, target.options, target.block)

    def _of_small_blocks(self, of_bases: Sequence[Target]) -> list[Target]:
        """The options of questions that are not sensitive, where fewer than ten are left."""
        bases = [
            t for t in of_bases if t.kind is Kind.BASE and not self._know.questions[t.question].sensitive
        ]
        found = self._system.ranges(
            [self._terms(base) for base in bases], enough=lambda some: not some.is_within(0, BASE - 1)
        )
        return [
            Target(
                Rule.SENSITIVE,
                Kind.OPTION,
                base.question,
                (option,),
                base.block,
                base.name.replace(", answered", f", {option}"),
                is_left=True,
            )
            for base, some in zip(bases, found, strict=True)
            if some.is_within(0, BASE - 1) and some.most
            for option in self._know.options[base.question]
        ]

    def _is_explained(self, target: Target, found: Range) -> bool:
        """Whether it is so narrow only because a wider figure, which is judged by itself, is as small."""
        count = self._terms(target)
        wider = list(self._wider(target))
        if found.least == 0 and found.most is not None and found.values < FEWEST_VALUES:
            within = [self._know.terms(target.kind, target.question, target.options, b) for b in wider]
            within.append(self._know.terms(Kind.RESPONSES, "", (), target.block))
            if target.kind is Kind.OPTION:
                within.append(self._know.terms(Kind.BASE, target.question, (), target.block))
            others = [terms for terms in within if terms != count]
            if any(some.most is not None and some.most <= found.most for some in self._system.ranges(others)):
                return True
        return (
            target.kind is Kind.BASE
            and bool(target.block.by)
            and self._is_all_of_a_known_group(target, wider)
        )

    def _is_all_of_a_known_group(self, target: Target, wider: Iterable[Block]) -> bool:
        size, silent = self._system.ranges(
            [
                self._know.terms(Kind.RESPONSES, "", (), target.block),
                self._silent(target.question, target.block),
            ]
        )
        if size.values != 1 or silent.least != 0 or silent.most is None:
            return False
        others = self._system.ranges([self._silent(target.question, block) for block in wider])
        return any(some.most is not None and some.most <= silent.most for some in others)

    def _silent(self, question: str, block: Block) -> Terms:
        """Those of a block who gave no answer to a question."""
        terms = self._know.terms(Kind.RESPONSES, "", (), block)
        for unknown, times in self._know.terms(Kind.BASE, question, (), block).items():
            terms[unknown] = terms.get(unknown, 0) - times
        return terms

    def _wider(self, target: Target) -> Iterator[Block]:
        """Blocks that hold a target's: everyone, those who are left with it, and longer times."""
        know, block = self._know, target.block
        times = [block.times, *(some for some in map(know.times, know.periods) if some > block.times)]
        for time in times:
            if block.by:
                yield Block(time)
                yield from (
                    Block(time, block.by, g) for g in know.left(block.by, target.question) if g > block.groups
                )
            if time != block.times:
                yield Block(time, block.by, block.groups)


Search = Callable[[frozenset[str]], bool]


def fewest_files(files: Sequence[str], is_enough: Search) -> tuple[str, ...]:
    """Files that together suffice for something, none of which can be left out. All of them must suffice."""
    kept = frozenset(files)
    for file in files:
        without = kept - {file}
        if without and is_enough(without):
            kept = without
    return tuple(file for file in files if file in kept)
