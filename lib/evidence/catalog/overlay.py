"""Write new rows as an overlay: a folder that `evidence rerun --data` lays over the library, and never the library itself."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from evidence.catalog import schema
from evidence.catalog.rows import write_rows
from evidence.errors import DataError


def check_place(into: Path, library: Path, mark: str) -> None:
    """Refuse a folder that is not ours to write: a data library, or a folder that holds something else.

    Args:
        into: Folder asked for.
        library: The data library.
        mark: Name of the file that every overlay of this kind holds.

    Raises:
        DataError: If it is or is inside the data library, or is neither empty nor an earlier overlay.
    """
    place, home = into.resolve(), library.resolve()
    if place == home or home in place.parents or (place / "sources.csv").exists():
        raise DataError(f"{into}: is a data library, and no overlay is ever written into one. Give another folder with --into.")
    if place.exists() and (not place.is_dir() or (any(place.iterdir()) and not (place / mark).exists())):
        raise DataError(f"{into}: is there already and holds something else. Give an empty or a new folder with --into.")


def write_overlay(into: Path, rows: list[dict[str, str]], texts: Mapping[str, str]) -> None:
    """Write an overlay as a whole in place of an earlier one: `figures/SOURCE.csv` with the new rows, and texts beside it.

    Args:
        into: Folder to write.
        rows: Records of figures, by column.
        texts: Further files, by name.
    """
    into.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
    made = partial / "overlay"
    try:
        by_source: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            by_source[row["source"]].append(row)
        names = schema.FIGURES.names
        for source, own in by_source.items():
            write_rows(made / "figures" / f"{source}.csv", [names, *([row[name] for name in names] for row in own)])
        for name, text in texts.items():
            (made / name).write_text(text, encoding="utf-8")
        if into.exists():
            into.rename(partial / "earlier")
        made.rename(into)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
