"""Maps of the places and spaces that sources name, with country outlines and labels that keep apart."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi, radians, tan
from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.data import ChartData
from evidence.charts.marks import across, canvas, down, path
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


def place_map(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return a point for each place, its area in proportion to how many stand there, named beside it."""
    frame = Frame(FRAMES[data.row["series"], layout.name], layout.width)
    points = _points(data, layout, frame)
    land = path(pd.DataFrame({"path": [_land(frame)]}), fill=LINE, fillOpacity=0.6, stroke=GROUND, strokeWidth=1, clip=True)
    base = alt.Chart(points).encode(x=across("x"), y=down())
    dots = base.mark_circle(color=ACCENT, stroke=GROUND, opacity=1).encode(size=alt.Size("area:Q", scale=None))
    layers = [land, dots, *_named(points, layout, frame)]
    return canvas(layers, layout, frame.height)


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
    """Return one row a settlement: where it is, what stands there."""
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
    return pd.DataFrame(made)


def _name(settlement: str, names: list[str], *, brief: bool) -> str:
    """Return what to call a point: what stands there and where, or on a small map of many points only where."""
    if len(names) > 1:
        return f"{settlement}: {len(names)} spaces"
    if brief:
        return settlement
    told = set(settlement.split()) & {word for word in names[0].split() if len(word) > 3}
    return names[0] if told else f"{names[0]}, {settlement}"


def _named(points: pd.DataFrame, layout: Layout, frame: Frame) -> list[alt.Chart]:
    """Return the names with a line round them in the colour of the ground, so that they stay legible on borders."""
    rows = points.assign(**dict(zip(("x", "y"), zip(*labels(points, layout, frame), strict=True), strict=True)))[["x", "y", "text"]]
    rows = rows.assign(y=rows["y"] - rows["text"].str.count("\n") * 7.5)
    base = alt.Chart(rows).encode(x=across("x"), y=down(), text="text:N")
    return [base.mark_text(stroke=GROUND, strokeWidth=4, strokeJoin="round", color=GROUND), base.mark_text()]


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
