"""The snapshot an edition runs on: a data library as given, or the repository's own with new rows laid over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.catalog import COMPUTED, Library, load, plain, schema
from evidence.catalog.overlay import ADDED_SOURCES
from evidence.catalog.rows import read_rows, write_rows
from evidence.catalog.validation import validate
from evidence.errors import DataError, QuantityError
from evidence.places import FOLDER, PlaceData
from evidence.places.files import COLUMNS, MANIFEST, PlaceFiles
from evidence.problems import Place, Problem
from evidence.quantity import format_, parse
from evidence.recompute import recompute


def is_overlay(given: Path) -> bool:
    """Return whether a folder holds only new rows, and not a library of its own."""
    return not (given / "sources.csv").exists()


def make_snapshot(given: Path, target: Path, base: Path | None = None) -> Library:
    """Write the library an edition runs on and return it, proved well-formed.

    Args:
        given: A full data library, or an overlay: CSV files of the same names and columns that hold only new rows, and place data.
        target: Folder to write, must not exist.
        base: Library that an overlay is laid over; the repository's own when None.

    Raises:
        DataError: If what is given is malformed, or clashes with what is there.
        PlacesError: If place data were changed, or do not read as declared.
    """
    if not given.is_dir():
        raise DataError(f"{given}: no such folder. Give a data library, or a folder with new rows.")
    own = base or paths.data_dir()
    if not is_overlay(given):
        shutil.copytree(given, target, symlinks=True)
        return _proved(target)
    shutil.copytree(own, target, symlinks=True)
    places = _lay_places(given, target)
    tables = [path.relative_to(given) for path in sorted(given.rglob("*.csv")) if path.relative_to(given).parts[0] != FOLDER]
    laid = {name.as_posix(): _append(given / name, name, target) for name in tables}
    if not laid and not places:
        raise DataError(f"{given.name}: no CSV file in it. An overlay holds files such as figures/demos.csv with new rows.")
    try:
        return _proved(target)
    except DataError as error:
        raise DataError([_in_overlay(problem, given.name, laid) for problem in error.problems]) from None


def _proved(target: Path) -> Library:
    """Return a library proved well-formed, place data included, with our own computations brought up to date."""
    library = validate(load(target))
    PlaceData(library).check()
    return restate_computed(library, target)


def _lay_places(given: Path, target: Path) -> bool:
    """Put the place data of an overlay beside what the library keeps for good, and return whether it has any."""
    if not (given / FOLDER).is_dir():
        return False
    kept, brought = PlaceFiles(target / FOLDER).recorded, PlaceFiles(given / FOLDER).recorded
    shutil.copytree(given / FOLDER, target / FOLDER, symlinks=True, dirs_exist_ok=True)
    rows = {**kept, **brought}
    write_rows(target / FOLDER / MANIFEST, [COLUMNS, *([row[name] for name in COLUMNS] for _, row in sorted(rows.items()))])
    return True


def _append(extra: Path, name: Path, target: Path) -> int:
    """Lay the rows of a file over the library's and return how many rows, header included, stood there before."""
    name = Path(schema.SOURCES.path) if name.as_posix() == ADDED_SOURCES else name
    columns = _columns(name)
    new = read_rows(extra, f"{extra.parents[len(name.parts) - 1].name}/{extra.name if len(name.parts) == 1 else name.as_posix()}", columns)
    file = target / name
    old = read_rows(file, f"data/{name.as_posix()}", columns) if file.exists() else [new[0]]
    write_rows(file, [*old, *new[1:]])
    return len(old)


def _columns(name: Path) -> tuple[str, ...]:
    for table in schema.tables():
        if name.as_posix() == table.path or (name.parent.as_posix() == table.path and name.suffix == ".csv"):
            return table.names
    places = ", ".join(table.path if table.path.endswith(".csv") else f"{table.path}/SOURCE.csv" for table in schema.tables())
    raise DataError(f"{name.as_posix()}: no table of the library is kept there. An overlay may hold {places}.")


def _in_overlay(problem: Problem, folder: str, laid: dict[str, int]) -> Problem:
    """Return a problem with its rows named as the overlay counts them, where they came from there."""

    def named(place: Place) -> Place:
        name = place.file.removeprefix("data/")
        return place.at(file=f"{folder}/{name}", row=place.row - laid[name] + 1) if place.row > laid.get(name, place.row) else place

    return replace(problem, place=named(problem.place), other=named(problem.other))


def restate_computed(library: Library, directory: Path) -> Library:
    """Return the library with our own computations brought up to date with the figures they are computed from.

    A computation whose inputs are newer than itself gets a new vintage of their date; one whose inputs were corrected is restated in place.

    Raises:
        DataError: If a result cannot be written in the style of the old one.
    """
    changed: dict[str, tuple[str, str]] = {}
    for identifier, figure in library.figures.items():
        if figure.source == COMPUTED:
            result = recompute(library, identifier).quantity
            if not figure.quantity.interval.contains(result.anchor):
                changed[identifier] = _restated(figure.stated, result.anchor, identifier), _newest_input(library, identifier)
    if not changed:
        return library
    file = directory / "figures" / f"{COMPUTED}.csv"
    names = schema.FIGURES.names
    rows = [dict(zip(names, row, strict=True)) for row in read_rows(file, f"data/figures/{file.name}", names)[1:]]
    write_rows(file, [list(names), *(list(row.values()) for row in _with_vintages(rows, changed))])
    return validate(load(directory))


def _with_vintages(rows: list[dict[str, str]], changed: dict[str, tuple[str, str]]) -> Iterator[dict[str, str]]:
    latest = {row["id"]: row["as_of"] for row in sorted(rows, key=lambda row: row["as_of"])}
    for row in rows:
        if row["id"] not in changed or row["as_of"] != latest[row["id"]]:
            yield row
            continue
        stated, day = changed[row["id"]]
        if day > row["as_of"]:
            yield row
        yield row | {"stated": stated, "value": plain(parse(stated)), "as_of": max(day, row["as_of"])}


def _newest_input(library: Library, identifier: str) -> str:
    """Return the date of the newest figure that a computation rests on, through other computations too; its own where it rests on no figure."""
    inputs = recompute(library, identifier).inputs
    days = (_newest_input(library, figure.id) if figure.computed else figure.as_of for figure in inputs)
    return max(days, default=library.figure(identifier).as_of)


def _restated(stated: str, value: Any, identifier: str) -> str:
    try:
        return format_(value, stated)
    except QuantityError as error:
        raise DataError(Problem(Place(f"data/figures/{COMPUTED}.csv", name=identifier), f"{error}.")) from None
