"""The flow from recommendations to the evidence under them, one ribbon for each piece of evidence."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.data import ChartData
from evidence.charts.marks import ROWS, SHAPES, Spec, canvas, categories, inline, wrapped_rows
from evidence.charts.theme import ACCENT, INK, PALETTE, QUIET, Layout, lift, wrapped

RELATIONS = {"supports": ACCENT, "limits": PALETTE[1], "context": QUIET}
KINDS = {"figure": "figures", "finding": "findings", "case": "cases"}
_RIBBON = 3.0
"""Width of one piece of evidence in pixels."""


def flow(data: ChartData, layout: Layout) -> Spec:
    """Return ribbons from each recommendation to kinds of evidence; on a narrow page a row of dots under each recommendation."""
    return _dots(data, layout) if layout.narrow else _ribbons(data, layout)


def _headed(rows: pd.DataFrame) -> list[str]:
    """Return the recommendations in their order, each group of them below the name of who recommends."""
    pairs = rows[["recommender", "category"]].drop_duplicates()
    return [name for who, group in pairs.groupby("recommender", sort=False) for name in (who, *group["category"])]


def _bold(rows: pd.DataFrame, label: str, layout: Layout) -> dict[str, Any]:
    """Return how labels, given as an expression, are set: who recommends stands in bold, on a phone close to what follows."""
    heads = f"indexof({json.dumps(list(dict.fromkeys(rows['recommender'])), ensure_ascii=False)}, {label}) >= 0"
    weight = {"condition": {"test": heads, "value": "bold"}, "value": "normal"}
    return {"labelFontWeight": weight, "labelOffset": {"expr": f"{heads} ? 0 : {lift(label, layout)['expr']}"}}


def _ribbons(data: ChartData, layout: Layout) -> Spec:
    """Return the ribbons: heights are counted in ribbons, and each name at the left has as many as the thickest bundle needs."""
    names = [wrapped(name, 36) for name in _headed(data.rows)]
    pitch = max(12, int(data.rows.groupby("category").size().max()) + 2)
    rows, nodes, height = _ends(data.rows, pitch, pitch * len(names))
    label = f"titles[floor(datum.value / {pitch})]"
    middles = [(number + 0.5) * pitch for number in range(len(names))]
    axis = alt.Axis(values=middles, labelExpr=label, **_bold(data.rows, label, layout), labelOverlap=False)
    y: Spec = {"scale": alt.Scale(domain=[height, 0], nice=False), "axis": axis}
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1]), axis=None)
    lines = alt.Chart(ROWS).transform_flatten(["x", "y"]).add_params(alt.param(name="titles", value=names))
    ends = alt.Chart(inline(nodes)).encode(x=alt.datum(1, type="quantitative"), color=_paint(legend=None))
    way = {"x": x, "y": alt.Y("y:Q", **y), "detail": alt.Detail("row:N"), "color": _paint(legend=None)}
    layers = [
        lines.mark_line(interpolate="monotone", strokeWidth=_RIBBON - 0.6).encode(**way),
        ends.mark_rule(strokeWidth=7).encode(y=alt.Y("top:Q", **y), y2=alt.Y2("bottom:Q")),
        ends.mark_text(align="left", dx=12).encode(y=alt.Y("middle:Q", **y), text=alt.Text("text:N"), color=alt.value(INK)),
    ]
    return canvas(layers, rows, layout, height * _RIBBON)


def _paint(**legend: Any) -> alt.Color:
    return alt.Color("series:N", scale=alt.Scale(domain=list(RELATIONS), range=list(RELATIONS.values())), **legend)


def _ends(rows: pd.DataFrame, pitch: int, height: int) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """Return the way of each ribbon, a place at the right for each relation and kind of evidence, and the height they need."""
    order = {name: number for number, name in enumerate((relation, kind) for relation in RELATIONS for kind in KINDS)}
    ranked = rows.assign(rank=[order[name] for name in zip(rows["series"], rows["stated"], strict=True)]).sort_values("rank", kind="stable")
    middles = {name: (number + 0.5) * pitch for number, name in enumerate(_headed(rows))}
    bundles = ranked.groupby("category")["row"]
    starts = ranked["category"].map(middles) + bundles.cumcount() - (bundles.transform("size") - 1) / 2
    gap = max((height - len(rows)) / ranked["rank"].nunique(), 7.0)
    ends = gap * (ranked["rank"].rank(method="dense") - 0.5) + [place + 0.5 for place in range(len(rows))]
    ways = [[start, start, round(end, 2), round(end, 2)] for start, end in zip(starts, ends, strict=True)]
    drawn = ranked[["row", "series"]].assign(x=[[0, 0.1, 0.9, 1]] * len(rows), y=ways)
    nodes = ranked.assign(end=ends).groupby(["series", "stated"], sort=False)["end"].agg(["min", "max", "size"]).reset_index()
    texts = [f"{one.series}: {KINDS[one.stated] if one.size > 1 or one.series == 'context' else one.stated}" for one in nodes.itertuples()]
    places = nodes.assign(text=texts, top=nodes["min"] - 0.5, bottom=nodes["max"] + 0.5, middle=(nodes["min"] + nodes["max"]) / 2)
    return drawn, places[["series", "text", "top", "bottom", "middle"]].round(2), max(height, len(rows) + gap * len(nodes))


def _dots(data: ChartData, layout: Layout) -> Spec:
    order = list(RELATIONS)
    rows, step = wrapped_rows(data.rows, layout, -4)
    rows = rows.assign(rank=rows["series"].map(order.index)).sort_values("rank", kind="stable")
    rows = rows.assign(place=rows.groupby("category").cumcount())[["row", "category", "series", "place"]]
    names = [wrapped(name, layout.letters) for name in _headed(data.rows)]
    y = categories(scale=alt.Scale(domain=names), axis=alt.Axis(**_bold(data.rows, "datum.value", layout)))
    x = alt.X("place:Q", scale=alt.Scale(domain=[-0.4, max(14.6, int(rows["place"].max()) + 0.6)], nice=False), axis=None)
    shape = alt.Shape("series:N", scale=alt.Scale(domain=order, range=list(SHAPES[: len(order)])))
    return canvas([alt.Chart(ROWS).mark_point(size=150).encode(x=x, y=y, color=_paint(), shape=shape)], rows, layout, step)
