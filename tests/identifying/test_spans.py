"""What is marked in single comments, and that no text whatever breaks the marking."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.words import knowledge
from analysis.words.identifying import spans
from tests.identifying.examples import given as made_for_the_project
from tests.identifying.examples import unseen


def _marked(words: str) -> list[tuple[str, str]]:
    return [(words[span.start : span.end], span.kind) for span in spans(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("my mate priya💛 and me", [("priya", "person")]),
        ("MY CARER SANDRA IS THE BEST", [("SANDRA", "person")]),
        ("Mrs T helped me", [("Mrs T", "person")]),
        ("we won!! #teamsandra", [("teamsandra", "person")]),
        ("i moved from Wolverhampton", [("Wolverhampton", "place")]),
        ("i go to Fernhill Primary School", [("Fernhill Primary School", "school")]),
        ("write to sam dot t at example dot org", [("sam dot t at example dot org", "email")]),
        ("i was born on the third of march", [("the third of march", "date_of_birth")]),
        ("we live at 14 elm grove now", [("14 elm grove", "address")]),
        ("im 12 and i like chess", [("12", "detail")]),
    ],
)
def test_details_are_marked_however_they_are_written(words: str, expected: list[tuple[str, str]]) -> None:
    assert _marked(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "we went to Nando's and then Tesco",
        "i will miss it",
        "i play minecraft and mario kart on the switch",
        "see you on Monday at school",
        "😊😊😊",
        "10/10 would go again",
        "me gusta mucho la casa",
    ],
)
def test_what_everybody_knows_gives_nobody_away(words: str) -> None:
    assert _marked(words) == []


ANYTHING = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            "Sandra",
            "will",
            "#team",
            "@",
            "💛",
            "\u202e",
            "\x00",
            "'s",
            "7TN",
            "at",
            "dot",
            "مرحبا",
            ".",
            " ",
            "\n",
            "_",
            "3rd",
            "may",
            "only",
        ]
    ),
    max_size=60,
).map("".join)


@given(words=ANYTHING)
@settings(max_examples=150, deadline=None)
def test_spans_lie_inside_the_text_and_never_overlap(words: str) -> None:
    found = spans(words)
    assert all(0 <= span.start < span.end <= len(words) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A ",
        "_",
        "7",
        "7 ",
        "a.",
        "😊",
        "im 12 ",
        "Zanele Okafor ",
        "x@",
        "only a ",
        "#a",
        "\u202e",
        "ا",
        "a_",
    ],
)
def test_a_text_ten_times_as_long_takes_about_ten_times_as_long(piece: str) -> None:
    def seconds(length: int) -> float:
        words = (piece * length)[:length]
        before = time.process_time()
        spans(words)
        return time.process_time() - before

    assert seconds(100_000) < 30 * seconds(10_000) + 0.5


def test_no_name_added_by_hand_comes_from_the_comments_that_figures_are_measured_with() -> None:
    by_hand = knowledge._BESIDES["first names besides"]
    measured = {
        word
        for one in (*made_for_the_project(), *unseen())
        for start, end, _ in one.spans
        for word in one.words[start:end].lower().split()
    }
    assert by_hand & measured == set()
