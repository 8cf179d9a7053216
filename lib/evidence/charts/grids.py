"""Charts of counted records: a matrix of circles, and the evidence map with a mark for each finding."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.catalog.declaration import STRENGTHS
from evidence.charts.data import ChartData
from evidence.charts.marks import ROWS, Spec, canvas, categories, panel_width, panels, wrapped_rows
from evidence.charts.theme import ACCENT, GROUND, INK, LINE, PALETTE, Layout, wrapped


def _columns(data: ChartData) -> list[str]:
    """Return the columns of a matrix: strengths from strong to weak, whether there are any or not; else the largest first."""
    if set(data.series) <= set(STRENGTHS):
        return list(STRENGTHS)
    return _by_size(data, "series")


def _by_size(data: ChartData, field: str) -> list[str]:
    totals = data.rows.groupby(field, sort=True)["value"].sum()
    return list(totals.sort_values(ascending=False, kind="stable").index)


def _across(field: str, names: list[str]) -> alt.X:
    """Return the names of a field as columns, named above."""
    return alt.X(f"{field}:N", sort=names, axis=alt.Axis(orient="top", labelAngle=0))


def matrix(data: ChartData, layout: Layout) -> Spec:
    """Return a circle for each count, its area in proportion, the number inside; empty cells stay visible."""
    cells = pd.MultiIndex.from_product([_by_size(data, "category"), _columns(data)], names=["category", "series"])
    counts = data.rows[["row", "category", "series", "value", "stated"]].set_index(["category", "series"]).reindex(cells)
    rows = counts.fillna({"row": -1, "value": 0, "stated": ""}).astype({"row": int, "value": int}).reset_index()
    rows["held"] = rows["value"] >= 0.22 * rows["value"].max()
    above = {"axis": alt.Axis(labelOffset=-36)} if layout.narrow else {}
    base = alt.Chart(ROWS).encode(x=_across("series", _columns(data)), y=categories(**above))
    size = alt.Size("value:Q", scale=alt.Scale(range=[30, 2200], zero=True), legend=None)
    paint = alt.condition("datum.value > 0", alt.value(ACCENT), alt.value(LINE))
    texts = base.mark_text(dx=alt.expr("datum.held ? 0 : 19"), fontWeight=alt.expr("datum.held ? 'bold' : 'normal'"))
    layers = [
        base.mark_circle().encode(size=size, color=paint),
        texts.encode(text=alt.Text("stated:N"), color=alt.condition("datum.held", alt.value(GROUND), alt.value(INK))),
    ]
    return canvas(layers, rows, layout, {"step": 74 if layout.narrow else 58})


_MARKS = {"positive": "triangle-up", "negative": "triangle-down", "mixed": "diamond", "none": "square"}
"""A shape for each direction, since colour alone would tell too few readers."""


def evidence_map(data: ChartData, layout: Layout) -> Spec:
    """Return a mark for each finding: mechanism by kind of region, a panel for each skill; shape is direction, filling is strength."""
    rows, step = wrapped_rows(data.rows, layout, 18)
    cells = rows.groupby(["series", "category", "region"])["row"]
    kinds = [_kind(layout, *told) for told in zip(rows["stated"], rows["strength"], rows["disputed"], strict=True)]
    rows = rows.assign(shift=cells.cumcount() - (cells.transform("size") - 1) / 2, kind=[name for name, *_ in kinds])
    rows = rows.assign(series=rows["series"].str.capitalize())[["row", "category", "series", "region", "shift", "kind"]]
    x = _across("region", list(data.orders["region"]))
    spread = float(cells.transform("size").clip(lower=4).max()) / 2
    shift = alt.XOffset("shift:Q", scale=alt.Scale(domain=[-spread, spread], zero=False, nice=False))
    marks = alt.Chart().mark_point(size=150, strokeWidth=2).encode(x=x, xOffset=shift, y=_mechanisms(data, layout), **_key(kinds))
    panel = alt.layer(marks, width=panel_width(layout, len(data.series)), height=alt.Step(**step))
    return panels(panel, rows, layout)


def _kind(layout: Layout, direction: str, strength: str, disputed: str) -> tuple[str, str, str, str]:
    """Return what a mark says in words, and its shape, line and filling: hollow on weak evidence, of another colour where disputed."""
    firm = strength in ("strong", "moderate")
    paint = PALETTE[1] if disputed else ACCENT
    doubts = ("" if firm else ", limited evidence or opinion") + (", disputed between sources" if disputed else "")
    said = wrapped(f"{direction} association{doubts}", layout.letters if layout.narrow else 60)
    return said, _MARKS[direction], paint, paint if firm else GROUND


def _key(kinds: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    """Return shape, line and filling by kind, with one legend that shows each kind as it is drawn."""
    names, *looks = zip(*sorted(set(kinds), key=lambda kind: (kind[0].count(","), kind)), strict=True)
    legend = alt.Legend(columns=1)
    scales = [alt.Scale(domain=list(names), range=list(look)) for look in looks]
    channels = ((alt.Shape, "shape"), (alt.Stroke, "stroke"), (alt.Fill, "fill"))
    return {name: channel("kind:N", scale=scale, legend=legend) for (channel, name), scale in zip(channels, scales, strict=True)}


def _mechanisms(data: ChartData, layout: Layout) -> alt.Y:
    return alt.Y("category:N", sort=[wrapped(path, layout.letters) for path in data.orders["category"]], axis=alt.Axis(grid=True))
