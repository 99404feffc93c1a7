"""Which targets are laid bare, and by which files."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace

from analysis.audit.exemptions import Exemption
from analysis.audit.facts import Asked, Fact, Kind
from analysis.audit.knowledge import REST, Block, Knowledge, Terms
from analysis.audit.targets import BASE, FEWEST_VALUES, Bare, Rule, Target, left, published
from analysis.inference import Range, Statement, System


class Judge:
    """Everything known of one survey, and what follows from it.

    Args:
        know: what is known.
        system: some of its statements, where not all are believed; they are taken to fit each other.

    Raises:
        Contradiction: it cannot all be true.
    """

    def __init__(self, know: Knowledge, system: System | None = None) -> None:
        self.know = know
        self._system = system or System(know.statements())
        if system is None:
            self._system.check()
        self._wide: dict[Target, Range] = {}
        self._systems: dict[frozenset[str], System] = {}
        self._ranges: dict[frozenset[tuple[Hashable, int]], Range] = {}

    def believing(self, files: frozenset[str]) -> Judge:
        """The same, where only some files are known."""
        return Judge(self.know, self._system.without(lambda statement: not _is_among(statement, files)))

    def laid_bare(self) -> Iterator[Bare]:
        """Every target that is."""
        of_bases = list(left(self.know))
        yield from self.those_bare([*published(self.know), *of_bases])
        yield from self._of_small_blocks(of_bases)

    def those_bare(self, targets: Sequence[Target]) -> Iterator[Bare]:
        """Those of some targets that are laid bare."""
        for rule in Rule:
            some = [target for target in targets if target.rule is rule and not self._is_of_everyone(target)]
            found = self._system.possible([self._terms(target) for target in some], enough=rule.holds)
            narrow = [Bare(t, what) for t, what in zip(some, found, strict=True) if not rule.holds(what)]
            narrow = self._given_back(narrow, self._looked_at)
            narrow = self._not_of_wider(narrow, is_proven=False)
            proven = self._given_back(self._proven(narrow, rule), self._looked_at)
            bare = [one for one in proven if not rule.holds(one.found)]
            bare = self._given_back(self._not_of_wider(bare, is_proven=True), self._narrowest)
            yield from (one for one in bare if self._exempt_from_a_side(one) is None)

    def exemption(self, bare: Bare) -> Exemption | None:
        """What excuses a target whose narrowest range is too narrow; None where it is laid bare."""
        if self._is_of_everyone(bare.target):
            return Exemption.EVERYONE
        if not self._given_back([bare], self._narrowest):
            return Exemption.OTHER_ANSWER
        if not self._not_of_wider([bare], is_proven=True):
            return Exemption.WIDER
        return self._exempt_from_a_side(bare)

    def narrowest(self, targets: Sequence[Target]) -> Iterator[tuple[Bare, bool]]:
        """All that each target can be, and whether both ends are known to be possible: the solver's time may run out."""
        terms = [self._terms(target) for target in targets]
        found = self._system.ranges(terms)
        possible = self._system.possible(terms, enough=lambda _: True)
        for target, what, some in zip(targets, found, possible, strict=True):
            yield Bare(target, what), what.least == some.least and what.most in {None, some.most}

    def _given_back(self, some: Sequence[Bare], how: Callable[[Sequence[Terms]], list[Range]]) -> list[Bare]:
        """Without those of groups that are narrow while another answer to their question keeps the group hidden.

        Where two questions split each other, an answer of a group is one of the other's, and hidden if either is.
        """
        sides = {one: tuple(self._sides(one.target)) for one in some if self._is_of_group(one)}
        places = dict.fromkeys(place for both in sides.values() for place in both)
        options = [(place, terms) for place in places for terms in self._options(*place)]
        found = how([terms for _, terms in options])
        hidden = {
            place for (place, _), what in zip(options, found, strict=True) if what.values >= FEWEST_VALUES
        }
        return [one for one in some if hidden.isdisjoint(sides.get(one, ()))]

    def _sides(self, target: Target) -> Iterator[tuple[str, Block]]:
        """The question and the group that a count is an answer in; and the other way round, where it is shown so, too."""
        question, block = target.question, target.block
        yield question, block
        if self._is_split_by(question, block.by) and target.options and REST not in block.groups:
            yield block.by, Block(block.times, question, frozenset(target.options))

    def _from_each_side(self, bare: Bare) -> Iterator[Bare]:
        """The same count, as an answer in a group and, where it is shown so, too, the other way round."""
        yield bare
        for question, block in list(self._sides(bare.target))[1:]:
            options = tuple(sorted(bare.target.block.groups))
            yield replace(bare, target=replace(bare.target, question=question, options=options, block=block))

    def _is_split_by(self, question: str, other: str) -> bool:
        """Whether some file splits another question by this one, and neither is sensitive."""
        is_sensitive = any(
            self.know.questions[one].sensitive for one in (question, other) if one in self.know.questions
        )
        return (question, other) in self.know.split and not is_sensitive

    def _is_of_group(self, bare: Bare) -> bool:
        """Whether it is no secret by itself: of a group in which ten may have answered, and no option of a sensitive question."""
        target = bare.target
        if not (target.block.by and target.question and target.may_follow):
            return False
        is_option = target.kind is Kind.OPTION and self.know.questions[target.question].sensitive
        return not is_option and not self._range(self._base(target)).is_within(0, BASE - 1)

    def _options(self, question: str, block: Block) -> list[Terms]:
        each = self.know.options[question]
        return [self.know.terms(Kind.OPTION, question, (option,), block) for option in each]

    def _looked_at(self, terms: Sequence[Terms]) -> list[Range]:
        return self._system.possible(terms, enough=lambda found: found.values >= FEWEST_VALUES)

    def _narrowest(self, terms: Sequence[Terms]) -> list[Range]:
        return self._system.narrowest(terms, enough=lambda found: found.values >= FEWEST_VALUES)

    def _is_of_everyone(self, target: Target) -> bool:
        """Whether all that is known of groups is how many are in each, so that nothing more can follow."""
        by = target.block.by
        question, tells = target.question, self.know.tells_of_groups
        return bool(by and question and target.may_follow) and not (
            tells(by, question) or tells(question, by)
        )

    def _proven(self, some: Sequence[Bare], rule: Rule) -> list[Bare]:
        found = self._system.narrowest([self._terms(one.target) for one in some], enough=rule.holds)
        return [Bare(one.target, what) for one, what in zip(some, found, strict=True)]

    def _not_of_wider(self, narrow: Sequence[Bare], *, is_proven: bool) -> list[Bare]:
        """Those that are narrower than wider figures, which are judged by themselves, leave them.

        Args:
            narrow: what was found.
            is_proven: whether it is worth proving what wider figures leave; otherwise tightening has to do.
        """
        by_system: dict[frozenset[str], list[Bare]] = {}
        for bare in narrow:
            if bare.target.block.by and bare.target.may_follow_from_everyone and bare.target.question:
                by_system.setdefault(self._beyond(bare.target), []).append(bare)
        following = set()
        for beyond, some in by_system.items():
            found = self._left_by_wider([bare.target for bare in some], beyond, is_proven=is_proven)
            following |= {bare.target for bare in some if found[bare.target] == bare.found}
        return [bare for bare in narrow if bare.target not in following]

    def _left_by_wider(
        self, targets: Sequence[Target], beyond: frozenset[str], *, is_proven: bool
    ) -> dict[Target, Range]:
        system = self._wider(beyond)
        if not is_proven:
            found = system.outermost([self._terms(target) for target in targets])
            return dict(zip(targets, found, strict=True))
        new = [target for target in targets if target not in self._wide]
        for rule in {target.rule for target in new}:
            some = [target for target in new if target.rule is rule]
            found = system.narrowest([self._terms(target) for target in some], enough=rule.holds)
            self._wide.update(zip(some, found, strict=True))
        return self._wide

    def _beyond(self, target: Target) -> frozenset[str]:
        """The times beyond which figures of groups may explain a group's: all where only everyone's may."""
        question, everywhere = self.know.questions[target.question], frozenset(self.know.pieces)
        if target.kind is not Kind.OPTION:
            return target.block.times
        base = self._base(target)
        is_small = self._range(base).is_within(0, BASE - 1)
        return everywhere if question.sensitive or is_small else target.block.times

    def _wider(self, beyond: frozenset[str]) -> System:
        if beyond not in self._systems:
            self._systems[beyond] = self._system.without(
                lambda statement: self.know.is_of_group_within(statement, beyond)
            )
        return self._systems[beyond]

    def _terms(self, target: Target, block: Block | None = None) -> Terms:
        """The target's count, or the same count over another block."""
        return self.know.terms(target.kind, target.question, target.options, block or target.block)

    def _of_small_blocks(self, of_bases: Sequence[Target]) -> Iterator[Bare]:
        """Every option that is laid bare, where fewer than ten are left."""
        bases = [target for target in of_bases if target.kind is Kind.BASE]
        found = self._system.possible(
            [self._terms(base) for base in bases], enough=lambda some: not some.is_within(0, BASE - 1)
        )
        small = [base for base, some in zip(bases, found, strict=True) if some.is_within(0, BASE - 1)]
        options = [
            replace(
                base,
                rule=Rule.LEFT,
                kind=Kind.OPTION,
                options=(option,),
                name=base.name.replace(", answered", f", {option}"),
            )
            for base in small
            for option in self.know.options[base.question]
        ]
        for bare in self.those_bare(options):
            base = self._range(self._base(bare.target))
            if base.is_within(0, BASE - 1):
                yield bare

    def _exempt_from_a_side(self, bare: Bare) -> Exemption | None:
        return next(filter(None, map(self._exempt, self._from_each_side(bare))), None)

    def _exempt(self, bare: Bare) -> Exemption | None:
        """Whether what is known of wider blocks, which are judged by themselves, already says as much."""
        target, found = self._as_answer(bare.target), bare.found
        if not target.may_follow:
            return None
        if target.kind is Kind.RESPONSES:
            return self._exempt_size(target, found)
        return self._exempt_whole(target, found) or self._exempt_by_others(target, found)

    def _exempt_whole(self, target: Target, found: Range) -> Exemption | None:
        """What is no secret of how many answered and how many skipped: nobody, ten, all of a group for all that is known, or of few asked."""
        base = self._range(self._base(target))
        if base.most == 0 or (target.kind is Kind.SKIPPED and found.most == 0):
            return Exemption.NOBODY
        if target.kind is Kind.OPTION:
            return None
        if (base.least or 0) >= BASE:
            return Exemption.BASE
        size = self._size(target.block)
        if target.kind is Kind.BASE and target.block.by and _end(found.most) >= self._most(size):
            return Exemption.NOBODY
        return Exemption.ASKED if any(map(self._are_few, self._asked(target))) else None

    def _exempt_by_others(self, target: Target, found: Range) -> Exemption | None:
        if self._is_left_by_its_answers(target, found):
            return Exemption.OTHER_SIDE
        if self._is_between(target, found):
            return Exemption.BETWEEN
        if any(self._is_as_rare(target, found, left) for left in self._left(target)):
            return Exemption.RARE
        is_of_few = found.least == 0 and any(
            self._most(who) <= _end(found.most) for who in self._asked(target)
        )
        return Exemption.ASKED if is_of_few else None

    def _exempt_size(self, target: Target, found: Range) -> Exemption | None:
        """The same of how many responded."""
        if found.most == 0:
            return Exemption.NOBODY
        wider = (self._size(block) for block in (*self._longer(target), *self._left(target)))
        is_as_small = found.least == 0 and any(self._most(size) <= _end(found.most) for size in wider)
        return Exemption.WIDER if is_as_small else None

    def _are_few(self, asked: Terms) -> bool:
        """Whether it is known, within two, that fewer than ten were asked."""
        found = self._range(asked)
        return found.values < FEWEST_VALUES and found.is_within(0, BASE - 1)

    def _base(self, target: Target, block: Block | None = None) -> Terms:
        """How many answered the target's question in its block, or in another."""
        return self.know.terms(Kind.BASE, target.question, (), block or target.block)

    def _is_left_by_its_answers(self, target: Target, found: Range) -> bool:
        """Whether how many of a group answered is what its size and its answers leave, which are shown from the table's other side."""
        block, question = target.block, target.question
        if target.kind is Kind.OPTION or not self._is_split_by(question, block.by):
            return False
        answers = [self._range(terms) for terms in self._options(question, block)]
        fewest: float = sum(some.least or 0 for some in answers)
        size = self._range(self._size(block))
        most = min(_end(size.most), sum(_end(some.most) for some in answers))
        if target.kind is Kind.SKIPPED:
            fewest, most = (size.least or 0) - most, _end(size.most) - fewest
        return (found.least or 0) <= max(fewest, 0) and _end(found.most) >= most

    def _as_answer(self, target: Target) -> Target:
        """The size of a group, as everyone's answer to the question that splits."""
        block = target.block
        if target.kind is not Kind.RESPONSES or block.by not in self.know.questions or REST in block.groups:
            return target
        options = tuple(sorted(block.groups))
        return replace(target, kind=Kind.OPTION, question=block.by, options=options, block=Block(block.times))

    def _is_between(self, target: Target, found: Range) -> bool:
        """Whether the range is what one longer time and one shorter leave, or everyone and the group: it lies between them."""
        ends = [
            *(self._left_by_longer(target, block) for block in self._longer(target)),
            *(self._left_by_part(target, part) for part in self._parts(target)),
        ]
        least, most = (list(some) for some in zip((0.0, math.inf), *ends, strict=True))
        return bool(_end(found.least) <= max(least) and _end(found.most) >= min(most))

    def _left_by_longer(self, target: Target, block: Block) -> tuple[float, float]:
        """What a wider figure, and how many are in the target and how many beside it, leave."""
        within = self._range(self._terms(target, block))
        most = min(_end(within.most), self._most(self._size(target.block)))
        return (within.least or 0) - self._beside(target, block), most

    def _left_by_part(self, target: Target, part: Block) -> tuple[float, float]:
        """What a shown part of it, and all who were asked besides on a condition, leave."""
        mine = zip(self._asked(target), self.know.conditions(target.question, part), strict=True)
        asked = [self._most(_minus(more, some)) for more, some in mine]
        within = self._range(self._terms(target, part))
        return within.least or 0, _end(within.most) + min(asked, default=math.inf)

    def _parts(self, target: Target) -> Iterator[Block]:
        """The same group over shorter times that are shown."""
        shown = self.know.times_shown(target.question, target.block)
        yield from (replace(target.block, times=times) for times in shown if times < target.block.times)

    def _beside(self, target: Target, block: Block) -> float:
        """How many at most are in a wider block and not in the target's, or were asked there on a condition."""
        size = _minus(self._size(block), self._size(target.block))
        wider = self.know.conditions(target.question, block) if block.by == target.block.by else ()
        asked = [_minus(more, some) for more, some in zip(wider, self._asked(target), strict=False)]
        return min(self._most(terms) for terms in (size, *asked))

    def _is_as_rare(self, target: Target, found: Range, left: Block) -> bool:
        """Whether hardly anybody of all who are left gave the answer, or nearly everybody one that is not sensitive; they must be ten."""
        if not self._are_ten(target, left):
            return False
        if found.least == 0 and self._most(self._terms(target, left)) <= _end(found.most):
            return True
        if target.kind is Kind.OPTION and self.know.questions[target.question].sensitive:
            return False
        others = self._range(_minus(self._size(target.block), self._terms(target)))
        of_left = _minus(self._size(left), self._terms(target, left))
        return others.least == 0 and self._most(of_left) <= _end(others.most)

    def _are_ten(self, target: Target, block: Block) -> bool:
        """Whether ten answered the target's question in another block."""
        return (self._range(self._base(target, block)).least or 0) >= BASE

    def _range(self, terms: Terms) -> Range:
        key = frozenset(terms.items())
        if key not in self._ranges:
            (self._ranges[key],) = self._system.ranges([terms])
        return self._ranges[key]

    def _most(self, terms: Terms) -> float:
        return _end(self._range(terms).most)

    def _size(self, block: Block) -> Terms:
        return self.know.terms(Kind.RESPONSES, "", (), block)

    def _asked(self, target: Target) -> Iterator[Terms]:
        return self.know.conditions(target.question, target.block)

    def _longer(self, target: Target) -> Iterator[Block]:
        """The same group over longer times, and everyone over these and longer ones."""
        block = target.block
        for times in dict.fromkeys(map(self.know.times, self.know.periods)):
            if times > block.times:
                yield Block(times, block.by, block.groups)
            if block.by and times >= block.times:
                yield Block(times)

    def _left(self, target: Target) -> Iterator[Block]:
        """All who are left when shown groups are taken from everyone, or shown times from a longer one, the target's among them."""
        block, know = target.block, self.know
        if block.by:
            left = know.left(block.by, target.question)
            yield from (Block(block.times, block.by, some) for some in left if some > block.groups)
        shown = know.times_shown(target.question, block)
        known = dict.fromkeys([*shown, *(long - short for long in shown for short in shown if short < long)])
        for whole in dict.fromkeys([*map(know.times, know.periods), *known]):
            taken = [some for some in known if some < whole and not some & block.times]
            times = whole.difference(*taken)
            if taken and times > block.times:
                yield replace(block, times=times)


def _end(end: int | None) -> float:
    return math.inf if end is None else end


def _is_among(statement: Statement, files: frozenset[str]) -> bool:
    """Whether one of the files says so, or nobody has to."""
    said_by = statement.said_by
    return not isinstance(said_by, Fact | Asked) or said_by.file in files


def _minus(terms: Terms, others: Terms) -> Terms:
    found = dict(terms)
    for unknown, times in others.items():
        found[unknown] = found.get(unknown, 0) - times
    return found
