"""What is weighed about a comment to tell its tone: words and pairs of words, a "not" before them, and how lists and TextBlob hear them.

TextBlob's lexicon knows grown-ups' English; what children write around it is added here: slang, emoji, "not bad", and
comments of a good and a bad half. Only ``.sentiment`` is used, which needs no corpora.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from textblob import TextBlob

from analysis.words.concern import weighed
from analysis.words.weights import features as stems
from analysis.words.weights import weight

_GOOD: Final = frozenset(
    "sick peng bless blessed calm safe goat lit fire banging mint decent buzzing chuffed gobsmacked class bare mad-good"
    " yes yess yay thank thanks thx ty love loved loves luv lovely like liked likes lik kind nice fun funny laugh laughed"
    " best better good great amazing brilliant happy helped helps help listened listens remembers understands understand"
    " won win proud settled welcome cosy warm favourite enjoy enjoyed glad easier friend friends mates sorted"
    " picked asked smashed scored free rocks ready hug hugs present".split()
)
_BAD: Final = frozenset(
    "bad rubbish sad hate hated hates boring bored long peak dead worst worse horrible hard lonely alone miss missed"
    " missing late wrong waste nothing nobody never scared afraid worried angry annoyed annoying unfair cried cry crying"
    " upset hurt hurts stupid awful terrible rude ignored forgot forgets forget lost broke broken shout shouted stopped"
    " shock gutted moved sucks meh trash dry moody strict mean fight fights fake nowhere confusing confused failed".split()
)
_GOOD_SIGNS: Final = "👍😊😀😁😄😃🙂😍🥰❤💛💚💙💜🧡🎉✨🙌👏💯😂🤣🔥😎🤗☺💖🏆⭐"
_BAD_SIGNS: Final = "👎😢😞😔😠😡😒🙄😩😫😤💔😟🙁☹😣😕🤬🙃😰😥"

_NOT: Final = re.compile(
    r"^(?:not|no|never|dont|doesnt|didnt|isnt|wasnt|cant|couldnt|wont|wouldnt|arent|hardly)$"
)
_TURN: Final = re.compile(
    r"\b(?:but|tho|though|although|except|only thing|however|yet)\b|[.!?;\n]+|,|\bthen\b|\band\b"
)
_TURNS: Final = frozenset("but tho though except still only".split())
#: How far TextBlob's polarity (-1 to 1) must be from nothing to count.
_POLARITY: Final = 0.12
_TOKEN: Final = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_APOSTROPHES: Final = re.compile("['’]")
#: How many words after a "not" it may turn round.
_TURNED_ROUND: Final = 4
_HEAVIEST: Final = 4
#: In so few words nothing turns round what our lists hear.
_FEW: Final = 2


def features(words: str) -> list[str]:
    """What is weighed about a comment, each once."""
    plain = _APOSTROPHES.sub("", words.lower())
    sequence = [_STRETCHED.sub(r"\1\1", each) for each in _TOKEN.findall(plain)]
    found = [*_of_words(sequence), *_of_lists(words), *_of_worry(words)]
    return list(dict.fromkeys(found))


def _of_worry(words: str) -> Iterator[str]:
    """What concern weighs: a comment that somebody should read first seldom sounds good."""
    plain = weighed(words)
    heavy = weight(plain)
    yield f"worry={max(-_HEAVIEST, min(_HEAVIEST, round(heavy)))}"
    if heavy > 0:
        yield "worrying"
    yield from (f"stem {feature}" for feature in stems(plain) if " " not in feature and "_" not in feature)


def _of_words(sequence: Sequence[str]) -> Iterator[str]:
    after_not = 0
    for word in sequence:
        yield word
        if after_not and word.isalpha():
            yield f"not: {word}"
        after_not = _TURNED_ROUND if _NOT.match(word) else 0 if word in ".!?," else max(after_not - 1, 0)
    yield from (f"{one} {other}" for one, other in pairwise(["^", *sequence, "$"]))
    count = sum(word.isalpha() for word in sequence)
    yield f"long={min(count // 3, 8)}"
    yield from (f"turn {word}" for word in sequence if word in _TURNS)
    if any(word in _TURNS for word in sequence):
        yield "turn"


def _of_lists(words: str) -> Iterator[str]:
    parts = [part for part in _TURN.split(words) if part.strip()] or [""]
    # Most comments have one part: TextBlob takes longest of all, and is asked once of each text.
    polarity = {text: _polarity(text) for text in dict.fromkeys((words.strip(), *map(str.strip, parts)))}
    for name, text in (("all", words), ("first", parts[0]), ("last", parts[-1])):
        heard, (good, bad) = polarity[text.strip()], _own(text)
        yield from (f"polarity {name}={_sign(heard)}", f"polarity {name}={round(heard * 4) / 4:.2f}")
        yield from (f"lists {name}={good > 0}{bad > 0}", f"lists {name}={min(good, 3)},{min(bad, 3)}")
    both = [_heard(part, polarity[part.strip()]) for part in parts]
    good, bad = sum(is_good for is_good, _ in both), sum(is_bad for _, is_bad in both)
    yield from (f"heard={good > 0}{bad > 0}", f"heard={min(good, 2)},{min(bad, 2)}")


def heard_in_few(words: str) -> tuple[bool, bool]:
    """Whether our lists hear something good, and something bad, in a comment of a few words; neither in a longer one."""
    good, bad = _own(words) if len(words.split()) <= _FEW else (0, 0)
    return good > 0, bad > 0


def _polarity(text: str) -> float:
    return float(TextBlob(text).sentiment.polarity)


def _sign(polarity: float) -> str:
    return "+" if polarity > _POLARITY else "-" if polarity < -_POLARITY else "0"


def _own(part: str) -> tuple[int, int]:
    """How many good and bad things our own lists find in one part of a comment; a "not" before turns one round."""
    words = re.findall(r"[\w-]+", _APOSTROPHES.sub("", part.lower()))
    good, bad = sum(sign in _GOOD_SIGNS for sign in part), sum(sign in _BAD_SIGNS for sign in part)
    for place, word in enumerate(words):
        is_good, is_bad = word in _GOOD, word in _BAD
        if any(_NOT.match(before) for before in words[max(0, place - 3) : place]):
            is_good, is_bad = is_bad, is_good
        good, bad = good + is_good, bad + is_bad
    return good, bad


def _heard(part: str, polarity: float) -> tuple[bool, bool]:
    """Whether one part of a comment sounds good, and whether it sounds bad; TextBlob is asked where our lists are silent."""
    good, bad = _own(part)
    if good or bad:
        return good > 0, bad > 0
    return _sign(polarity) == "+", _sign(polarity) == "-"
