"""Why a count that is known narrowly is no failure: the exemptions of decision 23, each by its name."""

from __future__ import annotations

from enum import StrEnum


class Exemption(StrEnum):
    """What excuses a narrow range, and how a reader of the audit is told."""

    #: The same people are counted twice, as the size of a group and as the option that makes it, or as options one by one.
    SHOWN = "the same count is shown under another name"
    #: Nobody of everyone said "no", so nobody of a group did; those figures are judged by themselves.
    WIDER = "it follows from wider figures alone"
    #: Four were in a group, and nearly everybody said "yes": everyone's figures and the sizes of groups say as much.
    EVERYONE = "no file says anything of the group that everyone's figures do not"
    #: One said "no" in a quarter and two in its year, so one or two in the half year between.
    BETWEEN = "it lies between a longer and a shorter time, or everyone and a group, that are shown"
    #: Of twenty in February and March one was not sure, so of February's at most one.
    RARE = "hardly anybody, or hardly anybody else, of ten or more who are left together gave the answer"
    #: A group, a time or a question of nobody, that nobody skipped, and that everybody in a group may have answered.
    NOBODY = "it is of nobody"
    #: On a question asked on a condition: no more answered than were asked, which the question it hangs on shows, where those are few.
    ASKED = "it follows from how many were asked, which another question shows"
    #: In a group in which ten may have answered a question that is not sensitive: one answer tells little while others are unknown.
    OTHER_ANSWER = "another answer of the group keeps three values or more, and the question is not sensitive"
    #: How many answered is no more than a group's size and its answers leave, which the table shows from its other side.
    OTHER_SIDE = (
        "it is what the size of the group and its answers leave, which are shown from the table's other side"
    )
    #: Where ten answered, both how many did and how many skipped are shown.
    BASE = "ten or more answered, and how many skipped beside them is no secret"
