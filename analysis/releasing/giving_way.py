"""Which figures of an output give way, so that nothing can be inferred from it and all that was shown before."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from analysis.disclosure import FEWER_THAN
from analysis.releasing.counted import RESPONSES
from analysis.releasing.ledger import Entry
from surveys.routing import hanging_together
from surveys.schema import Survey


@dataclass(frozen=True, slots=True)
class Inferred:
    """A count that somebody can infer.

    Attributes:
        question: ``RESPONSES`` where responses are counted themselves.
        by: the breakdown of whose groups it is, empty for everyone.
        what: which count of them.
    """

    question: str
    by: str
    what: Hashable


#: A question or ``RESPONSES``, and whether its figures of groups are meant, or everyone's.
_Step = tuple[str, bool]


class GivenWay:
    """How far the figures of one output have given way: groups before everyone, the smallest group first.

    Args:
        survey: its newest version; without one, nothing hangs together.
    """

    def __init__(self, survey: Survey | None = None) -> None:
        self._steps: dict[_Step, int] = {}
        self._near = hanging_together(survey) if survey else {}

    @classmethod
    def at_once(cls) -> GivenWay:
        """How many responded, and with it all figures of a shorter time, have given way."""
        given = cls()
        given._steps[RESPONSES, False] = 1
        return given

    @property
    def has_begun(self) -> bool:
        """Whether anything gave way."""
        return bool(self._steps)

    def steps(self, question: str, *, of_groups: bool) -> int:
        """How many steps a question, or ``RESPONSES``, has gone."""
        return self._steps.get((question, of_groups), 0)

    def further(self, inferred: Iterable[Inferred], entry: Entry, *, is_everyone_fixed: bool) -> bool:
        """Let figures give way from which something can be inferred; whether there were any.

        Args:
            inferred: what can be inferred.
            entry: what would be told.
            is_everyone_fixed: whether everyone's figures have been shown already.
        """
        telling = set(_telling(entry, is_everyone_fixed=is_everyone_fixed))
        steps = {step for one in inferred for step in self._giving(one, telling, entry.by)}
        for step in steps:
            self._steps[step] = self._steps.get(step, 0) + 1
        return bool(steps)

    def _giving(self, one: Inferred, telling: set[_Step], by: str) -> set[_Step]:
        """The figures of the question itself, of which the sizes of its groups are some; else of those that hang together with it.

        Of a group, then all there are. Of everyone, the sizes of groups, which tell when a group answered that is shown over a
        longer time, and then all other figures of groups.
        """
        near = {one.by, RESPONSES} if one.by or one.question == by else set()
        every = {question for question, _ in telling} if one.by else set()
        for some in ({one.question}, near, self._near.get(one.question, set()), every):
            for of_groups in (True, False):
                if found := telling & {(question, of_groups) for question in some}:
                    return found
        return telling & {(RESPONSES, True)} or {step for step in telling if step[1]}


def _telling(entry: Entry, *, is_everyone_fixed: bool) -> Iterator[_Step]:
    """The figures of an output that tell something new; that too few answered is something, too."""
    for name, group in entry.groups.items():
        if not name and is_everyone_fixed:
            continue
        if group.words.startswith(FEWER_THAN) or (group.responses is not None and not group.is_kept):
            yield RESPONSES, bool(name)
        for key, figure in group.figures.items():
            is_few = (figure.shown.why or "").startswith(FEWER_THAN)
            if is_few or (figure.tells and not figure.is_kept):
                yield key, bool(name)
