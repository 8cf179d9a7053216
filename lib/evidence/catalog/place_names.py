"""Names of places that need no reason: countries and parts of the world, areas of countries, and settlements; and several of them together."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Set
from functools import lru_cache

from evidence.catalog import gazetteer

AREAS = gazetteer.TABLE.with_name("areas.csv")
"""Nations, regions, counties and districts of some countries, as their statistical offices name them."""

_JOINED = re.compile(r", and |, | and ")
_WITHOUT_A_PLACE = ("Pseudo-Accents", "Pseudo-Bidi", "Unknown Region")


@lru_cache
def register() -> frozenset[str]:
    """Return every name of a place that is known without being declared.

    Source:
        Countries and parts of the world: Unicode CLDR, by Babel. Settlements: GeoNames, see `gazetteer`. Areas: areas.csv beside this file.
    """
    with AREAS.open(encoding="utf-8", newline="") as file:
        areas = {row["name"] for row in csv.DictReader(file)}
    return frozenset(areas | gazetteer.settlements() | _countries())


def unknown_part(place: str, declared: Set[str]) -> str:
    """Return the first part of a place that is no name of the register and not declared either; empty where there is none.

    Args:
        place: A name, or names with commas or "and" between them.
        declared: Names that the book declares.

    Example:
        >>> unknown_part("Chad and Peru", set()), unknown_part("Untied Kingdom", set()), unknown_part("Nowhere", {"Nowhere"})
        ('', 'Untied Kingdom', '')
    """
    known = register()
    if not place or place in declared or place in known:
        return ""
    return next((part for part in _JOINED.split(place) if part not in known and part not in declared), "")


def nearest_places(place: str, declared: Set[str]) -> tuple[str, ...]:
    """Return names that may have been meant by one that is unknown, the most alike first."""
    return tuple(difflib.get_close_matches(place, sorted(register() | declared), n=3, cutoff=0.75))


@lru_cache
def country(code: str) -> str:
    """Return the name of a country, or part of the world, by its code in Unicode CLDR; empty where it has none.

    Example:
        >>> country("FJ")
        'Fiji'
    """
    from babel import Locale

    return str(Locale("en").territories.get(code, ""))


def _countries() -> set[str]:
    """Return the names of countries and parts of the world; where CLDR writes a sign, also with a word."""
    from babel import Locale

    names = {name for name in Locale("en").territories.values() if name not in _WITHOUT_A_PLACE}
    return names | {name.replace("&", "and").replace("\u2019", "'").replace("St. ", "Saint ") for name in names}
