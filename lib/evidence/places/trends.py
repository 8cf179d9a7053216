"""How a number of an area went year by year beside the country's, as a drawing for the eye whose ends are told in words."""

from __future__ import annotations

from collections.abc import Mapping

from evidence.markup import Html, html
from evidence.places.areas import Area
from evidence.places.facts import COUNTRY, Fact

FEWEST_YEARS = 3
"""Two years make no line worth drawing."""
_WIDTH, _HEIGHT, _EDGE = 300, 44, 5


def trend(fact: Fact, area: Area) -> Html:
    """Return the line of an area over the years of a fact, and the country's where there is one; nothing for fewer than three years.

    Args:
        fact: The fact; growth is drawn as what it grew from and to, with the first year as the measure of both lines.
        area: The area.
    """
    own, whole = fact.by_year(area.code), {} if fact.row["kind"] == "ratio" else fact.by_year(COUNTRY)
    if len(own) < FEWEST_YEARS:
        return Html()
    numbers = [*own.values(), *whole.values()]
    low, high = min(numbers), max(numbers)
    country = html('<path class="whole" d="{}"/>', _line(fact, whole, low, high)) if whole else Html()
    drawn = country + html('<path class="own" d="{}"/>', _line(fact, own, low, high))
    return html('<svg class="trend" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>', _WIDTH, _HEIGHT, drawn)


def _line(fact: Fact, numbers: Mapping[int, float], low: float, high: float) -> str:
    first, last = fact.years[0], fact.years[-1]
    across, down = (_WIDTH - 2 * _EDGE) / ((last - first) or 1), (_HEIGHT - 2 * _EDGE) / ((high - low) or 1)
    points = [f"{_EDGE + across * (year - first):.1f} {_HEIGHT - _EDGE - down * (number - low):.1f}" for year, number in numbers.items()]
    return "M" + "L".join(points)
