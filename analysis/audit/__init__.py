"""An outsider's attack on what was really published: read back from the files, without the database.

``auditing.audit`` takes the files of one or of several releases together, whatever their formats, and works out, for every figure
that they withhold, in which range it must lie. What counts as **laid bare**:

1. A count that is withheld, or shown as a band, of which fewer than three values are possible, or of which all possible
   values lie from 1 to 4. Options, bases, skips and the sizes of groups are all counts. In a group of a breakdown, a
   count that is no option of a sensitive question is laid bare only together with every option of its question.
2. A base, or the size of a group, of 1 to 9 that is shown or that is known within three values, also where nobody
   published it but it is left when shown groups are taken from everyone, or quarters from a year.
3. A count of 1 to 4 on a sensitive question, shown or worked out for anybody, also for those who are left.

**Zero, and what is no secret.** Where nobody is, nobody can be found; and what is true of a wider group is true of those
within it. A count is not laid bare where it is as narrow by what is known of everyone, of longer times, and of how many are in
each group: those figures are judged by themselves. Nor is one that may be 0 where hardly anybody of all who are left
gave the answer, of whom there must be ten. A withheld option that must be 0 for any other reason is laid bare, as one that must
be 5 is.

What excuses a range that is narrow and no failure has a name in ``exemptions``; ``ranging`` tells it of every withheld count.

The attacker knows the survey definitions and how figures are rounded, not the rules of disclosure control: decision 23.
"""
