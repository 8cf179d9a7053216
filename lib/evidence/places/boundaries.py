"""Sets of areas on the boundaries of one year, which are never mixed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from evidence.errors import PlacesError
from evidence.parsing import parse_json


@dataclass(frozen=True, slots=True)
class AreaSet:
    """The areas of one kind on the boundaries of one year.

    Attributes:
        id: Kind and year, such as `itl3-2021`.
        names: Name of each area by code.
        codes: What its codes look like.
        about: What the areas are, for readers.
    """

    id: str
    names: Mapping[str, str]
    codes: re.Pattern[str]
    about: str

    @property
    def vintage(self) -> str:
        """Year of the boundaries."""
        return self.id.rpartition("-")[2]

    def check(self, codes: Iterable[str], where: str) -> None:
        """Refuse codes that are not of this set: they stand on other boundaries.

        Args:
            codes: Codes of areas that have a value.
            where: File and period they stand in, for the message.

        Raises:
            PlacesError: If a code is not of this set: names it, the place and the set.
        """
        foreign = sorted(set(codes) - set(self.names))
        if foreign:
            shown = ", ".join(foreign[:5]) + (f" and {len(foreign) - 5} more" if len(foreign) > 5 else "")
            raise PlacesError(
                f"{where}: {shown} not among the {len(self.names)} areas of {self.id}; boundaries of different years would be mixed. "
                "Declare the set of areas the values stand on, or the first year that is on this one, in place-tables.csv."
            )


class OnAreas(Protocol):
    """What is measured for a set of areas."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def areas(self) -> AreaSet:
        """The set it is measured for."""


def one_set(*measured: OnAreas) -> AreaSet:
    """Return the set of areas that several measures share; the gate of every join.

    Args:
        measured: At least one measure.

    Raises:
        PlacesError: If there is none, or if two are on different boundaries: names both.
    """
    if not measured:
        raise PlacesError("no measure to join. Give at least one.")
    first = measured[0]
    for other in measured[1:]:
        if other.areas.id != first.areas.id:
            raise PlacesError(
                f"{first.name} is on {first.areas.id} and {other.name} on {other.areas.id}: different boundaries are never joined, "
                "though some codes and names are the same. Take measures of one set of areas."
            )
        if other.areas.names != first.areas.names:
            raise PlacesError(
                f"{first.name} and {other.name} are both on {first.areas.id}, but of different areas. Read both from one data library."
            )
    return first.areas


def area_set(row: Mapping[str, Any], topology: bytes) -> AreaSet:
    """Return a declared set of areas with the codes and names that its file of shapes gives.

    Args:
        row: Its record in place-areas.csv.
        topology: The file of shapes, TopoJSON.

    Raises:
        PlacesError: If the file is no such topology, or its areas are not those declared.
    """
    changed = {there: (here, name) for there, here, name in _changes(row)}
    return proved_set(row, dict(changed.get(code, (code, name)) for code, name in _named(row, topology)), row["file"])


def proved_set(row: Mapping[str, Any], names: Mapping[str, str], file: str) -> AreaSet:
    """Return a declared set of areas of these names.

    Args:
        row: Its record in place-areas.csv.
        names: Name of each area by code.
        file: Where they stand, for the message.

    Raises:
        PlacesError: If they are not as many as declared, or a code looks otherwise.
    """
    pattern = re.compile(row["codes"])
    strange = sorted(code for code in names if not pattern.fullmatch(code))
    if len(names) != int(row["count"]) or strange:
        found = f"{len(names)} areas" + (f", among them {', '.join(strange[:5])}" if strange else "")
        raise PlacesError(
            f"{file}: {found}; {row['areas']} has {row['count']} whose codes look like {row['codes']}. "
            "Give the shapes of these boundaries, or correct place-areas.csv."
        )
    return AreaSet(row["areas"], names, pattern, row["about"])


def _changes(row: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    parts = [part.split("=") for part in row["changes"].split("; ") if part]
    return [(there, here, name) for there, here, name in parts]


def _named(row: Mapping[str, Any], topology: bytes) -> list[tuple[str, str]]:
    try:
        shapes = parse_json(topology)["objects"][row["object"]]["geometries"]
        return [(str(shape["properties"]["code"]), str(shape["properties"]["name"])) for shape in shapes]
    except (ValueError, KeyError, TypeError) as error:
        raise PlacesError(
            f"{row['file']}: no TopoJSON with code and name of each area below objects/{row['object']} ({type(error).__name__}: {error}). "
            "Give such a file."
        ) from None
