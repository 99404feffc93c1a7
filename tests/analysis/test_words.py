from __future__ import annotations

import pytest

from analysis.words.checking import check
from analysis.words.concern import is_worrying, signs
from analysis.words.identifying import spans
from analysis.words.tone import tone


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ("wanting to die", "Sometimes I don’t want to be here any more"),
        ("wanting to die", "everyone would be better off without me"),
        ("self-harm", "ive been cutting myself again"),
        ("being hurt", "my foster dad hits me when hes angry"),
        ("being hurt", "she grabbed my brother by the hair"),
        ("afraid", "I am scared of him"),
        ("afraid", "he comes in my room at night"),
        ("missing or out at night", "slept in the bus station on friday"),
        ("missing or out at night", "i ran away twice last month"),
        ("secrets and pressure", "he said its our secret and dont tell my social worker"),
        ("touching and pictures", "someone online keeps asking me for pics of me"),
        (
            "grooming and exploitation",
            "a man near school buys me trainers and i have to drop things off for him",
        ),
        ("hunger", "there's a padlock on the fridge"),
        ("hunger", "im always hungry when i get in"),
        ("asking for help", "please help me"),
        ("in another language", "Tengo miedo de ir a casa"),
        ("in another language", "أخاف منه"),
    ],
)
def test_signs_are_found_in_the_words_of_children(sign: str, words: str) -> None:
    assert sign in signs(words)


@pytest.mark.parametrize(
    "words",
    [
        "they never shout at me",
        "nobody hurts me here and I feel safe",
        "he beats me at chess every time",
        "my teacher told me a funny story",
        "we had pizza and watched a scary film",
        "I cut my own fringe and it looks awful lol",
        "this game is killing me, so hard",
        "I could eat a horse after football",
        "can I have a later bedtime",
        "my social worker rang me back the same day",
        "",
    ],
)
def test_ordinary_words_are_not_worrying(words: str) -> None:
    assert not is_worrying(words)


def test_spelling_and_stretched_letters_hide_nothing() -> None:
    assert is_worrying("im skared of himmmmm")
    assert is_worrying("PLEASE HELP ME!!!")


def test_a_very_long_comment_is_read_quickly() -> None:
    assert not is_worrying("and then we went to the park " * 70)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("brilliant", "positive"),
        ("👍", "positive"),
        ("it was sick", "positive"),
        ("not bad", "positive"),
        ("not good", "negative"),
        ("I don't like the meetings", "negative"),
        ("rubbish", "negative"),
        ("the dog is great but the bus is boring", "mixed"),
        ("👍 food 👎 wifi", "mixed"),
        ("it was on Tuesday", "neutral"),
        ("", "neutral"),
    ],
)
def test_tone_is_a_hint(words: str, expected: str) -> None:
    assert tone(words) == expected


def test_details_whose_form_gives_them_away_are_marked() -> None:
    words = "ring me on 07700 900123 or sam.b@example.org, im @sam_draws"
    assert [(words[s.start : s.end], s.kind) for s in spans(words)] == [
        ("07700 900123", "phone"),
        ("sam.b@example.org", "email"),
        ("@sam_draws", "social_handle"),
    ]


def test_a_check_says_all_three() -> None:
    assert check("he hits me") == {"spans": [], "tone": "negative", "concern": True}
