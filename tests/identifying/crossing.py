"""How well details are found by what other writers taught: each writer's comments are scored without having been learnt from.

``ENOUGH`` in ``analysis/words/identifying.py`` is chosen by this, never by how well learnt comments are marked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from analysis.words import identifying, knowledge, word_features
from tests.identifying.examples import learnt
from tests.identifying.learning import Learnt, learn
from tests.identifying.scoring import Figures, figures


@contextmanager
def using(taught: Learnt) -> Iterator[None]:
    """A context in which what is taught is what is used."""
    word_features._nearly.cache_clear()
    with (
        patch.object(identifying, "WEIGHTS", taught.weights),
        patch.object(knowledge, "CHILDREN", taught.children),
    ):
        yield
    word_features._nearly.cache_clear()


def crossed() -> Iterator[tuple[str, Figures]]:
    """Each writer, and the figures by what all others taught."""
    for writer in dict.fromkeys(one.writer for one in learnt()):
        with using(learn([one for one in learnt() if one.writer != writer])):
            yield writer, figures(one for one in learnt() if one.writer == writer)
