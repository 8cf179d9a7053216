"""Coordinates of settlements from an open gazetteer, so that nobody types one by hand."""

from __future__ import annotations

import csv
import difflib
from functools import lru_cache
from pathlib import Path

from evidence.problems import NOWHERE, Problem
from evidence.settings import setting

TABLE = Path(__file__).with_suffix(".csv")
"""Settlements with their coordinates."""

COUNTRIES = TABLE.with_name("countries.csv")
"""The countries whose settlements it has, with their ISO codes."""


def coordinates(settlement: str, country: str) -> tuple[str, str]:
    """Return latitude and longitude of a settlement in degrees, as text with three decimals; the largest where several share a name.

    Args:
        settlement: Its name in the gazetteer; empty where a source names no settlement.
        country: Country, as the library names it; that of the book when empty.

    Returns:
        Two empty texts when there is no settlement or the gazetteer does not know it.

    Source:
        GeoNames, CC BY 4.0. The table gazetteer.csv is written by .lab/make_gazetteer.py, which says how large a settlement must be.
    """
    return _settlements().get((settlement, countries().get(country or setting("country"), "")), ("", ""))


def unknown(settlement: str, country: str) -> Problem | None:
    """Return why the gazetteer has no place for a settlement and what to do, or None where it has, or none was named."""
    if not settlement or any(coordinates(settlement, country)):
        return None
    country = country or setting("country")
    names = [name for name, code in _settlements() if code == countries().get(country)]
    if not names:
        remedy = "Add the country to countries.csv beside it and run .lab/make_gazetteer.py."
        return Problem(NOWHERE, f'the gazetteer has no settlements of "{country}".', remedy)
    near = tuple(difflib.get_close_matches(settlement, names, n=3, cutoff=0.7))
    remedy = "Correct the name, leave the cell empty (it is then on no map), or take in smaller settlements with .lab/make_gazetteer.py."
    return Problem(NOWHERE, f'"{settlement}" is not in the gazetteer.', remedy, nearest=near)


@lru_cache
def settlements() -> frozenset[str]:
    """Return the names of all settlements that the gazetteer has."""
    return frozenset(name for name, _ in _settlements())


@lru_cache
def countries() -> dict[str, str]:
    """Return the ISO code of each country whose settlements the gazetteer has, by its name."""
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["code"] for row in csv.DictReader(file)}


@lru_cache
def _settlements() -> dict[tuple[str, str], tuple[str, str]]:
    """Return latitude and longitude by name and country code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["name"], row["country"]): (row["latitude"], row["longitude"]) for row in csv.DictReader(file)}
