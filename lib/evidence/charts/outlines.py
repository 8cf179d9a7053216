"""Outlines of countries and areas: how a map reads them and thins them to what a screen can show; `.lab/make_outlines.py` wrote the countries'."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "outlines.json"

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Outlines of areas that share their borders.

    Attributes:
        arcs: Lines in degrees east and north, each stored once.
        rings: Rings of each area by its id, as numbers of arcs; a negative number is an arc read backwards.
    """

    arcs: list[Ring]
    rings: dict[str, list[list[int]]]


@dataclass(frozen=True, slots=True)
class Lens:
    """A part of a map of areas that is shown once more at a larger scale.

    Attributes:
        name: What it is called.
        box: Its west, south, east and north, in degrees.
    """

    name: str
    box: tuple[float, float, float, float]


def shapes(world: dict[str, Any], name: str) -> Shapes:
    """Return the outlines of areas from a topology whose areas have a code, holes included.

    Args:
        world: TopoJSON.
        name: Name of the areas in it.
    """
    found: dict[str, list[list[int]]] = {}
    for area in world["objects"][name]["geometries"]:
        parts = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
        found[area["properties"]["code"]] = [ring for part in parts for ring in part]
    return Shapes(arcs_of(world), found)


@cache
def outlines() -> list[tuple[str, Ring]]:
    """Return the rings of all countries in the box with the country's name; degrees east and north, clockwise as maps on a globe want them."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))["countries"]
    return [(name, [(x, y) for x, y in ring]) for name, rings in stored.items() for ring in rings]


def arcs_of(world: dict[str, Any]) -> list[Ring]:
    """Return the arcs of a topology in degrees: they are stored as steps on a grid."""
    (width, height), (left, bottom) = world["transform"]["scale"], world["transform"]["translate"]
    made = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for right, up in arc:
            x, y = x + right, y + up
            points.append((x * width + left, y * height + bottom))
        made.append(points)
    return made


def joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Return a ring from its arcs; a negative number is an arc read backwards."""
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points[1:] if ring else points
    return ring


def simplified(points: Ring, tolerance: float) -> Ring:
    """Return a line without the points that lie within `tolerance` of the simpler line; its ends stay.

    Source:
        Douglas and Peucker (1973), Algorithms for the reduction of the number of points required to represent a digitized line.

    Example:
        >>> simplified([(0, 0), (1, 0.001), (2, 0), (2, 2)], 0.01)
        [(0, 0), (2, 0), (2, 2)]
    """
    if len(points) < 3:
        return points
    offsets = [_offset(point, points[0], points[-1]) for point in points]
    farthest = max(range(len(points)), key=offsets.__getitem__)
    if offsets[farthest] <= tolerance:
        return [points[0], points[-1]]
    return simplified(points[: farthest + 1], tolerance)[:-1] + simplified(points[farthest:], tolerance)


def _offset(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the stretch between two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    part = 0.0 if length == 0 else min(1.0, max(0.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    return float(((px - ax - part * (bx - ax)) ** 2 + (py - ay - part * (by - ay)) ** 2) ** 0.5)


def clipped(ring: Ring, box: tuple[float, float, float, float]) -> Ring:
    """Return the part of a ring inside a box (west, south, east, north).

    Source:
        Sutherland and Hodgman (1974), Reentrant polygon clipping.

    Example:
        >>> clipped([(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)], (-1, -1, 1, 3))
        [(0, 0), (0, 2), (1.0, 2.0), (1.0, 0.0), (0, 0)]
    """
    west, south, east, north = box
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        ring = _cut(ring, axis, limit, sign)
    return [*ring, ring[0]] if ring and ring[0] != ring[-1] else ring


def _cut(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    kept: Ring = []
    for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
        inside, next_inside = (sign * (point[axis] - limit) >= 0 for point in (start, end))
        if inside:
            kept.append(start)
        if inside != next_inside and start != end:
            part = (limit - start[axis]) / (end[axis] - start[axis])
            kept.append((start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
    return [point for number, point in enumerate(kept) if number == 0 or point != kept[number - 1]]
