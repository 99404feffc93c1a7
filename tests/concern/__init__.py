"""How well worrying comments are told: labelled, invented comments, what is learnt from them, and the figures.

``python -m tests.concern`` prints the figures; ``python -m tests.concern --learn`` learns the weights of words again first.
"""
