"""What charts gather from the tables of this book: what cases pool, and where cases and spaces are."""

from __future__ import annotations

from evidence.catalog import Library
from evidence.charts.gathering import Gathered, counted, gathered
from evidence.charts.outlines import Lens

REGIONS = {"left-behind": "Left-behind", "non-left-behind": "Elsewhere", "all": "All regions", "": "All regions"}
"""Kinds of region as a reader meets them; a finding that names none is about all."""


LENS = Lens("London", (-0.56, 51.26, 0.37, 51.72))
"""The part of a map of areas that is shown once more at a larger scale."""


def pooling(library: Library, series: str) -> Gathered | None:
    """Return how many elements of each case pool what; nothing for another series."""
    if series != "cases":
        return None
    cases = library.by_id("cases")
    elements = [(cases[row["case"]], row["pooling"]) for row in library.rows("case-elements") if row["pooling"]]
    return counted([(case["name"], pooled, case["source"]) for case, pooled in elements])


def places(library: Library, series: str) -> Gathered | None:
    """Return the cases or spaces with the place where they stand; without degrees where the source names only a county; nothing for another series."""
    if series not in ("cases", "spaces"):
        return None
    marks = [
        {
            "category": row["name"],
            "series": row["settlement"] or row["place"],
            "stated": row.get("status") or row.get("focus"),
            "id": row["id"],
            "source": row["source"],
            "latitude": float(row["latitude"]) if row["latitude"] else None,
            "longitude": float(row["longitude"]) if row["longitude"] else None,
        }
        for row in library.rows(series)
    ]
    return gathered(marks, "place", ("latitude", "longitude"))


GATHERED = {"matrix": pooling, "map": places}
"""What a form of chart draws in this book, by the name of the form."""
