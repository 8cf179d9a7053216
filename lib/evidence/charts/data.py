"""The data of a chart: rows taken from figures, findings, cases, spaces or recommendations, never typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from evidence.catalog import Figure, Library, where
from evidence.charts import gathering
from evidence.charts.outlines import Shapes
from evidence.errors import DataError
from evidence.extension import contributed
from evidence.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = "no value"
"""Group of the areas of a map that have no value: they stay hollow."""


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart's declaration with the rows it draws.

    Attributes:
        row: Its row of `charts.csv`.
        rows: One row a mark: category, series label, stated text, value, low and high end, id, source, its number, and what its form needs.
        unit: Unit of the values.
        sources: Keys of the sources, in order of first use.
        kind: What `id` names: `figure`, `finding`, another kind of record, or nothing for counts.
        shapes: Outlines of the areas by id, for a map of areas.
        orders: All values of a column in the order they are drawn, by its name, where those without a mark are drawn too.
    """

    row: dict[str, Any]
    rows: pd.DataFrame
    unit: str
    sources: tuple[str, ...]
    kind: str = "figure"
    shapes: Shapes | None = None
    orders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Name of the chart."""
        return str(self.row["id"])

    @property
    def series(self) -> list[str]:
        """Labels of its series in the order they are declared or met."""
        return list(dict.fromkeys(self.rows["series"]))

    @property
    def categories(self) -> list[str]:
        """Its categories in the order they are drawn."""
        return list(dict.fromkeys(self.rows["category"]))


def chart_data(library: Library, identifier: str) -> ChartData:
    """Return the declaration and rows of a chart.

    Raises:
        DataError: If there is no such chart, nothing is found for it, or the units of its figures differ.
    """
    import pandas as pd

    row, found = declared(library, identifier), gather(library, identifier)
    rows = pd.DataFrame(found.marks, columns=list(found.columns))
    return ChartData(row, rows.assign(row=range(len(rows))), found.unit, found.sources, found.kind, orders=found.orders)


def declared(library: Library, identifier: str) -> dict[str, Any]:
    """Return the row of `charts.csv` that declares a chart.

    Raises:
        DataError: If there is no such chart.
    """
    row = library.by_id("charts").get(identifier)
    if row is None:
        known = ", ".join(row["id"] for row in library.rows("charts"))
        raise DataError(f'unknown chart "{identifier}"; data/charts.csv declares {known}.')
    return row


def gather(library: Library, identifier: str) -> gathering.Gathered:
    """Return what a chart draws: the book's own records where its form is theirs, else findings or figures.

    Raises:
        DataError: If there is no such chart, nothing is found for it, or the units of its figures differ.
    """
    row = declared(library, identifier)
    found = _tracked(library, row) if row["form"] == "tracking" else _gathered(library, row)
    if found is None:
        return _figures(library, row)
    if not found.marks and not library.as_of:
        raise DataError(Problem(where(row, "series"), f'nothing is found for "{row["series"]}".'))
    return found


_GATHERED: dict[str, Callable[[Library, str], gathering.Gathered | None]] = {"matrix": gathering.counts, "evidence-map": gathering.findings}


def _gathered(library: Library, row: dict[str, Any]) -> gathering.Gathered | None:
    """Return the records that a chart draws; nothing for a chart of figures."""
    for gathered_by in (contributed("charts", "GATHERED", {}), _GATHERED):
        gather = gathered_by.get(row["form"])
        found = gather(library, row["series"]) if gather else None
        if found is not None:
            return found
    return None


def _figures(library: Library, row: dict[str, Any]) -> gathering.Gathered:
    names = row["series"].split()
    labels = [label.strip() for label in row["labels"].split(";")] if row["labels"] else [""] * len(names)
    if len(labels) != len(names):
        raise DataError(Problem(where(row, "labels"), f"{len(labels)} labels for {len(names)} series.", "Give one for each."))
    marks: list[dict[str, Any]] = []
    used: list[Figure] = []
    for name, label in zip(names, labels, strict=True):
        if name not in library.series:
            if library.as_of:
                continue  # nothing of it was published yet on that day
            raise DataError(Problem(where(row, "series"), f'no figure is in series "{name}".', "Correct the name."))
        for figure in library.series[name]:
            marks.append(_mark(library.figures[figure.id], figure.category, label) | _measured(library, library.figures[figure.id]))
            used += [figure, *(library.confidence(figure.id) or ())]
    units = sorted({figure.unit for figure in used})
    if len(units) > 1:
        raise DataError(Problem(where(row), f"its figures are in {' and '.join(units)}; a chart has one unit."))
    sources = tuple(dict.fromkeys(figure.source for figure in used))
    unit = units[0] if units else "count"
    return gathering.Gathered(_ordered(marks, row), (*gathering.COLUMNS, "span"), unit, sources, "figure")


def _tracked(library: Library, row: dict[str, Any]) -> gathering.Gathered | None:
    """Return every vintage of the figures of some series, oldest first, each with its interval of confidence where it has one.

    A vintage is called by its period, and stands at the last day of it, or else at the day it was published.
    """
    figures = [figure for name in row["series"].split() for figure in library.series.get(name, ())]
    if not figures:
        return None
    marks = [
        _mark(vintage, vintage.period or vintage.as_of, figure.category)
        | _measured(library, vintage)
        | {"day": _day(library, vintage), "newest": vintage.as_of == library.figure(figure.id).as_of}
        for figure in figures
        for vintage in reversed([library.figure(figure.id), *library.earlier(figure.id)])
    ]
    sources, units = ({getattr(one, name): None for one in figures} for name in ("source", "unit"))
    if len(units) > 1:
        raise DataError(Problem(where(row), f"its figures are in {' and '.join(units)}; a chart has one unit."))
    return gathering.Gathered(marks, (*gathering.COLUMNS, "span", "day", "newest"), next(iter(units)), tuple(sources), "vintage")


def _day(library: Library, vintage: Figure) -> int:
    """Return where on a line of time a vintage stands, in days."""
    period = library.period(vintage.period, vintage.source, vintage.as_of) if vintage.period else None
    return date.fromisoformat(period.end if period and period.end else vintage.as_of).toordinal()


def _mark(figure: Figure, category: str, label: str) -> dict[str, Any]:
    quantity = figure.quantity
    low, high = round(float(quantity.interval.low), 6), round(float(quantity.interval.high), 6)
    return {
        "category": category,
        "series": label,
        "stated": figure.shown.partition(" per ")[0],
        "value": round(float(quantity.anchor), 6),
        "low": low,
        "high": high,
        "id": figure.id,
        "source": figure.source,
        "span": f"{_short(low)} to {_short(high)}{'%' if figure.unit == 'percent' else ''}" if _in_words(figure.shown) else "",
    }


def _measured(library: Library, figure: Figure) -> dict[str, Any]:
    """Return the ends of a figure's interval of confidence, where its vintage has one: it tells more than the digits it is rounded to."""
    ends = library.confidence(figure.id, figure.as_of)
    if not ends:
        return {}
    low, high = (round(float(end.quantity.anchor), 6) for end in ends)
    return {"low": low, "high": high, "span": f"{_short(low)} to {_short(high)}{'%' if figure.unit == 'percent' else ''}"}


def _short(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")


def _in_words(stated: str) -> bool:
    """Return whether a number is stated in words or with a hedge, so that its interval says more than its last digit does."""
    return not re.match(r"[^A-Za-z]*\d", stated)


def _ordered(marks: list[dict[str, Any]], row: dict[str, Any]) -> list[dict[str, Any]]:
    if row["order"] != "value":
        return marks
    largest: dict[str, float] = {}
    for mark in marks:
        largest[mark["category"]] = max(mark["value"], largest.get(mark["category"], mark["value"]))
    return sorted(marks, key=lambda mark: (-largest[mark["category"]], mark["category"]))


def strip_links(markdown: str) -> str:
    """Return Markdown prose with links replaced by their text.

    Example:
        >>> strip_links("[68%](figure:firms.without-plan) report barriers")
        '68% report barriers'
    """
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
