"""The readings of the first definition on all areas: each moves one threshold, and the others stay as we chose them."""

from __future__ import annotations

from functools import lru_cache

from evidence.places import PlaceData
from made_together.left_behind.definitions import GrowthThresholds, by_growth
from made_together.left_behind.sensitivity import GROWTH_GRID, Flip, flips

GROWTH_AREAS = "itl3-2021"
"""The only set of areas with GDP per head, jobs and population."""

GROWTH_MEASURES = ("gdp-per-head", "jobs", "population")
"""What the first definition is made of."""


@lru_cache(maxsize=4)
def tried(data: PlaceData) -> tuple[Flip, ...]:
    """Return what the first definition finds for each value of each threshold; nothing where the library lacks a measure or a year it needs."""
    if not data.has(GROWTH_AREAS, *GROWTH_MEASURES):
        return ()
    gdp, jobs, population = (data.measure(name, GROWTH_AREAS) for name in GROWTH_MEASURES)
    asked = range(min(map(int, GROWTH_GRID["first_year"])), max(map(int, GROWTH_GRID["last_year"])) + 1)
    if not all(set(asked) <= set(measure.years) for measure in (gdp, jobs, population)):
        return ()
    return tuple(flips(lambda thresholds: by_growth(gdp, jobs, population, thresholds), GrowthThresholds(), GROWTH_GRID))


def distinct(table: tuple[Flip, ...]) -> list[Flip]:
    """Return each reading once: the chosen one stands in the table once for every threshold."""
    chosen = next((flip for flip in table if flip.chosen), None)
    return [flip for flip in table if not flip.chosen or flip is chosen]


def met_under(data: PlaceData, code: str) -> tuple[int, int]:
    """Return under how many readings an area is left-behind, and how many were tried."""
    readings = distinct(tried(data))
    return sum(code in flip.found for flip in readings), len(readings)
