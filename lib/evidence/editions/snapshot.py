"""The snapshot an edition runs on: a data library as given, or the repository's own with new rows laid over it."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.catalog import COMPUTED, Library, load, plain
from evidence.catalog.validation import validate
from evidence.errors import DataError, QuantityError
from evidence.quantity import format_, parse
from evidence.recompute import recompute


def is_overlay(given: Path) -> bool:
    """Return whether a folder holds only new rows, and not a library of its own."""
    return not (given / "sources.csv").exists()


def make_snapshot(given: Path, target: Path, base: Path | None = None) -> Library:
    """Write the library an edition runs on and return it, proved well-formed.

    Args:
        given: A full data library, or an overlay: CSV files of the same names and columns that hold only new rows.
        target: Folder to write, must not exist.
        base: Library that an overlay is laid over; the repository's own when None.

    Raises:
        DataError: If what is given is malformed, or clashes with what is there.
    """
    if not given.is_dir():
        raise DataError(f"{given}: no such folder. Give a data library, or a folder with new rows.")
    own = base or paths.data_dir()
    if not is_overlay(given):
        shutil.copytree(given, target)
    else:
        shutil.copytree(own, target)
        files = sorted(path for path in given.rglob("*.csv"))
        if not files:
            raise DataError(f"{given.name}: no CSV file in it. An overlay holds files such as figures/demos.csv with new rows.")
        for path in files:
            _append(path, target / path.relative_to(given))
    library = validate(load(target))
    return restate_computed(library, target)


def _append(extra: Path, file: Path) -> None:
    try:
        new = list(csv.reader(io.StringIO(extra.read_text(encoding="utf-8-sig"), newline="")))
    except UnicodeDecodeError as error:
        raise DataError(f"{extra.name}: byte {error.start} is not UTF-8. Save the file as CSV in UTF-8.") from None
    if not new:
        raise DataError(f"{extra.name}: the file is empty. Its first row must be the header of data/{file.name}.")
    old = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))) if file.exists() else [new[0]]
    if new[0] != old[0]:
        raise DataError(f"{extra.name}, row 1: its columns are not those of data/{file.name}: {','.join(old[0])}. Correct the header.")
    write_rows(file, [*old, *new[1:]])


def write_rows(file: Path, rows: list[list[str]]) -> None:
    """Write rows as CSV in the library's form: UTF-8, line feeds, quotation marks only where needed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def restate_computed(library: Library, directory: Path) -> Library:
    """Return the library with our own computations brought up to date with the figures they are computed from.

    Raises:
        DataError: If a result cannot be written in the style of the old one.
    """
    changed = {}
    for identifier, figure in library.figures.items():
        if figure.source == COMPUTED:
            result = recompute(library, identifier).quantity
            if not figure.quantity.interval.contains(result.anchor):
                changed[identifier] = _restated(figure.stated, result.anchor, identifier)
    if not changed:
        return library
    file = directory / "figures" / f"{COMPUTED}.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows: list[dict[str, Any]] = list(csv.DictReader(stream))
    for row in rows:
        if row["id"] in changed:
            row["stated"] = changed[row["id"]]
            row["value"] = plain(parse(row["stated"]))
    write_rows(file, [list(rows[0]), *(list(row.values()) for row in rows)])
    return validate(load(directory))


def _restated(stated: str, value: Any, identifier: str) -> str:
    try:
        return format_(value, stated)
    except QuantityError as error:
        raise DataError(f"data/figures/{COMPUTED}.csv ({identifier}): {error}.") from None


def digest(*folders: Path) -> str:
    """Return a hash of the names and bytes of all files below some folders, the same on every machine."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(
            path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
        ):
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
