"""How the figures were made, in words for whoever reads the report."""

from __future__ import annotations

from analysis.report import ReportInput

_WHO = (
    "A percentage is of those who gave an answer to that question; “not sure” is an answer. Those who were not asked, who"
    " skipped it, or who preferred not to say are not in it. How many answered and how many skipped stand beside it."
)
_ROUNDING = "Percentages are whole numbers, and a half is rounded up, so the parts of a question may not sum to exactly 100%."
_SMALL = (
    "A question that fewer than {base} answered is withheld, and so is a group of fewer than {base}. On sensitive"
    " questions an answer that 1 to {small} gave is withheld too, together with others from which it could be worked out;"
    " where everybody or nearly everybody gave the same answer, the share is shown in words, such as “more than 9 in 10”."
    " Sensitive questions have exact figures only for whole years that have ended."
    " What was shown before of the same year is remembered: a figure from which, beside it, a smaller group could be"
    " worked out is withheld or shown in words; the whole year’s comes before a shorter time’s or a single group’s."
)
_ANONYMOUS = (
    "No name, address, device or time of answering is kept with an answer. Answers are sealed when they are given, and"
    " counted in batches of 10 or more once a month has ended; an answer is therefore in the month in which it was counted."
)
_WORDS = (
    "Quotes are kept apart from the answers. One member of staff took out what could identify somebody, and a second"
    " approved them. They are chosen to show what was said, good and bad; they are not counted."
)
_WORDS_OF_YEAR = " A comment keeps its year and no month, so quotes may be from any time in {year}."


def method(report_input: ReportInput) -> tuple[tuple[str, str], ...]:
    """Title and text of each part."""
    rules, period = report_input.rules, report_input.period
    of_year = "" if period.is_year else _WORDS_OF_YEAR.format(year=period.report_year)
    council = f" for {report_input.council}" if report_input.council else ""
    return (
        ("Who is in a percentage", _WHO),
        ("Rounding", _ROUNDING),
        ("Small numbers", _SMALL.format(base=rules.minimum_base, small=rules.small_count)),
        ("Anonymous", _ANONYMOUS),
        ("In their own words", _WORDS + of_year),
        ("Source", f"Surveys held{council} with Heard, {period.label}."),
    )
