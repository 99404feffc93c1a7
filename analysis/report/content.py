"""What the report says, apart from how it looks: every format writes this and nothing else.

All figures come from findings, which have been through disclosure control; nothing is worked out from counts here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.findings import WITHHELD, GroupFinding, QuestionFinding, SurveyFindings
from analysis.period import MONTH_NAMES
from analysis.report import ReportInput, SurveyInput
from analysis.report.method import method
from analysis.words.harmless import all_harmless
from surveys.schema import Counts, Question, QuestionType, Survey, Wording


@dataclass(frozen=True, slots=True)
class Headline:
    """One sentence that leads, such as ``93% felt …``, cut so that ``figure`` can stand out.

    ``base`` is said behind it, such as ``of 191``.
    """

    figure: str
    rest: str
    base: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One exact percentage in a chart."""

    label: str
    percent: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of 0 to 100 per cent. Nothing withheld or banded is among them.

    ``note`` says what is left out, None where nothing is.
    """

    title: str
    bars: tuple[Bar, ...]
    note: str | None = None

    @property
    def in_words(self) -> str:
        """The same for somebody who does not see it."""
        bars = "; ".join(f"{bar.label}, {bar.percent}%" for bar in self.bars)
        return f"Bar chart. {self.title}: {bars}."


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a header row. The first cell of a row names it; the others are figures.

    ``notes`` stand under it, such as why something is withheld.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """What was said in answer to one question, as approved."""

    question: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One survey.

    Attributes:
        key: the survey's.
        title: the name staff and boards read.
        opening: how many, and when.
        tables: yes and no questions first, then one table for every other split.
        breakdowns: a row a headline, a column a group.
        withheld: a sentence for each question of which nothing is shown.
    """

    key: str
    title: str
    opening: str
    headlines: tuple[Headline, ...]
    chart: Chart | None
    tables: tuple[Table, ...]
    breakdowns: tuple[Table, ...]
    withheld: tuple[str, ...]
    quotes: tuple[Quotes, ...]
    findings: SurveyFindings


@dataclass(frozen=True, slots=True)
class Content:
    """The whole report.

    Attributes:
        about: the opening, a string a paragraph.
        absent: a sentence for each survey with nothing to show; one for all where nothing was counted.
        method: how the figures were made, as title and text.
    """

    title: str
    period: str
    council: str
    made_on: dt.date
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    absent: tuple[str, ...]
    method: tuple[tuple[str, str], ...]
    is_demonstration: bool

    @property
    def made_on_words(self) -> str:
        """The day it was made, such as ``4 October 2023``."""
        return f"{self.made_on.day} {MONTH_NAMES[self.made_on.month - 1]} {self.made_on.year}"


TITLE = "What children and young people told us"


def content(report_input: ReportInput) -> Content:
    """What the report says."""
    spoken = [part for part in report_input.surveys if not part.findings.everyone.is_withheld]
    silent = [part for part in report_input.surveys if part.findings.everyone.is_withheld]
    made = Content(
        title=TITLE,
        period=report_input.period.label,
        council=report_input.council,
        made_on=report_input.made_on,
        about=tuple(_about(report_input, spoken)),
        sections=tuple(_section(part, report_input.rules.minimum_base) for part in spoken),
        absent=tuple(_absent(part) for part in silent) or _nothing(report_input),
        method=method(report_input),
        is_demonstration=report_input.is_demonstration,
    )
    return all_harmless(made)


def _listed(items: Iterable[str]) -> str:
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def _number(count: int) -> str:
    return f"{count:,}"


def _about(report_input: ReportInput, spoken: list[SurveyInput]) -> Iterator[str]:
    care = f"in the care of {report_input.council}" if report_input.council else "in our care"
    opening = "This is what" if spoken else "This report is about what"
    since = "in" if report_input.period.first == report_input.period.last else "from"
    yield (
        f"{opening} children and young people {care} said {since} {report_input.period.label}, in figures and in their own"
        " words. Every question could be skipped, and nobody’s name is kept with what they said."
    )
    counted = [part for part in spoken if part.findings.everyone.responses is not None]
    children = [part for part in counted if part.survey.counts is Counts.CHILDREN]
    if children:
        yield _heard_from(children)
    for part in counted:
        if part.survey.counts is Counts.CONVERSATIONS:
            yield f"{_size(part)} for “{part.survey.title}”. A child may have had more than one."


