"""How well identifying details are found: labelled, invented comments, what is learnt from them, and the figures.

``python -m tests.identifying`` prints the figures; ``--learn`` learns the weights again first, ``--cross`` leaves each writer out.
"""
