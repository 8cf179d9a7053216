"""`LeftBehind`: what the chapter on places shows of the two definitions, of all areas or of one, once the library holds place data."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evidence.catalog import Library
from evidence.chapter.output import Output, stacked
from evidence.chapter.place_maps import Mark, drawn_map
from evidence.chapter.place_views import NOTHING, Places
from evidence.places import Measure, PlaceData
from made_together.left_behind import tables
from made_together.left_behind.definitions import (
    DEPRIVATION_READING,
    GROWTH_READING,
    DeprivationThresholds,
    GrowthThresholds,
    Reading,
    Standing,
    by_deprivation,
    by_growth,
)
from made_together.left_behind.readings import GROWTH_AREAS, GROWTH_MEASURES, tried
from made_together.left_behind.sensitivity import DEPRIVATION_GRID, GROWTH_GRID, Flip, flips

DISTRICTS = "lad-2024"
"""Set of areas of the indices of deprivation."""


class LeftBehind(Places):
    """Views of place data with the two definitions, each with its own heading; where the library does not hold what one needs, it shows nothing."""

    def readings(self) -> Output:
        """Show under how many readings of the first definition each area is left-behind: as a map of tiles, and as a table of those that ever are."""
        return tables.readings_view(self.atlas) if tried(self.data) and self.atlas else NOTHING

    def _whole(self, areas: str, *names: str) -> bool:
        """Return whether an edition carries the producers' own files of some measures, for tables and maps of all areas."""
        return self.data.has(areas, *names) and self.data.drawable(areas)

    def growth(self) -> Output:
        """Show the first definition: its thresholds, and which areas meet its conditions."""
        if not self._whole(GROWTH_AREAS, *GROWTH_MEASURES):
            return NOTHING
        thresholds = tables.thresholds_table(GrowthThresholds(), GROWTH_READING)
        return stacked(tables.section("growth"), thresholds, self._by_growth())

    def growth_flips(self) -> Output:
        """Show which areas the first definition gains and loses when one threshold is another."""
        if not self._whole(GROWTH_AREAS, *GROWTH_MEASURES):
            return NOTHING
        table = flips(self._growth_standings, GrowthThresholds(), GROWTH_GRID)
        return self._flipped(table, GROWTH_READING, GROWTH_AREAS, "left-behind")

    def growth_map(self) -> Output:
        """Show how many conditions of the first definition each area meets, as a map."""
        return self.mapped(self._draw_growth, GROWTH_AREAS, *GROWTH_MEASURES)

    def deprivation(self) -> Output:
        """Show the second definition: its thresholds, and which districts meet its conditions."""
        if not self._whole(DISTRICTS, "deprivation"):
            return NOTHING
        thresholds = tables.thresholds_table(DeprivationThresholds(), DEPRIVATION_READING)
        return stacked(tables.section("deprivation"), thresholds, self._by_deprivation())

    def deprivation_flips(self) -> Output:
        """Show which districts the second definition gains and loses when one threshold is another."""
        if not self._whole(DISTRICTS, "deprivation"):
            return NOTHING
        whole = self.data.has(DISTRICTS, "social-infrastructure")
        grid = {name: values for name, values in DEPRIVATION_GRID.items() if whole or name == "deprived_pct"}
        counts: Callable[[Standing], bool] = (lambda one: bool(one.left_behind)) if whole else (lambda one: one.left_behind is None)
        table = flips(self._deprivation_standings, DeprivationThresholds(), grid, counts)
        return self._flipped(table, DEPRIVATION_READING, DISTRICTS, "left-behind" if whole else "deprived")

    def map(self, name: str, areas: str = "") -> Output:
        """Show a measure in its newest year, as a map; of districts when no other areas are named.

        Args:
            name: The measure, such as `pay`.
            areas: The set of areas.
        """
        return super().map(name, areas or DISTRICTS)

    def _growth_standings(self, thresholds: GrowthThresholds) -> dict[str, Standing]:
        gdp, jobs, population = (self.data.measure(name, GROWTH_AREAS) for name in GROWTH_MEASURES)
        return by_growth(gdp, jobs, population, thresholds)

    def _deprivation_standings(self, thresholds: DeprivationThresholds) -> dict[str, Standing]:
        lacking = "social-infrastructure"
        infrastructure = self.data.measure(lacking, DISTRICTS) if self.data.has(DISTRICTS, lacking) else None
        return by_deprivation(self.data.measure("deprivation", DISTRICTS), infrastructure, thresholds)

    def _by_growth(self) -> Output:
        return self._standings(self._growth_standings(GrowthThresholds()), GROWTH_AREAS, self._growth_source())

    def _growth_source(self) -> str:
        measures = [self.data.measure(name, GROWTH_AREAS) for name in GROWTH_MEASURES]
        return tables.sourced(measures, f"{GrowthThresholds().first_year} to {GrowthThresholds().last_year}")

    def _by_deprivation(self) -> Output:
        measure = self.data.measure("deprivation", DISTRICTS)
        return self._standings(self._deprivation_standings(DeprivationThresholds()), DISTRICTS, measure.told(measure.years[-1]))

    def _standings(self, standings: dict[str, Standing], areas: str, source: str) -> Output:
        names = self.data.areas(areas)
        own = self.own(areas)
        if self.chosen is None:
            return tables.standings_table(standings, names, source)
        return tables.standing_of(own, standings, names, source)

    def _flipped(self, table: list[Flip], reading: dict[str, Reading], areas: str, called: str) -> Output:
        if self.chosen is None:
            return tables.flips_table(table, reading, self.data.areas(areas), called)
        return tables.flips_of(self.own(areas), table, reading, self.data.areas(areas), called)

    def _draw_growth(self) -> Output:
        standings = self._growth_standings(GrowthThresholds())
        return _counts_map(self.data, self.library, standings, self.data.measure("jobs", GROWTH_AREAS), self._growth_source())


_COUNTED = ("none", "one", "two", "all three: left-behind")


def _counts_map(data: PlaceData, library: Library, standings: Mapping[str, Standing], measure: Measure, source: str) -> Output:
    """Return how many conditions of the first definition each area meets as a map; areas of which not all is known stay hollow."""
    marks: dict[str, Mark] = {}
    for code, standing in standings.items():
        if None not in standing.met.values():
            met = ", ".join(name for name, outcome in standing.met.items() if outcome)
            marks[code] = (_COUNTED[standing.count], met or "none", standing.count)
    row = {
        "id": "places.left-behind",
        "title": "How many conditions of the first definition each area meets",
        "subtitle": f"{measure.areas.about}; below-average GDP per head, low growth of jobs, stagnant or falling population",
        "description": f"A map of {measure.areas.about}, each in the shade of the number of conditions it meets; the table below the map lists every area.",
        "labels": "; ".join(_COUNTED),
    }
    return drawn_map(data, library, measure, row, marks, source)
