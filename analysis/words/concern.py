"""Signs that a person whose job is keeping children safe should read a comment first. Standard library alone.

Every comment is read by a person; this only decides which are read today rather than tomorrow. Being wrong towards
"worrying" costs a minute, being wrong the other way costs a day, so signs are broad. Children seldom use the words of a
textbook: many say it flatly, sideways, or as something good. The signs stand in ``concern.toml``.
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

#: Signs that a word before them can turn round: "they never shout at me".
_CAN_BE_TURNED: Final = frozenset({"being hurt", "afraid", "hunger"})
_TURNED: Final = re.compile(
    r"\b(?:never|nobody|no one|none of them|doesnt|dont|didnt|not|isnt|wont|without)(?: \w+){0,2} $"
)
_TURNED_WITHIN_CHARACTERS: Final = 40

#: A letter written three times or more, which may stand for one or two: "himmm", "killl".
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")


#: From this weight on, cues are a sign. Set on 144 labelled ordinary comments, of which they then mark about 1 in 10.
_ENOUGH: Final = 0.55
#: Comments of fewer words weigh as though they had so many.
_SHORT_WORDS: Final = 6


def _compiled(lists: Mapping[str, str], pattern: str) -> re.Pattern[str]:
    for name, words in lists.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return re.compile(pattern)


#: Read and compiled when imported, so that no young person waits for it when they press Send.
_DATA: Final[Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("concern.toml").read_text(encoding="utf-8")
)
_SIGNS: Final = {
    sign: tuple(_compiled(_DATA["words"], pattern) for pattern in patterns)
    for sign, patterns in _DATA["signs"].items()
}
_TOGETHER: Final = {
    sign: tuple((_compiled({}, one), _compiled({}, other), within) for one, other, within in pairs)
    for sign, pairs in _DATA["together"].items()
}
_CUES: Final = tuple((int(weight), re.compile(rf"\b(?:{cues})\b")) for weight, cues in _DATA["cues"].items())
_ELSEWHERE: Final = tuple(re.compile(pattern) for pattern in _DATA["elsewhere"].values())
_SPELLINGS: Final = tuple(
    (re.compile(rf"\b(?:{short})\b"), plain) for short, plain in _DATA["spellings"].items()
)


def _plain(words: str) -> str:
    """Lower case, no apostrophes, and full stops the only punctuation."""
    text = unicodedata.normalize("NFKC", words).lower()
    text = re.sub(r"['\u2019\u2018`\u00b4]", "", text)
    return re.sub(r"[\s,;:!?\"“”()\-–—_/]+", " ", text).strip()


def _spelt_out(text: str) -> str:
    for short, plain in _SPELLINGS:
        text = short.sub(plain, text)
    return text


def _is_turned(text: str, start: int) -> bool:
    return bool(_TURNED.search(text[max(0, start - _TURNED_WITHIN_CHARACTERS) : start]))


def _has(text: str, sign: str) -> bool:
    can_be_turned = sign in _CAN_BE_TURNED
    return any(
        not (can_be_turned and _is_turned(text, match.start()))
        for pattern in _SIGNS[sign]
        for match in pattern.finditer(text)
    )


def _stand_together(text: str, one: re.Pattern[str], other: re.Pattern[str], within: int) -> bool:
    """Whether both are in the text, with at most so many characters between their nearer ends."""
    places = [found.span() for found in other.finditer(text)] if one.search(text) else []
    return any(
        start - found.end() <= within and found.start() - end <= within
        for found in one.finditer(text)
        for start, end in places
    )


def _has_together(text: str, sign: str) -> bool:
    return any(_stand_together(text, *pair) for pair in _TOGETHER.get(sign, ()))


def _weight(text: str) -> float:
    """How heavily the different cues of a comment weigh, for its length: long comments gather more by chance.

    One cue alone weighs nothing, nor does one that a word before it turns round.
    """
    cues = {
        (weight, found.group())
        for weight, pattern in _CUES
        for found in pattern.finditer(text)
        if not _is_turned(text, found.start())
    }
    length = max(len(text.split()), _SHORT_WORDS)
    return sum(weight for weight, _ in cues) / math.sqrt(length) if len(cues) > 1 else 0.0


def signs(words: str) -> tuple[str, ...]:
    """The signs found in a comment, by name; empty where there is none."""
    plain = _plain(words)
    texts = {_spelt_out(_STRETCHED.sub(letters, plain)) for letters in (r"\1", r"\1\1")}
    found = [sign for sign in _SIGNS if any(_has(text, sign) or _has_together(text, sign) for text in texts)]
    if any(_weight(text) >= _ENOUGH for text in texts):
        found.append("many small things")
    if any(pattern.search(plain) for pattern in _ELSEWHERE):
        found.append("in another language")
    return tuple(found)


def is_worrying(words: str) -> bool:
    """Whether a person should read a comment today. Broad on purpose: it is often wrong, and then costs a minute."""
    return bool(signs(words))