def _heard_from(children: list[SurveyInput]) -> str:
    if len(children) == 1:
        return f"We have heard from {_number(children[0].findings.everyone.responses or 0)} children and young people."
    total = sum(part.findings.everyone.responses or 0 for part in children)
    each = _listed(f"{part.findings.everyone.responses_shown} to “{part.survey.title}”" for part in children)
    return (
        f"Together we have {_number(total)} responses from children and young people: {each}. Surveys are anonymous, so"
        " a child who answered more than one is in each of them."
    )


def _size(part: SurveyInput) -> str:
    count = part.findings.everyone.responses
    if count is None:
        return "How many there were is withheld; answers were counted"
    if part.survey.counts is Counts.CHILDREN:
        return f"{_number(count)} children and young people answered"
    return f"{_number(count)} conversations were recorded"


def _absent(part: SurveyInput) -> str:
    kind = "responses" if part.survey.counts is Counts.CHILDREN else "conversations"
    few = part.findings.everyone.responses_shown
    if few == WITHHELD:
        return f"Nothing is shown of “{part.survey.title}”: {part.findings.everyone.why_withheld}."
    return f"“{part.survey.title}” had {few} {kind} counted in this time, so nothing of it is shown."


def _nothing(report_input: ReportInput) -> tuple[str, ...]:
    """Where there is no survey to say something of: why the report is empty."""
    if report_input.surveys:
        return ()
    why = "no answers were counted in it. Answers to a survey are counted when a month has ended and at least"
    together = f"{report_input.rules.box_size} are together. Until then they wait, sealed."
    return (f"Nothing can be shown of this time: {why} {together}",)


def _section(part: SurveyInput, fewest: int) -> Section:
    everyone = part.findings.everyone
    when = part.findings.period
    return Section(
        key=part.survey.key,
        title=part.survey.title,
        opening=f"{_size(part)} {'in' if when.first == when.last else 'from'} {part.findings.when}.",
        headlines=tuple(_headlines(part.survey, everyone)),
        chart=_chart(part.survey, everyone),
        tables=tuple(_tables(part)),
        breakdowns=tuple(_breakdown_table(breakdown, fewest) for breakdown in part.breakdowns),
        withheld=tuple(_withheld(everyone)),
        quotes=tuple(_quotes(part)),
        findings=part.findings,
    )


def _asked(survey: Survey, finding: QuestionFinding) -> Question:
    return survey.question(finding.key)


def _headlines(survey: Survey, everyone: GroupFinding) -> Iterator[Headline]:
    for finding in everyone.questions:
        if finding.sentence and finding.positive_shown:
            easy = _asked(survey, finding).wordings == frozenset({Wording.EASY})
            of = "of {} who answered in the easy wording" if easy else "of {}"
            figure = finding.sentence[: len(finding.positive_shown)]
            rest = finding.sentence[len(finding.positive_shown) :].strip()
            base = of.format(_number(finding.base)) if finding.base else "how many answered is withheld"
            yield Headline(figure, rest, base)


def _chart(survey: Survey, everyone: GroupFinding) -> Chart | None:
    led = [finding for finding in everyone.questions if finding.sentence]
    bars = tuple(
        Bar(_bar_label(_asked(survey, f)), f.positive_percent) for f in led if f.positive_percent is not None
    )
    if not bars:
        return None
    note = "Questions whose figure is shown in words are not drawn." if len(led) > len(bars) else None
    return Chart("What they said, as a percentage of those who answered each question", bars, note)


