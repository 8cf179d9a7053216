"""The files of place data in a data library: prepared with their hash, and refused once they are another."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from evidence.catalog.packaging import PLACES
from evidence.catalog.rows import read_rows
from evidence.errors import DataError, PlacesError

FOLDER = PLACES
"""Folder of a data library that holds place data."""

MANIFEST = "manifest.csv"
COLUMNS = ("file", "sha256", "prepared_on", "source", "as_of", "licence", "areas")
"""Columns of the manifest: each file with its hash, the day it was prepared, and what was declared of it on that day."""


class PlaceFiles:
    """The files of place data in a folder.

    Args:
        folder: The folder; it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def recorded(self) -> dict[str, dict[str, str]]:
        """Rows of the manifest by file; none where there is no folder.

        Raises:
            PlacesError: If the folder holds files but no manifest of the form asked for.
        """
        manifest = self._folder / MANIFEST
        if not manifest.is_file():
            if self._folder.is_dir() and any(self._folder.iterdir()):
                raise PlacesError(f"{FOLDER}/: no {MANIFEST}. Make the folder with: evidence places prepare --from FOLDER --into OVERLAY")
            return {}
        try:
            rows = read_rows(manifest, f"{FOLDER}/{MANIFEST}", COLUMNS)[1:]
        except DataError as error:
            raise PlacesError([replace(problem, remedy="Prepare the place data again.") for problem in error.problems]) from None
        return {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows}

    def holds(self, name: str) -> bool:
        """Return whether a file was prepared."""
        return name in self.recorded

    def read(self, name: str) -> bytes:
        """Return a file as it was prepared.

        Raises:
            PlacesError: If it is not there, or is another than when it was prepared.
        """
        path = self._folder / name
        if not self.holds(name) or not path.is_file():
            raise PlacesError(f"{FOLDER}/{name}: not in this data library. Prepare it with: evidence places prepare")
        content = path.read_bytes()
        if sha256(content) != self.recorded[name]["sha256"]:
            raise PlacesError(
                f"{FOLDER}/{name}: its sha256 is {sha256(content)[:12]}..., the manifest says {self.recorded[name]['sha256'][:12]}... "
                "The file was changed after it was prepared; prepare it again."
            )
        return content


def sha256(content: bytes) -> str:
    """Return the hash of a file's content."""
    return hashlib.sha256(content).hexdigest()
