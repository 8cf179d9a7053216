"""Rows for the charts that draw records other than figures: counts, findings, evidence under recommendations, places."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence.catalog import Library
from evidence.grading import SKILLS, path_of

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["category", "series", "stated", "value", "low", "high", "id", "source"]

REGIONS = {"left-behind": "Left-behind", "non-left-behind": "Elsewhere", "all": "All regions", "": "All regions"}
"""Kinds of region as a reader meets them; a finding that names none is about all."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows of records for a chart.

    Attributes:
        rows: One row a mark.
        unit: Unit of its values.
        sources: Keys of the sources, in order of first use.
        kind: What `id` names, or empty for counts.
    """

    rows: pd.DataFrame
    unit: str
    sources: tuple[str, ...]
    kind: str


def _gathered(marks: list[dict[str, Any]], kind: str, more: tuple[str, ...] = (), sources: tuple[str, ...] = ()) -> Gathered:
    import pandas as pd

    rows = pd.DataFrame(marks, columns=[*COLUMNS, *more])
    return Gathered(rows, "count", sources or tuple(dict.fromkeys(rows["source"])), kind)


def counts(library: Library, series: str) -> Gathered:
    """Return how many case elements pool what, or how many findings rest on what with which strength."""
    if series == "cases":
        cases = library.by_id("cases")
        elements = [(cases[row["case"]], row["pooling"]) for row in library.rows("case-elements") if row["pooling"]]
        found = [(case["name"], pooling, case["source"]) for case, pooling in elements]
    else:
        found = [(row["basis"], row["strength"], row["source"]) for row in _findings(library, series)]
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for category, label, source in found:
        cells[category, label].append(source)
    marks = [
        {
            "category": category,
            "series": label,
            "stated": str(len(kept)),
            "value": len(kept),
            "low": len(kept),
            "high": len(kept),
            "id": "",
            "source": " ".join(dict.fromkeys(kept)),
        }
        for (category, label), kept in cells.items()
    ]
    return _gathered(marks, "", sources=tuple(dict.fromkeys(source for *_, source in found)))


def _findings(library: Library, series: str) -> list[dict[str, Any]]:
    prefix = series.removeprefix("findings.") + "."
    return [row for row in library.rows("findings") if row["id"].startswith(prefix)]


def findings(library: Library, series: str) -> Gathered:
    """Return the findings that name a skill, once for each skill they name, with path, kind of region, direction and strength."""
    marks = [
        {
            "category": path_of(row["mechanism"]),
            "series": skill,
            "stated": row["direction"],
            "id": row["id"],
            "source": row["source"],
            "region": REGIONS[row["region"]],
            "strength": row["strength"],
            "statement": row["statement"],
            "disputed": "disputed" if row["disputed_with"] else "",
        }
        for row in _findings(library, series)
        for skill in SKILLS
        if skill.partition(" ")[0] in row["outcome"]
    ]
    return _gathered(marks, "finding", ("region", "strength", "statement", "disputed"))


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
    return _gathered(sorted(marks, key=lambda mark: order[mark["category"]]), "evidence", ("recommender",))


def is_there(library: Library, kind: str, target: str) -> bool:
    """Return whether a piece of evidence was published by the library's day; without a day every one is.

    Args:
        library: The data library.
        kind: `figure`, `finding` or `case`.
        target: Its id.
    """
    return not library.as_of or target in (library.figures if kind == "figure" else library.by_id(f"{kind}s"))


def places(library: Library, series: str) -> Gathered:
    """Return the cases or spaces with the place where they stand; without degrees where the source names only a county."""
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
        for row in (library.rows(series) if series in ("cases", "spaces") else [])
    ]
    return _gathered(marks, "place", ("latitude", "longitude"))
