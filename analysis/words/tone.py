"""The tone of a comment, as a hint for sorting and never as a judge.

TextBlob's lexicon knows grown-ups' English; what children write around it is added here: slang, emoji, "not bad", and
comments of a good and a bad half. Only ``.sentiment`` is used, which needs no corpora.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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


def _balance(part: str) -> int:
    """How good (above 0) or bad (below 0) one part of a comment sounds by our own lists; a "not" before turns it."""
    words = _words(part)
    total = 0
    for place, word in enumerate(words):
        value = (word in _GOOD) - (word in _BAD)
        if value and any(_NOT.match(before) for before in words[max(0, place - 3) : place]):
            value = -value
        total += value
    return total + sum(sign in _GOOD_SIGNS for sign in part) - sum(sign in _BAD_SIGNS for sign in part)


def _leaning(part: str) -> int:
    balance = _balance(part)
    if balance:
        return balance
    polarity = float(TextBlob(part).sentiment.polarity)
    return int(polarity > _POLARITY) - int(polarity < -_POLARITY)


def _parts(words: str) -> Iterator[str]:
    yield from (part for part in _TURN.split(words) if part.strip())


def tone(words: str) -> Tone:
    """The tone of a comment: ``mixed`` where one part sounds good and another bad."""
    leanings = [_leaning(part) for part in _parts(words)]
    good, bad = any(value > 0 for value in leanings), any(value < 0 for value in leanings)
    if good and bad:
        return "mixed"
    return "positive" if good else "negative" if bad else "neutral"


def tones(comments: Sequence[str]) -> list[Tone]:
    """The tone of each comment, in their order."""
    return [tone(words) for words in comments]
