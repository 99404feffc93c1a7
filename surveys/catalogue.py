"""The surveys that one installation has: the built-in ones and the council's own, every version of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from surveys.schema import Survey


class Catalogue:
    """Surveys by key and version. Holds each key and version once; does not change after it is made."""

    def __init__(self, surveys: Iterable[Survey]) -> None:
        ordered = sorted(surveys, key=lambda survey: (survey.key, survey.version))
        self._by_key: dict[str, dict[int, Survey]] = {}
        for survey in ordered:
            self._by_key.setdefault(survey.key, {})[survey.version] = survey

    def get(self, key: str, version: int | None = None) -> Survey:
        """A survey; its newest version where none is named.

        Raises:
            KeyError: there is no such survey, or not in this version.
        """
        versions = self._by_key[key]
        return versions[max(versions) if version is None else version]

    def current(self) -> tuple[Survey, ...]:
        """The newest version of every survey, by key."""
        return tuple(self.get(key) for key in self._by_key)

    def __iter__(self) -> Iterator[Survey]:
        """Every version of every survey, by key and version."""
        return (survey for versions in self._by_key.values() for survey in versions.values())

    def __contains__(self, key: object) -> bool:
        """Whether there is a survey with this key."""
        return key in self._by_key
