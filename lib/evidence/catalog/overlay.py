"""Write new rows as an overlay: a folder that `evidence rerun --data` lays over the library, and never the library itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from evidence.catalog import schema
from evidence.catalog.rows import write_rows
from evidence.errors import DataError
from evidence.writing import mark, names, replacing, unedited

ADDED_SOURCES = "added-sources.csv"
"""File of an overlay with rows for `sources.csv`, which by its own name would make it a whole library."""


def check_place(into: Path, library: Path) -> None:
    """Refuse a folder that is not ours to write: a data library, or a folder that holds something else.

    Args:
        into: Folder asked for.
        library: The data library.

    Raises:
        DataError: If it is or is inside the data library, or holds anything but an earlier overlay as it was written.
    """
    place, home = into.resolve(), library.resolve()
    if place == home or home in place.parents or (place / "sources.csv").exists():
        raise DataError(f"{into}: is a data library, and no overlay is ever written into one. Give another folder with --into.")
    found = sorted(names(place) - (unedited(place) or set())) if place.is_dir() else []
    foreign = [name for name in found if (place / name).is_symlink() or not (place / name).is_dir()]
    if foreign or (place.exists() and not place.is_dir()):
        raise DataError(
            f"{into}: is there already and holds something else ({(foreign or ['a file'])[0]}) than an earlier run has written. "
            "Give an empty or a new folder with --into."
        )


def write_overlay(into: Path, rows: list[dict[str, str]], texts: Mapping[str, str]) -> None:
    """Write an overlay as a whole in place of an earlier one: `figures/SOURCE.csv` with the new rows, and texts beside it.

    Args:
        into: Folder to write.
        rows: Records of figures, by column.
        texts: Further files, by name.

    Raises:
        WriteError: If it holds something that was changed by hand, or another command writes it.
    """
    by_source: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_source[row["source"]].append(row)
    columns = schema.FIGURES.names
    with replacing(into, unedited) as made:
        for source, own in by_source.items():
            write_rows(made / "figures" / f"{source}.csv", [columns, *([row[name] for name in columns] for row in own)])
        for name, text in texts.items():
            (made / name).write_text(text, encoding="utf-8")
        mark(made, "evidence")
