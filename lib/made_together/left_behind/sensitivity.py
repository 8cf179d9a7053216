"""Which areas flip when a threshold is another: one threshold at a time, the others as chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from evidence.errors import PlacesError
from made_together.left_behind.definitions import Standing

GROWTH_GRID: dict[str, tuple[float, ...]] = {
    "first_year": (2002, 2007, 2012),
    "last_year": (2016, 2019, 2021),
    "gdp_ratio_pct": (75, 90, 100),
    "years_below_pct": (50, 75, 90, 100),
    "jobs_growth_pct": (0, 0.25, 0.5, 0.75),
    "population_growth_pct": (0, 0.25, 0.5),
}
"""Values tried for each threshold of the first definition, the chosen one among them.

Beginning with 2007 or 2012 leaves out the years before or during the financial crisis, ending with 2016 or 2019 the pandemic. Regional funds of the
European Union call a region less developed below 75% of the average.
"""

DEPRIVATION_GRID: dict[str, tuple[float, ...]] = {"deprived_pct": (10, 20, 30), "lacking_pct": (10, 20, 30)}
"""Values tried for each threshold of the second definition, the chosen one among them."""

T = TypeVar("T")
Classify = Callable[[T], Mapping[str, Standing]]


@dataclass(frozen=True, slots=True)
class Flip:
    """What a definition finds with one threshold at another value.

    Attributes:
        threshold: Its name.
        value: Its value.
        chosen: Whether this is the value chosen.
        found: Codes of the areas found.
        gained: Those found only here.
        lost: Those found with the chosen value only.
    """

    threshold: str
    value: float
    chosen: bool
    found: frozenset[str]
    gained: frozenset[str]
    lost: frozenset[str]


def flips(
    classify: Classify[T],
    chosen: T,
    grid: Mapping[str, tuple[float, ...]],
    counts: Callable[[Standing], bool] = lambda one: bool(one.left_behind),
) -> list[Flip]:
    """Return what a definition finds for each value of each threshold.

    Args:
        classify: The definition, as a function of its thresholds.
        chosen: The thresholds chosen.
        grid: Values to try by threshold.
        counts: Which areas count as found; those left behind when not given.

    Raises:
        PlacesError: If the grid leaves out a chosen value, so that the table would have nothing to compare with.
    """
    base = _found(classify(chosen), counts)
    made = []
    for name, values in grid.items():
        own = getattr(chosen, name)
        if own not in values:
            raise PlacesError(f"{name}: the chosen value {own:g} is not among those tried ({', '.join(f'{value:g}' for value in values)}).")
        for value in values:
            changed: Any = replace(chosen, **{name: type(own)(value)})  # type: ignore[type-var]
            found = _found(classify(changed), counts)
            made.append(Flip(name, value, value == own, found, found - base, base - found))
    return made


def _found(standings: Mapping[str, Standing], counts: Callable[[Standing], bool]) -> frozenset[str]:
    return frozenset(code for code, standing in standings.items() if counts(standing))


def always(table: list[Flip]) -> frozenset[str]:
    """Return the areas found with every value tried."""
    return frozenset.intersection(*(flip.found for flip in table))


def ever(table: list[Flip]) -> frozenset[str]:
    """Return the areas found with at least one value tried."""
    return frozenset.union(*(flip.found for flip in table))
