"""The tone of a comment, as a hint for sorting and never as a judge.

TextBlob's lexicon knows grown-ups' English; what children write around it is added here: slang, emoji, "not bad", and
comments of a good and a bad half. Only ``.sentiment`` is used, which needs no corpora.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from textblob import TextBlob

Tone = Literal["positive", "mixed", "negative", "neutral"]

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
#: How far TextBlob's polarity (-1 to 1) must be from nothing to count.
_POLARITY: Final = 0.12


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", re.sub(r"['’]", "", text.lower()))


def _own(part: str) -> tuple[int, int]:
    """How many good and bad things our own lists find in one part of a comment; a "not" before turns one round."""
    words = _words(part)
    good, bad = sum(sign in _GOOD_SIGNS for sign in part), sum(sign in _BAD_SIGNS for sign in part)
    for place, word in enumerate(words):
        is_good, is_bad = word in _GOOD, word in _BAD
        if any(_NOT.match(before) for before in words[max(0, place - 3) : place]):
            is_good, is_bad = is_bad, is_good
        good, bad = good + is_good, bad + is_bad
    return good, bad


def _heard(part: str) -> tuple[bool, bool]:
    """Whether one part of a comment sounds good, and whether it sounds bad; TextBlob is asked where our lists are silent."""
    good, bad = _own(part)
    if good or bad:
        return good > 0, bad > 0
    polarity = float(TextBlob(part).sentiment.polarity)
    return polarity > _POLARITY, polarity < -_POLARITY


def tone(words: str) -> Tone:
    """The tone of a comment: ``mixed`` where something in it sounds good and something bad."""
    heard = [_heard(part) for part in _TURN.split(words) if part.strip()]
    good, bad = any(is_good for is_good, _ in heard), any(is_bad for _, is_bad in heard)
    if good and bad:
        return "mixed"
    return "positive" if good else "negative" if bad else "neutral"


def tones(comments: Sequence[str]) -> list[Tone]:
    """The tone of each comment, in their order."""
    return [tone(words) for words in comments]
