"""The parts of a survey, as frozen dataclasses.

A survey is data: keys and option values are permanent and the same in every wording and language, only text differs.
``surveys.reading`` makes these from TOML and checks them; nothing else constructs a survey outside of tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class QuestionType(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    ONE = "one"
    MANY = "many"
    FACES = "faces"
    WORDS = "words"


class Wording(StrEnum):
    """``standard`` is for about 11 to 18; ``easy`` for younger children, a learning disability, or new English."""

    STANDARD = "standard"
    EASY = "easy"


class Counts(StrEnum):
    """What one response stands for: a child (asked once a year) or a conversation (which may repeat)."""

    CHILDREN = "children"
    CONVERSATIONS = "conversations"


#: The answer offered beside the options of a sensitive question. It is not a real answer: no base includes it.
PREFER_NOT_TO_SAY: Final = "prefer_not_to_say"

#: Values that tallies use for themselves, so that no option may be called by them.
RESERVED_VALUES: Final = frozenset({PREFER_NOT_TO_SAY, "answered", "skipped", "responses"})

#: Names that forms, imports and results use beside question keys, so that no question may be called by them.
RESERVED_KEYS: Final = frozenset(
    {"code", "conversation", "how", "month", "receipt", "responses", "round", "survey", "version", "wording"}
)

#: The languages into which a survey may be translated, as folders of translations and ``[translations.…]`` name them.
LANGUAGES: Final = ("ar", "ps", "fa_AF", "fa", "ckb", "ti", "am", "vi", "sq", "uk", "pl", "cy")

#: The longest a young person's own words may be, in Unicode code points.
WORDS_LIMIT: Final = 2_000

#: One answer: an option's value, several of them (``many``), words, or None where it was asked and skipped.
Answer = str | tuple[str, ...] | None
#: Answers by question key. A key that is absent was not asked.
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Condition:
    """True when ``question`` was answered with any of ``is_any_of``."""

    question: str
    is_any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is."""

    parts: tuple[ShowIf, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when at least one part is."""

    parts: tuple[ShowIf, ...]


ShowIf = Condition | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. ``value`` never changes meaning; ``text`` is what a young person reads.

    ``easy_text`` falls back to ``text``. ``picture`` names a drawing and is None where there is none.
    """

    value: str
    text: str
    easy_text: str | None = None
    picture: str | None = None

    def text_in(self, wording: Wording) -> str:
        """The choice as read in a wording."""
        return self.easy_text if wording is Wording.EASY and self.easy_text else self.text


@dataclass(frozen=True, slots=True)
class Easy:
    """A question as ``easy`` asks it."""

    text: str
    help: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        key: permanent, snake_case, unique in its survey.
        text: as ``standard`` asks it (as ``easy`` asks it where ``wordings`` is easy alone).
        help: one more sentence under the text, or None.
        easy: the same question for ``easy``, or None where ``easy`` leaves it out.
        ask: what the IRO says aloud.
        options: empty for words. ``yes_no`` has yes, no, not_sure.
        show_if: asked only when this holds; None means always.
        breakdown: whether its answers may split results.
        sensitive: whether the stricter disclosure rules hold, and "I'd rather not say" is offered.
        headline: ends the sentence "93% …", such as "felt that their carers listen to them"; None where there is none.
        positive: option values that the headline's percentage counts together.
        title: the short name staff and boards read in tables.
        wordings: the wordings in which it is asked.
        values: the values that count as real answers, in the order of the options.
    """

    key: str
    type: QuestionType
    text: str
    title: str
    help: str | None = None
    easy: Easy | None = None
    ask: str | None = None
    options: tuple[Option, ...] = ()
    show_if: ShowIf | None = None
    breakdown: bool = False
    sensitive: bool = False
    headline: str | None = None
    positive: tuple[str, ...] = ()
    wordings: frozenset[Wording] = frozenset({Wording.STANDARD})
    values: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What is asked for with every answer that comes is made once."""
        object.__setattr__(self, "values", tuple(option.value for option in self.options))

    def text_in(self, wording: Wording) -> str:
        """The question as asked in a wording."""
        return self.easy.text if wording is Wording.EASY and self.easy else self.text

    def help_in(self, wording: Wording) -> str | None:
        """The sentence under the question in a wording, if any."""
        return self.easy.help if wording is Wording.EASY and self.easy else self.help


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a young person reads first, in one wording."""

    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A survey's texts in another language, where its own file holds them.

    Attributes:
        texts: by English text.
        is_reviewed: whether a native speaker stands by them.
    """

    texts: Mapping[str, str]
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """One version of a survey.

    Attributes:
        key: permanent, snake_case; also the file's name.
        version: 1 and up. A changed wording is a new version; a changed meaning needs a new question key.
        counts: what one response stands for.
        title: the name staff and boards read.
        welcome: title and introduction for each wording the survey is offered in.
        minutes: about how long it takes.
        questions: in the order they are asked.
        translations: by language, those that its own file holds.
    """

    key: str
    version: int
    counts: Counts
    title: str
    welcome: Mapping[Wording, Welcome] = field(hash=False)
    minutes: int
    questions: tuple[Question, ...]
    translations: Mapping[str, Translation] = field(default_factory=dict, hash=False)

    def text_in(self, language: str, text: str) -> str | None:
        """A text of this survey in another language, where its own file holds it."""
        own = self.translations.get(language)
        return own.texts.get(text) if own else None

    def question(self, key: str) -> Question:
        """The question with this key.

        Raises:
            KeyError: there is none.
        """
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """The wordings it is offered in, ``standard`` first."""
        return tuple(wording for wording in Wording if wording in self.welcome)

    @property
    def choice_questions(self) -> tuple[Question, ...]:
        """The questions that are counted: all but those answered in words."""
        return tuple(q for q in self.questions if q.type is not QuestionType.WORDS)

    @property
    def words_questions(self) -> tuple[Question, ...]:
        """The questions that are answered in a young person's own words."""
        return tuple(q for q in self.questions if q.type is QuestionType.WORDS)

    @property
    def breakdowns(self) -> tuple[Question, ...]:
        """The questions whose answers may split results."""
        return tuple(q for q in self.questions if q.breakdown)

    def asked_in(self, wording: Wording) -> tuple[Question, ...]:
        """The questions of a wording, whatever has been answered."""
        return tuple(q for q in self.questions if wording in q.wordings)
