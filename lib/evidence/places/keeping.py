"""The values of places that a data library keeps for good: cut out of the producers' files as their producers wrote them, with where each was taken."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.catalog import Library
from evidence.catalog.packaging import TAKEN
from evidence.catalog.rows import csv_text
from evidence.errors import PlacesError
from evidence.places.files import COLUMNS, MANIFEST, sha256
from evidence.places.held import PlaceData
from evidence.places.measures import cells_of, columns_of, read_measure

_NEWEST = 2099
"""A year that no file has yet."""

TAKEN_COLUMNS = ("measure", "areas", "file", "sha256", "first_year", "last_year", "cells")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a library is to keep.

    Attributes:
        files: Text of each file by its name below `places/`.
        missing: Producers' files that were not there.
        cells: How many values were cut out.
    """

    files: dict[str, str]
    missing: tuple[str, ...]
    cells: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The cells of a measure as its producer wrote them.

    Attributes:
        row: Its record in place-tables.csv.
        digest: Hash of the producer's file.
        cells: The text of each cell by code and year; no cell where the producer has none.
    """

    row: Mapping[str, Any]
    digest: str
    cells: Mapping[str, Mapping[int, str]]

    @property
    def years(self) -> list[int]:
        """Years of the cells, oldest first."""
        return sorted({year for found in self.cells.values() for year in found})


def keep(library: Library, given: Path, day: str) -> Kept:
    """Return the files with the values that `place-facts.csv` asks for.

    Args:
        library: Library whose declarations hold.
        given: Folder with the producers' files.
        day: The day they are cut out, ISO.

    Raises:
        PlacesError: If no such value is asked for, or a file does not read as declared.
    """
    asked = _years(library)
    declared = [row for row in library.rows("place-tables") if (row["areas"], row["measure"]) in asked]
    if not declared:
        raise PlacesError("place-facts.csv asks for no measure of place-tables.csv, so there is nothing to keep. Declare a fact.")
    data = PlaceData(library)
    cuts = [
        _cut(row, given / row["file"], asked[row["areas"], row["measure"]], data) for row in declared if (given / row["file"]).is_file()
    ]
    missing = tuple(dict.fromkeys(row["file"] for row in declared if not (given / row["file"]).is_file()))
    sets = {areas: [cut for cut in cuts if cut.row["areas"] == areas] for areas in dict.fromkeys(cut.row["areas"] for cut in cuts)}
    files = {f"{areas}.csv": csv_text(_values(found)) for areas, found in sets.items()}
    files[MANIFEST] = csv_text(
        [COLUMNS, *(_recorded(f"{areas}.csv", found, files[f"{areas}.csv"], day) for areas, found in sorted(sets.items()))]
    )
    files[TAKEN] = csv_text([TAKEN_COLUMNS, *map(_taken, cuts)])
    return Kept(files, missing, sum(map(_count, cuts)))


def _years(library: Library) -> dict[tuple[str, str], set[int]]:
    """Return the years that are kept of each measure, by set of areas and measure."""
    found: dict[tuple[str, str], set[int]] = {}
    for row in library.rows("place-facts"):
        last = int(row["to_year"] or _NEWEST)
        found.setdefault((row["areas"], row["measure"]), set()).update(range(int(row["from_year"]), last + 1))
    return found


def _cut(row: Mapping[str, Any], file: Path, asked: set[int], data: PlaceData) -> Cut:
    """Return the cells of a measure in some years, after the file is proved to read as declared."""
    content = file.read_bytes()
    areas = data.areas(row["areas"])
    read_measure(row, areas, content)
    header, rows = cells_of(row, content)
    columns = {name: year for name, year in columns_of(row, header).items() if year in asked}
    own = {cells[row["code_column"]]: cells for _, cells in rows if cells[row["code_column"]] in (row["whole"], *areas.names)}
    found = {code: {year: text for name, year in columns.items() if (text := (cells[name] or "").strip())} for code, cells in own.items()}
    return Cut(row, sha256(content), found)


def _values(cuts: list[Cut]) -> Iterator[list[str]]:
    years = sorted({year for cut in cuts for year in cut.years})
    yield ["measure", "code", *map(str, years)]
    for cut in cuts:
        for code in sorted(cut.cells):
            yield [cut.row["measure"], code, *(cut.cells[code].get(year, "") for year in years)]


def _recorded(name: str, cuts: list[Cut], text: str, day: str) -> tuple[str, ...]:
    rows = [cut.row for cut in cuts]
    told = ["; ".join(dict.fromkeys(row[column] for row in rows)) for column in ("source", "licence", "areas")]
    return (name, sha256(text.encode()), day, told[0], max(row["as_of"] for row in rows), *told[1:])


def _taken(cut: Cut) -> tuple[str, ...]:
    return (cut.row["measure"], cut.row["areas"], cut.row["file"], cut.digest, str(cut.years[0]), str(cut.years[-1]), str(_count(cut)))


def _count(cut: Cut) -> int:
    return sum(map(len, cut.cells.values()))


def differing(kept: Kept, folder: Path) -> list[str]:
    """Return what in a folder differs from what the producers' files give, one line each: files, and the first cells.

    Args:
        kept: What `keep` gives.
        folder: The `places/` of a data library.
    """
    told = []
    for name, text in kept.files.items():
        there = (folder / name).read_text(encoding="utf-8") if (folder / name).is_file() else ""
        if name == MANIFEST:  # the day is that of the first time
            continue
        lines = zip(_rows(text), _rows(there), strict=False) if there else ()
        if there != text:
            first = next(((wanted, found) for wanted, found in lines if wanted != found), None)
            told.append(
                f"{name}: "
                + (f"found {','.join(first[1])[:80]}, the files give {','.join(first[0])[:80]}" if first else "not as the files give it")
            )
    return told


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))
