"""What a phone sees while a child writes: one table of cases, which its script follows too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.words.phone_signs import for_page, languages, says_harm, signs_of
from feedback_app.languages import LANGUAGES

CASES = json.loads(
    (Path(__file__).parents[1] / "data" / "phone_signs_cases.json").read_text(encoding="utf-8")
)
#: What everything that a page carries for its own language may weigh, uncompressed.
MOST_BYTES = 14_000


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['words'][:40]}")
def test_a_phone_sees_harm_in_plain_phrases_and_nowhere_else(case: dict[str, Any]) -> None:
    assert says_harm(case["words"], case["language"]) is case["expected"]


@pytest.mark.parametrize("language", languages())
def test_every_phrase_is_found_in_the_words_it_stands_for(language: str) -> None:
    assert [phrase for phrase in signs_of(language).phrases if not says_harm(phrase, language)] == []


def test_every_language_of_the_pages_has_a_list() -> None:
    assert set(languages()) == {language.code for language in LANGUAGES}


@pytest.mark.parametrize("language", languages())
def test_what_a_page_carries_is_small(language: str) -> None:
    assert len(json.dumps(for_page(language)[0], ensure_ascii=False).encode()) < MOST_BYTES


@given(st.sampled_from([case for case in CASES if case["expected"]]), st.text(" .,!?\n", max_size=3))
def test_neither_capitals_nor_what_stands_around_hide_a_phrase(case: dict[str, Any], around: str) -> None:
    assert says_harm(f"{around}{case['words'].upper()}{around}", case["language"])


@given(st.text(), st.sampled_from([*languages(), "xx"]))
def test_any_text_can_be_asked(words: str, language: str) -> None:
    assert says_harm(words, language) in {True, False}
