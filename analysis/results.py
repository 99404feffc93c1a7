"""From tallies to findings: percentages, disclosure control, and a sentence for every headline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analysis import disclosure
from analysis.disclosure import Cell, Shown, Split, Why
from analysis.findings import GroupFinding, OptionFinding, QuestionFinding, SurveyFindings, Tally
from analysis.percentages import percent, percentages, responses
from analysis.period import Period, month_of
from analysis.settings import Rules
from surveys.schema import Question, QuestionType, Survey

#: Breakdowns that every survey has besides those it declares, with the names of the groups known beforehand.
EVERY_SURVEY: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "how": (
        "How it was answered",
        {"self": "On their own", "conversation": "In a conversation", "import": "Brought in from a file"},
    ),
    "round": ("Round", {}),
}


class FindingsError(ValueError):
    """Figures that cannot be worked out; the message is one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """What splits the results: its key, its title, and its groups with their names, in order."""

    key: str
    title: str
    groups: Mapping[str, str]


def _breakdown(survey: Survey, by: str, sizes: Mapping[str, int]) -> _Breakdown:
    if by in EVERY_SURVEY:
        title, groups = EVERY_SURVEY[by]
    else:
        declared = {q.key: q for q in survey.breakdowns if q.type is not QuestionType.MANY}
        if by not in declared:
            known = ", ".join([*declared, *EVERY_SURVEY])
            raise FindingsError(f"{survey.key} cannot be split by {by!r}; it can be split by {known}")
        title, groups = declared[by].title, {o.value: o.text for o in declared[by].options}
    others = {group: group.replace("_", " ") for group in sorted(sizes) if group}
    return _Breakdown(
        by, title, {**others, **groups} if by == "round" else {**groups, **_less(others, groups)}
    )


def _less(some: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in some.items() if key not in known}


@dataclass(frozen=True, slots=True)
class _Options:
    """The options of a question as results show them: those of the survey, then any that only older versions had."""

    question: Question
    texts: Mapping[str, str]

    def split(self, counts: Mapping[str, int]) -> Split:
        """The counts of one group, checked.

        Raises:
            FindingsError: they do not add up.
        """
        question = self.question
        many = question.type is QuestionType.MANY
        chosen = tuple(counts.get(value, 0) for value in self.texts)
        base, skipped = counts.get("answered", 0), counts.get("skipped", 0)
        whole = max(chosen, default=0) <= base <= sum(chosen) if many else sum(chosen) == base
        if not whole or min((*chosen, base, skipped)) < 0:
            raise FindingsError(f"the tallies of {question.key} do not add up; run `heard recount`")
        return Split(chosen, base, skipped, many, question.sensitive)


class _Counted:
    """Tallies arranged for one survey: splits by group and question."""

    def __init__(self, survey: Survey, tallies: Sequence[Tally]) -> None:
        self.sizes = responses(tallies)
        self._counts: dict[tuple[str, str], dict[str, int]] = {}
        for row in percentages(tallies).to_dict("records"):
            counts = self._counts.setdefault((row["group"], row["question"]), {})
            counts |= {row["option"]: row["count"], "answered": row["base"], "skipped": row["skipped"]}
        self.options = {question.key: self._options(question) for question in survey.choice_questions}

    def _options(self, question: Question) -> _Options:
        known = {option.value: option.text for option in question.options}
        seen = {value for (_, key), counts in self._counts.items() if key == question.key for value in counts}
        older = sorted(seen - {*known, "answered", "skipped"})
        return _Options(question, {**known, **{value: value.replace("_", " ") for value in older}})

    def split(self, group: str, key: str) -> Split:
        """The answers of one group to one question, checked.

        Raises:
            FindingsError: they do not add up, or are more than the responses.
        """
        split = self.options[key].split(self._counts.get((group, key), {}))
        if split.base + split.skipped > self.sizes.get(group, 0):
            raise FindingsError(f"the tallies of {key} are more than the responses; run `heard recount`")
        return split


def _percent(cell: Cell, base: int | None) -> int | None:
    return percent(cell.exact, base) if base and cell.exact is not None else None


def _shown(cell: Cell, base: int | None) -> str:
    exact = _percent(cell, base)
    return f"{exact}%" if exact is not None else str(cell.words)


