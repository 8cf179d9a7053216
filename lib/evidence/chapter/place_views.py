"""`Places`: what the chapter on places shows of all areas or of one, once the library holds place data; without them it shows nothing."""

from __future__ import annotations

from collections.abc import Callable

from evidence import places as room
from evidence.catalog import Library
from evidence.chapter import place_tables
from evidence.chapter.output import Output, stacked
from evidence.chapter.place_maps import counts_map, measure_map
from evidence.places import DeprivationThresholds, Flip, GrowthThresholds, PlaceData, Standing, by_deprivation, by_growth

GROWTH_AREAS, DISTRICTS = "itl3-2021", "lad-2024"
"""Sets of areas the definitions are tried on: the only one with GDP per head, jobs and population, and that of the indices of deprivation."""

_GROWTH = ("gdp-per-head", "jobs", "population")

_NOTHING = Output("", "")


class Places:
    """Views of place data, each with its own heading; where the library does not hold what one needs, it shows nothing.

    Args:
        library: The data library.
        place: Code of the place the page is about, with its set where needed; empty for all.

    Raises:
        PlacesError: If the library holds place data, but not this place.
    """

    def __init__(self, library: Library, place: str = "") -> None:
        self._library, self._data = library, PlaceData(library)
        self._chosen = room.find(self._data, place) if place and self._data.held else None
        self._place = place

    def held(self) -> Output:
        """Show which place data the library holds, with their producers and boundaries."""
        return place_tables.held_table(self._data) if self._data.held else _NOTHING

    def profile(self) -> Output:
        """Show the measures of the place the page is about, each with its rank among the areas of the same boundaries."""
        if not self._place:
            return _NOTHING
        if not self._data.held:
            return place_tables.note(f"Nothing can be shown of {self._place}: this library holds no place data.")
        return place_tables.profile_table(room.profile(self._data, self._place))

    def growth(self) -> Output:
        """Show the first definition: its thresholds, and which areas meet its conditions."""
        if not self._data.has(GROWTH_AREAS, *_GROWTH):
            return _NOTHING
        thresholds = place_tables.thresholds_table(GrowthThresholds(), room.GROWTH_READING)
        return stacked(place_tables.section("growth"), thresholds, self._by_growth())

    def growth_flips(self) -> Output:
        """Show which areas the first definition gains and loses when one threshold is another."""
        if not self._data.has(GROWTH_AREAS, *_GROWTH):
            return _NOTHING
        table = room.flips(self._growth_standings, GrowthThresholds(), room.GROWTH_GRID)
        return self._flipped(table, room.GROWTH_READING, GROWTH_AREAS, "left-behind")

    def growth_map(self) -> Output:
        """Show how many conditions of the first definition each area meets, as a map."""
        return self._mapped(self._draw_growth, GROWTH_AREAS, *_GROWTH)

    def deprivation(self) -> Output:
        """Show the second definition: its thresholds, and which districts meet its conditions."""
        if not self._data.has(DISTRICTS, "deprivation"):
            return _NOTHING
        thresholds = place_tables.thresholds_table(DeprivationThresholds(), room.DEPRIVATION_READING)
        return stacked(place_tables.section("deprivation"), thresholds, self._by_deprivation())

    def deprivation_flips(self) -> Output:
        """Show which districts the second definition gains and loses when one threshold is another."""
        if not self._data.has(DISTRICTS, "deprivation"):
            return _NOTHING
        whole = self._data.has(DISTRICTS, "social-infrastructure")
        grid = {name: values for name, values in room.DEPRIVATION_GRID.items() if whole or name == "deprived_pct"}
        counts: Callable[[Standing], bool] = (lambda one: bool(one.left_behind)) if whole else (lambda one: one.left_behind is None)
        table = room.flips(self._deprivation_standings, DeprivationThresholds(), grid, counts)
        return self._flipped(table, room.DEPRIVATION_READING, DISTRICTS, "left-behind" if whole else "deprived")

    def map(self, name: str) -> Output:
        """Show a measure of districts in its newest year, as a map.

        Args:
            name: The measure, such as `pay`.
        """
        return self._mapped(lambda: measure_map(self._data, self._library, self._data.measure(name, DISTRICTS)), DISTRICTS, name)

    def _growth_standings(self, thresholds: GrowthThresholds) -> dict[str, Standing]:
        gdp, jobs, population = (self._data.measure(name, GROWTH_AREAS) for name in _GROWTH)
        return by_growth(gdp, jobs, population, thresholds)

    def _deprivation_standings(self, thresholds: DeprivationThresholds) -> dict[str, Standing]:
        lacking = "social-infrastructure"
        infrastructure = self._data.measure(lacking, DISTRICTS) if self._data.has(DISTRICTS, lacking) else None
        return by_deprivation(self._data.measure("deprivation", DISTRICTS), infrastructure, thresholds)

    def _by_growth(self) -> Output:
        return self._standings(self._growth_standings(GrowthThresholds()), GROWTH_AREAS, self._growth_source())

    def _growth_source(self) -> str:
        measures = [self._data.measure(name, GROWTH_AREAS) for name in _GROWTH]
        return place_tables.sourced(measures, f"{GrowthThresholds().first_year} to {GrowthThresholds().last_year}")

    def _by_deprivation(self) -> Output:
        measure = self._data.measure("deprivation", DISTRICTS)
        return self._standings(self._deprivation_standings(DeprivationThresholds()), DISTRICTS, measure.told(measure.years[-1]))

    def _standings(self, standings: dict[str, Standing], areas: str, source: str) -> Output:
        names = self._data.areas(areas)
        own = self._own(areas)
        if self._chosen is None:
            return place_tables.standings_table(standings, names, source)
        return place_tables.standing_of(own, standings, names, source)

    def _own(self, areas: str) -> str:
        """Return the code of the place the page is about, if it is of a set of areas."""
        return self._chosen[1] if self._chosen and self._chosen[0].id == areas else ""

    def _flipped(self, table: list[Flip], reading: dict[str, room.Reading], areas: str, called: str) -> Output:
        if self._chosen is None:
            return place_tables.flips_table(table, reading, self._data.areas(areas), called)
        return place_tables.flips_of(self._own(areas), table, reading, self._data.areas(areas), called)

    def _mapped(self, drawn: Callable[[], Output], areas: str, *names: str) -> Output:
        if not self._data.has(areas, *names):
            return _NOTHING
        if self._chosen:
            return place_tables.note("The map is left out of the page of one place; it stands on the page of all areas.")
        return drawn()

    def _draw_growth(self) -> Output:
        standings = self._growth_standings(GrowthThresholds())
        return counts_map(self._data, self._library, standings, self._data.measure("jobs", GROWTH_AREAS), self._growth_source())
