"""Charts of series over time or side by side: slope and small multiples."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.bars import placed, row_labels
from evidence.charts.data import ChartData
from evidence.charts.marks import across, canvas, colour, down, label
from evidence.charts.theme import ACCENT, LINE, PALETTE, QUIET, Layout, text_width, wrapped

_YEAR = re.compile(r"(?:18|19|20)\d\d\b")


def years(categories: list[str]) -> list[int] | None:
    """Return the year each category begins with, or nothing when one does not: then they stand at equal distances.

    Example:
        >>> years(["2008/09", "2016/17"]), years(["First year", "Fourth year"])
        ([2008, 2016], None)
    """
    found = [_YEAR.match(category) for category in categories]
    return [int(match.group()) for match in found if match] if all(found) else None


def apart(places: list[tuple[float, float]]) -> list[int]:
    """Return which of some labels fit side by side, the last first, then the first, then the others from the right.

    Args:
        places: Centre and width of each, from left to right, in pixels.

    Example:
        >>> apart([(0, 40), (80, 40), (100, 40)])
        [0, 2]
    """
    count = len(places)
    kept: list[int] = []
    for number in dict.fromkeys([count - 1, 0, *range(count - 2, 0, -1)]):
        centre, width = places[number]
        if all(abs(centre - places[other][0]) >= (width + places[other][1]) / 2 + 4 for other in kept):
            kept.append(number)
    return sorted(kept)


def _along(data: ChartData, left: float, width: float) -> dict[str, float]:
    """Return how far along each category stands, in pixels: by its year where it has one."""
    categories = data.categories
    steps = years(categories) or list(range(len(categories)))
    length = (max(steps) - min(steps)) or 1
    return {category: round(left + (step - min(steps)) / length * width, 1) for category, step in zip(categories, steps, strict=True)}


def _line(rows: pd.DataFrame, layout: Layout, paint: Any) -> list[Any]:
    base = alt.Chart(rows).encode(x=across("x"), y=down())
    if isinstance(paint, str):
        return [base.mark_line(color=paint, strokeWidth=3), base.mark_circle(color=paint, size=90, opacity=1)]
    return [
        base.mark_line(strokeWidth=3).encode(color=paint, detail="series:N"),
        base.mark_circle(size=90, opacity=1).encode(color=paint),
    ]


def _value_labels(rows: pd.DataFrame, layout: Layout, dy: int, edges: tuple[float, float]) -> alt.Chart:
    ordered = rows.sort_values("x")
    kept = apart([(x, text_width(text, layout)) for x, text in zip(ordered["x"], ordered["stated"], strict=True)])
    shown = ordered.iloc[kept]
    halves = shown["stated"].map(lambda text: text_width(text, layout) / 2)
    inside = shown["x"].clip(lower=edges[0] + halves, upper=edges[1] - halves)
    return label(shown.assign(x=inside.round(1), y=shown["y"] + dy, text=shown["stated"])[["x", "y", "text"]])


def _axis(along: dict[str, float], layout: Layout, y: float, edges: tuple[float, float]) -> list[Any]:
    names = list(along)
    kept = apart([(along[name], text_width(name, layout)) for name in names])
    marks = []
    for number in kept:
        half = text_width(names[number], layout) / 2
        marks.append({"x": min(max(along[names[number]], edges[0] + half), edges[1] - half), "y": y + 14, "text": names[number]})
    ground = pd.DataFrame({"x": [edges[0]], "end": [edges[1]], "y": [y]})
    zero = alt.Chart(ground).mark_rule(color=QUIET).encode(x=across("x"), x2=alt.X2("end:Q"), y=down())
    return [zero, label(marks, color=QUIET)]


def slope(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return a line for each series over its periods, from zero, with its name at the line."""
    height, top = (170 if layout.narrow else 210), (44 if any(data.series) else 26)
    edges = (0.0, float(layout.width))
    inset = 30 if layout.narrow else 60
    along = _along(data, inset, layout.width - 2 * inset)
    scale = (height - top) / (float(data.rows["value"].max()) or 1)
    rows = data.rows.drop(columns=["id", "source", "span"])
    rows = rows.assign(x=rows["category"].map(along), y=(height - data.rows["value"] * scale).round(1))
    names = data.series
    layers = [*_axis(along, layout, height, edges), *_line(rows, layout, colour("series", names))]
    ends = rows.groupby("series", sort=False)["value"].last()
    for name in names:
        one = rows[rows["series"] == name]
        above = ends[name] == ends.max() or height - one["y"].max() < 44
        layers.append(_value_labels(one, layout, -15 if above else 17, edges))
        if name:
            layers.append(_name(one.iloc[-1], name, -33 if above else 35, PALETTE[names.index(name)], layout))
    return canvas(layers, layout, height + 26)


