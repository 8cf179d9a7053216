"""Charts of counted records: a matrix of circles, and the evidence map with a mark for each finding."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.catalog.declaration import STRENGTHS
from evidence.charts.data import ChartData
from evidence.charts.marks import across, canvas, down, label
from evidence.charts.theme import ACCENT, GROUND, LINE, PALETTE, QUIET, Layout, text_width, wrapped


def _columns(data: ChartData) -> list[str]:
    """Return the columns of a matrix: strengths from strong to weak, whether there are any or not; else the largest first."""
    if set(data.series) <= set(STRENGTHS):
        return list(STRENGTHS)
    return _by_size(data, "series")


def _by_size(data: ChartData, field: str) -> list[str]:
    totals = data.rows.groupby(field, sort=True)["value"].sum()
    return list(totals.sort_values(ascending=False, kind="stable").index)


def matrix(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return a circle for each count, its area in proportion, the number inside; empty cells stay visible."""
    columns, categories = _columns(data), _by_size(data, "category")
    step = (layout.width - layout.labels) / len(columns)
    pitch, above = (74, 22) if layout.narrow else (58, 0)
    centre = {name: 34 + above + number * pitch + 22 for number, name in enumerate(categories)}
    x = {name: round((number + 0.5) * step, 1) for number, name in enumerate(columns)}
    rows = data.rows[["row", "category", "series", "value", "stated"]]
    rows = rows.assign(x=rows["series"].map(x), y=data.rows["category"].map(centre))
    cells = pd.DataFrame([{"x": x[column], "y": centre[name]} for name in categories for column in columns])
    size = alt.Size("value:Q", scale=alt.Scale(domain=[0, float(rows["value"].max())], range=[0, 2200]), legend=None)
    heads = [{"x": x[name], "y": 12, "text": name} for name in columns]
    sides = [{"x": 0 if layout.narrow else -12, "y": centre[name] - (36 if layout.narrow else 0), "text": name} for name in categories]
    layers = [
        alt.Chart(cells).mark_circle(color=LINE, size=30, opacity=1).encode(x=across("x"), y=down()),
        alt.Chart(rows).mark_circle(color=ACCENT, opacity=1).encode(x=across("x"), y=down(), size=size),
        *_inside(rows),
        label(heads, color=QUIET),
        label(sides, align="left" if layout.narrow else "right"),
    ]
    return canvas(layers, layout, 34 + pitch * len(categories), (4, 0, 4, layout.labels))


def _inside(rows: pd.DataFrame) -> list[alt.Chart]:
    """Return the counts: inside circles that hold them, beside those that do not."""
    held = rows["value"] >= 0.22 * rows["value"].max()
    texts = rows.assign(text=rows["stated"])[["x", "y", "text"]]
    beside = texts[~held].assign(x=texts["x"][~held] + 19)
    return [label(texts[held], color=GROUND, fontWeight="bold"), label(beside)]


_SHAPES = {"positive": "triangle-up", "negative": "triangle-down", "mixed": "diamond", "none": "square"}
"""A shape for each direction, since colour alone would tell too few readers."""


