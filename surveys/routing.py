"""Which questions are asked, given the answers so far. The phone follows the same table of cases."""

from __future__ import annotations

from collections.abc import Iterator

from surveys.schema import (
    PREFER_NOT_TO_SAY,
    AllOf,
    Answer,
    Answers,
    AnyOf,
    Condition,
    Question,
    QuestionType,
    ShowIf,
    Survey,
    Wording,
)


def asked(survey: Survey, wording: Wording, answers: Answers) -> tuple[Question, ...]:
    """The questions asked, in order, given the answers so far.

    An answer to a question that is not asked itself changes nothing; nor does a key that the survey does not have.

    Raises:
        ValueError: an asked question is answered with something that is no option of it.
    """
    return tuple(question for question, _ in _walk(survey, wording, answers))


def settle(survey: Survey, wording: Wording, given: Answers) -> dict[str, Answer]:
    """What counts of the answers given: every asked question, with its answer or None where it was skipped.

    Answers off the path, and unknown keys, are dropped unseen. Words lose the white space around them; their line ends
    become line feeds. Several choices come in the order of the options; where "I'd rather not say" is among them, it alone
    counts.

    Raises:
        ValueError: an asked question is answered with something that is no option of it.
    """
    return {question.key: answer for question, answer in _walk(survey, wording, given)}


def conditions_of(show_if: ShowIf | None) -> Iterator[Condition]:
    """Every single condition in a rule, in the order written."""
    match show_if:
        case Condition():
            yield show_if
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from conditions_of(part)


def hanging_together(survey: Survey) -> dict[str, set[str]]:
    """For each choice question those that it is asked upon, and those that are asked upon it."""
    near: dict[str, set[str]] = {}
    for question in survey.choice_questions:
        for condition in conditions_of(question.show_if):
            near.setdefault(question.key, set()).add(condition.question)
            near.setdefault(condition.question, set()).add(question.key)
    return near


def _walk(survey: Survey, wording: Wording, given: Answers) -> Iterator[tuple[Question, Answer]]:
    on_path: dict[str, Answer] = {}
    for question in survey.asked_in(wording):
        if question.show_if is None or _holds(question.show_if, on_path):
            on_path[question.key] = _answer(question, given.get(question.key))
            yield question, on_path[question.key]


def _holds(rule: ShowIf, on_path: Answers) -> bool:
    match rule:
        case Condition(question, is_any_of):
            return not _chosen(on_path.get(question)).isdisjoint(is_any_of)
        case AllOf(parts):
            return all(_holds(part, on_path) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, on_path) for part in parts)


def _chosen(answer: Answer) -> frozenset[str]:
    if answer is None:
        return frozenset()
    return frozenset([answer] if isinstance(answer, str) else answer)


def _answer(question: Question, given: Answer) -> Answer:
    if question.type is QuestionType.MANY:
        return _several(question, given)
    if given is not None and not isinstance(given, str):
        raise ValueError(f"{question.key} takes one answer, not several")
    if question.type is QuestionType.WORDS:
        return _words(given or "") or None
    if given:
        _check_option(question, given)
    return given or None


def _words(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _several(question: Question, given: Answer) -> Answer:
    chosen = _chosen(given) - {""}
    for value in sorted(chosen):
        _check_option(question, value)
    if PREFER_NOT_TO_SAY in chosen:
        return (PREFER_NOT_TO_SAY,)
    return tuple(value for value in question.values if value in chosen) or None


def _check_option(question: Question, value: str) -> None:
    if value not in question.values and not (question.sensitive and value == PREFER_NOT_TO_SAY):
        raise ValueError(f"{value!r} is no option of {question.key}")