def _question(options: _Options, shown: Shown, rules: Rules) -> QuestionFinding:
    question, base = options.question, shown.base
    cells = zip(options.texts.items(), shown.cells, strict=True)
    positive = [i for i, value in enumerate(options.texts) if value in question.positive]
    headline = None
    if question.headline and question.positive:
        headline = disclosure.together(shown, positive, rules, many=question.type is QuestionType.MANY)
    positive_shown = _shown(headline, base) if headline else None
    return QuestionFinding(
        key=question.key,
        title=question.title,
        text=question.text,
        sensitive=question.sensitive,
        base=base,
        skipped=shown.skipped,
        options=tuple(OptionFinding(v, text, _percent(c, base), _shown(c, base)) for (v, text), c in cells),
        positive_shown=positive_shown,
        positive_percent=_percent(headline, base) if headline else None,
        sentence=_sentence(positive_shown, question.headline),
        why=shown.why,
    )


def _sentence(shown: str | None, headline: str | None) -> str | None:
    """The headline as a whole sentence without a full stop, such as ``More than 9 in 10 felt …``."""
    return f"{shown[0].upper()}{shown[1:]} {headline}" if shown and headline else None


def _few(rules: Rules) -> str:
    return f"fewer than {rules.minimum_base}"


def _everyone(survey: Survey, counted: _Counted, rules: Rules, *, is_year: bool) -> GroupFinding:
    size = counted.sizes.get("", 0)
    enough = size >= rules.minimum_base
    shown = {}
    for question in survey.choice_questions:
        split = counted.split("", question.key)
        few = disclosure.withhold(split, f"{_few(rules)} responses")
        shown[question.key] = disclosure.control(split, rules, is_year=is_year) if enough else few
    return GroupFinding(
        group="",
        text="Everyone",
        responses=size if enough else None,
        responses_shown=str(size) if enough else _few(rules),
        questions=tuple(_question(counted.options[key], some, rules) for key, some in shown.items()),
    )


def _groups(
    survey: Survey, counted: _Counted, breakdown: _Breakdown, rules: Rules, *, is_year: bool
) -> tuple[GroupFinding, ...]:
    sizes = {group: counted.sizes.get(group, 0) for group in breakdown.groups}
    everyone = counted.sizes.get("", 0)
    if sum(sizes.values()) > everyone:
        raise FindingsError(f"the groups of {breakdown.key} are more than the responses; run `heard recount`")
    allowed = disclosure.groups_shown(sizes, everyone, rules)
    found: dict[str, list[QuestionFinding]] = {group: [] for group in sizes}
    for question in survey.choice_questions:
        if question.key == breakdown.key:
            continue
        splits = {group: counted.split(group, question.key) for group in sizes}
        some = {group: split for group, split in splits.items() if group in allowed}
        shown = disclosure.control_groups(counted.split("", question.key), some, rules, is_year=is_year)
        for group, split in splits.items():
            one = shown.get(group) or disclosure.withhold(split, Why.GROUPS)
            found[group].append(_question(counted.options[question.key], one, rules))
    return tuple(
        GroupFinding(
            group=group,
            text=text,
            responses=sizes[group] if group in allowed else None,
            responses_shown=str(sizes[group]) if group in allowed else disclosure.WITHHELD,
            questions=tuple(found[group]),
        )
        for group, text in breakdown.groups.items()
    )


def findings(
    survey: Survey,
    tallies: Sequence[Tally],
    period: Period,
    by: str | None = None,
    rules: Rules | None = None,
    this_month: str | None = None,
) -> SurveyFindings:
    """What may be shown of a survey over a period.

    Args:
        survey: its newest version; options that only older versions had are shown after its own.
        tallies: summed over the period; without ``by``, group ``""`` alone is read.
        period: decides whether sensitive questions are exact: they are for a whole year that has ended. The same year
            shown while it grows, at two times, would give away what came between.
        by: a question that the survey declares as a breakdown, or ``how`` or ``round``.
        rules: the thresholds; the defaults where None.
        this_month: the month it is, ``YYYY-MM``; by the computer's clock where None.

    Raises:
        FindingsError: ``by`` does not split this survey, or the tallies do not add up.
    """
    rules = rules or Rules()
    counted = _Counted(survey, tallies if by else [t for t in tallies if not t.group])
    is_year = period.is_year and period.last < (this_month or month_of(dt.datetime.now(dt.UTC).date()))
    breakdown = _breakdown(survey, by, counted.sizes) if by else None
    groups = _groups(survey, counted, breakdown, rules, is_year=is_year) if breakdown else ()
    return SurveyFindings(
        survey=survey.key,
        title=survey.title,
        counts=survey.counts.value,
        period=period,
        everyone=_everyone(survey, counted, rules, is_year=is_year),
        by=by,
        by_title=breakdown.title if breakdown else None,
        groups=groups,
    )
