"""Every table. The comment above a column says what it holds and why it cannot tell who answered.

Ids are random and tables without a natural order have none: on SQLite they are ``WITHOUT ROWID``, so that rows lie in
the order of their random ids and not in the order in which children answered.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from feedback_app.store.base import KEY, MONTH, NO_ORDER, Base
from feedback_app.store.staff_models import Absence, Audit, Reader, Role, User, UserRole

__all__ = [
    "GRACE",
    "Absence",
    "Activity",
    "Audit",
    "Base",
    "Code",
    "Comment",
    "ContactRequest",
    "Destroyed",
    "ImportedFile",
    "KeyMark",
    "NeverQuote",
    "Reader",
    "ReadingItem",
    "Receipt",
    "Response",
    "Role",
    "Round",
    "SealedComment",
    "SealedResponse",
    "Shown",
    "ShownTally",
    "SteppedBack",
    "TallyRow",
    "User",
    "UserRole",
]

#: Answers from phones that were offline are accepted for this long after a round closes.
GRACE = dt.timedelta(days=14)


class Round(Base):
    """A time in which one survey is open."""

    __tablename__ = "round"
    __table_args__ = (CheckConstraint("entry in ('link', 'codes', 'both')", name="entry"), NO_ORDER)

    #: The random part of the link; printed on posters, the same for everyone.
    slug: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: Which survey, and the version that was current when the round was opened: it stays with that version.
    survey_key: Mapped[str] = mapped_column(KEY)
    survey_version: Mapped[int]
    #: First and last day, both included; set by staff.
    opens: Mapped[dt.date]
    closes: Mapped[dt.date]
    #: By open link, by single-use codes, or both.
    entry: Mapped[str] = mapped_column(String(5))
    #: How many codes were made; how many are left is counted from ``code``.
    codes_issued: Mapped[int] = mapped_column(default=0)
    #: How many of those a restore, voiding the round, or its end made void; the others that are not left were used.
    codes_void: Mapped[int] = mapped_column(default=0, server_default="0")
    #: Whether a restore made its codes void, and nobody has made others in their place yet.
    needs_codes: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Whether it was voided: whatever of it was not counted by then was destroyed, and it takes no more answers.
    is_voided: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: How many responses of this round have been counted: a number, about nobody.
    counted: Mapped[int] = mapped_column(default=0)
    #: Codes of languages, with blanks between, in which it is offered though no native speaker has reviewed them wholly.
    languages: Mapped[str] = mapped_column(String(80), default="", server_default="")

    @property
    def turned_on(self) -> tuple[str, ...]:
        """Codes of the languages that a participation worker has turned on."""
        return tuple(self.languages.split())

    def state(self, today: dt.date) -> str:
        """``not_open_yet``, ``open`` or ``closed``; a voided round is closed."""
        if self.is_voided or today > self.closes:
            return "closed"
        return "open" if today >= self.opens else "not_open_yet"

    def accepts(self, today: dt.date) -> bool:
        """Whether answers are taken: while it is open, and for a while after, from phones that were offline."""
        return not self.is_voided and self.opens <= today <= self.closes + GRACE


class Code(Base):
    """A single-use code that has not been used. A used one is deleted, so nothing says who has answered."""

    __tablename__ = "code"
    __table_args__ = NO_ORDER

    round_slug: Mapped[str] = mapped_column(ForeignKey("round.slug", ondelete="CASCADE"), primary_key=True)
    #: A keyed hash; the code itself is on a slip of paper and nowhere else.
    digest: Mapped[bytes] = mapped_column(primary_key=True)


class Receipt(Base):
    """That a submission, or a device's batch of counters, arrived: sent again, it stores nothing. Not joined to what arrived."""

    __tablename__ = "receipt"
    __table_args__ = NO_ORDER

    #: A keyed hash of a random number the phone made; unrelated to any other id.
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    #: The month after which it is forgotten; the same for a whole round, or for a month's batches.
    forget_after: Mapped[str] = mapped_column(MONTH)


class SealedResponse(Base):
    """The ballot box: one response, encrypted, until its month has ended and ten or more wait together."""

    __tablename__ = "sealed_response"
    __table_args__ = NO_ORDER

    survey_key: Mapped[str] = mapped_column(KEY, primary_key=True)
    #: The month of answering, gone when the response is counted.
    month: Mapped[str] = mapped_column(MONTH, primary_key=True)
    #: Random; the response gets another one when it is counted.
    id: Mapped[bytes] = mapped_column(primary_key=True)
    #: The round it came by, so that staff see how many wait; empty for imports.
    round_slug: Mapped[str | None] = mapped_column(ForeignKey("round.slug"))
    #: The answers (choices only), encrypted, padded, without a time.
    sealed: Mapped[bytes]
    #: The month from which its time is counted: that of answering, or of the import. Destroyed uncounted at the end of it.
    kept_from: Mapped[str] = mapped_column(MONTH)


