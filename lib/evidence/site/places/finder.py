"""What the finder of places looks through: every name of every area and region, and whatever else a book lets be found as a place."""

from __future__ import annotations

import json
from collections.abc import Iterator

from evidence.extension import contributed
from evidence.places import Atlas, region_slug
from evidence.site.find_index import Entry

NAMES = "place-names.js"
"""Script file with the names, so that it works without a server."""


def entries(atlas: Atlas) -> Iterator[Entry]:
    """Yield every area and region for the search of the site."""
    for area in atlas.areas:
        words = " ".join((*area.also, *area.towns, area.code))
        yield Entry("Place", area.name, f"{atlas.called(area.areas)} in {area.region}", f"places/{atlas.address(area)}.html", words)
    for name in atlas.regions:
        yield Entry("Place", name, "region", f"places/{region_slug(name)}.html")


def names_script(atlas: Atlas) -> str:
    """Return a script with the names of all areas and regions: name, what it is, address, further names, settlements."""
    listed = [
        [
            area.name,
            f"{atlas.called(area.areas)} in {area.region}",
            f"places/{atlas.address(area)}.html",
            "; ".join(area.also),
            "; ".join(area.towns),
        ]
        for area in atlas.areas
    ]
    listed += [[name, "region", f"places/{region_slug(name)}.html", "", ""] for name in atlas.regions]
    listed += [[*entry, "", ""] for entry in contributed("places", "FOUND", lambda _atlas: [])(atlas)]
    content = json.dumps(listed, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"globalThis.evidencePlaces = {content};\n"
