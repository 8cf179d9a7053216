"""Write candidate vintages as an overlay: a folder that `evidence rerun --data` lays over the library, and never the library itself."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from evidence.catalog import schema
from evidence.errors import RefreshError
from evidence.refresh.candidates import Candidate

SUMMARY = "candidates.json"


def check_place(into: Path, library: Path) -> None:
    """Refuse a folder that is not ours to write: a data library, or a folder that holds something else.

    Args:
        into: Folder asked for.
        library: The data library.

    Raises:
        RefreshError: If it is or is inside the data library, or is neither empty nor an earlier overlay.
    """
    place, home = into.resolve(), library.resolve()
    if place == home or home in place.parents or (place / "sources.csv").exists():
        raise RefreshError(f"{into}: is a data library, and refresh never writes into one. Give another folder with --into.")
    if place.exists() and (not place.is_dir() or (any(place.iterdir()) and not (place / SUMMARY).exists())):
        raise RefreshError(f"{into}: is there already and holds something else. Give an empty or a new folder with --into.")


def write(into: Path, candidates: list[Candidate]) -> None:
    """Write the overlay as a whole in place of an earlier one: `figures/SOURCE.csv` with the new rows, and a summary for machines."""
    into.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
    made = partial / "overlay"
    try:
        by_source: dict[str, list[dict[str, str]]] = defaultdict(list)
        for candidate in candidates:
            by_source[candidate.old.source].append(candidate.row)
        (made / "figures").mkdir(parents=True)
        for source, rows in by_source.items():
            with (made / "figures" / f"{source}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, schema.FIGURES.names, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        text = json.dumps([summary(candidate) for candidate in candidates], ensure_ascii=False, indent=1)
        (made / SUMMARY).write_text(text + "\n", encoding="utf-8")
        if into.exists():
            into.rename(partial / "earlier")
        made.rename(into)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def summary(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate for machines: figure, what the library has, what the release says, and what to look at."""
    old, row = candidate.old, candidate.row
    return {
        "figure": candidate.figure,
        "old": {"stated": old.stated, "period": old.period, "as_of": old.as_of},
        "new": {"stated": row["stated"], "period": row["period"], "as_of": row["as_of"]},
        "flags": list(candidate.flags),
    }
