"""Disclosure thresholds, as named parameters each with its source. The only place where they are set.

A council may be stricter than these, in a TOML file; never laxer. What cannot be understood stops the report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path


class RulesError(ValueError):
    """Settings that cannot be used; the message is one sentence for the person who wrote them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The parameters of disclosure control. Every one is stricter when larger, and its default is the floor.

    Attributes:
        minimum_base: the fewest real answers, responses, or members of a group that are shown.
            Source: numbers under 10 are suppressed in county IRO reports and in the GP Patient Survey; ACRO
            ``safe_threshold`` is 10.
        small_count: on a sensitive question an option chosen by 1 to this many is not shown.
            Source: GP Patient Survey, personal questions: options chosen by 1 to 4 are hidden.
        minimum_hidden_options: the fewest options withheld together, so that none is the total minus the rest.
            Source: GP Patient Survey: where only one is hidden, the next lowest is too.
        minimum_hidden_together: the fewest people whom withheld options stand for together.
            Source: our own; the total minus what is shown must itself be a group that could be shown.
        minimum_band_counts: the fewest counts that a band leaves possible.
            Source: our own; with a published base a narrower band gives the count back.
        quarters_from_base: the base from which bands may be quarters. Source: our own, so that each holds 5 counts.
        tenths_from_base: the base from which bands may say "1 in 10". Source: our own, so that each holds 5 counts.
        box_size: the fewest responses that are counted together.
            Source: as ``minimum_base``: nobody learns from numbers that move what fewer than 10 said.
    """

    minimum_base: int = 10
    small_count: int = 4
    minimum_hidden_options: int = 2
    minimum_hidden_together: int = 10
    minimum_band_counts: int = 3
    quarters_from_base: int = 20
    tenths_from_base: int = 50
    box_size: int = 10

    def __post_init__(self) -> None:
        """Refuse what is laxer than the floor, however these rules came about."""
        for field in fields(self):
            _check(field.name, getattr(self, field.name), field.default)


def _check(name: str, value: object, floor: object) -> None:
    assert isinstance(floor, int)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RulesError(f"disclosure setting {name} must be a whole number, not {value!r}")
    if value < floor:
        raise RulesError(
            f"disclosure setting {name} is {value}, which is laxer than the least allowed, {floor}"
        )


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RulesError(f"{path}: the disclosure settings cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: the disclosure settings are not valid TOML ({error})") from error


def read_rules(source: Path | Mapping[str, object] | None) -> Rules:
    """The rules with a council's own, stricter parameters.

    Args:
        source: a TOML file of parameters at its top level, or the same as a mapping; those left out keep their
            default. None gives the defaults.

    Raises:
        RulesError: the file cannot be read, a name is unknown, a value is not a whole number or is laxer than the default.
    """
    if source is None:
        return Rules()
    given = source if isinstance(source, Mapping) else _read_toml(source)
    known = {field.name for field in fields(Rules)}
    for name in given:
        if name not in known:
            raise RulesError(f"{name} is not a disclosure setting; known are {', '.join(sorted(known))}")
    return Rules(**given)  # type: ignore[arg-type]  # Rules itself checks each value's type