class SealedComment(Base):
    """Words waiting for the box to be counted; apart from the answers, with no tie to them."""

    __tablename__ = "sealed_comment"
    __table_args__ = NO_ORDER

    survey_key: Mapped[str] = mapped_column(KEY, primary_key=True)
    #: The month of answering, gone when the box is counted.
    month: Mapped[str] = mapped_column(MONTH, primary_key=True)
    #: Random; unrelated to the response's.
    id: Mapped[bytes] = mapped_column(primary_key=True)
    #: Question and words, encrypted, padded, without a time.
    sealed: Mapped[bytes]
    #: The month from which its time is counted: that of answering, or of the import. Destroyed unread at the end of it.
    kept_from: Mapped[str] = mapped_column(MONTH)


class Response(Base):
    """A counted response: entered in random order with at least nine others."""

    __tablename__ = "response"
    __table_args__ = NO_ORDER

    #: Random, made when it was counted.
    id: Mapped[bytes] = mapped_column(primary_key=True)
    survey_key: Mapped[str] = mapped_column(KEY, index=True)
    survey_version: Mapped[int]
    #: The month of counting; when the child answered is kept nowhere.
    month: Mapped[str] = mapped_column(MONTH)
    #: Kept only where ten counted together share it.
    round_slug: Mapped[str | None] = mapped_column(String(20))
    #: self, conversation or import; kept only where ten counted together share it.
    how: Mapped[str | None] = mapped_column(String(12))
    #: JSON: question key to option value, list of values, or null where asked and skipped. Never words.
    answers: Mapped[str] = mapped_column(Text)
    #: The month in which it was counted, the same for everything counted together: its time runs from then. Its tallies stay.
    kept_from: Mapped[str] = mapped_column(MONTH)


class TallyRow(Base):
    """A count: all that results are read from."""

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint("count > 0", name="count"), NO_ORDER)

    survey_key: Mapped[str] = mapped_column(KEY, primary_key=True)
    #: The month of counting.
    month: Mapped[str] = mapped_column(MONTH, primary_key=True)
    #: A declared breakdown (a question key, ``round`` or ``how``) and the group within it; both empty for everyone.
    breakdown: Mapped[str] = mapped_column(KEY, primary_key=True)
    group: Mapped[str] = mapped_column(KEY, primary_key=True)
    #: A question key, or ``*`` for the responses themselves.
    question: Mapped[str] = mapped_column(KEY, primary_key=True)
    #: An option value, or answered, skipped, prefer_not_to_say, responses.
    option: Mapped[str] = mapped_column(KEY, primary_key=True)
    survey_version: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]


