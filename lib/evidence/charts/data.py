"""The data of a chart: rows taken from figures, cases or findings, never typed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd

from evidence.catalog import Figure, Library
from evidence.errors import DataError


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart's declaration with the rows it draws.

    Attributes:
        row: Its row of `charts.csv`.
        rows: One row a mark: category, series label, value, low and high end, stated text, id, source (or counts, for a matrix).
        unit: Unit of the values.
        sources: Keys of the sources, in order of first use.
    """

    row: dict[str, Any]
    rows: pd.DataFrame
    unit: str
    sources: tuple[str, ...]

    @property
    def id(self) -> str:
        """Name of the chart."""
        return str(self.row["id"])


def chart_data(library: Library, identifier: str) -> ChartData:
    """Return the declaration and rows of a chart.

    Raises:
        DataError: If there is no such chart, a series of it has no figures, or its units differ.
    """
    row = library.by_id("charts").get(identifier)
    if row is None:
        known = ", ".join(row["id"] for row in library.rows("charts"))
        raise DataError(f'unknown chart "{identifier}"; data/charts.csv declares {known}.')
    if row["form"] == "matrix":
        return _matrix(library, row)
    return _figures(library, row)


def _figures(library: Library, row: dict[str, Any]) -> ChartData:
    names = row["series"].split()
    labels = [label.strip() for label in row["labels"].split(";")] if row["labels"] else [""] * len(names)
    if len(labels) != len(names):
        raise DataError(f"data/charts.csv ({row['id']}), column labels: {len(labels)} labels for {len(names)} series. Give one for each.")
    marks: list[dict[str, Any]] = []
    used: list[Figure] = []
    for name, label in zip(names, labels, strict=True):
        if name not in library.series:
            if library.as_of:
                continue  # nothing of it was published yet on that day
            raise DataError(f'data/charts.csv ({row["id"]}), column series: no figure is in series "{name}". Correct the name.')
        for figure in library.series[name]:
            marks.append(_mark(library.figures[figure.id], figure.category, label))
            used.append(figure)
    units = sorted({figure.unit for figure in used})
    if len(units) > 1:
        raise DataError(f"data/charts.csv ({row['id']}): its figures are in {' and '.join(units)}; a chart has one unit.")
    sources = tuple(dict.fromkeys(figure.source for figure in used))
    return ChartData(row, _ordered(pd.DataFrame(marks, columns=_COLUMNS), row), units[0] if units else "count", sources)


_COLUMNS = ["category", "label", "series", "value", "low", "high", "stated", "id", "source"]


def _mark(figure: Figure, category: str, label: str) -> dict[str, Any]:
    quantity = figure.quantity
    return {
        "category": category,
        "label": "\n".join(wrap(category, 24)),
        "series": label,
        "value": round(float(quantity.anchor), 6),
        "low": round(float(quantity.interval.low), 6),
        "high": round(float(quantity.interval.high), 6),
        "stated": figure.shown.partition(" per ")[0],
        "id": figure.id,
        "source": figure.source,
    }


def _ordered(rows: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    if row["order"] != "value" or rows.empty:
        return rows
    largest = rows.groupby("category")["value"].transform("max")
    return (
        rows.assign(_largest=largest).sort_values(["_largest", "category"], ascending=[False, True], kind="stable").drop(columns="_largest")
    )


def _matrix(library: Library, row: dict[str, Any]) -> ChartData:
    if row["series"] == "cases":
        names = {case["id"]: case["name"] for case in library.rows("cases")}
        pairs = [(names[element["case"]], element["pooling"]) for element in library.rows("case-elements") if element["pooling"]]
        sources = tuple(dict.fromkeys(case["source"] for case in library.rows("cases")))
    else:
        prefix = row["series"].removeprefix("findings.") + "."
        chosen = [finding for finding in library.rows("findings") if finding["id"].startswith(prefix)]
        pairs = [(finding["basis"], finding["strength"]) for finding in chosen]
        sources = tuple(dict.fromkeys(finding["source"] for finding in chosen))
    counts = Counter(pairs)
    marks = [{"category": first, "series": second, "value": count} for (first, second), count in counts.items()]
    if not marks and not library.as_of:
        raise DataError(f'data/charts.csv ({row["id"]}), column series: nothing is found for "{row["series"]}".')
    return ChartData(row, pd.DataFrame(marks, columns=["category", "series", "value"]), "count", sources)