def evidence_map(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return a mark for each finding: mechanism by kind of region, a panel for each skill; shape is direction, filling is strength."""
    paths, regions = data.orders["category"], data.orders["region"]
    keyed, above = _keys(data, layout)
    layers: list[Any] = [*keyed]
    width = layout.width if layout.narrow else (layout.width - layout.labels - 20) / 2
    top = above + 14
    panel_height = 44 + len(paths) * (76 if layout.narrow else 62)
    for number, skill in enumerate(data.series):
        left, start = (0.0, top + number * (panel_height + 20)) if layout.narrow else (number * (width + 20), top)
        step = width / len(regions)
        x = {region: left + (place + 0.5) * step for place, region in enumerate(regions)}
        centre = {
            path: start + 44 + place * (76 if layout.narrow else 62) + (44 if layout.narrow else 30) for place, path in enumerate(paths)
        }
        layers += _frame(skill, left, start, width, x, centre)
        layers += _marks(data.rows[data.rows["series"] == skill], x, centre, step)
        if layout.narrow or number == 0:
            layers.append(_sides(centre, layout))
    height = top + (panel_height + 20) * (len(data.series) if layout.narrow else 1)
    return canvas(layers, layout, round(height), (4, 0, 0, layout.labels))


def _frame(skill: str, left: float, start: float, width: float, x: dict[str, float], centre: dict[str, float]) -> list[Any]:
    rules = pd.DataFrame([{"x": left, "end": left + width, "y": y} for y in centre.values()])
    heads = [{"x": at, "y": start + 32, "text": region} for region, at in x.items()]
    return [
        alt.Chart(rules).mark_rule(color=LINE).encode(x=across("x"), x2=alt.X2("end:Q"), y=down()),
        label([{"x": left, "y": start + 8, "text": skill.capitalize()}], align="left", fontWeight="bold"),
        label(heads, color=QUIET),
    ]


def _sides(centre: dict[str, float], layout: Layout) -> alt.Chart:
    if layout.narrow:
        return label([{"x": 0, "y": y - 30, "text": path} for path, y in centre.items()], align="left")
    return label([{"x": -12, "y": y, "text": wrapped(path, 22)} for path, y in centre.items()], align="right")


def _marks(rows: pd.DataFrame, x: dict[str, float], centre: dict[str, float], step: float) -> list[Any]:
    """Return the findings of a panel, spread within their cells: filled when moderate or strong, hollow otherwise."""
    order = rows.groupby(["category", "region"]).cumcount()
    size = rows.groupby(["category", "region"])["id"].transform("size")
    pitch = (step - 8) / size.clip(lower=4)
    placed = rows.assign(
        x=(rows["region"].map(x) + (order - (size - 1) / 2) * pitch).round(1),
        y=rows["category"].map(centre),
        paint=rows["disputed"].map(lambda word: PALETTE[1] if word else ACCENT),
    )[["row", "x", "y", "stated", "strength", "paint"]]
    shape = alt.Shape("stated:N", scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())), legend=None)
    firm = placed["strength"].isin(("strong", "moderate"))
    made = []
    for part, options in ((placed[firm], {"filled": True}), (placed[~firm], {"filled": False, "fill": GROUND, "strokeWidth": 2})):
        if not part.empty:
            marks = alt.Chart(part).mark_point(size=150, opacity=1, **options)
            stroke = alt.Stroke("paint:N", scale=None)
            paint = {"color": alt.Color("paint:N", scale=None)} if options["filled"] else {"stroke": stroke}
            made.append(marks.encode(x=across("x"), y=down(), shape=shape, **paint))
    return made


def _keys(data: ChartData, layout: Layout) -> tuple[list[Any], int]:
    """Return what the marks mean, in one or two lines: direction, strength, dispute."""
    left = 0 if layout.narrow else -layout.labels
    entries = [
        (f"{word} association", {"shape": _SHAPES[word], "filled": True}, ACCENT) for word in _SHAPES if word in set(data.rows["stated"])
    ]
    entries += [("limited evidence or opinion", {"shape": "triangle-up", "filled": False, "strokeWidth": 2}, ACCENT)]
    if (data.rows["disputed"] != "").any():
        entries.append(("disputed between sources", {"shape": "triangle-up", "filled": True}, PALETTE[1]))
    layers, x, line = [], float(left), 0
    for text, options, paint in entries:
        wide = text_width(text, layout) + 30
        if x > left and x + wide > layout.width + left:
            x, line = float(left), line + 1
        place = pd.DataFrame([{"x": x + 7, "y": 8 + 18 * line}])
        layers.append(alt.Chart(place).mark_point(size=100, opacity=1, color=paint, **options).encode(x=across("x"), y=down()))
        layers.append(label([{"x": x + 18, "y": 8 + 18 * line, "text": text}], align="left"))
        x += wide
    return layers, (line + 1) * 18
