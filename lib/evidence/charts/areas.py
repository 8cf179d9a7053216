"""Maps of areas, each in the colour of its group, with a key in words, and where the book wants it one part once more at a larger scale."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.data import UNKNOWN, ChartData
from evidence.charts.maps import Frame, path, sheet
from evidence.charts.marks import ROWS, Spec, inline
from evidence.charts.outlines import Ring, Shapes, clipped, joined, simplified
from evidence.charts.theme import GROUND, LINE, QUIET, RAMP, Layout
from evidence.extension import contributed

_MARGIN = 0.05
"""Degrees around the areas that have a value."""

_FINEST = 0.9
"""Pixels by which a border may stray from the original."""

_LINE_HEIGHT = 20


def area_map(data: ChartData, layout: Layout) -> Spec:
    """Return every area in the colour of its group: groups from little to much, as `data.row["labels"]` lists them.

    Beside the map, or below it on a phone, stand the key and the part that the book shows larger.
    """
    groups = data.row["labels"].split("; ")
    colours = dict(zip(groups, ramp(len(groups)), strict=True))
    whole = Frame(_box(data, colours), layout.width if layout.narrow else 330)
    left, top = (0, whole.height + 12) if layout.narrow else (whole.width + 30, 10)
    named = dict(reversed(colours.items())) | ({UNKNOWN: GROUND} if UNKNOWN in set(data.rows["series"]) else {})
    beneath = top + _LINE_HEIGHT * len(named) + 42
    area = path(alt.Chart(ROWS), strokeWidth=0.4, strokeJoin="round").encode(**_paint(named, left, top))
    rows, lens = _areas(data, colours, whole, (0, 0)), contributed("charts", "LENS", None)
    inset = Frame(lens.box, layout.width - left if not layout.narrow else 240) if lens else whole
    larger = _areas(data, colours, inset, (left, beneath)) if lens else rows[:0]
    if larger.empty:
        return sheet([area], rows, layout, max(whole.height, beneath - 34))
    title = alt.Chart(inline(larger[:1])).mark_text(align="left", color=QUIET, text=f"{lens.name}, larger", x=left, y=beneath - 12)
    return sheet([area, title, area.properties(data=inline(larger))], rows, layout, max(whole.height, beneath + inset.height + 4))


def _paint(named: dict[str, str], left: float, top: float) -> dict[str, Any]:
    """Return the filling of each group, with a key of squares at a place of the picture, the most on top."""
    squares: Spec = {"direction": "vertical", "symbolType": "square", "symbolSize": 150, "symbolStrokeColor": LINE, "rowPadding": 7}
    legend = alt.Legend(orient="none", legendX=left, legendY=top, **squares)
    scale = alt.Scale(domain=list(named), range=list(named.values()))
    return {"fill": alt.Fill("series:N", scale=scale, legend=legend), "stroke": alt.Stroke("edge:N", scale=None)}


def _box(data: ChartData, colours: dict[str, str]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the areas that have a value; a map of one part need not show the rest."""
    assert data.shapes is not None
    known = data.rows.loc[data.rows["series"].isin(list(colours)), "id"]
    numbers = [number for code in known for ring in data.shapes.rings.get(code, []) for number in ring]
    points = [point for number in numbers for point in data.shapes.arcs[number if number >= 0 else ~number]]
    east, north = zip(*points, strict=True)
    return min(east) - _MARGIN, min(north) - _MARGIN, max(east) + _MARGIN, max(north) + _MARGIN


def ramp(steps: int) -> tuple[str, ...]:
    """Return so many colours from little to much, as far apart as they can be.

    Example:
        >>> ramp(2) == (RAMP[0], RAMP[4]), len(ramp(4))
        (True, 4)
    """
    if steps == 1:
        return (RAMP[2],)
    return tuple(RAMP[round(step * (len(RAMP) - 1) / (steps - 1))] for step in range(steps))


def _areas(data: ChartData, colours: dict[str, str], frame: Frame, corner: tuple[float, float]) -> pd.DataFrame:
    """Return the areas in a frame that begins at a corner of the picture, each with its row, group and shape."""
    assert data.shapes is not None
    lines = [simplified([frame.place(*point) for point in arc], _FINEST) for arc in data.shapes.arcs]
    shown = data.rows.assign(path=[_path(code, lines, data.shapes, frame, corner) for code in data.rows["id"]])
    shown = shown.assign(edge=shown["series"].map(lambda group: GROUND if group in colours else LINE))
    return shown.loc[shown["path"] != "", ["row", "series", "path", "edge"]]


def _path(code: str, lines: list[Ring], shapes: Shapes, frame: Frame, corner: tuple[float, float]) -> str:
    """Return an area as an SVG path, cut at the edges of the frame, without what is smaller than a pixel."""
    made = ""
    for numbers in shapes.rings.get(code, []):
        ring = clipped(joined(numbers, lines), (0, 0, frame.width, frame.height))
        points = [f"{x + corner[0]:.1f},{y + corner[1]:.1f}" for x, y in ring]
        if len(ring) > 3 and _extent(ring) > 1:
            made += "M" + "L".join(point.replace(".0", "") for point in points[:-1]) + "Z"
    return made


def _extent(ring: Ring) -> float:
    """Return the longer side of the box around a ring, in pixels."""
    return max(max(axis) - min(axis) for axis in ([east for east, _ in ring], [north for _, north in ring]))
