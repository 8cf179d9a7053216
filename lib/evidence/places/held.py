"""The place data that a data library holds, and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from evidence.catalog import Library
from evidence.errors import PlacesError
from evidence.places.areas import Area, named_set
from evidence.places.boundaries import AreaSet, area_set
from evidence.places.files import FOLDER, PlaceFiles
from evidence.places.measures import Measure, read_measure


class PlaceData:
    """The place data of a library: declared in place-areas.csv and place-tables.csv, held below `places/`.

    A producer's file that is held there is read; of one that is not, what the library keeps for good.

    Args:
        library: The data library, whose day decides which releases are known.
        folder: Folder of the files; `places/` of the library when None.
    """

    def __init__(self, library: Library, folder: Path | None = None) -> None:
        self._library = library
        self.files = PlaceFiles(folder or (library.directory or Path()) / FOLDER)
        self._areas: dict[str, AreaSet] = {}
        self._measures: dict[tuple[str, str], Measure] = {}

    @property
    def declared(self) -> list[Any]:
        """Every measure that is declared and was released by the library's day."""
        return self._library.rows("place-tables")

    @property
    def held(self) -> list[Any]:
        """Declared measures whose values and areas are there."""
        return [row for row in self.declared if self._whole(row)]

    @property
    def missing(self) -> list[Any]:
        """Declared measures whose values or areas are not there."""
        return [row for row in self.declared if not self._whole(row)]

    def _whole(self, row: Mapping[str, Any]) -> bool:
        return (self.files.holds(row["file"]) and self.drawable(row["areas"])) or self._keeps(row)

    def _keeps(self, row: Mapping[str, Any]) -> bool:
        """Return whether values of a measure are kept for good."""
        return bool(self.known(row["areas"])) and (row["areas"], row["measure"]) in self._kept

    @cached_property
    def _kept(self) -> set[tuple[str, str]]:
        asked = {(row["areas"], row["measure"]) for row in self._library.rows("place-facts")}
        return {key for key in asked if self.files.holds(f"{key[0]}.csv")}

    def drawable(self, areas: str) -> bool:
        """Return whether the shapes of a set of areas are there."""
        return self.files.holds(self.declared_areas(areas)["file"])

    def known(self, areas: str) -> dict[str, Area]:
        """Return the areas of a set that have a page of their own, by code, in the order they are listed; none where areas.csv has none."""
        return {area.code: area for area in self._known if area.areas == areas}

    @cached_property
    def _known(self) -> list[Area]:
        return [Area.of(row) for row in self._library.rows("areas")]

    def declared_areas(self, name: str) -> Any:
        """Return the record of a set of areas.

        Raises:
            PlacesError: If it is not declared.
        """
        rows = self._library.rows("place-areas")
        found = next((row for row in rows if row["areas"] == name), None)
        if found is None:
            raise PlacesError(f'unknown set of areas "{name}"; place-areas.csv declares {", ".join(row["areas"] for row in rows)}.')
        return found

    def areas(self, name: str) -> AreaSet:
        """Return a set of areas.

        Raises:
            PlacesError: If it is not declared, or its file is not there, was changed, or holds other areas.
        """
        if name not in self._areas:
            row = self.declared_areas(name)
            drawn = self.drawable(name) or not self.known(name)
            self._areas[name] = area_set(row, self.files.read(row["file"])) if drawn else named_set(row, self.known(name).values())
        return self._areas[name]

    def has(self, areas: str, *names: str) -> bool:
        """Return whether all of some measures are there for a set of areas."""
        there = {row["measure"] for row in self.held if row["areas"] == areas}
        return set(names) <= there

    def measure(self, name: str, areas: str) -> Measure:
        """Return a measure for a set of areas.

        Raises:
            PlacesError: If it is not declared for that set, or its file is not there or cannot be read as declared.
        """
        if (name, areas) not in self._measures:
            row = next((row for row in self.declared if (row["measure"], row["areas"]) == (name, areas)), None)
            if row is None:
                raise PlacesError(f"{name} is not declared for {areas}. Declare it in place-tables.csv.")
            self._measures[name, areas] = self._read(row)
        return self._measures[name, areas]

    def _read(self, row: Mapping[str, Any]) -> Measure:
        areas = self.areas(row["areas"])
        if self.files.holds(row["file"]) or not self._keeps(row):
            return read_measure(row, areas, self.files.read(row["file"]))
        name = f"{row['areas']}.csv"
        own = {"file": name, "code_column": "code", "rows": f"measure={row['measure']}", "value_column": "*", "from_year": "0"}
        return replace(read_measure({**row, **own}, areas, self.files.read(name)), row=row)

    def measures(self, areas: str) -> list[Measure]:
        """Return every measure there is for a set of areas, in the order they are declared.

        Raises:
            PlacesError: If a file was changed or cannot be read as declared.
        """
        return [self.measure(row["measure"], areas) for row in self.held if row["areas"] == areas]

    def check(self) -> None:
        """Read everything that is there.

        Raises:
            PlacesError: If a file was changed, or cannot be read as declared.
        """
        for row in self.held:
            self.measure(row["measure"], row["areas"])
