"""From what may be shown to findings: percentages, words, and a sentence for every headline."""

from __future__ import annotations

from collections.abc import Mapping

from analysis import disclosure
from analysis.breakdowns import Breakdown
from analysis.disclosure import Cell, Shown
from analysis.findings import GroupFinding, OptionFinding, QuestionFinding, SurveyFindings
from analysis.percentages import percent
from analysis.period import Period
from analysis.releasing.layers import Options
from analysis.releasing.ledger import GroupShown
from analysis.settings import Rules
from surveys.schema import QuestionType, Survey


def assemble(
    survey: Survey,
    options: Mapping[str, Options],
    period: Period,
    breakdown: Breakdown | None,
    groups: Mapping[str, GroupShown],
    rules: Rules,
) -> SurveyFindings:
    """The findings that say what may be shown, and nothing else.

    Args:
        survey: its newest version.
        options: by question.
        period: what was asked for.
        breakdown: what splits the results, if anything does.
        groups: what may be shown, by group; ``""`` is everyone.
        rules: the thresholds it was decided by.
    """
    return SurveyFindings(
        survey=survey.key,
        title=survey.title,
        counts=survey.counts.value,
        period=period,
        everyone=_group("", "Everyone", groups[""], options, rules),
        by=breakdown.key if breakdown else None,
        by_title=breakdown.title if breakdown else None,
        groups=tuple(
            _group(key, text, groups[key], options, rules)
            for key, text in (breakdown.groups.items() if breakdown else ())
        ),
    )


def _group(
    key: str, text: str, group: GroupShown, options: Mapping[str, Options], rules: Rules
) -> GroupFinding:
    questions = (
        _question(its, group.figures[question].in_order_of(tuple(its.texts)), rules)
        for question, its in options.items()
        if question in group.figures
    )
    return GroupFinding(key, text, group.responses, group.words, tuple(questions))


def _percent(cell: Cell, base: int | None) -> int | None:
    return percent(cell.exact, base) if base and cell.exact is not None else None


def _shown(cell: Cell, base: int | None) -> str:
    exact = _percent(cell, base)
    return f"{exact}%" if exact is not None else str(cell.words)


def _question(options: Options, shown: Shown, rules: Rules) -> QuestionFinding:
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
