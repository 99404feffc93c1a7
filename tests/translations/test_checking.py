"""What is wrong with a translation is found, and what is right is let be."""

from __future__ import annotations

import pytest

from feedback_app.translating.checking import problem_of
from feedback_app.translating.direction import isolated


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Start", "Rozpocznij"),
        ("{n} of {total}", "{total} / {n}"),
        ("Call %(number)s", "%(number)s أرقام"),
        ("Call 0303 123 1113.", "Zadzwoń: 0303 123 1113."),
        ("Call 0303 123 1113.", "اتصل ٠٣٠٣ ١٢٣ ١١١٣"),
        ("Call 0303 123 1113.", "اتصل \u20660303 123 1113\u2069"),
        ("100% sure", "100% na pewno"),
        ("A dash", "می\u200cخواهم"),
    ],
)
def test_a_good_translation_is_let_be(source: str, text: str) -> None:
    assert problem_of(source, text) is None


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("Call %(number)s", "Zadzwoń", "lacks %(number)s"),
        ("{n} of {total}", "{n}", "lacks {total}"),
        ("Start", "%(name)s start", "has %(name)s, which"),
        ("Start", "{n} start", "has {n}, which"),
        ("Call %(number)s", "Zadzwoń %(numer)s", "lacks %(number)s"),
        ("Call %(number)s", "Zadzwoń %(number)s %", "has a % that"),
        ("Call %(number)s", "%(number)s % (number)s", "has a % that"),
        ("Start", "100 %", "has a % that"),
        ("{n} left", "{n} pozostało {", "has a { or }"),
        ("Start", "<b>Start</b>", "has other HTML"),
        ("Start", "Start &amp; stop", "has other HTML"),
        ("Fewer", "< 3", "has other HTML"),
        ("Call 0303 123 1113.", "Zadzwoń: 0303 123 1131.", "lacks the number 1113"),
        ("Start", "Start ", "begins or ends with a blank"),
        ("Start", "Sta\nrt", "line break"),
        ("Start", "Sta\x00rt", "cannot be shown"),
        ("Start", "Sta\ufffdrt", "cannot be shown"),
        ("Start", "\u2067Start", "does not turn it back"),
        ("Start", "Start\u2069\u2067", "does not turn it back"),
    ],
)
def test_a_broken_translation_is_found(source: str, text: str, said: str) -> None:
    assert said in (problem_of(source, text) or "")


def test_a_plural_form_may_say_one_in_place_of_the_number() -> None:
    assert problem_of("About %(num)s minutes", "minuta", is_plural_form=True) is None
    assert problem_of("About %(num)s minutes", "minuta") is not None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("اتصل 0800 1111.", "اتصل \u20660800 1111\u2069."),
        ("من %(council)s هنا", "من \u2068%(council)s\u2069 هنا"),
        ("{n} من {total}", "\u2068{n}\u2069 من \u2068{total}\u2069"),
        ("نص", "نص"),
    ],
)
def test_latin_words_and_numbers_keep_their_order_in_a_text_from_right_to_left(text: str, kept: str) -> None:
    assert isolated(text) == kept
