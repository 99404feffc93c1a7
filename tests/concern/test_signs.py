"""What makes no difference to whether a comment worries, and what does."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.words import concern as concern_module
from analysis.words.concern import is_worrying, signs
from tests.concern.examples import ENGLISH, ours

WORRYING = [one.words for one in ours() if one.concern and one.language == ENGLISH and is_worrying(one.words)]
DATA = tomllib.loads(Path(concern_module.__file__).with_name("concern.toml").read_text(encoding="utf-8"))


@given(st.text())
def test_any_text_has_an_answer(words: str) -> None:
    assert set(signs(words)) <= {*DATA["signs"], "many small things", "in another language"}


@given(st.sampled_from(WORRYING))
def test_capitals_make_no_difference(words: str) -> None:
    assert signs(words.upper()) == signs(words.lower())


@given(st.sampled_from(WORRYING), st.sampled_from("'’‘`"))
def test_apostrophes_make_no_difference(words: str, apostrophe: str) -> None:
    bare = words.replace("'", "").replace("’", "")
    assert signs(bare.replace("im ", f"i{apostrophe}m ").replace("dont", f"don{apostrophe}t")) == signs(bare)


@given(st.integers(3, 30))
def test_letters_held_down_make_no_difference(times: int) -> None:
    assert is_worrying(f"he hits m{'e' * times}")
    assert is_worrying(f"i want to k{'i' * times}ll myself")


@given(st.sampled_from(WORRYING), st.sampled_from(["  ", "\n", "\t", " ", " 😊", "!!!", "..."]))
def test_what_stands_after_a_comment_hides_nothing(words: str, after: str) -> None:
    assert is_worrying(words + after)


@pytest.mark.parametrize(
    "words",
    [
        "he h1ts me",
        "i want to k!ll myself",
        "im skared of him",
        "i wana die",
        "he tuched me",
        "they dnt feed me",
        "hungrey all the time they dont giv us tea",
        "🆘",
        "he got a 🔪 out and held it at my neck",
    ],
)
def test_disguised_and_misspelt_words_are_read(words: str) -> None:
    assert is_worrying(words)


@pytest.mark.parametrize(
    ("words", "about_home"),
    [
        ("nobody hurts me here", False),
        ("they never hit me", False),
        ("i was scared of coming here but i was wrong", False),
        ("im not scared any more", False),
        ("my carer never hits me but her son hits me", True),
        ("he used to hit me at my mums", True),
    ],
)
def test_what_is_turned_round_is_ordinary_and_past_harm_is_not(words: str, *, about_home: bool) -> None:
    assert is_worrying(words) is about_home


@pytest.mark.parametrize(
    "words",
    [
        "the wifi is killing me",
        "i want to die my hair blue",
        "we played hide and seek in the dark",
        "secret santa was the best",
        "he destroyed me at fifa",
        "could murder a pizza",
        "my legs are killing me after pe",
    ],
)
def test_what_only_sounds_so_is_ordinary(words: str) -> None:
    assert not is_worrying(words)


def test_what_only_sounds_so_hides_nothing_beside_it() -> None:
    assert is_worrying("we played hide and seek then he hit me with his belt")


@pytest.mark.parametrize(
    "words", ["nagyon szeretem itt", "mana barumsaa nan jaalladha", "我喜欢学校", "أحب المدرسة والبيت"]
)
def test_what_nobody_at_the_desk_can_read_is_first(words: str) -> None:
    assert signs(words) == ("in another language",)


@pytest.mark.parametrize(
    "words",
    ["he is my brother. የቐንየለይ tesfay", "i love pho and banh mi", "Siobhán and Eoghan came", "🙂🙂", "👍"],
)
def test_a_word_or_a_name_of_another_language_is_not_a_comment_in_it(words: str) -> None:
    assert "in another language" not in signs(words)


@pytest.mark.parametrize("sign", sorted(DATA["signs"]))
def test_every_way_stands_once(sign: str) -> None:
    lines = DATA["signs"][sign]
    assert sorted(lines) == sorted(set(lines))
