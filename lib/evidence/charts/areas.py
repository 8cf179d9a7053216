"""Maps of areas, each in the colour of its group, with a key in words and London once more at a larger scale."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.data import UNKNOWN, ChartData
from evidence.charts.maps import Frame
from evidence.charts.marks import across, canvas, down, label
from evidence.charts.outlines import Ring, Shapes, clipped, joined, simplified
from evidence.charts.theme import GROUND, LINE, QUIET, RAMP, Layout

LONDON = (-0.56, 51.26, 0.37, 51.72)
"""West, south, east and north of the part shown larger, in degrees."""

_MARGIN = 0.05
"""Degrees around the areas that have a value."""

_FINEST = 0.9
"""Pixels by which a border may stray from the original."""

_LINE_HEIGHT = 20


def area_map(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return every area in the colour of its group: groups from little to much, as `data.row["labels"]` lists them.

    Beside the map, or below it on a phone, stand the key and London at a larger scale.
    """
    groups = data.row["labels"].split("; ")
    colours = dict(zip(groups, ramp(len(groups)), strict=True))
    whole = Frame(_box(data, colours), layout.width if layout.narrow else 330)
    left, top = (0, whole.height + 12) if layout.narrow else (whole.width + 30, 10)
    key, high = _key(colours, left + 8, top + 8, unknown=UNKNOWN in set(data.rows["series"]))
    inset = Frame(LONDON, layout.width - left if not layout.narrow else 240)
    beneath = top + high + 34
    layers = [*_areas(data, colours, whole, (0, 0)), *key]
    larger = _areas(data, colours, inset, (left, beneath))
    if larger:
        layers += [label([{"x": left, "y": beneath - 12, "text": "London, larger"}], align="left", color=QUIET), *larger]
        return canvas(layers, layout, max(whole.height, beneath + inset.height + 4))
    return canvas(layers, layout, max(whole.height, top + high))


def _box(data: ChartData, colours: dict[str, str]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the areas that have a value; a map of England alone need not show Shetland."""
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


def _areas(data: ChartData, colours: dict[str, str], frame: Frame, corner: tuple[float, float]) -> list[alt.Chart]:
    """Return the areas in a frame that begins at a corner of the picture, as marks that know their row; none where none is in it."""
    assert data.shapes is not None
    lines = [simplified([frame.place(*point) for point in arc], _FINEST) for arc in data.shapes.arcs]
    rows = []
    for mark in data.rows.to_dict("records"):
        path = _path(mark["id"], lines, data.shapes, frame, corner)
        if path:
            known = mark["series"] in colours
            rows.append(
                {"row": mark["row"], "path": path, "paint": colours[mark["series"]] if known else GROUND, "edge": GROUND if known else LINE}
            )
    if not rows:
        return []
    made = alt.Chart(pd.DataFrame(rows).assign(x=0, y=0)).mark_point(size=4, opacity=1, strokeWidth=0.4, strokeJoin="round")
    colour = {"fill": alt.Fill("paint:N", scale=None), "stroke": alt.Stroke("edge:N", scale=None)}
    return [made.encode(x=across("x"), y=down(), shape=alt.Shape("path:N", scale=None), **colour)]


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
    return max(max(axis) - min(axis) for axis in zip(*ring, strict=True))


def _key(colours: dict[str, str], left: float, top: float, *, unknown: bool) -> tuple[list[Any], int]:
    """Return squares with the names of the groups, the most on top, and the height they take."""
    named = [*reversed(colours.items()), *([(UNKNOWN, GROUND)] if unknown else [])]
    places = [
        {"x": left, "y": top + _LINE_HEIGHT * number, "text": name, "paint": paint, "edge": LINE if name == UNKNOWN else paint}
        for number, (name, paint) in enumerate(named)
    ]
    frame = pd.DataFrame(places)
    squares = alt.Chart(frame).mark_square(size=150, opacity=1, strokeWidth=1)
    drawn = squares.encode(x=across("x"), y=down(), fill=alt.Fill("paint:N", scale=None), stroke=alt.Stroke("edge:N", scale=None))
    return [drawn, label(frame[["x", "y", "text"]], align="left", dx=14)], _LINE_HEIGHT * len(named)
