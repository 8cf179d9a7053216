"""Maps of the places and spaces that sources name, with country outlines and labels that keep apart."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi, radians, tan
from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.data import ChartData
from evidence.charts.marks import ROWS, Spec, finished, inline
from evidence.charts.outlines import clipped, outlines, simplified
from evidence.charts.theme import ACCENT, GROUND, LINE, Layout, text_width

FRAMES = {
    ("cases", "wide"): (-6.0, 52.2, 2.4, 54.9),
    ("cases", "narrow"): (-5.0, 50.7, 1.9, 55.3),
    ("spaces", "wide"): (-11.0, 43.9, 20.6, 55.6),
    ("spaces", "narrow"): (-11.0, 42.6, 19.6, 58.0),
}
"""West, south, east and north of what a map shows, in degrees; a phone gets the part with the points."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the globe on a page, in Mercator's projection.

    Attributes:
        box: West, south, east and north in degrees.
        width: Its width in pixels.
    """

    box: tuple[float, float, float, float]
    width: int

    @property
    def scale(self) -> float:
        """Pixels to a radian of longitude."""
        return self.width / radians(self.box[2] - self.box[0])

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return round(self.scale * (_mercator(self.box[3]) - _mercator(self.box[1])))

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place stands, in pixels from the left and from the top."""
        return (
            round(self.scale * radians(longitude - self.box[0]), 1),
            round(self.scale * (_mercator(self.box[3]) - _mercator(latitude)), 1),
        )


def _mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))


def across(field: str) -> alt.X:
    """Return a horizontal position given in pixels."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def down(field: str) -> alt.Y:
    """Return a vertical position given in pixels."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def path(base: alt.Chart, **mark: Any) -> alt.Chart:
    """Return shapes drawn as the SVG path in `path`, in pixels of the whole picture.

    A symbol of size 4 is drawn at the scale of its path: its radius, half the root of its size, is one pixel.
    """
    drawn: alt.Chart = base.mark_point(size=4, filled=False, **mark).encode(
        x=alt.value(0), y=alt.value(0), shape=alt.Shape("path:N", scale=None)
    )
    return drawn


def sheet(layers: list[alt.Chart], rows: pd.DataFrame, layout: Layout, height: float) -> Spec:
    """Return a specification of marks placed in pixels, exactly as wide as the layout.

    Args:
        layers: The marks.
        rows: Data of all that have none of their own.
        layout: Layout it is drawn in.
        height: Height of the picture in pixels.
    """
    size = {"width": layout.width, "height": height, "padding": 0, "autosize": {"type": "none"}}
    return finished(alt.layer(*layers), layout, rows) | size


def place_map(data: ChartData, layout: Layout) -> Spec:
    """Return a point for each place, its area in proportion to how many stand there, named beside it."""
    frame = Frame(FRAMES[data.row["series"], layout.name], layout.width)
    points = _points(data, layout, frame)
    coasts = alt.Chart(inline(pd.DataFrame({"path": [_land(frame)]})))
    land = path(coasts, fill=LINE, fillOpacity=0.6, stroke=GROUND, strokeWidth=1, clip=True)
    dots = alt.Chart(ROWS).mark_circle(color=ACCENT, stroke=GROUND).encode(x=across("x"), y=down("y"), size=alt.Size("area:Q", scale=None))
    names = alt.Chart(ROWS).encode(x=across("middle"), y=down("level"), text=alt.Text("text:N"))
    halo = names.mark_text(stroke=GROUND, strokeWidth=4, strokeJoin="round", color=GROUND)
    return sheet([land, dots, halo, names.mark_text()], points, layout, frame.height)


def _land(frame: Frame) -> str:
    """Return the coasts and borders in the frame as an SVG path, without what is finer than a pixel."""
    west, south, east, north = frame.box
    wider = (west - 1, south - 1, east + 1, north + 1)
    made = ""
    for _, ring in outlines():
        inside = clipped(ring, wider)
        line = [(round(x), round(y)) for x, y in simplified([frame.place(*point) for point in inside], 0.9)]
        if len(line) > 3:
            made += "M" + "L".join(f"{x},{y}" for x, y in line) + "Z"
    return made


def _points(data: ChartData, layout: Layout, frame: Frame) -> pd.DataFrame:
    """Return one row a settlement: where it is, what stands there, and where its name does."""
    placed = data.rows.dropna(subset=["latitude"])
    made = []
    for settlement, group in placed.groupby("series", sort=False):
        x, y = frame.place(float(group["longitude"].iloc[0]), float(group["latitude"].iloc[0]))
        names = list(group["category"])
        made.append(
            {
                "row": int(group["row"].iloc[0]),
                "text": _name(str(settlement), names, brief=layout.narrow and data.row["series"] == "spaces"),
                "x": x,
                "y": y,
                "area": 90 + 22 * (len(group) - 1),
            }
        )
    points = pd.DataFrame(made)
    middle, level = zip(*labels(points, layout, frame), strict=True)
    return points.assign(middle=middle, level=level)


def _name(settlement: str, names: list[str], *, brief: bool) -> str:
    """Return what to call a point: what stands there and where, or on a small map of many points only where."""
    if len(names) > 1:
        return f"{settlement}: {len(names)}" + ("" if brief else " spaces")
    if brief:
        return settlement
    told = set(settlement.split()) & {word for word in names[0].split() if len(word) > 3}
    return names[0] if told else f"{names[0]}, {settlement}"


def labels(points: pd.DataFrame, layout: Layout, frame: Frame) -> list[tuple[float, float]]:
    """Return the middle of each point's name: right, left, above or below it, the first that touches nothing placed before."""
    taken = [(row["x"], row["y"], 14.0, 14.0) for row in points.to_dict("records")]
    made = []
    for row in points.to_dict("records"):
        size = (float(text_width(row["text"], layout)), 13.0 * (row["text"].count("\n") + 1))
        tried = _beside(row["x"], row["y"], (row["area"] / pi) ** 0.5 + 5, *size)
        x, y = next((place for place in tried if _free(place, size, taken, frame)), tried[-1])
        inside = min(max(x, size[0] / 2 + 2), frame.width - size[0] / 2 - 2)
        taken.append((inside, y, *size))
        made.append((round(inside, 1), round(y, 1)))
    return made


def _beside(x: float, y: float, radius: float, wide: float, high: float) -> list[tuple[float, float]]:
    aside, off = radius + wide / 2, radius + high / 2
    return [(x + aside, y), (x - aside, y), (x, y - off), (x, y + off), (x + aside * 0.7, y - off), (x - aside * 0.7, y + off)]


def _free(place: tuple[float, float], size: tuple[float, float], taken: list[tuple[float, float, float, float]], frame: Frame) -> bool:
    (x, y), (wide, high) = place, size
    if x - wide / 2 < 0 or x + wide / 2 > frame.width or y - high / 2 < 0 or y + high / 2 > frame.height:
        return False
    return all(abs(x - other) >= (wide + width) / 2 or abs(y - level) >= (high + height) / 2 for other, level, width, height in taken)
