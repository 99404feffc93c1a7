"""Whatever stands in a survey, the reader tells what is wrong with it, and does not break."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.examples import Table, problems, question, survey

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["a", "yes", "no"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
QUESTION_FIELDS = (
    "key type only text easy title help ask options show_if breakdown sensitive headline positive".split()
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(QUESTION_FIELDS), ANYTHING, max_size=4), st.booleans())
def test_nothing_that_a_question_can_hold_breaks_the_reader(fields: Table, easy: bool) -> None:
    broken = {**question("a"), **fields}
    assert isinstance(
        problems(survey(broken, question("b", show_if={"question": "a", "is_any_of": ["no"]}), easy=easy)),
        list,
    )


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*survey(), "nonsense"]), ANYTHING)
def test_nothing_that_a_survey_can_hold_breaks_the_reader(name: str, value: object) -> None:
    assert isinstance(problems({**survey(), name: value}), list)
