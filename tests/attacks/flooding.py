"""How much somebody learns of one child who puts known answers into the box beside the child's: measured, not stopped.

``python -m tests.attacks.flooding`` prints the figures that docs/threat-model.md tells.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.findings import QuestionFinding
from analysis.period import Period
from feedback_app.store.counting import _cells
from surveys.reading import load_catalogue
from surveys.schema import Question, QuestionType, Survey, Wording
from tests.analysis.alone import Tally, findings

Given = dict[str, Any]

#: A month, and a whole year that has ended: what is sensitive is exact in the second alone.
MONTH, YEAR = Period("2026-11", "2026-11"), Period.year("2026-27")
_AFTERWARDS = "2027-05"
SURVEYS = ("iro_review", "wellbeing", "end_of_placement")
#: What has been worked out already.
_PUBLISHED: dict[object, QuestionFinding] = {}
#: How many children are drawn for each figure.
CHILDREN = 40


@dataclass(frozen=True)
class Learned:
    """What the attacker learns, of all answers that a child gave.

    Attributes:
        ordinary: the share of answers to ordinary questions that are known for certain, 0 to 1.
        sensitive: the same of sensitive ones.
    """

    ordinary: float
    sensitive: float


def measure(survey: Survey, period: Period, others: int, seed: int = 1) -> Learned:
    """What is learned where nine known answers, one child's, and so many other children's are counted together.

    An answer is known where no other answer of the child's would have given the same figures. For each question the attacker
    is taken to have planted what tells most. What the others said is taken as known too, so where there are others the true
    share is smaller.
    """
    chance = random.Random(seed)
    drawn = [[_child(chance, survey) for _ in range(1 + others)] for _ in range(CHILDREN)]
    shares: dict[bool, list[float]] = {True: [], False: []}
    for question in _asked(survey):
        told = [_told_of(survey, period, question, planting, drawn) for planting in _plantings(question)]
        shares[question.sensitive].append(max(told))
    return Learned(*(sum(found) / len(found) if found else 0.0 for found in (shares[False], shares[True])))


def _told_of(
    survey: Survey,
    period: Period,
    question: Question,
    planting: Sequence[Any],
    drawn: Sequence[Sequence[Given]],
) -> float:
    """The share of children whose answer to a question is known, of those who gave one."""
    answers = [[one[question.key] for one in together] for together in drawn if together[0][question.key]]
    return sum(_is_known(survey, period, question, planting, given) for given in answers) / len(answers)


def _asked(survey: Survey) -> list[Question]:
    return [q for q in survey.choice_questions if q in survey.asked_in(Wording.STANDARD)]


def _child(chance: random.Random, survey: Survey) -> Given:
    """Answers as children give them: mostly the first option, now and then another, or none."""
    return {question.key: _answer(chance, question) for question in _asked(survey)}


def _answer(chance: random.Random, question: Question) -> Any:
    values = [option.value for option in question.options]
    if chance.random() < 0.08:
        return None
    one = values[0] if chance.random() < 0.75 else chance.choice(values[1:])
    return [one] if question.type is QuestionType.MANY else one


def _plantings(question: Question) -> list[list[Any]]:
    """Nine answers that the attacker may give to a question: all the same, or spread over two options about their middle."""
    first, second = [
        [option.value] if question.type is QuestionType.MANY else option.value for option in question.options
    ][:2]
    return [[first] * most + [second] * (9 - most) for most in (0, 4, 5, 9)]


def _shown(survey: Survey, period: Period, together: Sequence[Given]) -> Mapping[str, QuestionFinding]:
    """What is published of these, by question."""
    cells = Counter(cell for given in together for cell in _cells(given))
    tallies = [Tally("", question, option, number) for (question, option), number in sorted(cells.items())]
    found = findings(survey, tallies, period, this_month=_AFTERWARDS)
    return {question.key: question for question in found.everyone.questions}


def _is_known(
    survey: Survey, period: Period, question: Question, planting: Sequence[Any], unplanted: Sequence[Any]
) -> bool:
    """Whether one answer of the child's alone fits what was published.

    Where the others did not all say what the child said, each of them may be the child. Where they did, every other answer of
    the child's is tried.
    """
    child, *rest = unplanted
    if any(given != child for given in rest):
        return False
    seen = _shown_of(survey, period, question, [*planting, child, *rest])
    others = [given for given in _possible(question) if given != child]
    return all(_shown_of(survey, period, question, [*planting, given, *rest]) != seen for given in others)


def _possible(question: Question) -> list[Any]:
    values = [option.value for option in question.options]
    return [None, *([[value] for value in values] if question.type is QuestionType.MANY else values)]


def _shown_of(survey: Survey, period: Period, question: Question, given: Sequence[Any]) -> QuestionFinding:
    """What is published of a question; that depends on how many gave each answer alone, so each is worked out once."""
    numbers = tuple(sorted(Counter(json.dumps(answer) for answer in given).items()))
    where = (survey.key, period, question.key, numbers)
    if where not in _PUBLISHED:
        # Nobody answers the others, and of whom it is asked depends on them.
        alone = replace(survey, questions=(replace(question, show_if=None),))
        _PUBLISHED[where] = _shown(alone, period, [{question.key: answer} for answer in given])[question.key]
    return _PUBLISHED[where]


def main() -> None:
    """Print the figures."""
    catalogue = load_catalogue()
    for others in (0, 1, 10):
        for period, name in ((MONTH, "month"), (YEAR, "year")):
            for key in SURVEYS:
                found = measure(catalogue.get(key), period, others)
                print(  # noqa: T201  # it is what this is run for
                    f"{key}, {name}, 9 known and {1 + others} others: "
                    f"ordinary {found.ordinary:.0%}, sensitive {found.sensitive:.0%} of answers known"
                )


if __name__ == "__main__":
    main()