def _bar_label(question: Question) -> str:
    headline = question.headline or question.title
    easy = " (easy wording)" if question.wordings == frozenset({Wording.EASY}) else ""
    return f"{headline[0].upper()}{headline[1:]}{easy}"


def _count(number: int | None) -> str:
    return WITHHELD if number is None else _number(number)


def _tables(part: SurveyInput) -> Iterator[Table]:
    findings = [finding for finding in part.findings.everyone.questions if not finding.is_withheld]
    yes_no = [f for f in findings if _asked(part.survey, f).type is QuestionType.YES_NO]
    if yes_no:
        yield _yes_no_table(yes_no)
    for finding in findings:
        if finding not in yes_no:
            yield _split_table(finding, many=_asked(part.survey, finding).type is QuestionType.MANY)


def _yes_no_table(findings: list[QuestionFinding]) -> Table:
    values = list(dict.fromkeys(option.value for finding in findings for option in finding.options))
    texts = {option.value: option.text for finding in findings for option in finding.options}
    rows = []
    for finding in findings:
        shown = {option.value: option.shown for option in finding.options}
        figures = (shown.get(value, "") for value in values)
        rows.append((finding.title, *figures, _count(finding.base), _count(finding.skipped)))
    header = ("Question", *(texts[value] for value in values), "Answered", "Skipped")
    return Table("Yes or no questions", header, tuple(rows), tuple(_reasons(findings)))


def _split_table(finding: QuestionFinding, *, many: bool) -> Table:
    rows = tuple((option.text, option.shown) for option in finding.options)
    notes = [f"{_count(finding.base)} answered, {_count(finding.skipped)} skipped."]
    if finding.base is None:
        notes = ["How many answered and how many skipped is withheld."]
    if many:
        notes.append("More than one answer could be chosen, so these may sum to more than 100%.")
    if finding.why:
        notes.append(f"{finding.why[0].upper()}{finding.why[1:]}.")
    return Table(finding.title, ("Answer", "Share"), rows, tuple(notes))


def _withheld(everyone: GroupFinding) -> Iterator[str]:
    by_reason: dict[str | None, list[str]] = {}
    for finding in everyone.questions:
        if finding.is_withheld:
            by_reason.setdefault(finding.why, []).append(f"“{finding.title}”")
    for why, titles in by_reason.items():
        yield f"{_listed(titles)} {'is' if len(titles) == 1 else 'are'} not shown: {why}."


def _reasons(findings: Iterable[QuestionFinding]) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for finding in findings:
        if finding.why:
            by_reason.setdefault(finding.why, []).append(finding.title)
    for why, titles in by_reason.items():
        yield f"{_listed(titles)}: {why}."


def _breakdown_table(breakdown: SurveyFindings, fewest: int) -> Table:
    """A row a headline that some group shows, a column a group."""
    led = [f for f in breakdown.everyone.questions if f.positive_shown]
    shown = [{f.key: f for f in group.questions} for group in breakdown.groups]
    kept = [f for f in led if any(f.key in group and group[f.key].positive_shown for group in shown)]
    header = ("Question", "Everyone", *(group.text for group in breakdown.groups))
    rows = tuple(
        (finding.title, _with_base(finding), *(_with_base(group.get(finding.key)) for group in shown))
        for finding in kept
    )
    sizes = tuple(group.responses_shown for group in (breakdown.everyone, *breakdown.groups))
    note = f"Groups of fewer than {fewest}, and others from which they could be worked out, are withheld."
    return Table(f"Split by: {breakdown.by_title}", header, (("Responses", *sizes), *rows), (note,))


def _with_base(finding: QuestionFinding | None) -> str:
    if finding is None or not finding.positive_shown:
        return WITHHELD
    if finding.base is None:
        return finding.positive_shown
    return f"{finding.positive_shown} of {_count(finding.base)}"


def _quotes(part: SurveyInput) -> Iterator[Quotes]:
    for question in part.survey.questions:
        words = tuple(said.strip() for key, said in part.quotes if key == question.key and said.strip())
        if words:
            yield Quotes(question.text, words)
