"""Rows for the charts that draw records other than figures: counts of findings, and findings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from evidence.catalog import Library
from evidence.extension import contributed
from evidence.grading import mechanism_of, named, outcomes_of

COLUMNS = ("category", "series", "stated", "value", "low", "high", "id", "source")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a chart draws.

    Attributes:
        marks: One row a mark, with what `columns` name; what is not given is empty.
        columns: Names of all columns.
        unit: Unit of the values.
        sources: Keys of the sources, in order of first use.
        kind: What `id` names, or empty for counts.
        orders: All values of a column in the order they are drawn, by its name, where those without a mark are drawn too.
    """

    marks: list[dict[str, Any]]
    columns: tuple[str, ...]
    unit: str
    sources: tuple[str, ...]
    kind: str
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)


def gathered(marks: list[dict[str, Any]], kind: str, more: tuple[str, ...] = (), sources: tuple[str, ...] = ()) -> Gathered:
    """Return records as the rows of a chart.

    Args:
        marks: One a row, with what `COLUMNS` and `more` name; what is not given is empty.
        kind: What `id` names, or empty for counts.
        more: Further columns.
        sources: Keys of the sources; those of the rows when left out.
    """
    return Gathered(marks, (*COLUMNS, *more), "count", sources or tuple(dict.fromkeys(mark["source"] for mark in marks)), kind)


def counts(library: Library, series: str) -> Gathered:
    """Return how many findings rest on what with which strength."""
    return counted([(row["basis"], row["strength"], row["source"]) for row in _findings(library, series)])


def counted(found: list[tuple[str, str, str]]) -> Gathered:
    """Return how often each category and series label come together, from one triple of category, label and source key a record."""
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
    return gathered(marks, "", sources=tuple(dict.fromkeys(source for *_, source in found)))


def _findings(library: Library, series: str) -> list[dict[str, Any]]:
    prefix = series.removeprefix("findings.") + "."
    return [row for row in library.rows("findings") if row["id"].startswith(prefix)]


def findings(library: Library, series: str) -> Gathered:
    """Return the findings that name a declared outcome, once for each they name, with mechanism, kind of region, direction and strength."""
    regions = contributed("charts", "REGIONS", {})
    marks = [
        {
            "category": mechanism_of(library, row["mechanism"]),
            "series": outcome,
            "stated": row["direction"],
            "id": row["id"],
            "source": row["source"],
            "region": regions.get(row["region"], row["region"]),
            "strength": row["strength"],
            "statement": row["statement"],
            "disputed": "disputed" if row["disputed_with"] else "",
        }
        for row in _findings(library, series)
        for outcome in outcomes_of(library, row["outcome"])
    ]
    orders = {"category": tuple(named(library, "mechanism")), "region": tuple(dict.fromkeys(regions.values()))}
    return replace(gathered(marks, "finding", ("region", "strength", "statement", "disputed")), orders=orders)
