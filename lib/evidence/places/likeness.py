"""Which areas of a set are most like an area by the numbers that pages tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest
from math import dist, log
from statistics import mean, pstdev

from evidence.places.facts import COUNTRY, Fact

FEWEST_FACTS = 3
"""Two numbers, and those estimates, make nobody alike."""
NEAREST = 5

SOURCE = "https://www.ons.gov.uk/peoplepopulationandcommunity/wellbeing/methodologies/clusteringsimilarlocalauthoritiesandstatisticalnearestneighboursintheuk"
"""Where the method of statistical nearest neighbours is described: Office for National Statistics (2025), Clustering similar local authorities and
statistical nearest neighbours in the UK; theirs rest on 29 indicators and other transformations."""


class Likeness:
    """The areas of a set, as points whose coordinates are the numbers told of them.

    Each number is taken off the mean of the areas that are compared and divided by their standard deviation, ratios as logarithms because some are
    many times the others; areas are as far apart as the straight line between them is long.

    Args:
        facts: What is told of the areas.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = list(facts)
        self._points: dict[tuple[int, ...], dict[str, list[float]]] = {}
        self._nearest: dict[tuple[str, int], list[str]] = {}

    def nearest(self, code: str, count: int = NEAREST) -> list[str]:
        """Return the codes of the areas most like an area, the nearest first, by all facts that it has a number of.

        Only areas with the same numbers are compared; nobody is like an area of which fewer than three numbers are told.

        Args:
            code: The area.
            count: How many at most.
        """
        if (code, count) not in self._nearest:
            self._nearest[code, count] = self._found(code, count)
        return self._nearest[code, count]

    def _found(self, code: str, count: int) -> list[str]:
        known = tuple(place for place, numbers in enumerate(self._numbers) if code in numbers)
        if len(known) < FEWEST_FACTS:
            return []
        points = self._placed(known)
        own = points[code]
        return [other for _, other in nsmallest(count, ((dist(own, point), other) for other, point in points.items() if other != code))]

    @cached_property
    def _numbers(self) -> list[dict[str, float]]:
        return [{code: _drawn(fact, number) for code, number in fact.values.items() if code != COUNTRY} for fact in self._facts]

    def _placed(self, known: tuple[int, ...]) -> dict[str, list[float]]:
        """Return the point of each area that has all of some numbers."""
        if known not in self._points:
            used = [self._numbers[place] for place in known]
            codes = sorted(set.intersection(*(set(numbers) for numbers in used)))
            columns = [_standardised([numbers[code] for code in codes]) for numbers in used]
            self._points[known] = {code: [column[place] for column in columns] for place, code in enumerate(codes)}
        return self._points[known]


def _drawn(fact: Fact, number: float) -> float:
    return log(number) if fact.row["kind"] == "ratio" and number > 0 else number


def _standardised(numbers: Sequence[float]) -> list[float]:
    """Return numbers less their mean, in standard deviations.

    Example:
        >>> _standardised([1.0, 3.0]), _standardised([2.0, 2.0])
        ([-1.0, 1.0], [0.0, 0.0])
    """
    middle, spread = mean(numbers), pstdev(numbers) or 1.0
    return [(number - middle) / spread for number in numbers]
