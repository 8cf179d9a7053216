"""What charts gather from the tables of this book: what cases pool, evidence under recommendations, and where cases and spaces are."""

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


def support(library: Library, series: str) -> Gathered:
    """Return each piece of evidence under the recommendations of the sources that a series names."""
    short = {row["id"]: row["short"] for row in library.rows("sources")}  # on an early day a source may not be there yet
    asked = {row["id"]: row for row in library.rows("recommendations") if row["source"] in series.split() and row["source"] in short}
    marks = [
        {
            "category": asked[row["recommendation"]]["title"],
            "series": row["relation"],
            "stated": row["kind"],
            "id": row["target"],
            "source": asked[row["recommendation"]]["source"],
            "recommender": short[asked[row["recommendation"]]["source"]],
        }
        for row in library.rows("recommendation-support")
        if row["recommendation"] in asked and is_there(library, row["kind"], row["target"])
    ]
    order = {row["title"]: number for number, row in enumerate(asked.values())}
    return gathered(sorted(marks, key=lambda mark: order[mark["category"]]), "evidence", ("recommender",))


def is_there(library: Library, kind: str, target: str) -> bool:
    """Return whether a piece of evidence was published by the library's day; without a day every one is.

    Args:
        library: The data library.
        kind: `figure`, `finding` or `case`.
        target: Its id.
    """
    return not library.as_of or target in (library.figures if kind == "figure" else library.by_id(f"{kind}s"))


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


GATHERED = {"matrix": pooling, "flow": support, "map": places}
"""What a form of chart draws in this book, by the name of the form."""
