"""Files of learnt weights: after a head, a line with where the weight starts, then a line for each feature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """How heavily each feature weighs, and where the weight of an example starts."""

    start: float
    each: Mapping[str, float]

    @classmethod
    def read(cls, name: str) -> Weights:
        """From a file of this folder."""
        text = Path(__file__).with_name(name).read_text(encoding="utf-8")
        start, *lines = [line for line in text.split("\n") if line and not line.startswith("# ")]
        weighed = (line.split("\t", 1) for line in lines)
        return cls(float(start), {feature: float(weight) for weight, feature in weighed})

    def of(self, features: Iterable[str]) -> float:
        """How heavily features weigh together; of those that stand twice each counts once."""
        each = self.each
        return self.start + sum(each[feature] for feature in set(features) if feature in each)
