"""Details in a comment that could identify somebody, as suggestions: a person decides about every one.

Found are what its form gives away (``forms.py``), words that weigh like names of people, places, schools and clubs
(``word_features.py``; weights learnt from invented comments), and a few kinds of telling facts (``details.py``). Marking a word too
many costs a glance, missing a name may cost a child, so words are marked that are names less likely than not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from analysis.words.concern import is_in_another_language
from analysis.words.details import found_by_fact
from analysis.words.forms import Span, found_by_form
from analysis.words.kinds import kind_of
from analysis.words.knowledge import FIRST_NAMES, is_usual
from analysis.words.telling_words import CLUBS, ESTABLISHMENTS, SCHOOLS, TITLES
from analysis.words.tokens import Token, tokens
from analysis.words.weight_files import Weights
from analysis.words.word_features import Word, features, style, words_of

__all__ = ["Span", "spans"]

WEIGHTS: Final = Weights.read("identifying_weights.txt")
#: From this weight on a word is marked; chosen, as what is learnt, by `python -m tests.identifying --cross`.
ENOUGH: Final = -2.5
#: What may stand between two words of one name.
_JOINED: Final = re.compile(r"[ ,.'’&-]{0,2}")
#: What may stand between the name of a club or school and what it is: "Skelby silver band".
_BETWEEN: Final = frozenset(
    "contact primary high junior infant secondary special grammar sixth middle community catholic c of e girls boys youth family children's childrens kids silver brass"
    " steel marching jazz male ladies community sports leisure swimming swim boxing kickboxing karate judo dance drama football rugby netball hockey cricket sailing"
    " riding running cycling climbing rowing canoe chess art music theatre garden gardening day care food under 7s 8s 9s 10s 11s 12s 13s 14s 15s 16s 17s 18s u9s"
    " u10s u11s u12s u13s u14s u15s u16s u18s young people's voices animal donkey horse wildlife army sea air scout guide boys' girls' medical health".split()
)
_FURTHEST: Final = 3
_BEFORE_PEOPLE: Final = TITLES | frozenset(
    "big lil little wee coach nurse officer pastor captain sarge sergeant father".split()
)
_AUNTS: Final = frozenset("aunty auntie aunt uncle nanny grandad grandma".split())
#: Letters that children write for words: "n" for and, "u" for you.
_LETTERS_FOR_WORDS: Final = frozenset("ainruxy")
_SHORTEST_IN_OTHER_SCRIPTS: Final = 3
_HASHTAG: Final = re.compile(r"#(\w{3,60})")
_SHORTEST_IN_HASHTAG: Final = 4


def spans(words: str) -> list[Span]:
    """The details found, in the order they stand; none overlaps another."""
    found = [*found_by_form(words), *_found_by_weight(words), *_in_hashtags(words)]
    return _apart([*found, *found_by_fact(words)])


def weights_of(seen: Sequence[Word], written: str) -> list[float]:
    """How much each word of a comment weighs: above nothing it is rather a detail than not. Signs weigh nothing at all."""
    return [
        -math.inf if word.shape == "p" else WEIGHTS.of(features(seen, at, written))
        for at, word in enumerate(seen)
    ]


def _found_by_weight(words: str) -> Iterator[Span]:
    found = tokens(words)
    seen = words_of(found)
    marked = _marked(found, seen, weights_of(seen, style(found)))
    if is_in_another_language(words):
        marked = {at for at in marked if _is_a_name_anywhere(seen[at])}
    for first, last in _runs(words, found, marked):
        if any(_could_name(word) for word in seen[first : last + 1]):
            kind = kind_of(seen, first, last)
            yield Span(found[_with_what_is_before(seen, first, kind)].start, found[last].end, kind)


def _could_name(word: Word) -> bool:
    """Whether a word alone could name somebody or something: not a number, nor a small "school" or "miss"."""
    is_general = word.shape == "l" and word.plain in ESTABLISHMENTS | TITLES
    return word.shape not in "dp" and not word.plain[0].isdigit() and not is_general


def _with_what_is_before(seen: Sequence[Word], first: int, kind: str) -> int:
    """Where a name begins that "the" or a title stands before."""
    before = seen[first - 1].plain if first else ""
    is_part = before in _BEFORE_PEOPLE if kind == "person" else before == "the"
    return first - 1 if is_part else first


def _is_a_name_anywhere(word: Word) -> bool:
    """Whether a marked word of a comment in another language is one by more than being unknown in English."""
    listed = set("BFPCN") & set(word.lists)
    if word.shape == "o":
        return bool(listed) and len(word.plain) >= _SHORTEST_IN_OTHER_SCRIPTS
    if word.shape == "l":
        return not word.usual and bool(set("BF") & set(word.lists))
    return word.shape == "x" or bool(listed) or word.place == "m"


def _marked(found: Sequence[Token], seen: Sequence[Word], weighs: Sequence[float]) -> set[int]:
    heavy = {at for at, weight in enumerate(weighs) if weight > ENOUGH and found[at].text[0].isalnum()}
    marked = _without_the_well_known(seen, heavy)
    marked -= {at for at in marked if seen[at].shape == "o" and not _is_a_name_anywhere(seen[at])}
    certain = {seen[at].plain for at in marked if weighs[at] > 0 and not seen[at].usual}
    marked |= {at for at, word in enumerate(seen) if word.plain in certain}
    marked |= {at for at in range(1, len(seen)) if _is_initial(seen, marked, at)}
    return marked | {each for at in marked for each in _to_what_it_is(seen, at)}


def _without_the_well_known(seen: Sequence[Word], heavy: set[int]) -> set[int]:
    """Words that everybody knows stay marked only beside unknown ones: in "Hartlow Sea Cadets", not in "sea cadets"."""
    kept = {at for at in heavy if seen[at].known != "N"}
    named = {at for at in kept if not seen[at].usual or seen[at].shape == "C"}
    for order, step in ((sorted(heavy - kept), -1), (sorted(heavy - kept, reverse=True), 1)):
        for at in order:
            if at + step in named:
                named.add(at)
    return kept | named


def _is_initial(seen: Sequence[Word], marked: set[int], at: int) -> bool:
    """Whether a letter stands for a name: "mrs T", "callum w"."""
    letter, before = seen[at].plain, seen[at - 1]
    if len(letter) > 1 or not letter.isalpha() or letter in _LETTERS_FOR_WORDS:
        return False
    return before.plain in TITLES | _AUNTS or (at - 1 in marked and before.shape not in "dp")


def _to_what_it_is(seen: Sequence[Word], at: int) -> Iterable[int]:
    """The words after a marked one up to what it is: "silver band" after "Skelby"."""
    for end in range(at + 1, min(at + 1 + _FURTHEST, len(seen))):
        if seen[end].plain in SCHOOLS | CLUBS:
            return range(at + 1, end + 1)
        if seen[end].plain not in _BETWEEN:
            break
    return ()


def _runs(words: str, found: Sequence[Token], marked: set[int]) -> Iterator[tuple[int, int]]:
    """First and last word of each run of marked words that nothing but a space or a sign parts."""
    first = last = -1
    for at in sorted(marked):
        if last >= 0 and _JOINED.fullmatch(words, found[last].end, found[at].start):
            last = at
            continue
        if last >= 0:
            yield first, last
        first = last = at
    if last >= 0:
        yield first, last


def _in_hashtags(words: str) -> Iterator[Span]:
    """First names that a hashtag begins or ends with: #teamkerry."""
    for match in _HASHTAG.finditer(words):
        tag, start = match[1].lower(), match.start(1)
        for cut in range(len(tag) - _SHORTEST_IN_HASHTAG + 1):
            if tag[cut:] in FIRST_NAMES and (not cut or is_usual(tag[:cut])):
                yield Span(start + cut, match.end(), "person")
                break
        else:
            for end in range(len(tag) - 1, _SHORTEST_IN_HASHTAG - 1, -1):
                if tag[:end] in FIRST_NAMES and is_usual(tag[end:]):
                    yield Span(start, start + end, "person")
                    break


def _apart(found: Sequence[Span]) -> list[Span]:
    """Spans that overlap made into one: of the kind that was found first in the list that is given."""
    rank = {id(span): place for place, span in enumerate(found)}
    kept: list[Span] = []
    ranks: list[int] = []
    for span in sorted(found, key=lambda span: (span.start, rank[id(span)])):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
            ranks.append(rank[id(span)])
            continue
        kind = kept[-1].kind if ranks[-1] <= rank[id(span)] else span.kind
        kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end), kind)
        ranks[-1] = min(ranks[-1], rank[id(span)])
    return kept
