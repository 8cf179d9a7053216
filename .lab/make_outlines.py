"""Write lib/evidence/charts/outlines.json, the outlines of countries, from Natural Earth 4.1.0 (public domain).

Run it to take in another part of the world, or finer coasts. It needs `countries-50m.json` of the npm package world-atlas, packaged by
M. Bostock (ISC licence, see outlines-licence.txt beside the table):

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    .venv/bin/python .lab/make_outlines.py package/countries-50m.json
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

from evidence.charts.outlines import FILE, arcs_of, clipped, joined, simplified

BOX = (-13.0, 41.5, 21.0, 60.5)
"""West, south, east and north of what is kept, in degrees: more than any map shows, so that cut edges lie outside it."""

TOLERANCE = 0.03
"""Degrees by which a simplified coast may stray from the original; about a pixel on the closest map."""

SMALLEST = 0.01
"""Square degrees below which an island is left out."""


def made(world):
    """Return what the table holds of a topology; arcs are simplified before they are joined, so that neighbours keep one border."""
    arcs = [simplified(arc, TOLERANCE) for arc in arcs_of(world)]
    countries = {}
    for country in world["objects"]["countries"]["geometries"]:
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        rings = [clipped(joined(part[0], arcs), BOX) for part in parts]
        kept = [[(round(x, 2), round(y, 2)) for x, y in ring] for ring in rings if len(ring) > 3 and area(ring) > SMALLEST]
        if kept:
            countries[country["properties"]["name"]] = kept
    return {"source": "Natural Earth 4.1.0, public domain; world-atlas 2.0.2", "countries": dict(sorted(countries.items()))}


def area(ring):
    """Return the area of a ring, in square degrees."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


if __name__ == "__main__":
    world = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    FILE.write_text(json.dumps(made(world), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
