"""A survey's year: everything told of it, and what may be told next (DESIGN §6 rule 5).

One output is decided by ``analysis.disclosure`` alone; here it is held against all that was shown before. A whole year
that has ended counts as shown from the start, so that narrower figures give way to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis import disclosure
from analysis.breakdowns import Breakdown
from analysis.disclosure import Shown, Split, Why
from analysis.findings import FindingsError
from analysis.releasing import differencing
from analysis.releasing.differencing import Times
from analysis.releasing.giving_way import GivenWay
from analysis.releasing.layers import RESPONSES, Layers
from analysis.releasing.ledger import Entry, Figure, GroupShown
from analysis.releasing.question import GroupTold, Question, Told
from analysis.settings import Rules


class Year:
    """A survey's year: everything told of it, and what may be told next."""

    def __init__(
        self, layers: Layers, ledger: Sequence[Entry], rules: Rules, given: GivenWay | None = None
    ) -> None:
        self.layers = layers
        self.rules = rules
        self._given = given or GivenWay()
        self.questions = {key: Question(key, self.layers, rules) for key in (RESPONSES, *self.layers.options)}
        for entry in ledger:
            self._note(entry)

    def _note(self, entry: Entry) -> None:
        times = self.layers.until(entry.basis.counted)
        for name, group in entry.groups.items():
            if group.responses is not None and not group.is_kept:
                self._tell(RESPONSES, times, entry.by, name, _exactly(group.responses))
            for key, figure in group.figures.items():
                if key in self.layers.options and figure.tells and not figure.is_kept:
                    shown = figure.in_order_of(tuple(self.layers.options[key].texts))
                    self._tell(key, times, entry.by, name, shown)
                elif (
                    key in self.layers.options
                    and not name
                    and figure.shown.why == disclosure.few_answered(entry.basis.rules)
                ):
                    self.questions[key].too_few.append(times)

    def _tell(self, key: str, times: Times, by: str, group: str, shown: Shown) -> None:
        question = self.questions[key]
        if not group:
            question.everyone.append(Told(times, shown))
        elif shown.base is not None:
            question.groups.append(GroupTold(by, group, Told(times, shown)))

    def everyone(self, times: Times, *, is_year: bool, reserve: Times | None = None) -> GroupShown:
        """What may be shown of everyone, and note it as told.

        Args:
            times: the layers.
            is_year: whether they are a whole year that has ended.
            reserve: the layers of that year, where these are a part of it.
        """
        reserved = self._reserve(reserve) if reserve else {}
        responses = self.questions[RESPONSES]
        size = responses.split(times).base
        enough = size >= self.rules.minimum_base
        few = disclosure.WITHHELD if self._given.has_begun else disclosure.few(self.rules)
        may_be = not self._given.steps(RESPONSES, of_groups=False)
        is_size_shown = enough and may_be and responses.allows(Told(times, _exactly(size)))
        figures = {}
        for key, question in self.questions.items():
            if key == RESPONSES:
                continue
            split = question.split(times)
            if not enough:
                why = Why.DIFFERENCE if self._given.has_begun else f"{few} responses"
                shown = disclosure.withhold(split, why)
            elif not is_size_shown and not is_year:
                shown = disclosure.withhold(
                    split, self._why(RESPONSES, Told(times, _exactly(size)), reserved)
                )
            else:
                shown = self._figure(question, times, is_year=is_year, reserved=reserved.get(key))
            figures[key] = Figure(tuple(self.layers.options[key].texts), shown)
        for key, told in reserved.items():
            self.questions[key].everyone.remove(told)
        for key, figure in figures.items():
            if figure.tells:
                self._tell(key, times, "", "", figure.shown)
        if is_size_shown:
            self._tell(RESPONSES, times, "", "", _exactly(size))
        words = str(size) if is_size_shown else disclosure.WITHHELD if enough else few
        return GroupShown(size if is_size_shown else None, words, figures)

    def _reserve(self, times: Times) -> dict[str, Told]:
        """What the whole year will show, noted as though it had been."""
        reserved = {}
        for key, question in self.questions.items():
            if any(one.times == times and one.is_exact for one in question.everyone):
                continue
            split = question.split(times)
            if key == RESPONSES:
                one = Told(times, _exactly(split.base))
                is_told = split.base >= self.rules.minimum_base and question.allows(one)
            else:
                one = Told(times, self._figure(question, times, is_year=True))
                is_told = one.shown.base is not None or one.in_words
            if is_told:
                reserved[key] = one
                question.everyone.append(one)
        return reserved

    def _figure(
        self, question: Question, times: Times, *, is_year: bool, reserved: Told | None = None
    ) -> Shown:
        """The most that may be shown of everyone's answers to a question."""
        split = question.split(times)
        wider = [one for one in question.everyone if one.shown.base is not None]
        telling = [one for one in wider if question.tells_who_skipped(times, one.times)]
        if telling and not is_year and not question.is_base_known(times):
            return disclosure.withhold(split, Why.NARROWER if telling == [reserved] else Why.DIFFERENCE)
        first, given = None, self._given.steps(question.key, of_groups=False)
        for shown in self._candidates(question, split, times, is_year=is_year):
            first = first or shown
            is_few = shown.base is None and shown.why != Why.IN_WORDS
            if is_few or question.allows(Told(times, shown)):
                if not given:
                    return shown
                given -= 1
        assert first is not None
        reasons = {question.key: reserved} if reserved else {}
        return disclosure.withhold(split, self._why(question.key, Told(times, first), reasons))

    def _candidates(
        self, question: Question, split: Split, times: Times, *, is_year: bool
    ) -> Iterator[Shown]:
        some = [disclosure.control(split, self.rules, is_year=is_year)]
        if split.sensitive:
            some += disclosure.with_less(split, self.rules, is_year=is_year)
        zeros = [] if is_year else self._known_zeros(question, times)
        for shown in some:
            yield shown
            if zeros and shown.base is not None:
                yield disclosure.with_zeros(shown, zeros)
        if is_year and split.base >= self.rules.minimum_base:
            told = [one.times for one in question.everyone if one.shown.base is not None]
            parts = differencing.classes([*told, times])
            bases = (question.split(part).base for part in parts)
            known = sum(base for base in bases if base >= self.rules.minimum_base)
            if (
                known
                and not question.was_asked_of_few(parts)
                and (words := disclosure.in_words(split, known, self.rules))
            ):
                yield words

    @staticmethod
    def _known_zeros(question: Question, times: Times) -> list[int]:
        """Options that nobody chose in a longer time, by what is told of it."""
        longer = [one.shown.cells for one in question.everyone if one.times > times]
        return sorted({i for cells in longer for i, cell in enumerate(cells) if cell.exact == 0})

    def _why(self, key: str, one: Told, reserved: Mapping[str, Told]) -> Why:
        """Whether it gives way to what was shown, or to the year that will be."""
        question = self.questions[key]
        if key not in reserved:
            return Why.DIFFERENCE
        without = [told for told in question.everyone if told is not reserved[key]]
        alone = Question(key, self.layers, self.rules, without, question.groups)
        return Why.NARROWER if alone.allows(one) else Why.DIFFERENCE

    def groups(
        self, breakdown: Breakdown, times: Times, everyone: GroupShown, *, is_year: bool
    ) -> dict[str, GroupShown]:
        """What may be shown of each group of a breakdown, once everyone in these layers has been told."""
        by = breakdown.key
        allowed = self._groups_allowed(breakdown, times, everyone)
        figures: dict[str, dict[str, Figure]] = {group: {} for group in breakdown.groups}
        for key, options in self.layers.options.items():
            if key == by:
                continue
            shown = self._question_by_group(key, by, allowed, times, everyone, is_year=is_year)
            for group, its in figures.items():
                split = self.layers.split(key, times, (by, group))
                one = shown.get(group) or disclosure.withhold(split, Why.GROUPS)
                its[key] = Figure(tuple(options.texts), one)
        sizes = {group: self.layers.split(RESPONSES, times, (by, group)).base for group in breakdown.groups}
        return {
            group: GroupShown(
                sizes[group] if group in allowed else None,
                str(sizes[group]) if group in allowed else disclosure.WITHHELD,
                figures[group],
            )
            for group in breakdown.groups
        }

    def _groups_allowed(self, breakdown: Breakdown, times: Times, everyone: GroupShown) -> list[str]:
        responses = self.questions[RESPONSES]
        sizes = {group: responses.split(times, breakdown.key, group).base for group in breakdown.groups}
        total = responses.split(times).base
        if sum(sizes.values()) > total:
            raise FindingsError(
                f"the groups of {breakdown.key} are more than the responses; run `heard recount`"
            )
        if everyone.responses is None:
            return []
        some = disclosure.groups_shown(sizes, total, self.rules)
        some &= self._groups_told(breakdown, everyone)
        given = self._given.steps(RESPONSES, of_groups=True)
        while some and (given or not responses.allows_groups(breakdown.key, sorted(some), times)):
            given = max(0, given - 1)
            some.discard(min(some, key=lambda group: (sizes[group], group)))
            left = {group: size if group in some else 0 for group, size in sizes.items()}
            some = disclosure.groups_shown(left, total, self.rules)
        return sorted(some)

    def _groups_told(self, breakdown: Breakdown, everyone: GroupShown) -> set[str]:
        """The size of a group is how many chose it: where that is a question, only what the question itself shows exactly."""
        figure = everyone.figures.get(breakdown.key)
        if figure is None:
            return set(breakdown.groups)
        cells = zip(figure.options, figure.shown.cells, strict=True)
        return {value for value, cell in cells if cell.exact is not None and figure.shown.base is not None}

    def _is_shown_from_its_other_side(self, key: str, by: str) -> bool:
        """Whether the question that splits was shown split by this one: the counts are the same, and the rest is another."""
        return by in self.questions and any(one.by == key for one in self.questions[by].groups)

    def _split(self, question: Question, by: str, times: Times, group: str = "") -> Split:
        """The answers of a group, or of everyone; what a sensitive question splits is as sensitive: seen from its other side, it is its answers."""
        split = question.split(times, by if group else "", group)
        options = self.layers.options.get(by)
        return replace(
            split, sensitive=split.sensitive or (options is not None and options.question.sensitive)
        )

    def _question_by_group(
        self, key: str, by: str, allowed: Sequence[str], times: Times, everyone: GroupShown, *, is_year: bool
    ) -> dict[str, Shown]:
        question = self.questions[key]
        splits = {group: self._split(question, by, times, group) for group in allowed}
        total = self._split(question, by, times)
        whole = everyone.figures[key].shown
        if self._is_shown_from_its_other_side(key, by):
            return {group: disclosure.withhold(split, Why.BREAKDOWNS) for group, split in splits.items()}
        if not Told(times, whole).is_exact:
            return {group: disclosure.withhold(split, Why.GROUPS) for group, split in splits.items()}
        found = disclosure.control_groups(total, splits, self.rules, is_year=is_year)
        reasons: dict[str, Why] = {}
        given = self._given.steps(key, of_groups=True)
        while some := [group for group, shown in found.items() if shown.base is not None]:
            if out := question.crossing(by, some, times):
                reasons[out] = Why.BREAKDOWNS
            elif not given and question.allows_groups(by, some, times):
                break
            else:
                given = max(0, given - 1)
                out = min(some, key=lambda group: (splits[group].base, group))
                reasons[out] = Why.DIFFERENCE
            del splits[out]
            found = disclosure.control_groups(total, splits, self.rules, is_year=is_year)
        withheld = {
            group: disclosure.withhold(question.split(times, by, group), why)
            for group, why in reasons.items()
        }
        return found | withheld


def _exactly(responses: int) -> Shown:
    return Shown((), responses, 0, None)
