"""Charts that compare magnitudes from zero: bars, dots with intervals, dumbbells."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.data import ChartData
from evidence.charts.marks import canvas, colour, down, key, label
from evidence.charts.theme import ACCENT, GROUND, INK, LINE, QUIET, Layout, text_width, wrapped


def placed(rows: pd.DataFrame, categories: list[str], layout: Layout) -> tuple[pd.DataFrame, list[dict[str, Any]], int]:
    """Return rows with `y` of their category in pixels, the labels of the categories, and the height they all take.

    On a wide page a label stands left of its row, on a narrow one above it.
    """
    spans = set(rows.loc[rows.get("span", pd.Series("", index=rows.index)) != "", "category"])
    y, labels, centres = 0, [], {}
    for category in categories:
        text = wrapped(category, layout.wrap)
        lines = text.count("\n") + 1
        extra = 14 if category in spans else 0
        if layout.narrow:
            labels.append({"x": 0, "y": y + 9, "text": text})
            centres[category] = y + 15 * lines + 13
            y += 15 * lines + 32 + extra
        else:
            height = max(30 + extra, 15 * lines + 12)
            centres[category] = y + height // 2
            labels.append({"x": -12, "y": y + height // 2 - (lines - 1) * 15 // 2, "text": text})
            y += height
    return rows.assign(y=rows["category"].map(centres)), labels, y


def row_labels(labels: list[dict[str, Any]], layout: Layout) -> alt.Chart:
    """Return the labels of rows as marks."""
    return label(labels, align="left" if layout.narrow else "right")


def measure(data: ChartData) -> alt.Scale:
    """Return the scale of the values, which begins at zero."""
    return alt.Scale(
        domain=[min(float(data.rows["low"].min()), 0.0), max(float(data.rows["high"].max()), 0.0)], nice=False, zero=True, clamp=True
    )


def _x(field: str, data: ChartData) -> alt.X:
    return alt.X(f"{field}:Q", scale=measure(data), axis=None)


def _values(base: alt.Chart, data: ChartData) -> list[Any]:
    """Return the numbers as stated at the end of their marks, and below words what they span."""
    at_end = base.transform_calculate(end="max(datum.high, 0)")
    words = at_end.transform_filter("datum.span != ''").mark_text(align="left", dx=10, dy=14, color=QUIET)
    return [
        at_end.mark_text(align="left", dx=10).encode(x=_x("end", data), text="stated:N"),
        words.encode(x=_x("end", data), text="span:N"),
    ]


def _room(data: ChartData, layout: Layout) -> int:
    return max(text_width(text, layout) for text in [*data.rows["stated"], *data.rows["span"]]) + 16


def _zero(rows: pd.DataFrame, data: ChartData, layout: Layout) -> alt.Chart:
    """Return the line at zero beside each row; on a wide page the pieces touch."""
    reach = 10 if layout.narrow else 17
    frame = pd.DataFrame({"zero": 0, "y": rows["y"] - reach, "end": rows["y"] + reach}).drop_duplicates()
    return alt.Chart(frame).mark_rule(color=QUIET).encode(x=_x("zero", data), y=down(), y2=alt.Y2("end:Q"))


def _lean(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with what drawing needs; the rest is found by their number."""
    return rows.drop(columns=["id", "source"])


def bars(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return bars from zero with the numbers as stated; a whisker shows what words and hedges span."""
    rows, labels, height = placed(data.rows, data.categories, layout)
    rows = _lean(rows).assign(zero=0, top=rows["y"] - 9, bottom=rows["y"] + 9)
    base = alt.Chart(rows).encode(y=down())
    drawn = base.mark_rect(color=ACCENT).encode(x=_x("zero", data), x2=alt.X2("value:Q"), y=down("top"), y2=alt.Y2("bottom:Q"))
    unsure = base.transform_filter("datum.span != ''")
    whisker = unsure.mark_rule(color=GROUND, strokeWidth=5).encode(x=_x("low", data), x2=alt.X2("high:Q"))
    line = unsure.mark_rule(color=INK, strokeWidth=2).encode(x=_x("low", data), x2=alt.X2("high:Q"))
    layers = [drawn, _zero(rows, data, layout), whisker, line, row_labels(labels, layout), *_values(base, data)]
    return canvas(layers, layout, height, (4, _room(data, layout), 4, layout.labels))


def dots(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return dots on a line from zero, each with the interval that its words or digits allow."""
    rows, labels, height = placed(data.rows, data.categories, layout)
    base = alt.Chart(_lean(rows).assign(zero=0)).encode(y=down())
    stem = base.mark_rule(color=LINE).encode(x=_x("zero", data), x2=alt.X2("low:Q"))
    span = base.mark_rule(color=ACCENT, strokeWidth=9, opacity=0.35).encode(x=_x("low", data), x2=alt.X2("high:Q"))
    points = base.mark_circle(color=ACCENT, size=110, opacity=1).encode(x=_x("value", data))
    layers = [_zero(rows, data, layout), stem, span, points, row_labels(labels, layout), *_values(base, data)]
    return canvas(layers, layout, height, (4, _room(data, layout), 4, layout.labels))


def dumbbell(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return the distance between two values of each category, with a key of the two."""
    rows, labels, height = placed(data.rows, data.categories, layout)
    keyed, above = key(data.series, layout, 6, 0 if layout.narrow else -layout.labels)
    rows = _lean(rows).assign(y=rows["y"] + above + 8)
    labels = [place | {"y": place["y"] + above + 8} for place in labels]
    room = max(text_width(text, layout) for text in rows["stated"]) + 16
    base = alt.Chart(rows).encode(y=down())
    extremes = base.transform_joinaggregate(top="max(value)", groupby=["category"])
    x = alt.X("value:Q", scale=measure(data).copy(), axis=None)
    x.scale = alt.Scale(
        domain=measure(data).domain, range=[room - (0 if layout.narrow else 30), layout.width - layout.labels - room], nice=False
    )
    layers = [
        base.mark_line(color=LINE, strokeWidth=4).encode(x=x, detail="category:N"),
        base.mark_circle(size=130, opacity=1).encode(x=x, color=colour("series", data.series)),
        extremes.transform_filter("datum.value == datum.top").mark_text(align="left", dx=11).encode(x=x, text="stated:N"),
        extremes.transform_filter("datum.value < datum.top").mark_text(align="right", dx=-11).encode(x=x, text="stated:N"),
        row_labels(labels, layout),
        *keyed,
    ]
    return canvas(layers, layout, height + above + 8, (4, 0, 4, layout.labels))