class Comment(Base):
    """What a young person wrote or said in their own words, once its box has been counted."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'made_safe', 'approved', 'withheld')", name="state"),
        # A report's quotes are a few among very many.
        Index(None, "state", "survey_key", "year"),
        NO_ORDER,
    )

    #: Random, made when the box was counted; no table of answers has it.
    id: Mapped[bytes] = mapped_column(primary_key=True)
    survey_key: Mapped[str] = mapped_column(KEY)
    question: Mapped[str] = mapped_column(KEY)
    #: The report year of counting, never a month.
    year: Mapped[str] = mapped_column(MONTH)
    #: As it was written, encrypted. Empty where it has been destroyed and the quote alone is left.
    words: Mapped[bytes]
    #: As it may be published, encrypted; who made it safe is in the audit log, not here.
    safe_words: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(String(9), default="waiting")
    #: Why it is not published, where it is not: one of a short list, never free text.
    reason: Mapped[str | None] = mapped_column(String(40))
    #: The month from which its time is counted: the last of its year, as for all of that year. An approved one stays.
    kept_from: Mapped[str] = mapped_column(MONTH)


class ReadingItem(Base):
    """Words for the safeguarding reader: with their question, but neither survey, round, month nor answers."""

    __tablename__ = "reading_item"
    __table_args__ = NO_ORDER

    #: Random; no other table but ``stepped_back`` has it.
    id: Mapped[bytes] = mapped_column(primary_key=True)
    #: The day by which it must be read: two working days after it came, so that a weekend's share one. Gone with the row.
    read_by: Mapped[dt.date]
    #: The question's text and the words, encrypted.
    sealed: Mapped[bytes]
    #: What readers noted, encrypted: a language to be interpreted, what an interpreter said, what was done. Gone with the row.
    notes: Mapped[bytes | None]


class SteppedBack(Base):
    """That a reader left words to somebody else, because they know who or what they are about. Gone with the words."""

    __tablename__ = "stepped_back"
    __table_args__ = NO_ORDER

    item_id: Mapped[bytes] = mapped_column(
        ForeignKey("reading_item.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)


class NeverQuote(Base):
    """That a safeguarding reader said of some words that they are never quoted."""

    __tablename__ = "never_quote"
    __table_args__ = NO_ORDER

    #: A keyed hash of the question's text and the words; neither can be read back, and it says nothing about who wrote them.
    digest: Mapped[bytes] = mapped_column(primary_key=True)
    #: The month after which no such comment can be left; the same for all that were marked in a report year.
    forget_after: Mapped[str] = mapped_column(MONTH)


class ContactRequest(Base):
    """A young person asks to be contacted: sent apart from any survey, and destroyed when it is dealt with.

    It is meant to say who wrote it. Nothing of an answer is here, and nothing of this is with an answer.
    """

    __tablename__ = "contact_request"
    __table_args__ = NO_ORDER

    #: A keyed hash of the form's own random number, so that a form sent twice is stored once.
    id: Mapped[bytes] = mapped_column(primary_key=True)
    #: The day by which somebody answers, in working days: when it came, within a weekend, is not kept.
    answer_by: Mapped[dt.date]
    #: What was written in the form, encrypted.
    sealed: Mapped[bytes]
    #: Who said "I have it", so that two do not ring.
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    #: Whether staff have been told of it by e-mail.
    told: Mapped[bool] = mapped_column(default=False)


class Activity(Base):
    """How many conversations a team has held: sent by the browser on a later day, apart from any answer."""

    __tablename__ = "activity"
    __table_args__ = (CheckConstraint("conversations > 0", name="conversations"), NO_ORDER)

    team: Mapped[str] = mapped_column(KEY, primary_key=True)
    survey_key: Mapped[str] = mapped_column(KEY, primary_key=True)
    month: Mapped[str] = mapped_column(MONTH, primary_key=True)
    conversations: Mapped[int]


class ImportedFile(Base):
    """That a file has been imported, so that it is not imported twice."""

    __tablename__ = "imported_file"
    __table_args__ = NO_ORDER

    #: A keyed hash of its rows; nothing of them can be read back.
    digest: Mapped[bytes] = mapped_column(primary_key=True)


class Destroyed(Base):
    """How many were destroyed, at the end of their time or since they were void: a number, about nobody."""

    __tablename__ = "destroyed"
    __table_args__ = NO_ORDER

    #: The table: sealed_response, sealed_comment, response, comment, or what nobody dealt with: reading_item, contact_request; and
    #: original_words, of which the quote is left.
    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    survey_key: Mapped[str] = mapped_column(KEY, primary_key=True)
    #: The month (or, for comments, the year) they belonged to.
    month: Mapped[str] = mapped_column(MONTH, primary_key=True)
    count: Mapped[int]


class KeyMark(Base):
    """One row, by which a server can tell that it was given other keys than those that the rest was stored under."""

    __tablename__ = "key_mark"
    __table_args__ = NO_ORDER

    #: Always the same.
    name: Mapped[str] = mapped_column(String(4), primary_key=True)
    #: A word that everybody knows, encrypted.
    words: Mapped[bytes]
    #: A keyed hash of the same word.
    secret: Mapped[bytes]


class Shown(Base):
    """The ledger: an output of a survey that somebody has been shown. By whom and when is kept nowhere."""

    __tablename__ = "shown"
    __table_args__ = NO_ORDER

    survey_key: Mapped[str] = mapped_column(KEY, primary_key=True)
    #: The report year; outputs of two years have nobody in common.
    year: Mapped[str] = mapped_column(MONTH, primary_key=True)
    #: First and last month; of a time that had not ended, the last month that had.
    first: Mapped[str] = mapped_column(MONTH, primary_key=True)
    last: Mapped[str] = mapped_column(MONTH, primary_key=True)
    #: The breakdown; empty for everyone alone.
    by: Mapped[str] = mapped_column(KEY, primary_key=True)
    #: 0, then one more each time that more had been counted.
    edition: Mapped[int] = mapped_column(primary_key=True)
    #: JSON: what it was made from: how many responses of each month, and the thresholds. Counts, about nobody.
    basis: Mapped[str] = mapped_column(Text)
    #: JSON: for each group and question base, skipped and options, exactly as disclosure control let them through.
    figures: Mapped[str] = mapped_column(Text)


class ShownTally(Base):
    """What a month's tallies were when something of it was shown: what came in since is the difference."""

    __tablename__ = "shown_tally"
    __table_args__ = NO_ORDER

    survey_key: Mapped[str] = mapped_column(KEY, primary_key=True)
    month: Mapped[str] = mapped_column(MONTH, primary_key=True)
    #: How many responses had been counted in the month by then.
    responses: Mapped[int] = mapped_column(primary_key=True)
    #: As in ``tally``, over all versions of the survey: counts, no closer to anybody than those.
    breakdown: Mapped[str] = mapped_column(KEY, primary_key=True)
    group: Mapped[str] = mapped_column(KEY, primary_key=True)
    question: Mapped[str] = mapped_column(KEY, primary_key=True)
    option: Mapped[str] = mapped_column(KEY, primary_key=True)
    count: Mapped[int]
