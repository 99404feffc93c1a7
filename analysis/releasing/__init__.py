"""What may be shown of a survey beside all that was shown of its year before.

``release`` decides an output: it cuts the year into ``layers``, holds the output against everything told of it (``year``,
``question``, ``differencing``), has an ``outsider`` read what is left, lets figures be ``giving_way`` until nothing more can be
inferred, and makes findings of the rest (``assembling``). ``ledger`` is what is kept of it.

This module, ``asked``, ``counted`` and ``ledger`` import nothing heavy: processes that serve pages use their types.
"""
