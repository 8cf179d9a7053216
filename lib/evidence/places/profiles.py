"""The profile of a place: each measure of it, its newest year, and its rank among the areas of the same set."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.errors import PlacesError
from evidence.places.boundaries import AreaSet
from evidence.places.held import PlaceData
from evidence.places.measures import Measure


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One measure of a place.

    Attributes:
        measure: The measure.
        year: Newest year the place has a value for.
        value: The value.
        rank: One more than the number of areas with a higher value in that year.
        among: Number of areas with a value in that year.
    """

    measure: Measure
    year: int
    value: float
    rank: int
    among: int


@dataclass(frozen=True, slots=True)
class Profile:
    """A place with what is known of it.

    Attributes:
        code: Its code.
        areas: The set of areas it belongs to.
        lines: Its measures, in the order they are declared.
        unknown: Measures of the set that have no value for it.
    """

    code: str
    areas: AreaSet
    lines: tuple[ProfileLine, ...]
    unknown: tuple[Measure, ...]

    @property
    def name(self) -> str:
        """Name of the place."""
        return self.areas.names[self.code]


def profile(data: PlaceData, place: str) -> Profile:
    """Return the profile of a place.

    Args:
        data: The place data.
        place: Code of an area, or set and code (`itl3-2021/TLC11`) where several sets have that code.

    Raises:
        PlacesError: If no set with measures has that code, or several have it and none is named.
    """
    areas, code = find(data, place)
    measures = data.measures(areas.id)
    known = {measure.name: year for measure in measures if (year := measure.latest(code)) is not None}
    lines = tuple(_line(measure, code, known[measure.name]) for measure in measures if measure.name in known)
    return Profile(code, areas, lines, tuple(measure for measure in measures if measure.name not in known))


def find(data: PlaceData, place: str) -> tuple[AreaSet, str]:
    """Return set and code of a place.

    Raises:
        PlacesError: If no set with measures has that code, or several have it and none is named.
    """
    named, _, code = place.rpartition("/")
    sets = [data.areas(name) for name in dict.fromkeys(row["areas"] for row in data.held)]
    having = [areas for areas in sets if code in areas.names and named in ("", areas.id)]
    if len(having) == 1:
        return having[0], code
    if having:
        choice = " or ".join(f"{areas.id}/{code}" for areas in having)
        raise PlacesError(f'place "{place}": {code} is a code on the boundaries of several years. Write {choice}.')
    raise PlacesError(
        f'place "{place}": no such area in {", ".join(areas.id for areas in sets) or "this library, which holds no place data"}. '
        "List the codes with: evidence places grid AREAS"
    )


def _line(measure: Measure, code: str, year: int) -> ProfileLine:
    values = measure.values[year]
    return ProfileLine(measure, year, values[code], 1 + sum(other > values[code] for other in values.values()), len(values))
