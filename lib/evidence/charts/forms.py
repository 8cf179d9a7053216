"""How each form of chart is drawn: rows in, Vega-Lite specification out."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.data import ChartData
from evidence.charts.theme import ACCENT, CONFIG, INK, PALETTE, QUIET, ROW, WIDTH

alt.data_transformers.disable_max_rows()


def specification(data: ChartData) -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart, the same for the same rows in every process."""
    chart = _FORMS[data.row["form"]](data)
    spec = chart.configure(**CONFIG).to_dict()
    spec["description"] = data.row["description"]
    return spec


def _order(rows: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(rows["label"]))


def _tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("category:N", title="What"), alt.Tooltip("stated:N", title="As stated"), alt.Tooltip("id:N", title="Figure")]


def _scale(data: ChartData) -> alt.Scale:
    """Return a scale that begins at zero, with room for labels beyond the longest mark."""
    low, high = min(float(data.rows["low"].min()), 0.0), max(float(data.rows["high"].max()), 0.0)
    room = (high - low) * 0.22
    return alt.Scale(domain=[low - (room if low < 0 else 0), high + (room if high > 0 else 0)], nice=False)


def _category(data: ChartData) -> alt.Y:
    axis = alt.Axis(minExtent=120, labelExpr=_WRAPPED, labelLineHeight=15)
    return alt.Y("label:N", sort=_order(data.rows), title=None, axis=axis)


_WRAPPED = "split(datum.label, '\\n')"


def _height(data: ChartData) -> int:
    lines = max((label.count("\n") for label in _order(data.rows)), default=0) + 1
    return (ROW + 12 * (lines - 1)) * max(len(_order(data.rows)), 1) + 10


def _bars(data: ChartData) -> alt.LayerChart:
    base = alt.Chart(data.rows).encode(y=_category(data), x=alt.X("value:Q", scale=_scale(data), axis=None), tooltip=_tooltip())
    bars = base.mark_bar(color=ACCENT, height=18)
    right = base.transform_filter("datum.value >= 0").mark_text(align="left", dx=6).encode(text="stated:N")
    left = base.transform_filter("datum.value < 0").mark_text(align="right", dx=-6).encode(text="stated:N")
    return alt.layer(bars, right, left).properties(width=WIDTH, height=_height(data))


def _dots(data: ChartData) -> alt.LayerChart:
    base = alt.Chart(data.rows).encode(y=_category(data), tooltip=_tooltip())
    scale = _scale(data)
    stem = (
        base.mark_rule(color=QUIET, strokeDash=[2, 3])
        .encode(x=alt.X("zero:Q", scale=scale, axis=None), x2="low:Q")
        .transform_calculate(zero="0")
    )
    span = base.mark_rule(color=ACCENT, strokeWidth=7, opacity=0.45).encode(x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q")
    dots = base.mark_circle(color=ACCENT, size=110, opacity=1).encode(x=alt.X("value:Q", scale=scale, axis=None))
    text = base.mark_text(align="left", dx=10).encode(x=alt.X("high:Q", scale=scale, axis=None), text="stated:N")
    return alt.layer(stem, span, dots, text).properties(width=WIDTH, height=_height(data))


def _columns(data: ChartData) -> alt.LayerChart:
    base = alt.Chart(data.rows).encode(
        x=alt.X("label:N", sort=_order(data.rows), title=None, axis=alt.Axis(labelAngle=0, labelExpr=_WRAPPED)),
        y=alt.Y("value:Q", scale=_scale(data), axis=None),
        tooltip=_tooltip(),
    )
    return alt.layer(base.mark_bar(color=ACCENT, size=34), base.mark_text(dy=-9).encode(text="stated:N")).properties(
        width=WIDTH + 100, height=210
    )


def _colour(data: ChartData) -> alt.Color:
    names = list(dict.fromkeys(data.rows["series"]))
    return alt.Color("series:N", scale=alt.Scale(domain=names, range=list(PALETTE[: len(names)])), sort=names)


def _dumbbell(data: ChartData) -> alt.LayerChart:
    base = alt.Chart(data.rows).encode(y=_category(data), tooltip=_tooltip())
    room = float(data.rows["value"].max()) * 0.3
    x = alt.X("value:Q", scale=alt.Scale(domain=[-room, float(data.rows["value"].max()) + room], nice=False), axis=None)
    bar = base.mark_line(color=QUIET, strokeWidth=3).encode(x=x, detail="category:N")
    dots = base.mark_circle(size=130, opacity=1).encode(x=x, color=_colour(data))
    extremes = base.transform_joinaggregate(top="max(value)", groupby=["category"])
    high = extremes.transform_filter("datum.value == datum.top").mark_text(align="left", dx=10).encode(x=x, text="stated:N")
    low = extremes.transform_filter("datum.value < datum.top").mark_text(align="right", dx=-10).encode(x=x, text="stated:N")
    return alt.layer(bar, dots, high, low).properties(width=WIDTH, height=_height(data) + 14)


def _slope(data: ChartData) -> alt.LayerChart:
    names = list(dict.fromkeys(data.rows["series"]))
    base = alt.Chart(data.rows).encode(
        x=alt.X("series:N", sort=names, title=None, axis=alt.Axis(labelAngle=0, orient="top"), scale=alt.Scale(padding=0.9)),
        y=alt.Y("value:Q", scale=_scale(data), axis=None),
        color=alt.Color("label:N", scale=alt.Scale(range=list(PALETTE)), sort=_order(data.rows)),
        tooltip=_tooltip(),
    )
    first = base.transform_filter(alt.datum.series == names[0]).mark_text(align="right", dx=-10).encode(text="stated:N")
    last = base.transform_filter(alt.datum.series == names[-1]).mark_text(align="left", dx=10).encode(text="stated:N")
    lines = base.mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=90, filled=True)).encode(detail="category:N")
    return alt.layer(lines, first, last).properties(width=WIDTH, height=240)


def _matrix(data: ChartData) -> alt.LayerChart:
    base = alt.Chart(data.rows).encode(
        x=alt.X("series:N", title=None, axis=alt.Axis(orient="top", labelAngle=0, labelLimit=90), scale=alt.Scale(padding=0.1)),
        y=alt.Y("category:N", title=None, axis=alt.Axis(minExtent=120)),
    )
    circles = base.mark_circle(color=ACCENT, opacity=0.28).encode(
        size=alt.Size("value:Q", scale=alt.Scale(rangeMin=250, rangeMax=1500), legend=None)
    )
    return alt.layer(circles, base.mark_text(color=INK).encode(text="value:Q")).properties(width=WIDTH, height=alt.Step(46))


_FORMS: dict[str, Any] = {"bars": _bars, "dots": _dots, "columns": _columns, "dumbbell": _dumbbell, "slope": _slope, "matrix": _matrix}
