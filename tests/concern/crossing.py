"""How well comments are told by what others taught: each batch is scored without having been learnt from.

``ENOUGH`` in ``analysis/words/concern.py`` is chosen by this, never by how well learnt comments are found again.
"""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

from analysis.words import weights as weights_module
from analysis.words.concern import is_worrying
from tests.concern.examples import BATCHES, ours
from tests.concern.learning import learn
from tests.concern.scoring import Figures, figures


def crossed() -> Iterator[tuple[str, Figures]]:
    """Each batch, and its figures by what all other comments taught."""
    for batch in BATCHES:
        start, weights = learn(one for one in ours() if one.kind != batch)
        with patch.multiple(weights_module, _START=start, _WEIGHTS=weights):
            yield batch, figures((one for one in ours() if one.kind == batch), is_worrying)
