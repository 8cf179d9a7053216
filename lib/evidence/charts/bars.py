"""Charts that compare magnitudes from zero: bars, dots with intervals, dumbbells."""

from __future__ import annotations

from typing import Any

import altair as alt

from evidence.charts.data import ChartData
from evidence.charts.marks import ROWS, Spec, canvas, categories, colours, wrapped_rows
from evidence.charts.theme import ACCENT, GROUND, INK, LINE, QUIET, Layout, text_width

_ZERO = alt.Axis(values=[0], labels=False, grid=True, gridColor=QUIET)
"""The one line of the ground: where the values begin."""


def measure(field: str, axis: alt.Axis | None = _ZERO, **scale: Any) -> alt.X:
    """Return values of a field along a line that begins at zero."""
    return alt.X(f"{field}:Q", scale=alt.Scale(nice=False, zero=True, **scale), axis=axis)


def values() -> list[alt.Chart]:
    """Return the numbers as stated at the end of their marks, and below words what they span."""
    end = alt.Chart(ROWS).transform_calculate(end="max(datum.high, 0)").encode(x=measure("end"), y=categories())
    spans = end.transform_filter("datum.span").mark_text(align="left", dx=10, dy=14, color=QUIET)
    return [end.mark_text(align="left", dx=10).encode(text=alt.Text("stated:N")), spans.encode(text=alt.Text("span:N"))]


def _drawn(layers: list[alt.Chart], data: ChartData, layout: Layout) -> Spec:
    rows, step = wrapped_rows(data.rows, layout, 14 if (data.rows["span"] != "").any() else 0)
    return canvas([*layers, *values()], rows, layout, step)


def bars(data: ChartData, layout: Layout) -> Spec:
    """Return bars from zero with the numbers as stated; a whisker shows what words and hedges span."""
    base = alt.Chart(ROWS).encode(y=categories())
    unsure = base.transform_filter("datum.span").encode(x=measure("low"), x2=alt.X2("high:Q"))
    whisker = [unsure.mark_rule(color=GROUND, strokeWidth=5), unsure.mark_rule(color=INK, strokeWidth=2)]
    return _drawn([base.mark_bar(color=ACCENT, height=18).encode(x=measure("value")), *whisker], data, layout)


def dots(data: ChartData, layout: Layout) -> Spec:
    """Return dots on a line from zero, each with the interval that its words or digits allow."""
    base = alt.Chart(ROWS).encode(y=categories())
    stem = base.transform_calculate(zero="0").mark_rule(color=LINE).encode(x=measure("zero"), x2=alt.X2("low:Q"))
    span = base.mark_rule(color=ACCENT, strokeWidth=9, opacity=0.35).encode(x=measure("low"), x2=alt.X2("high:Q"))
    return _drawn([stem, span, base.mark_circle(color=ACCENT, size=110).encode(x=measure("value"))], data, layout)


def dumbbell(data: ChartData, layout: Layout) -> Spec:
    """Return the distance between two values of each category, with a key of the two."""
    rows, step = wrapped_rows(data.rows, layout)
    rows = rows.assign(larger=rows["value"] == rows.groupby("category")["value"].transform("max"))
    room = max(text_width(text, layout) for text in rows["stated"]) + 16
    base = alt.Chart(ROWS).encode(x=measure("value", None, padding=room), y=categories())
    words = base.mark_text(align=alt.expr("datum.larger ? 'left' : 'right'"), dx=alt.expr("datum.larger ? 11 : -11"))
    layers = [
        base.mark_line(color=LINE, strokeWidth=4).encode(detail=alt.Detail("category:N")),
        base.mark_point(size=130).encode(**colours(data.series, columns=1 if layout.narrow else 2)),
        words.encode(text=alt.Text("stated:N")),
    ]
    return canvas(layers, rows, layout, step)
