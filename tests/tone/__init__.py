"""How well the tone of comments is told: what it is learnt from, and the figures.

``python -m tests.tone`` prints the figures; ``--learn`` learns the weights again, ``--cross`` leaves each writer out.
"""
