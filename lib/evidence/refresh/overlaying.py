"""Write candidate vintages as an overlay, and tell what is in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evidence.catalog import overlay
from evidence.catalog.schema import RECEIPTS
from evidence.errors import DataError, RefreshError
from evidence.receipts.carrying import Receipt, ordered
from evidence.receipts.issuing import table_of
from evidence.refresh.vintages import Candidate

SUMMARY = "candidates.json"


def check_place(into: Path, library: Path) -> None:
    """Refuse a folder that is not ours to write: a data library, or a folder that holds something else.

    Args:
        into: Folder asked for.
        library: The data library.

    Raises:
        RefreshError: If it is or is inside the data library, or is neither empty nor an earlier overlay.
    """
    try:
        overlay.check_place(into, library)
    except DataError as error:
        raise RefreshError(error.problems) from None


def write(into: Path, candidates: list[Candidate], receipts: list[Receipt]) -> None:
    """Write the overlay as a whole in place of an earlier one: `figures/SOURCE.csv` with the new rows, their receipts, and a summary for machines."""
    text = json.dumps([summary(candidate) for candidate in candidates], ensure_ascii=False, indent=1)
    texts = {SUMMARY: text + "\n"} | ({RECEIPTS.path: table_of(ordered(receipts))} if receipts else {})
    overlay.write_overlay(into, [candidate.row for candidate in candidates], texts)


def summary(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate for machines: figure, what the library has, what the release says, and what to look at."""
    old, row = candidate.old, candidate.row
    return {
        "figure": candidate.figure,
        "old": {"stated": old.stated, "period": old.period, "as_of": old.as_of},
        "new": {"stated": row["stated"], "period": row["period"], "as_of": row["as_of"]},
        "flags": list(candidate.flags),
    }
