"""The notation in which safeguarding staff read and mend what is looked for: one idea of it a test."""

from __future__ import annotations

import pytest

from analysis.words.plain_words import plain, readings, spellings
from analysis.words.ways import TAKEN_OUT, Ways, text_of

LISTS = {"who": "he|she|my_dad", "pain": "hits|hurt*", "all": "{who}|they"}


def says(line: str, words: str) -> bool:
    return bool(Ways({"it": [line]}, LISTS).said_in(text_of(plain(words).split())))


@pytest.mark.parametrize(
    ("line", "said", "not_said"),
    [
        ("hits me", "He hits me!", "hits the ball"),
        ("hurt* me", "hurting me", "unhurt me"),
        ("bus|train home", "the train home", "the car home"),
        ("by_hand|alone", "made by hand", "by my hand"),
        ("{who} hits", "my dad hits", "they hits"),
        ("{all} hits", "they hits", "we hits"),
        ("he .. me", "he really hits me", "he hits and hits and hits me"),
        ("he ... me", "he hits and hits and hits me", "he is not at all the one who hits me"),
        ("he .. me", "he hit me", "he came. me too"),
        ("he really? hits", "he hits", "he always hits"),
        ("{n} quid", "200 quid", "some quid"),
        ("hits me -at|in_chess", "he hits me", "hits me in chess"),
        ("money & elders", "elders want the money", "elders"),
        ("hits me .", "he hits me", "he hits me often"),
        (". help", "help", "they help"),
    ],
)
def test_a_line_says_what_its_head_says_it_does(line: str, said: str, not_said: str) -> None:
    assert says(line, said)
    assert not says(line, not_said)


def test_two_things_said_far_apart_are_not_said_together() -> None:
    assert not says("money & elders", f"money {'and then we walked on ' * 4} elders")


@pytest.mark.parametrize("before", ["never", "nobody here", "she doesnt ever"])
def test_a_way_can_be_turned_round_by_what_stands_before(before: str) -> None:
    assert not says("hits me", f"{before} hits me")


@pytest.mark.parametrize("words", ["never mind. he hits me", "never ever once again in my life hits me"])
def test_what_stands_in_another_sentence_or_far_before_turns_nothing(words: str) -> None:
    assert says("hits me", words)


def test_an_exclamation_mark_keeps_a_way_from_being_turned() -> None:
    assert says("!kill myself", "i would never kill myself")


def test_a_line_names_only_lists_that_are_there() -> None:
    with pytest.raises(KeyError, match="whom"):
        Ways({"it": ["{whom} hits"]}, LISTS)


def test_a_line_names_a_word_to_look_for() -> None:
    with pytest.raises(ValueError, match="no word that has to be there"):
        Ways({"it": [".. {n}"]}, LISTS)


def test_what_is_taken_out_leaves_a_gap_that_nothing_is_read_across() -> None:
    ordinary = Ways({"ordinary": ["hide and seek"]}, LISTS)
    left = ordinary.without(text_of("we hide and seek him".split()))
    assert left.words == ("we", TAKEN_OUT, TAKEN_OUT, TAKEN_OUT, "him")
    assert not Ways({"it": ["we ... him"]}, LISTS).said_in(left)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He’s HERE, now…", " . hes here now . "),
        ("h1ts me k!lls", " . hits me kills . "),
        ("2 of us in year 7, ps5", " . 2 of us in year 7 ps5 . "),
        ("£50 for it", " . 50 quid for it . "),
        ("a 🔪 there", " . a knife there . "),
        ("", " . "),
        ("self-harm/scars", " . self harm scars . "),
    ],
)
def test_words_are_made_plain(words: str, expected: str) -> None:
    assert plain(words) == expected


def test_letters_held_down_stand_for_one_or_two() -> None:
    assert readings(" . killll . ", ()) == (" . kil . ", " . kill . ")


def test_spellings_are_whole_words() -> None:
    assert readings(" . u must . ", spellings({"u|yu": "you"})) == (" . you must . ",)