def _name(last: pd.Series, name: str, dy: int, paint: str, layout: Layout) -> alt.Chart:
    x = min(float(last["x"]), layout.width - text_width(name, layout) / 2 - 4)
    return label([{"x": round(x, 1), "y": float(last["y"]) + dy, "text": name}], color=paint, fontWeight="bold")


def multiples(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return a panel for each series, all on one scale from zero: lines where categories are years, bars otherwise."""
    return _line_panels(data, layout) if years(data.categories) else _bar_panels(data, layout)


def _panel_title(name: str, x: float, y: float) -> alt.Chart:
    return label([{"x": x, "y": y, "text": name}], align="left", fontWeight="bold")


def _line_panels(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return lines side by side on a wide page, one above the other on a narrow one."""
    names, gap, height = data.series, 30, 150
    width = layout.width if layout.narrow else (layout.width - gap * (len(names) - 1)) / len(names)
    scale = (height - 44) / float(data.rows["value"].max())
    layers: list[Any] = []
    for number, name in enumerate(names):
        left, top = (0.0, number * (height + 40)) if layout.narrow else (number * (width + gap), 0)
        edges = (left, left + width)
        along = _along(data, left + 24, width - 48)
        one = data.rows[data.rows["series"] == name].drop(columns=["id", "source", "span"])
        one = one.assign(x=one["category"].map(along), y=(top + height - one["value"] * scale).round(1)).sort_values("x")
        own = {category: along[category] for category in one["category"]}
        layers += [_panel_title(name, left, top + 8), *_axis(own, layout, top + height, edges)]
        layers += [*_line(one, layout, ACCENT), _value_labels(one, layout, -15, edges)]
    return canvas(layers, layout, round(height + 26 + (height + 40) * (len(names) - 1) * layout.narrow))


def _bar_panels(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return bars side by side with labels once at the left, or one above the other."""
    names, stacked = data.series, layout.narrow
    per_row = len(names) if not stacked else 1
    width = (layout.width - layout.labels) / per_row
    room = max(text_width(text, layout) for text in data.rows["stated"]) + 18
    scale = (width - room) / float(data.rows["value"].max())
    layers: list[Any] = []
    top = 26
    for number, name in enumerate(names):
        left = 0.0 if stacked else number * width
        one, labels, height = placed(data.rows[data.rows["series"] == name], data.categories, layout)
        one = one.assign(x=left, end=(left + one["value"] * scale).round(1), y=one["y"] + top)
        one = one.assign(upper=one["y"] - 9, lower=one["y"] + 9, text=one["stated"])[["row", "x", "end", "y", "upper", "lower", "text"]]
        drawn = alt.Chart(one).mark_bar(color=ACCENT)
        layers.append(_panel_title(wrapped(name, 40), left, top - 14))
        layers.append(drawn.encode(x=across("x"), x2=alt.X2("end:Q"), y=down("upper"), y2=alt.Y2("lower:Q")))
        layers.append(alt.Chart(one).mark_text(align="left", dx=8).encode(x=across("end"), y=down(), text="text:N"))
        ground = pd.DataFrame({"x": [left], "y": [top], "end": [top + height]})
        layers.append(alt.Chart(ground).mark_rule(color=LINE).encode(x=across("x"), y=down(), y2=alt.Y2("end:Q")))
        if stacked or number == 0:
            layers.append(row_labels([place | {"y": place["y"] + top} for place in labels], layout))
        top += height + 34 if stacked else 0
    total = top - 26 if stacked else top + height
    return canvas(layers, layout, total, (4, 0, 4, layout.labels))
