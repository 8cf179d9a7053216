"""The two definitions of "left-behind" in the documents, as functions of measures and thresholds, and how each threshold reads their words.

Neither document prints a number, so every threshold is our reading of its words, and a field of a frozen record that pages show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.errors import PlacesError
from evidence.places.boundaries import one_set
from evidence.places.measures import Measure


@dataclass(frozen=True, slots=True)
class GrowthThresholds:
    """What the words of the first definition are read as.

    Attributes:
        first_year: First year looked at.
        last_year: Last year looked at.
        gdp_ratio_pct: GDP per head is below average under so many percent of the country's in that year.
        years_below_pct: It is so "consistently" in at least so many percent of the years.
        jobs_growth_pct: Growth of jobs is "low or negative" up to so many percent a year on average.
        population_growth_pct: Population is "stagnant or declining" up to so many percent a year on average.

    Source:
        Wang (2026), blog on coworking spaces and the creative industries, section New evidence.
    """

    first_year: int = 2002
    last_year: int = 2021
    gdp_ratio_pct: float = 100
    years_below_pct: float = 100
    jobs_growth_pct: float = 0.5
    population_growth_pct: float = 0.25


@dataclass(frozen=True, slots=True)
class DeprivationThresholds:
    """What the words of the second definition are read as.

    Attributes:
        deprived_pct: An area "ranks highly" among the most deprived so many percent of areas.
        lacking_pct: It "lacks key social infrastructure" among so many percent of areas that lack most.

    Source:
        Goss, Stokes and Garrod (2026), Economies of Coordination, note 6.
    """

    deprived_pct: float = 20
    lacking_pct: float = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """How an area stands under a definition.

    Attributes:
        met: Each condition by name: whether the area meets it, or None where that is not known.
        found: The number that decides each condition.
    """

    met: Mapping[str, bool | None]
    found: Mapping[str, float]

    @property
    def left_behind(self) -> bool | None:
        """Whether all conditions are met; None where none is failed and one is not known."""
        if False in self.met.values():
            return False
        return None if None in self.met.values() else True

    @property
    def count(self) -> int:
        """How many conditions are met."""
        return sum(outcome is True for outcome in self.met.values())


GDP, JOBS, POPULATION = "GDP per head below average", "low growth of jobs", "stagnant or falling population"
DEPRIVED, LACKING = "among the most deprived", "lacks social infrastructure"


def by_growth(gdp: Measure, jobs: Measure, population: Measure, thresholds: GrowthThresholds) -> dict[str, Standing]:
    """Return how each area stands under the first definition: GDP per head, jobs and population over time.

    Args:
        gdp: GDP per head, with the country's.
        jobs: Number of jobs.
        population: Number of people.
        thresholds: What the words are read as.

    Raises:
        PlacesError: If the measures are on different boundaries, or the years asked for are not in them.
    """
    areas = one_set(gdp, jobs, population)
    years = range(thresholds.first_year, thresholds.last_year + 1)
    if len(years) < 2:
        raise PlacesError(f"{thresholds.first_year} to {thresholds.last_year}: no change can be told. Give at least two years.")
    for measure in (gdp, jobs, population):
        lacking = [str(year) for year in years if year not in measure.years]
        if lacking:
            raise PlacesError(f"{measure.name} on {areas.id} has no values for {', '.join(lacking)}. Choose other years.")
    standings = {}
    for code in areas.names:
        found = {
            GDP: _years_below(gdp, code, years, thresholds),
            JOBS: _growth(jobs, code, years),
            POPULATION: _growth(population, code, years),
        }
        known = {name: value for name, value in found.items() if value is not None}
        limits = {JOBS: thresholds.jobs_growth_pct, POPULATION: thresholds.population_growth_pct}
        met: dict[str, bool | None] = {GDP: known[GDP] >= thresholds.years_below_pct if GDP in known else None}
        met |= {name: known[name] <= limit if name in known else None for name, limit in limits.items()}
        standings[code] = Standing(met, known)
    return standings


def _years_below(gdp: Measure, code: str, years: range, thresholds: GrowthThresholds) -> float | None:
    """Return the percent of years in which GDP per head lies below average; None where a year is not known."""
    if any(code not in gdp.values[year] or year not in gdp.whole for year in years):
        return None
    below = sum(gdp.values[year][code] * 100 < gdp.whole[year] * thresholds.gdp_ratio_pct for year in years)
    return 100 * below / len(years)


def _growth(measure: Measure, code: str, years: range) -> float | None:
    """Return the average growth from the first year to the last in percent a year; None where an end is not known."""
    first, last = measure.values[years[0]].get(code), measure.values[years[-1]].get(code)
    return growth_pct(first, last, len(years) - 1) if first and last is not None else None


def growth_pct(first: float, last: float, years: int) -> float:
    """Return the average yearly growth in percent that leads from one value to another, compounded.

    Example:
        >>> round(growth_pct(100, 121, 2), 6)
        10.0
    """
    yearly: float = (last / first) ** (1 / years)
    return 100 * (yearly - 1)


def by_deprivation(deprivation: Measure, infrastructure: Measure | None, thresholds: DeprivationThresholds) -> dict[str, Standing]:
    """Return how each area with a measure of deprivation stands under the second definition, in the newest year of each measure.

    Args:
        deprivation: A measure of deprivation, higher is worse.
        infrastructure: A measure of missing social infrastructure, higher is worse; None where there is none, and then nothing is known of it.
        thresholds: What the words are read as.

    Raises:
        PlacesError: If the measures are on different boundaries.
    """
    one_set(*(measure for measure in (deprivation, infrastructure) if measure is not None))
    deprived = _worst(deprivation, thresholds.deprived_pct)
    lacking = _worst(infrastructure, thresholds.lacking_pct) if infrastructure else {}
    value = deprivation.values[deprivation.years[-1]]
    score = infrastructure.values[infrastructure.years[-1]] if infrastructure else {}
    return {
        code: Standing(
            {DEPRIVED: worst, LACKING: lacking.get(code)},
            {DEPRIVED: value[code]} | ({LACKING: score[code]} if code in score else {}),
        )
        for code, worst in deprived.items()
    }


def _worst(measure: Measure, share_pct: float) -> dict[str, bool]:
    """Return for each area whether fewer areas than the share have a higher value; areas of the same value stand together."""
    values = measure.values[measure.years[-1]]
    allowed = share_pct * len(values) / 100
    ordered = sorted(values.values(), reverse=True)
    return {code: ordered.index(value) < allowed for code, value in values.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a threshold reads the words of a document.

    Attributes:
        words: The words.
        rule: What they are read as; {} is where the value stands.
    """

    words: str
    rule: str

    def told(self, value: float) -> str:
        """Return the rule with its value."""
        return self.rule.format(f"{value:g}")


GROWTH_READING = {
    "first_year": Reading("consistently", "the years looked at begin with {}"),
    "last_year": Reading("consistently", "the years looked at end with {}"),
    "gdp_ratio_pct": Reading(
        "below-average gross domestic product (GDP) per capita", "GDP per head under {}% of the country's in the same year"
    ),
    "years_below_pct": Reading("consistently", "so in at least {}% of the years"),
    "jobs_growth_pct": Reading("low or negative employment growth", "jobs grow by at most {}% a year on average"),
    "population_growth_pct": Reading("stagnant or declining population levels", "population grows by at most {}% a year on average"),
}
"""How the first definition is read, by threshold. The document prints the words and no number.

Source:
    Wang (2026), blog on coworking spaces and the creative industries, section New evidence.
"""

DEPRIVATION_READING = {
    "deprived_pct": Reading(
        "ranks highly in indices of multiple deprivation",
        "among the {}% of districts with the largest share of neighbourhoods in England's most deprived tenth",
    ),
    "lacking_pct": Reading("lacks key social infrastructure", "among the {}% of districts that lack most"),
}
"""How the second definition is read, by threshold. The document prints the words and no number.

Source:
    Goss, Stokes and Garrod (2026), Economies of Coordination, note 6.
"""
