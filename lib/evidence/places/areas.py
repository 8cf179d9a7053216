"""Areas that have a page of their own: names, where they lie, what they border on, and whether what is said of them fits together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from evidence.places.boundaries import AreaSet, proved_set
from evidence.problems import Place, Problem

_EARTH_KM = 6371


@dataclass(frozen=True, slots=True)
class Area:
    """One area of a set.

    Attributes:
        areas: The set.
        code: Its code.
        name: Its name.
        also: Further names.
        towns: Settlements in it.
        region: Region it lies in.
        country: Country it lies in.
        longitude: Degrees east of its centre.
        latitude: Degrees north of its centre.
        column: Column of its tile, from the west.
        line: Row of its tile, from the north.
        neighbours: Codes of the areas it borders on.
        overlaps: Codes of the areas of another set that it shares land with, the larger part first.
        row: Its record, for messages.
    """

    areas: str
    code: str
    name: str
    also: tuple[str, ...]
    towns: tuple[str, ...]
    region: str
    country: str
    longitude: float
    latitude: float
    column: int
    line: int
    neighbours: tuple[str, ...]
    overlaps: tuple[str, ...]
    row: Mapping[str, Any]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Area:
        """Return an area from its record in areas.csv."""
        also, towns = (tuple(part for part in row[name].split("; ") if part) for name in ("also", "towns"))
        return cls(
            areas=row["areas"],
            code=row["code"],
            name=row["name"],
            also=also,
            towns=towns,
            region=row["region"],
            country=row["country"],
            longitude=float(row["longitude"]),
            latitude=float(row["latitude"]),
            column=int(row["column"]),
            line=int(row["row"]),
            neighbours=tuple(row["neighbours"].split()),
            overlaps=tuple(row["overlaps"].split()),
            row=row,
        )

    def distance_km(self, latitude: float, longitude: float) -> float:
        """Return how far its centre is from a point, in kilometres on a sphere."""
        north, east = radians(latitude - self.latitude) / 2, radians(longitude - self.longitude) / 2
        half = sin(north) ** 2 + cos(radians(latitude)) * cos(radians(self.latitude)) * sin(east) ** 2
        return 2 * _EARTH_KM * asin(sqrt(half))


def named_set(row: Mapping[str, Any], known: Iterable[Area]) -> AreaSet:
    """Return a declared set of areas with the codes and names of areas.csv.

    Args:
        row: Its record in place-areas.csv.
        known: Its areas.

    Raises:
        PlacesError: If they are not those declared.
    """
    return proved_set(row, {area.code: area.name for area in known}, "areas.csv")


def unfit(known: list[Area]) -> Iterator[Problem]:
    """Yield what does not fit together in areas.csv: what borders on or overlaps an area without being bordered on or overlapped, and shared tiles.

    Args:
        known: All areas, of every set.
    """
    by_code = {(area.areas, area.code): area for area in known}
    others = {area.code: [one for one in known if one.code == area.code] for area in known}
    tiles: dict[tuple[str, int, int], Area] = {}
    for area in known:
        first = tiles.setdefault((area.areas, area.column, area.line), area)
        if first is not area:
            yield _problem(area, "column, row", f"{area.name} has the tile of {first.name}.", "Give it another tile.")
        for code in area.neighbours:
            other = by_code.get((area.areas, code))
            if other is None or code == area.code or area.code not in other.neighbours:
                yield _problem(
                    area, "neighbours", f"{area.name} borders on {code}, which does not border on it.", "Name each in the row of the other."
                )
        for code in area.overlaps:
            if not any(area.code in other.overlaps and other.areas != area.areas for other in others.get(code, ())):
                yield _problem(
                    area, "overlaps", f"{area.name} overlaps {code}, which does not overlap it.", "Name each in the row of the other."
                )


def _problem(area: Area, column: str, message: str, remedy: str) -> Problem:
    return Problem(Place(f"data/{area.row['_file']}", area.row["_row"], area.code, column=column), message, remedy)
