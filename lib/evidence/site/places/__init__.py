"""Pages for areas: one static page for each area and region, the map of tiles and the finder that lead there, and the file of each to take away.

A book without areas has none of it. The pages stand outside of the theme and hold nothing of the edition but their own numbers, so that an edition
in which these are the same has the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence.places import CHOICE, FINDER, TILES, Atlas, tiles
from evidence.site.find_index import EVENT
from evidence.site.places import area_pages, finder, frame, index
from evidence.site.publication import publication

FOLDER = "places"
"""Folder of the pages, beside that of the chapters."""


def connect(app: Sphinx) -> None:
    """Put the map and the finder on the page that asks for them, and write the pages of areas once the others are there."""
    app.connect("html-page-context", _place)
    app.connect(EVENT, lambda app: list(finder.entries(_atlas(app))))
    app.connect("build-finished", _write)


def _atlas(app: Sphinx) -> Atlas:
    if not hasattr(app, "evidence_atlas"):
        app.evidence_atlas = Atlas(publication(app).library)  # type: ignore[attr-defined]
    found: Atlas = app.evidence_atlas  # type: ignore[attr-defined]
    return found


def _place(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    body = context.get("body", "")
    if not any(mark in body for mark in (CHOICE, FINDER, TILES)) or app.builder.name != "html":
        return
    if atlas := _atlas(app):
        body = body.replace(FINDER, str(frame.finder(f"{page}.html")), 1).replace(CHOICE, str(index.map_and_table(atlas)), 1)
    if CHOICE in context["body"]:
        app.evidence_way_in = f"{page}.html"  # type: ignore[attr-defined]
    context["body"] = body
    app.add_css_file("places.css")
    app.add_js_file(finder.NAMES, priority=800, loading_method="defer")
    app.add_js_file("places.js", priority=801, loading_method="defer")


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.name != "html" or not (atlas := _atlas(app)):
        return
    way_in = getattr(app, "evidence_way_in", f"{app.config.root_doc}.html")
    write(area_pages.Writer(atlas, publication(app), way_in), Path(app.outdir))


def write(writer: area_pages.Writer, site: Path) -> None:
    """Write the pages of all areas and regions, the files beside them, and the pictures and names that they share.

    Args:
        writer: Writes each of them.
        site: Folder of the site.
    """
    folder, static = site / FOLDER, site / "_static"
    (static / "places").mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    for name, text in (*writer.pages(), *writer.files()):
        (folder / name).write_bytes(text.encode("utf-8"))
    for name, text in tiles.pictures(writer.atlas):
        (static / "places" / name).write_bytes(text.encode("utf-8"))
    (static / finder.NAMES).write_bytes(finder.names_script(writer.atlas).encode("utf-8"))
