"""Prepare place data for a data library: copy what is declared, with its hash, and only what reads as declared."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.catalog import Library
from evidence.catalog.rows import csv_text, read_rows, write_rows
from evidence.errors import PlacesError
from evidence.places.files import COLUMNS, FOLDER, MANIFEST, sha256
from evidence.places.held import PlaceData
from evidence.writing import replace_file, replacing


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was prepared.

    Attributes:
        files: Names of the files copied.
        missing: Names of declared files that were not there.
        measures: Measures that can be read, as (measure, areas, number of years).
    """

    files: tuple[str, ...]
    missing: tuple[str, ...]
    measures: tuple[tuple[str, str, int], ...]


def prepare(library: Library, given: Path, into: Path, day: str) -> Prepared:
    """Copy the declared files of a folder to `places/` of another, whole or not at all, and prove that they read as declared.

    Args:
        library: Library whose declarations hold.
        given: Folder with the producers' files.
        into: Folder of the overlay; what else it holds stays, an earlier `places/` is replaced.
        day: Today, ISO.

    Raises:
        PlacesError: If no declared file is there, `into` is or is inside a data library, or a file does not read as declared.
        WriteError: If an earlier `places/` is none, was changed by hand, or is being written by another command.
    """
    home = library.directory and library.directory.resolve()
    if (into / "sources.csv").exists() or home in (into.resolve(), *into.resolve().parents):
        raise PlacesError(f"{into}: is a data library, and place data are never written into one. Give another folder with --into.")
    wanted = _declared(library)
    found = {name: (given / name).read_bytes() for name in wanted if (given / name).is_file()}
    if not found:
        raise PlacesError(f"{given}: none of the declared files is there ({', '.join(wanted)}).")
    with replacing(into / FOLDER, _ours) as made:
        for name, content in found.items():
            (made / name).write_bytes(content)
        _write_manifest(made / MANIFEST, {name: (sha256(content), day, *wanted[name]) for name, content in found.items()})
        data = PlaceData(library, made)
        data.check()
        measures = tuple((row["measure"], row["areas"], len(data.measure(row["measure"], row["areas"]).years)) for row in data.held)
    return Prepared(tuple(found), tuple(name for name in wanted if name not in found), measures)


def _declared(library: Library) -> dict[str, tuple[str, str, str, str]]:
    """Return each declared file with its sources, newest release, licences and sets of areas."""
    known: dict[str, list[Any]] = {}
    for row in library.rows("place-tables"):
        known.setdefault(row["file"], []).append((row["source"], row["as_of"], row["licence"], row["areas"]))
    for row in library.rows("place-areas"):
        known.setdefault(row["file"], []).append((row["attribution"], "", "", row["areas"]))
    joined = {name: [list(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)] for name, rows in known.items()}
    return {
        name: ("; ".join(said), max(days, default=""), "; ".join(terms), "; ".join(sets))
        for name, (said, days, terms, sets) in joined.items()
    }


def _ours(folder: Path) -> Set[str] | None:
    """Return the files that the manifest of place data names and that are as it says; None where there is none."""
    if not (folder / MANIFEST).is_file():
        return None
    known = {row[0]: row[1] for row in read_rows(folder / MANIFEST, f"{FOLDER}/{MANIFEST}", COLUMNS)[1:]}
    return {MANIFEST, *(name for name, held in known.items() if (folder / name).is_file() and sha256((folder / name).read_bytes()) == held)}


def _write_manifest(path: Path, rows: dict[str, tuple[str, ...]]) -> None:
    write_rows(path, [COLUMNS, *((name, *cells) for name, cells in sorted(rows.items()))])


def write_grid(data: PlaceData, areas: str, target: Path) -> int:
    """Write a grid with a row for each area of a set, for `evidence rerun --grid`, and return how many.

    Raises:
        PlacesError: If the set is not declared or its file is not there.
        WriteError: If something else than such a grid stands there.
    """
    codes = sorted(data.areas(areas).names)
    replace_file(target, csv_text([["place"], *([f"{areas}/{code}"] for code in codes)]), lambda content: content.startswith(b"place\n"))
    return len(codes)
