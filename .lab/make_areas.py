"""Write data/areas.csv, the areas that have a page of their own, from facts about them and the shapes of their boundaries.

    .venv/bin/python .lab/make_areas.py FACTS DATA

FACTS holds areas.csv (name, region, country, centroid and neighbours of each area) and layout.csv (a tile map of each set); DATA holds the files of
shapes that data/place-areas.csv names. Names, neighbours and codes are held against the shapes, and what differs is printed. Which areas of the other
set an area overlaps and which settlements lie in it is measured here. Names it is also known by stand in areas-also.csv beside this script.
"""

import csv
import json
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = (
    *("areas", "code", "name", "also", "towns", "region", "country"),
    *("longitude", "latitude", "column", "row", "neighbours", "overlaps"),
)
SETS = {"lad-2024": "itl3-2021", "itl3-2021": "lad-2024"}
SMALLEST_PART = 0.04
"""Share of an area that must lie in another to count as overlap: boundaries that were simplified apart make slivers below it."""

SETTLED_PART = 0.1
"""Share of a district's settlements that must lie in another area, where its part of the land is small: Barrow-in-Furness."""

SPACING = 0.01
"""Degrees between the points of which an area's overlap is counted; a smaller one for areas of few points."""

FEWEST_POINTS = 60


def rows(path):
    """Return the rows of a table by column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Shapes:
    """The outlines of a set of areas: rings of points by code, and the stretches of border each has."""

    def __init__(self, file, name, changes):
        world = json.loads(file.read_text(encoding="utf-8"))
        move = world.get("transform", {"scale": (1, 1), "translate": (0, 0)})
        quantised = "transform" in world
        self._arcs = [self._line(arc, move, quantised) for arc in world["arcs"]]
        self.names, self.rings, self.stretches = {}, {}, defaultdict(set)
        for shape in world["objects"][name]["geometries"]:
            code = changes.get(shape["properties"]["code"], shape["properties"]["code"])
            parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            self.names[code] = shape["properties"]["name"]
            self.rings[code] = [self._ring(ring) for part in parts for ring in part]
            for ring in self.rings[code]:
                for start, end in pairwise(ring):
                    self.stretches[frozenset((tuple(start), tuple(end)))].add(code)

    @staticmethod
    def _line(arc, move, quantised):
        points = np.asarray(arc, dtype=float)[:, :2]
        points = np.cumsum(points, axis=0) if quantised else points
        return (points * move["scale"] + move["translate"]).round(9)

    def _ring(self, numbers):
        lines = [self._arcs[number] if number >= 0 else self._arcs[~number][::-1] for number in numbers]
        return np.concatenate([lines[0], *(line[1:] for line in lines[1:])])

    def neighbours(self):
        """Return the pairs of areas that share a stretch of border."""
        return {codes for codes in map(frozenset, self.stretches.values()) if len(codes) == 2}

    def inside(self, code, points):
        """Return which points lie in an area: those whose line to the east crosses its border an odd number of times."""
        odd = np.zeros(len(points), dtype=bool)
        for ring in self.rings[code]:
            (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
            for number, (x, y) in enumerate(points):
                cut = (y1 > y) != (y2 > y)
                odd[number] ^= bool(np.sum(x < (x2 - x1)[cut] * (y - y1[cut]) / (y2 - y1)[cut] + x1[cut]) % 2)
        return odd

    def box(self, code):
        """Return west, south, east and north end of an area."""
        whole = np.concatenate(self.rings[code])
        return (*whole.min(axis=0), *whole.max(axis=0))


def sampled(shapes, code):
    """Return points spread evenly over an area."""
    west, south, east, north = shapes.box(code)
    spacing = SPACING
    while True:
        grid = np.array([(x, y) for x in np.arange(west, east, spacing) for y in np.arange(south, north, spacing * 0.6)])
        if len(grid) > 4000:
            grid = grid[:: len(grid) // 4000]
        found = grid[shapes.inside(code, grid)] if len(grid) else grid
        if len(found) >= FEWEST_POINTS:
            return found
        spacing /= 2


def among(shapes, points):
    """Return for each area of a set how many of some points lie in it."""
    counts = {}
    for code in shapes.rings:
        west, south, east, north = shapes.box(code)
        near = points[(points[:, 0] >= west) & (points[:, 0] <= east) & (points[:, 1] >= south) & (points[:, 1] <= north)]
        if len(near) and (count := int(shapes.inside(code, near).sum())):
            counts[code] = count
    return counts


def overlapping(shapes, settled):
    """Return the areas of the other set that each area overlaps, by set and code, the larger part first; what one overlaps overlaps it."""
    pairs = defaultdict(lambda: defaultdict(float))
    for own, other in SETS.items():
        for code in shapes[own].rings:
            counts = among(shapes[other], sampled(shapes[own], code))
            whole = sum(counts.values())
            points = np.array([point for _, point in settled[code]]) if own == "lad-2024" else np.empty((0, 2))
            lived = among(shapes[other], points) if len(points) > 1 else {}
            for there, count in counts.items():
                if count / whole >= SMALLEST_PART or lived.get(there, 0) >= max(2, SETTLED_PART * len(points)):
                    pairs[own, code][there] = max(pairs[own, code][there], count / whole)
                    pairs[other, there][code] += 0
    return {key: sorted(found, key=lambda code: (-found[code], code)) for key, found in pairs.items()}


def towns(shapes):
    """Return the settlements of the gazetteer that lie in each district, with where they are."""
    found = defaultdict(list)
    places = [row for row in rows(ROOT / "lib/evidence/catalog/gazetteer.csv") if row["country"] == "GB"]
    points = np.array([(float(row["longitude"]), float(row["latitude"])) for row in places])
    for code in shapes.rings:
        west, south, east, north = shapes.box(code)
        near = np.flatnonzero((points[:, 0] >= west) & (points[:, 0] <= east) & (points[:, 1] >= south) & (points[:, 1] <= north))
        for number in near[shapes.inside(code, points[near])] if len(near) else ():
            found[code].append((places[number]["name"], tuple(points[number])))
    return found


def main(facts, data):
    """Write the table."""
    declared = {row["areas"]: row for row in rows(ROOT / "data/place-areas.csv")}
    shapes = {}
    for name in SETS:
        changes = dict(part.split("=")[:2] for part in declared[name]["changes"].split("; ") if part)
        shapes[name] = Shapes(data / declared[name]["file"], declared[name]["object"], changes)
    given, tiles = rows(facts / "areas.csv"), {(row["set"], row["code"]): row for row in rows(facts / "layout.csv")}
    also = defaultdict(list)
    for row in rows(Path(__file__).with_name("areas-also.csv")):
        also[row["code"]].append(row["name"])
    for name in SETS:
        own = {row["code"]: row for row in given if row["set"] == name}
        stated = {frozenset((code, other)) for code, row in own.items() for other in row["neighbours"].split()}
        other = {code: there for code, row in own.items() if row["name"] != (there := shapes[name].names.get(code))}
        strange = [sorted(pair) for pair in stated ^ shapes[name].neighbours()]
        print(f"{name}: named otherwise in the shapes {other}; neighbours in one of the two only {strange} of {len(stated)} pairs")
    settled = towns(shapes["lad-2024"])
    parts = overlapping(shapes, settled)
    made = []
    for row in sorted(given, key=lambda row: (list(SETS).index(row["set"]), row["code"])):
        tile = tiles[row["set"], row["code"]]
        cells = {
            "areas": row["set"],
            "also": "; ".join(also[row["code"]]),
            "towns": "; ".join(sorted({name for name, _ in settled[row["code"]]} - {row["name"]})) if row["set"] == "lad-2024" else "",
            "longitude": row["lon"],
            "latitude": row["lat"],
            "column": tile["column"],
            "row": tile["row"],
            "overlaps": " ".join(parts.get((row["set"], row["code"]), ())),
        }
        made.append([{**row, **cells}[name] for name in COLUMNS])
    with (ROOT / "data/areas.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *made])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
